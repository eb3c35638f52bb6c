"""Alice follows firms towards taking part; Bob reads his own record; Emma learns nothing of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.models import ReadLine
from maillage.foundation.networks.enums import BodyInvolvementKind
from maillage.foundation.networks.models import BodyInvolvement, NetworkModule
from maillage.foundation.notify.enums import ContactChannel
from maillage.foundation.notify.models import Contact
from maillage.launch.mobilisation.actions.noting import name_relay, note_motive, say_reason
from maillage.launch.mobilisation.enums import Stage
from maillage.launch.mobilisation.models import (
    Approach,
    Attempt,
    Motive,
    Obstacle,
    StagePassage,
)
from tests.cast import Cast, acting, inside, more_firms
from tests.launch.mobilisation.stories import attempted, moved, never_member, visit

type ClientOf = Callable[[Person], Client]
AREA = "/n/metiers-partages/mobilisation/"


@pytest.fixture
def alice(cast: Cast, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(cast.alice)


@pytest.fixture
def bob(cast: Cast, client_of: ClientOf) -> Client:
    """Bob's browser."""
    return client_of(cast.bob)


@pytest.fixture
def emma(cast: Cast, client_of: ClientOf) -> Client:
    """Emma's browser."""
    return client_of(cast.emma)


@pytest.fixture
def record(cast: Cast) -> str:
    """The address of the record of Bob's bakery."""
    return f"{AREA}{cast.bakery.public_id}/"


def text_of(client: Client, path: str) -> str:
    """Return what a page says."""
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def refused(client: Client, path: str, typed: dict[str, object]) -> str:
    """Return the page that refuses what was typed."""
    answer = client.post(path, typed)
    assert answer.status_code == 422
    return answer.content.decode()


def test_alice_follows_a_firm_from_a_visit_to_a_commitment(
    cast: Cast, alice: Client, record: str
) -> None:
    with inside(cast.network):
        never_member(cast.bakery)
    page = text_of(alice, record)
    assert "Not aware" in page
    assert "Propose a visit first" in page
    assert alice.post(f"{record}move/prospect/", {"on": str(localdate())})["Location"] == record
    typed = {
        "contact": "new",
        "channel": "visit",
        "subject": "Présentation",
        "day": str(localdate()),
    }
    assert alice.post(f"{record}move/met/", typed)["Location"] == record
    assert alice.post(f"{record}move/interested/", {"on": str(localdate())}).status_code == 302
    assert "Ask for one small commitment before membership" in text_of(alice, record)
    empty = refused(alice, f"{record}move/committed/", {"on": str(localdate())})
    assert "This field is required." in empty
    typed = {"on": str(localdate()), "commitment": "La réunion de mars"}
    assert alice.post(f"{record}move/committed/", typed).status_code == 302
    page = text_of(alice, record)
    assert "La réunion de mars" in page
    with inside(cast.network):
        stages = list(StagePassage.objects.values_list("to_stage", flat=True))
    assert stages == ["prospect", "met", "interested", "committed"]
    contact = Contact.objects.get()
    assert (contact.channel, contact.subject, contact.counts) == ("visit", "Présentation", True)


def test_a_call_that_is_in_the_log_is_offered_rather_than_written_twice(
    cast: Cast, alice: Client, record: str
) -> None:
    logged = Contact.objects.create(
        firm_key=cast.bakery.siren,
        organisation_id=cast.bakery.public_id,
        network_id=cast.network.public_id,
        body_name=cast.network.name,
        channel=ContactChannel.CALL,
        subject="Premier appel",
        at=now() - timedelta(days=2),
    )
    assert "Premier appel" in text_of(alice, f"{record}move/met/")
    typed = {"contact": str(logged.public_id), "channel": "visit"}
    assert alice.post(f"{record}move/met/", typed).status_code == 302
    assert Contact.objects.count() == 1
    with inside(cast.network):
        assert StagePassage.objects.get().contact_id == logged.public_id


