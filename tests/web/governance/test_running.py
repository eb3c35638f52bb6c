"""Decisions, modules, checklist, outside bodies and settings on the screen."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.timezone import localdate

from maillage.foundation.jobs.worker import work_off
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import (
    BodyInvolvement,
    Decision,
    Invitation,
    NetworkModule,
    NetworkRole,
    StartCondition,
    Task,
)
from maillage.foundation.networks.queries import roles_held
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.entry import list_in_network
from tests.cast import Cast, inside
from tests.web.governance.conftest import Browse

TODAY = localdate()
DAY = timedelta(days=1)
YES = {
    "title": "Switch the figures on",
    "taken_on": str(TODAY),
    "votes_for": "12",
    "votes_against": "3",
    "abstentions": "",
    "minutes": "",
}


@pytest.fixture
def condition(cast: Cast) -> StartCondition:
    with inside(cast.network):
        return StartCondition.objects.create(network=cast.network, key="rules")


@pytest.fixture
def chamber(cast: Cast) -> Organisation:
    with inside(cast.network):
        body = Organisation.objects.create(
            register=cast.register,
            kind="chamber",
            family="chamber",
            name="Chambre de métiers",
            folded_name="chambre de metiers",
        )
        list_in_network(network=cast.network, organisation_ids=[body.pk])
    return body


def test_decision_switches_a_module_on_and_a_slip_is_undone(cast: Cast, browse: Browse) -> None:
    with inside(cast.network):
        NetworkModule.objects.filter(key="figures").delete()
    alice = browse(cast.alice)
    assert "Members may decide on" in alice.get("modules")
    assert "Members may decide on" not in browse(cast.bob).get("modules")
    status, html = alice.post("switch-on", "figures", **YES)
    assert (status, "Figures is on." in html) == (302, True)
    assert "Switch the figures on" in html
    _status, html = alice.post("take-module-back", "figures")
    assert "The module is off again." in html


def test_module_the_members_refused_stays_off(cast: Cast, browse: Browse) -> None:
    with inside(cast.network):
        NetworkModule.objects.filter(key="figures").delete()
    status, html = browse(cast.alice).post("switch-on", "figures", **(YES | {"votes_for": "2"}))
    assert (status, "The members said no" in html) == (422, True)
    with inside(cast.network):
        assert not Decision.objects.exists()


def test_unknown_module_and_one_that_is_on(cast: Cast, browse: Browse) -> None:
    alice = browse(cast.alice)
    assert alice.status("switch-on", "casino") == 404
    assert alice.status("switch-on", "figures") == 403
    status, html = alice.post("switch-on", "figures", **YES)
    assert (status, "already on" in html) == (422, True)


def test_decision_is_recorded_listed_and_exported(cast: Cast, browse: Browse) -> None:
    alice, bob = browse(cast.alice), browse(cast.bob)
    status, html = alice.post("new-decision", **(YES | {"title": "Fees of the year"}))
    assert (status, "12 for, 3 against, 0 abstained" in html) == (302, True)
    assert "Fees of the year" in bob.get("decisions", q="fees")
    assert bob.status("new-decision") == 403
    tomorrow = YES | {"taken_on": str(TODAY + DAY)}
    assert alice.post("new-decision", **tomorrow)[0] == 422
    with inside(cast.network):
        NetworkModule.objects.filter(key="decisions").delete()
    assert bob.status("decisions") == alice.status("new-decision") == 404


def test_unmet_condition_becomes_a_task_that_is_done_and_undone(
    cast: Cast, browse: Browse, condition: StartCondition
) -> None:
    alice, key = browse(cast.alice), condition.public_id
    assert "Not looked at yet" in alice.get("conditions")
    typed = {"title": "Vote the rules", "due_on": str(TODAY + 12 * DAY)}
    assert "It is on the list of things to do." in alice.post("condition-solve", key, **typed)[1]
    with inside(cast.network):
        task = Task.objects.get()
    assert "Vote the rules" in alice.get("conditions")
    _status, html = alice.post("task-done", task.public_id)
    assert "Done: Vote the rules." in html
    _status, html = alice.post("task-undone", task.public_id)
    assert "Still to be done: Vote the rules." in html
    _status, html = alice.post("condition-met", key, proof="Voted in March")
    assert "Voted in March" in html
    assert "1 condition met out of 1" in html


def test_late_task_is_called_late(cast: Cast, browse: Browse, condition: StartCondition) -> None:
    with inside(cast.network):
        Task.objects.create(
            network=cast.network, condition=condition, title="Vote", due_on=TODAY - DAY
        )
    assert "Late" in browse(cast.alice).get("conditions")


def test_firm_sees_no_checklist(cast: Cast, browse: Browse, condition: StartCondition) -> None:
    bob = browse(cast.bob)
    assert bob.status("conditions") == bob.status("condition-met", condition.public_id) == 403


def test_task_given_to_bob_is_done_by_bob(
    cast: Cast, browse: Browse, condition: StartCondition
) -> None:
    with inside(cast.network):
        mine, other = (
            Task.objects.create(
                network=cast.network, title=f"Task of {one}", due_on=TODAY, assignee=one
            )
            for one in (cast.bob, cast.emma)
        )
    bob = browse(cast.bob)
    assert "Done: Task of Bob." in bob.post("task-done", mine.public_id)[1]
    assert bob.post("task-done", other.public_id)[0] == 403


def test_outside_body_plays_a_part_from_a_day_to_a_day(
    cast: Cast, browse: Browse, chamber: Organisation
) -> None:
    alice = browse(cast.alice)
    assert "1 family of bodies out of 4 is there." in alice.get("bodies")
    typed = {"body": str(chamber.public_id), "kind": "relay", "starts_on": str(TODAY)}
    assert "Chambre de métiers: Relays to firms." in alice.post("involve", **typed)[1]
    assert alice.post("involve", **typed)[0] == 422
    with inside(cast.network):
        key = BodyInvolvement.objects.get().public_id
    _status, html = alice.post("end-involvement", key, last_day=str(TODAY + DAY))
    assert "plays this part until" in html
    assert "goes on playing its part" in alice.post("keep-involvement", key)[1]
    bob = browse(cast.bob)
    assert "Relays to firms" in bob.get("bodies")
    assert bob.status("involve") == bob.status("end-involvement", key) == 403
    assert browse(cast.chloe).status("bodies") == 403


def test_settings_are_changed_and_what_another_changed_meanwhile_stays(
    cast: Cast, browse: Browse
) -> None:
    alice = browse(cast.alice)
    html = alice.get("settings")
    read = html.split('name="read" value="')[1].split('"')[0]
    cast.network.presentation = "Written by somebody else meanwhile."
    cast.network.save(update_fields=["presentation"])
    typed = {"name": "Ateliers", "presentation": "", "objective_cap": "4", "read": read}
    assert "The settings are saved." in alice.post("settings", **typed)[1]
    cast.network.refresh_from_db()
    assert (cast.network.name, cast.network.objective_cap) == ("Ateliers", 4)
    assert cast.network.presentation == "Written by somebody else meanwhile."
    status, html = alice.post("settings", **(typed | {"objective_cap": "99", "read": "forged"}))
    assert (status, "from 1 to 10" in html) == (422, True)
    status, html = alice.post("settings", **(typed | {"objective_cap": "-5", "name": ""}))
    assert (status, "from 1 to 10" in html, "This field is required." in html) == (422, True, True)
    assert browse(cast.bob).status("settings") == 403


def test_network_is_closed_by_typing_its_name(cast: Cast, browse: Browse) -> None:
    alice = browse(cast.alice)
    status, html = alice.post("close", name_typed="no")
    assert (status, "Type the name of the network" in html) == (422, True)
    answer = alice.client.post(alice.url("close"), {"name_typed": "Metiers partages"})
    assert answer.status_code == 302
    assert alice.status("home") == 404
    open_again = reverse("governance:open-again", args=[cast.network.slug])
    for page in (reverse("desk:home"), reverse("account:roles")):
        html = alice.client.get(page).content.decode()
        assert open_again in html
    assert browse(cast.farid).client.post(open_again).status_code == 404
    html = alice.client.post(open_again, follow=True).content.decode()
    assert "Metiers partages is open again." in html
    assert alice.status("home") == 200
    assert alice.client.post(open_again).status_code == 404


def test_role_is_ended_kept_and_the_last_animator_stays(cast: Cast, browse: Browse) -> None:
    alice = browse(cast.alice)
    with inside(cast.network):
        funder = NetworkRole.objects.get(kind="funder")
        animator = NetworkRole.objects.get(kind="animator")
    status, html = alice.post("end-role", animator.public_id, last_day=str(TODAY))
    assert (status, "no animator any more" in html) == (422, True)
    yesterday = str(TODAY - DAY)
    assert "ends on" in alice.post("end-role", funder.public_id, last_day=yesterday)[1]
    assert browse(cast.farid).status("home") == 403  # his role has ended
    assert "Farid keeps this role." in alice.post("keep-role", funder.public_id)[1]
    assert browse(cast.farid).status("home") == 200


def test_somebody_of_the_network_gets_a_role_at_once(cast: Cast, browse: Browse) -> None:
    alice = browse(cast.alice)
    typed = {"email": cast.bob.email.upper(), "name": "Bob", "role": "board"}
    status, html = alice.post("appoint", **typed)
    assert (status, "Bob is already in the network: the role is given." in html) == (302, True)
    assert alice.post("appoint", **typed)[0] == 422
    with inside(cast.network):
        board = NetworkRole.objects.get(kind="board")
    assert "is taken back" in alice.post("take-role-back", board.public_id)[1]


def test_stranger_is_invited_by_a_link_shown_once(cast: Cast, browse: Browse) -> None:
    alice = browse(cast.alice)
    typed = {"email": cast.denis.email, "name": "Denis", "role": "adviser"}
    status, html = alice.post("appoint", **typed)
    assert (status, "The invitation has left" in html) == (200, True)
    assert "/invitation/" in html
    work_off()
    assert [message.to for message in mail.outbox] == [[cast.denis.email]]
    page = alice.get("people")
    assert ("Denis" in page, "/invitation/" in page) == (True, False)
    with inside(cast.network):
        key = Invitation.objects.get().public_id
    assert "The invitation has left" in alice.post("renew-invitation", key)[1]
    assert "is withdrawn" in alice.post("revoke-invitation", key)[1]
    assert "No invitation is waiting" in alice.get("people")
    assert browse(cast.bob).status("appoint") == 403


def test_adviser_is_sent_by_an_outside_body_and_speaks_for_it(
    cast: Cast, browse: Browse, chamber: Organisation
) -> None:
    alice = browse(cast.alice)
    assert "Chambre de métiers" in alice.get("appoint")
    assert "Garage Lemoine" not in alice.get("appoint")
    typed = {"email": cast.bob.email, "name": "Bob", "role": "adviser"}
    assert alice.post("appoint", **typed, body=str(cast.garage.public_id))[0] == 422
    assert alice.post("appoint", **typed, body=str(chamber.public_id))[0] == 302
    stranger = {"email": cast.denis.email, "name": "Denis", "role": "trainer"}
    assert alice.post("appoint", **stranger, body=str(chamber.public_id))[0] == 200
    with inside(cast.network):
        role = NetworkRole.objects.get(kind="adviser")
        assert (role.person, role.organisation) == (cast.bob, chamber)
        assert Invitation.objects.get().organisation == chamber
    assert "Chambre de métiers" in alice.get("people")
    held = next(one for one in roles_held(cast.bob) if one.kind == "adviser")
    assert Acting(cast.bob, [held], held).body_name == "Chambre de métiers"


def test_bob_invites_to_his_firm_and_to_no_other(cast: Cast, browse: Browse) -> None:
    bob = browse(cast.bob)
    typed = {"email": "new@example.org", "name": "New", "role": "employee"}
    assert bob.post("invite-to-firm", cast.bakery.public_id, **typed)[0] == 200
    assert bob.status("invite-to-firm", cast.garage.public_id) == 403
    assert bob.status("invite-to-firm", cast.rival.public_id) == 404
    with inside(cast.network):
        key = Invitation.objects.get().public_id
    assert browse(cast.emma).post("revoke-invitation", key)[0] == 404
    assert "is withdrawn" in bob.post("revoke-invitation", key)[1]
    assert browse(cast.chloe).status("invite-to-firm", cast.bakery.public_id) == 403


@pytest.mark.parametrize("page", ["people", "decisions", "modules", "conditions", "bodies"])
def test_pages_ask_twelve_queries_at_most(
    cast: Cast, browse: Browse, django_assert_max_num_queries: object, page: str
) -> None:
    alice = browse(cast.alice)
    with django_assert_max_num_queries(12):
        alice.get(page)


def test_every_page_reads_in_french(cast: Cast, browse: Browse, chamber: Organisation) -> None:
    alice = browse(cast.alice)
    alice.client.cookies["maillage_language"] = "fr"
    for page in ("home", "members", "people", "objectives", "decisions", "modules", "bodies"):
        html = alice.get(page)
        assert '<html lang="fr"' in html
