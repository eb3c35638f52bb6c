"""The desk of each role: what needs them today, and nothing else."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import override

from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.actions import record_reads
from maillage.foundation.networks.enums import Tier
from maillage.foundation.networks.models import (
    Invitation,
    MembershipPeriod,
    NetworkModule,
    Objective,
    StartCondition,
    Task,
)
from maillage.foundation.notify.actions import log_contact
from maillage.foundation.notify.enums import ContactChannel
from maillage.foundation.notify.models import Contact
from maillage.foundation.organisations.addressing import firm_address
from maillage.foundation.organisations.enums import ImportState
from maillage.foundation.organisations.models import Organisation, OrganisationImport
from maillage.foundation.visibility.enums import CompetitionSource
from maillage.foundation.visibility.models import Competition, CompetitionLift, Introduction
from maillage.web.desk import sources
from maillage.web.desk.page import AT_ONCE, day_and_week
from maillage.web.desk.sources import Urgency, Waiting, waiting_for
from maillage.web.ui.parts import Decision
from tests.cast import Cast, cast_of, inside, more_firms

type ClientOf = Callable[[Person], Client]


def desk_url(cast: Cast) -> str:
    return reverse("desk:network", args=[cast.network.slug])


def desk(client: Client, cast: Cast, **query: str) -> str:
    response = client.get(desk_url(cast), query)
    assert response.status_code == 200
    return response.content.decode()


def task(cast: Cast, title: str, days: int, **fields: object) -> Task:
    with inside(cast.network):
        return Task.objects.create(
            network=cast.network, title=title, due_on=localdate() + timedelta(days=days), **fields
        )


def introduction(cast: Cast, asking: Organisation) -> None:
    with inside(cast.network):
        Introduction.objects.create(network=cast.network, asking=asking, asked=cast.bakery)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Tuesday 7 April 2026, week 15"), ("fr", "Mardi 7 avril 2026, semaine 15")],
)
def test_day_is_said_with_its_week(language: str, said: str) -> None:
    with override(language):
        assert day_and_week(date(2026, 4, 7)).replace("\u00a0", " ") == said


def test_person_with_a_role_is_led_to_the_desk_of_its_network(
    cast: Cast, client_of: ClientOf
) -> None:
    response = client_of(cast.alice).get(reverse("desk:home"))
    assert response.headers["Location"] == desk_url(cast)


def test_person_without_a_role_is_told_the_next_step(cast: Cast, client_of: ClientOf) -> None:
    text = client_of(cast.denis).get(reverse("desk:home")).content.decode()
    assert "You belong to no network yet" in text
    assert cast.denis.email in text


def test_visitor_is_sent_to_sign_in(cast: Cast, visitor: Client) -> None:
    assert visitor.get(reverse("desk:home")).status_code == 302
    assert visitor.get(desk_url(cast)).status_code == 302


def test_stranger_finds_no_desk(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.denis).get(desk_url(cast)).status_code == 404


def test_desk_without_anything_to_decide_says_so(cast: Cast, client_of: ClientOf) -> None:
    text = desk(client_of(cast.alice), cast)
    assert "Hello Alice, nothing to decide today" in text
    assert "All is decided" in text


def test_somebody_whose_name_is_not_known_is_not_greeted_by_an_address(
    cast: Cast, client_of: ClientOf
) -> None:
    Person.objects.filter(pk=cast.alice.pk).update(name="")
    cast.alice.refresh_from_db()
    text = desk(client_of(cast.alice), cast)
    assert "Hello, nothing to decide today" in text


def test_late_task_comes_first_and_is_counted(cast: Cast, client_of: ClientOf) -> None:
    task(cast, "Book the hall", 1)
    task(cast, "Sign the charter", -3)
    text = desk(client_of(cast.alice), cast)
    assert "Hello Alice, 2 things to decide" in text
    assert "1 is late." in text
    assert text.index("Sign the charter") < text.index("Book the hall")
    assert "Late, since" in text


def test_task_is_done_from_the_desk_and_undone(cast: Cast, client_of: ClientOf) -> None:
    late = task(cast, "Sign the charter", -3)
    client = client_of(cast.alice)
    url = reverse("desk:task", args=[cast.network.slug, late.public_id])
    assert f'action="{url}"' in desk(client, cast)
    text = client.post(url, {"done": "yes"}, follow=True).content.decode()
    assert "Done: Sign the charter." in text
    assert "nothing to decide today" in text
    assert url in text  # the button that undoes
    client.post(url)
    assert "Sign the charter" in desk(client, cast)


def test_task_of_somebody_else_is_not_done_by_anybody(cast: Cast, client_of: ClientOf) -> None:
    given = task(cast, "Sign the charter", -3, assignee=cast.alice)
    url = reverse("desk:task", args=[cast.network.slug, given.public_id])
    for person, status in ((cast.chloe, 403), (cast.farid, 403), (cast.denis, 404)):
        assert client_of(person).post(url, {"done": "yes"}).status_code == status
    given.refresh_from_db()
    assert given.done_at is None
    assert client_of(cast.alice).get(url).status_code == 405


def test_five_things_at_once_then_the_others(cast: Cast, client_of: ClientOf) -> None:
    for rank in range(7):
        task(cast, f"Task number {rank}", rank - 10)
    client = client_of(cast.alice)
    text = desk(client, cast)
    assert "2 other things can wait a little." in text
    assert "Task number 4" in text
    assert "Task number 5" not in text
    assert f"{desk_url(cast)}?all=1" in text
    assert "Task number 6" in desk(client, cast, all="1")


def test_what_is_most_urgent_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        Waiting(Urgency.SOON, Decision("Later", "", "Go", "/later/")),
        Waiting(Urgency.TODAY, Decision("Second", "", "Go", "/2/"), date(2026, 4, 8)),
        Waiting(Urgency.TODAY, Decision("First", "", "Go", "/1/"), date(2026, 4, 7)),
    ]
    monkeypatch.setattr(sources, "SOURCES", [lambda _situation: lines])
    found = waiting_for(None)  # type: ignore[arg-type]  # the only source does not look at it
    assert [one.say for one in found] == ["First", "Second", "Later"]


def test_animator_decides_on_competitors_invitations_imports_and_conditions(
    cast: Cast, client_of: ClientOf
) -> None:
    with inside(cast.network):
        Competition.objects.create(
            first=cast.bakery, second=cast.garage, source=CompetitionSource.SUGGESTED
        )
        Invitation.objects.create(
            network=cast.network,
            fingerprint="f",
            email="x@example.org",
            name="X",
            network_role="board",
            invited_by_id=cast.alice.public_id,
            expires_at=now() - timedelta(days=1),
        )
        StartCondition.objects.create(network=cast.network, key="animator")
        OrganisationImport.objects.create(
            register=cast.register,
            network_id=cast.network.public_id,
            file_name="firms.csv",
            state=ImportState.READY,
        )
        Organisation.objects.filter(pk=cast.garage.pk).update(email="")
    text = desk(client_of(cast.alice), cast)
    assert "1 pair of firms may be competitors" in text
    assert "1 invitation has expired" in text
    assert "1 import has been read" in text
    assert "1 condition of a good start is not met" in text
    assert "1 member has no e-mail address" in text
    assert text.index("1 import has been read") < text.index("1 invitation has expired")


def test_nothing_of_another_network_is_counted(cast: Cast, client_of: ClientOf) -> None:
    other = cast_of("other-club")
    task(other, "Task of the others", -3)
    introduction(other, other.garage)
    with inside(other.network):
        StartCondition.objects.create(network=other.network, key="animator")
    assert "nothing to decide today" in desk(client_of(cast.alice), cast)
    assert "nothing to decide today" in desk(client_of(cast.bob), cast)


def test_animator_sees_three_figures_per_phase(cast: Cast, client_of: ClientOf) -> None:
    with inside(cast.network):
        period = MembershipPeriod.objects.get(membership__organisation=cast.garage)
        period.tier = Tier.PERIPHERY
        period.save(update_fields=["tier"])
    text = desk(client_of(cast.alice), cast)
    for words in ("firms and bodies in the directory", "2 in the core", "contacts with firms"):
        assert words in text
    assert text.count('class="m-phase-block"') == 3
    assert text.count('class="m-fig"') == 9


def test_animator_sees_what_was_done_yesterday(cast: Cast, client_of: ClientOf) -> None:
    yesterday = now() - timedelta(days=1)
    task(cast, "Yesterday’s", -1, done_at=yesterday)
    task(cast, "Today’s", 0, done_at=now())
    text = desk(client_of(cast.alice), cast)
    assert "1 task done" in text
    assert "Yesterday’s" not in text


def test_task_of_the_week_stands_in_the_agenda(cast: Cast, client_of: ClientOf) -> None:
    today = localdate()
    task(cast, "On Sunday", 6 - today.weekday(), assignee=cast.alice)
    task(cast, "Next Monday", 7 - today.weekday())
    text = desk(client_of(cast.alice), cast)
    agenda = text[text.index("m-agenda") :]
    assert "On Sunday" in agenda
    assert "Alice" in agenda
    assert "Next Monday" not in text


def test_alert_tells_of_firms_contacted_enough(cast: Cast, client_of: ClientOf) -> None:
    with inside(cast.network):
        for _each in range(3):
            log_contact(
                firm=firm_address(cast.garage.pk),
                sender=cast.alice,
                body_name="Club",
                network_id=cast.network.public_id,
                channel=ContactChannel.CALL,
                subject="Survey",
                at=now(),
            )
    assert "1 firm has been contacted as often as it accepts" in desk(client_of(cast.alice), cast)
    assert "contacted as often" not in desk(client_of(cast.farid), cast)


def test_owner_finds_the_questions_put_to_the_firm(cast: Cast, client_of: ClientOf) -> None:
    introduction(cast, cast.garage)
    with inside(cast.network):
        Objective.objects.create(
            network=cast.network, title="Share an oven", proposed_by_id=cast.farid.public_id,
            by_sponsor=True,
        )  # fmt: skip
    record_reads(
        reader_id=cast.alice.public_id,
        organisation_ids=[cast.bakery.public_id],
        fields=["contact"],
        page="organisation",
    )
    text = desk(client_of(cast.bob), cast)
    assert "Hello Bob, 2 things to decide" in text
    assert "1 firm would like to know you better." in text
    assert "1 objective is proposed to the members." in text
    assert "Looked at 1 time in 30" in text
    assert 'class="m-phase-block"' not in text


def test_module_that_is_off_is_not_on_the_desk(cast: Cast, client_of: ClientOf) -> None:
    introduction(cast, cast.garage)
    with inside(cast.network):
        NetworkModule.objects.exclude(key="directory").delete()
    text = desk(client_of(cast.bob), cast)
    assert "nothing to decide today" in text
    assert "See the figures" not in text
    assert "Who contacted us" not in text


def test_desk_says_who_asks_to_meet_a_competitor_and_on_what(
    cast: Cast, client_of: ClientOf
) -> None:
    bob = client_of(cast.bob)
    with inside(cast.network):
        pair = Competition.objects.get()
        for topic in ("Environment", "Flour"):
            CompetitionLift.objects.create(
                competition=pair, topic=topic, proposed_by_id=cast.alice.public_id
            )
        answered = CompetitionLift.objects.get(topic="Flour")
    bob.post(reverse("trust:agree-lift", args=[cast.network.slug, answered.public_id]))
    text = desk(bob, cast)
    assert "The animator asks: would you meet a competitor about “Environment”?" in text
    assert "Answer yes or no" in text
    assert "“Flour”" not in text
    assert "Fournil" not in text
    with inside(cast.network):
        Competition.objects.update(ended_at=now())
    assert "would you meet" not in desk(bob, cast)
    asked = bob.get(reverse("trust:lifts", args=[cast.network.slug])).content.decode()
    assert "Environment" not in asked


def test_owner_hears_nothing_from_a_competitor(cast: Cast, client_of: ClientOf) -> None:
    introduction(cast, cast.rival)
    with inside(cast.network):
        Objective.objects.create(
            network=cast.network,
            title="Sell more bread",
            proposed_by_id=cast.emma.public_id,
            proposing=cast.rival,
        )
    assert "nothing to decide today" in desk(client_of(cast.bob), cast)


def test_worker_sees_the_firm_and_no_question(cast: Cast, client_of: ClientOf) -> None:
    introduction(cast, cast.garage)
    task(cast, "Task of the network", -1)
    text = desk(client_of(cast.chloe), cast)
    assert "nothing to decide today" in text
    assert "My firm" in text
    assert "Who read our data" not in text
    assert "Task of the network" not in text


def test_worker_sees_a_task_of_their_own(cast: Cast, client_of: ClientOf) -> None:
    task(cast, "Bring the keys", -1, assignee=cast.chloe)
    assert "Bring the keys" in desk(client_of(cast.chloe), cast)


def test_funder_is_led_to_the_figures(cast: Cast, client_of: ClientOf) -> None:
    text = desk(client_of(cast.farid), cast)
    assert "See the figures" in text
    assert "My firm" not in text
    assert 'class="m-phase-block"' not in text


@pytest.mark.parametrize("count", [3, 300])
@pytest.mark.parametrize("who", ["alice", "bob", "chloe", "farid"])
def test_desk_asks_the_database_as_often_for_many_rows(
    cast: Cast,
    client_of: ClientOf,
    django_assert_max_num_queries: Callable[[int], Any],
    count: int,
    who: str,
) -> None:
    firms = more_firms(cast, count)
    with inside(cast.network):
        Task.objects.bulk_create(
            Task(network=cast.network, title=f"Task {rank}", due_on=localdate(), assignee=cast.bob)
            for rank in range(count)
        )
        Introduction.objects.bulk_create(
            Introduction(network=cast.network, asking=firm, asked=cast.bakery) for firm in firms
        )
        Contact.objects.bulk_create(
            Contact(
                firm_key=str(firm.public_id),
                organisation_id=firm.public_id,
                network_id=cast.network.public_id,
                body_name="Club",
                person_id=uuid4(),
                channel=ContactChannel.CALL,
                subject="Survey",
                at=now(),
            )
            for firm in firms
            for _each in range(3)
        )
    client = client_of(getattr(cast, who))
    client.get(desk_url(cast))
    with django_assert_max_num_queries(12):
        text = desk(client, cast)
    assert text.count('class="m-entry ') + text.count('class="m-entry"') <= AT_ONCE