def test_contact_pressure_is_said_before_and_a_contact_too_many_is_ticked(
    cast: Cast, alice: Client, record: str
) -> None:
    assert "it accepts 3." in text_of(alice, f"{record}move/met/")
    for days in range(3):
        Contact.objects.create(
            firm_key=cast.bakery.siren,
            organisation_id=cast.bakery.public_id,
            network_id=None,
            body_name="CCI",
            channel=ContactChannel.CALL,
            subject="Enquête",
            at=now() - timedelta(days=days + 1),
        )
    assert "has already been contacted 3 times in 30 days" in text_of(alice, f"{record}move/met/")
    typed = {"contact": "new", "channel": "call", "subject": "Appel", "day": str(localdate())}
    assert "Tick this only when the contact has taken place" in refused(
        alice, f"{record}move/met/", typed
    )
    assert alice.post(f"{record}move/met/", {**typed, "happened": "on"}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"day": "2026-01-05"}, "Say what it was about."),
        ({"subject": "Visite"}, "Say when it took place."),
        ({"subject": "Visite", "day": "2999-01-01"}, "this day is still to come"),
    ],
)
def test_a_visit_without_its_day_or_its_subject_is_refused(
    alice: Client, record: str, typed: dict[str, object], sentence: str
) -> None:
    page = refused(alice, f"{record}move/met/", {"contact": "new", "channel": "visit", **typed})
    assert sentence in page


def test_committing_a_firm_that_is_not_aware_asks_for_a_second_thought(
    cast: Cast, alice: Client, record: str
) -> None:
    with inside(cast.network):
        never_member(cast.bakery)
    path = f"{record}move/committed/"
    page = text_of(alice, path)
    assert "Boulangerie Martin is not aware yet" in page
    assert f'href="{record}move/met/"' in page
    typed = {"on": str(localdate()), "commitment": "Une heure"}
    assert "Boulangerie Martin is not aware yet" in refused(alice, path, typed)
    assert alice.post(path, {**typed, "confirmed": "on"})["Location"] == record


def test_inviting_somebody_of_a_firm_that_is_not_aware_asks_for_a_second_thought(
    cast: Cast, alice: Client, bob: Client
) -> None:
    with inside(cast.network):
        never_member(cast.bakery)
    path = f"/n/metiers-partages/network/people/firm/{cast.bakery.public_id}/"
    typed = {"email": "gaelle@boulangerie.example", "name": "Gaëlle", "role": "employee"}
    assert "Boulangerie Martin is not aware yet" in text_of(alice, path)
    assert "Read what is said here first" in refused(alice, path, typed)
    assert "not aware" not in text_of(bob, path)
    assert alice.post(path, {**typed, "confirmed": "on"}).status_code == 200
    with inside(cast.network):
        moved(cast, cast.bakery, Stage.PROSPECT)
    assert "not aware" not in text_of(alice, path)


def test_a_refusal_has_a_coded_reason_and_a_step_back_says_why(
    cast: Cast, alice: Client, record: str
) -> None:
    today = str(localdate())
    assert "This field is required." in refused(alice, f"{record}move/refused/", {"on": today})
    typed = {"on": today, "code": "cost", "reason": "Trop cher pour nous"}
    assert alice.post(f"{record}move/refused/", typed).status_code == 302
    page = text_of(alice, record)
    assert "It costs too much" in page
    assert "Trop cher pour nous" in page
    assert "This field is required." in refused(alice, f"{record}move/prospect/", {"on": today})
    back = {"on": today, "reason": "Elle a rappelé"}
    assert alice.post(f"{record}move/prospect/", back).status_code == 302
    assert alice.get(f"{record}move/nowhere/").status_code == 404


def test_a_member_is_proposed_to_be_active_and_never_made_so(
    cast: Cast, alice: Client, record: str
) -> None:
    page = text_of(alice, record)
    assert "It is a member: if it takes part, say that it is active." in page
    assert f'href="{record}move/active/"' in page
    with inside(cast.network):
        assert not Approach.objects.exists()
    assert alice.post(f"{record}move/active/", {"on": str(localdate())}).status_code == 302
    with inside(cast.network):
        assert Approach.objects.get().stage == "active"


def test_alice_writes_down_motives_obstacles_and_what_came_of_a_trial(
    cast: Cast, alice: Client, record: str
) -> None:
    alice.post(f"{record}motive/", {"kind": "staff", "words": "Un vendeur", "main": "on"})
    alice.post(f"{record}motive/", {"kind": "aid"})
    alice.post(f"{record}reason/", {"reason": "Garder un vendeur"})
    alice.post(f"{record}obstacle/", {"kind": "time", "words": "Je pétris à 3 h"})
    assert "Say it in a few words." in refused(alice, f"{record}obstacle/", {"kind": "other"})
    with inside(cast.network):
        obstacle = Obstacle.objects.get()
    path = f"{record}obstacles/{obstacle.public_id}/try/"
    page = text_of(alice, path)
    assert "The animator does the paperwork" in page
    assert "Find an aid for the beginning" not in page
    today = str(localdate())
    assert alice.post(path, {"countermeasure": "paperwork_done", "tried_on": today})
    with inside(cast.network):
        attempt = Attempt.objects.get()
    path = f"{record}attempts/{attempt.public_id}/"
    assert alice.post(path, {"result": "lifted", "result_on": today})["Location"] == record
    page = text_of(alice, record)
    for words in ("Un vendeur", "Main one", "Garder un vendeur", "Je pétris à 3 h", "Lifted"):
        assert words in page
    assert alice.post(f"{record}motive/aid/remove/")["Location"] == record
    assert alice.post(f"{record}obstacles/{obstacle.public_id}/remove/")["Location"] == record
    with inside(cast.network):
        assert Motive.objects.get().kind == "staff"
        assert Obstacle.objects.get().lifted_on == localdate()


def test_an_obstacle_of_another_firm_is_not_found(cast: Cast, alice: Client, record: str) -> None:
    with inside(cast.network):
        attempt = attempted(cast, cast.garage, "time", "short_meetings")
    assert alice.get(f"{record}obstacles/{attempt.obstacle.public_id}/try/").status_code == 404
    assert alice.post(f"{record}obstacles/{attempt.obstacle.public_id}/remove/").status_code == 404
    assert alice.get(f"{record}attempts/{attempt.public_id}/").status_code == 404


def test_the_body_whose_contacts_were_useful_is_proposed_as_relay(
    cast: Cast, alice: Client, record: str
) -> None:
    for days in range(5):
        Contact.objects.create(
            firm_key=cast.bakery.siren,
            organisation_id=cast.bakery.public_id,
            network_id=cast.network.public_id,
            body_name=cast.garage.name,
            channel=ContactChannel.VISIT,
            subject="Conseil",
            useful=True,
            at=now() - timedelta(days=days + 1),
        )
    with inside(cast.network):
        BodyInvolvement.objects.create(
            network=cast.network,
            organisation=cast.garage,
            kind=BodyInvolvementKind.RELAY,
            starts_on=localdate(),
        )
    page = text_of(alice, record)
    assert "Go through Garage Lemoine: the firm found 5 of its contacts useful." in page
    path = f"{record}relay/?body={cast.garage.public_id}"
    assert f'value="{cast.garage.public_id}" selected' in text_of(alice, path)
    assert alice.post(path, {"relay": str(cast.garage.public_id)})["Location"] == record
    assert "Introduced by Garage Lemoine." in text_of(alice, record)


def test_bob_reads_his_own_record_and_corrects_his_reason(
    cast: Cast, alice: Client, bob: Client, record: str
) -> None:
    assert "Nothing is written down about you" in text_of(bob, f"{AREA}mine/")
    with inside(cast.network):
        moved(cast, cast.bakery, Stage.MET, meeting=visit())
        note_motive(
            acting=acting(cast.alice, cast.network),
            organisation=cast.bakery,
            kind="staff",
            words="Un vendeur",
        )
        attempted(cast, cast.bakery, "time", "short_meetings", "lessened")
    page = text_of(bob, f"{AREA}mine/")
    for words in ("Met", "Un vendeur", "Selon lui", "Lessened"):
        assert words in page
    answer = bob.post(f"{AREA}mine/reason/", {"reason": "Garder Chloé"})
    assert answer["Location"] == f"{AREA}mine/"
    assert "Garder Chloé" in text_of(alice, record)


def test_bob_does_not_learn_that_a_competitor_introduced_him(
    cast: Cast, bob: Client, client_of: ClientOf
) -> None:
    with inside(cast.network):
        for body in (cast.rival, cast.garage):
            BodyInvolvement.objects.create(
                network=cast.network,
                organisation=body,
                kind=BodyInvolvementKind.RELAY,
                starts_on=localdate(),
            )
        alice = acting(cast.alice, cast.network)
        name_relay(acting=alice, organisation=cast.bakery, relay=cast.rival)
    assert "Fournil" not in text_of(bob, f"{AREA}mine/")
    with inside(cast.network):
        name_relay(acting=alice, organisation=cast.bakery, relay=cast.garage)
    assert "Introduced by Garage Lemoine." in text_of(bob, f"{AREA}mine/")


def test_nobody_else_reads_what_is_kept_of_a_firm(
    cast: Cast, emma: Client, client_of: ClientOf, record: str
) -> None:
    with inside(cast.network):
        attempt = attempted(cast, cast.bakery, "time", "short_meetings")
    paths = (AREA, f"{AREA}figures/", f"{AREA}brakes/", record, f"{record}move/met/")
    more = (f"{record}attempts/{attempt.public_id}/", f"{record}reason/", f"{record}relay/")
    for path in (*paths, *more):
        assert emma.get(path).status_code == 403
        assert emma.post(path, {"reason": "x"}).status_code in {403, 405}
        assert client_of(cast.farid).get(path).status_code == 403
        assert client_of(cast.denis).get(path).status_code == 404
    page = text_of(emma, f"{AREA}mine/")
    assert "Boulangerie" not in page
    assert "Selon lui" not in page
    assert client_of(cast.chloe).get(f"{AREA}mine/").status_code == 403


def test_alice_lists_searches_filters_and_exports(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        moved(cast, cast.bakery, Stage.MET, meeting=visit(70))
        attempted(cast, cast.bakery, "cost", "figures")
    page = text_of(alice, AREA)
    assert "3 firms" in page
    assert "Cost" in page
    found = text_of(alice, f"{AREA}?stage=met")
    assert "1 firm" in found
    assert "Garage Lemoine" not in found
    assert "Boulangerie Martin" in text_of(alice, f"{AREA}?watch=waiting&q=martin&sector=boul")
    assert "Boulangerie Martin" not in text_of(alice, f"{AREA}?watch=unheard")
    for sort in ("firm", "-stage", "since", "-commune", "relay"):
        assert "3 firms" in text_of(alice, f"{AREA}?sort={sort}")
    answer = alice.get(f"{AREA}?export=csv")
    rows = b"".join(answer).decode("utf-8-sig").splitlines()
    told = [(row.split(",")[0], row.split(",")[1]) for row in rows[1:]]
    assert told == [
        ("Boulangerie Martin", "Met"),
        ("Fournil Durand", "Not aware"),
        ("Garage Lemoine", "Not aware"),
    ]


def test_rates_of_a_group_are_read_on_their_own(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        moved(cast, cast.bakery, Stage.MET, meeting=visit(30))
        moved(cast, cast.bakery, Stage.COMMITTED)
    page = text_of(alice, f"{AREA}figures/")
    assert "Boulangerie" in page
    assert "Garage" in page
    assert "1 of 1, 100" in page
    page = text_of(alice, f"{AREA}figures/?by=sector&group=Garage")
    assert "1 of 1, 100" not in page
    assert "1 firm." in page
    assert "None or not known" in text_of(alice, f"{AREA}figures/?by=relay")
    assert text_of(alice, f"{AREA}figures/?by=nothing&group=nobody")


def test_brakes_are_ranked_with_the_flag_of_an_aid(cast: Cast, alice: Client) -> None:
    assert "No obstacle is written down yet" in text_of(alice, f"{AREA}brakes/")
    firms = more_firms(cast, 12)[::2]
    with inside(cast.network):
        attempted(cast, cast.bakery, "time", "short_meetings", "lifted")
        attempted(cast, cast.garage, "time", "short_meetings", "no_effect")
        for firm in firms:
            note_motive(
                acting=acting(cast.alice, cast.network), organisation=firm, kind="aid", main=True
            )
    page = text_of(alice, f"{AREA}brakes/")
    assert "Short meetings close by, at an hour it chooses" in page
    assert "1 of 2, 50" in page
    assert "The network lives on an aid" in page
    assert "(6 of 6)" in page


def test_the_desk_tells_of_firms_met_and_left_alone(cast: Cast, alice: Client, bob: Client) -> None:
    with inside(cast.network):
        moved(cast, cast.bakery, Stage.MET, meeting=visit(70))
    desk = text_of(alice, "/n/metiers-partages/desk/")
    assert "1 firm was met and has not been followed for 60 days." in desk
    assert f"{AREA}?watch=waiting" in desk
    assert f"{AREA}mine/" in text_of(bob, "/n/metiers-partages/desk/")
    with inside(cast.network):
        NetworkModule.objects.filter(key="mobilisation").delete()
    assert "has not been followed" not in text_of(alice, "/n/metiers-partages/desk/")
    assert f"{AREA}mine/" not in text_of(bob, "/n/metiers-partages/desk/")


def test_each_firm_sees_that_its_record_was_read(
    cast: Cast, alice: Client, bob: Client, record: str
) -> None:
    alice.get(AREA)
    alice.get(record)
    looks = ReadLine.objects.filter(organisation_id=cast.bakery.public_id)
    assert sorted(looks.values_list("page", flat=True)) == [
        "mobilisation:firm",
        "mobilisation:list",
    ]
    assert "Mobilisation" in text_of(bob, "/n/metiers-partages/trust/reads/")


def test_pages_of_many_firms_ask_the_database_as_little_as_those_of_few(
    cast: Cast, alice: Client, bob: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    with inside(cast.network):
        for firm in (cast.bakery, cast.garage, *more_firms(cast, 60)):
            attempted(cast, firm, "time", "short_meetings", "lessened")
            say_reason(
                acting=acting(cast.alice, cast.network), organisation=firm, reason="Tenir bon"
            )
        moved(cast, cast.bakery, Stage.MET, meeting=visit())
        for kind in ("cost", "bad_past"):
            attempted(cast, cast.bakery, kind, "other")
    record = f"{AREA}{cast.bakery.public_id}/"
    for client, path in (
        (alice, AREA),
        (alice, f"{AREA}?watch=unheard&stage=prospect"),
        (alice, f"{AREA}figures/?by=territory"),
        (alice, f"{AREA}brakes/"),
        (alice, record),
        (alice, f"{record}move/committed/"),
        (bob, f"{AREA}mine/"),
    ):
        client.get(path)
        with django_assert_max_num_queries(12):  # type: ignore[attr-defined]  # a context manager
            client.get(path)


def test_pages_are_gone_while_the_module_is_off(
    cast: Cast, alice: Client, bob: Client, record: str
) -> None:
    with inside(cast.network):
        NetworkModule.objects.filter(key="mobilisation").delete()
    assert alice.get(AREA).status_code == 404
    assert alice.get(record).status_code == 404
    assert bob.get(f"{AREA}mine/").status_code == 404
