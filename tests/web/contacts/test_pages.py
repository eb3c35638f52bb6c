"""The pages of contacts: who wrote to whom, and when enough is enough."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from maillage.foundation.accounts.models import Person
from maillage.foundation.jobs.worker import work_off
from maillage.foundation.networks.enums import NetworkRoleKind
from maillage.foundation.networks.models import Network, NetworkRole
from maillage.foundation.notify.actions import log_contact
from maillage.foundation.notify.enums import ContactChannel
from maillage.foundation.notify.models import Contact, ContactPolicy, QuietPeriod
from maillage.foundation.organisations.addressing import firm_address
from maillage.foundation.organisations.models import Organisation
from tests.cast import START, Cast, cast_of, inside, more_firms

type ClientOf = Callable[[Person], Client]


@pytest.fixture
def adviser(cast: Cast) -> Person:
    """Return an adviser sent by the chamber, who sees the directory and logs contacts."""
    person = Person.objects.create_user("gaston@chamber.example", name="Gaston", language="en")
    with inside(cast.network):
        chamber = Organisation.objects.create(
            register=cast.register, kind="chamber", name="Chamber", folded_name="chamber"
        )
        NetworkRole.objects.create(
            network=cast.network,
            person=person,
            kind=NetworkRoleKind.ADVISER,
            organisation=chamber,
            starts_on=START,
        )
    return person


def address(name: str, network: Network, firm: Organisation | None = None, *more: object) -> str:
    places = [network.slug, *([firm.public_id] if firm else []), *more]
    return reverse(f"contacts:{name}", args=places)


def contacted(cast: Cast, firm: Organisation, times: int = 1, **fields: Any) -> Contact:
    about = {
        "sender": cast.alice,
        "body_name": cast.network.name,
        "network_id": cast.network.public_id,
        "channel": ContactChannel.CALL,
        "subject": "Spring survey",
        "at": now(),
    }
    with inside(cast.network):
        made = [
            log_contact(firm=firm_address(firm.pk), **{**about, **fields}) for _each in range(times)
        ]
    return made[-1]


def text_of(client: Client, url: str, status: int = 200, **query: str) -> str:
    response = client.get(url, query)
    assert response.status_code == status
    return b"".join(response).decode() if response.streaming else response.content.decode()


def test_animator_writes_to_a_firm_and_finds_it_in_the_log(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alice)
    response = client.post(
        address("write", cast.network, cast.garage),
        {"subject": "Open day", "text": "Come on Thursday."},
        follow=True,
    )
    assert "Your message to Garage Lemoine is leaving." in response.content.decode()
    work_off()
    [message] = mail.outbox
    assert message.to == ["contact@garage-lemoine.example"]
    assert message.reply_to == [cast.alice.email]
    text = text_of(client, address("log", cast.network))
    assert "1 contact<" in text
    assert "Garage Lemoine" in text
    assert "Open day" in text


def test_fourth_mail_of_the_month_is_told_before_and_refused_after(
    cast: Cast, client_of: ClientOf
) -> None:
    contacted(cast, cast.garage, 3)
    client, url = client_of(cast.alice), address("write", cast.network, cast.garage)
    before = text_of(client, url)
    assert "already been contacted 3 times in 30 days" in before
    assert "<textarea" not in before  # nobody types what cannot leave
    response = client.post(url, {"subject": "Open day", "text": "Come on Thursday."})
    assert response.status_code == 422
    text = response.content.decode()
    assert "The next contact is possible from" in text
    assert "Come on Thursday." in text  # what was typed is kept
    work_off()
    assert mail.outbox == []
    assert Contact.objects.count() == 3


def test_firm_without_an_address_is_to_be_telephoned(cast: Cast, client_of: ClientOf) -> None:
    with inside(cast.network):
        Organisation.objects.filter(pk=cast.garage.pk).update(email="")
    client = client_of(cast.alice)
    assert "No e-mail address" in text_of(client, address("write", cast.network, cast.garage))
    posted = client.post(
        address("write", cast.network, cast.garage), {"subject": "Hello", "text": "Hello"}
    )
    assert "no e-mail address: telephone" in posted.content.decode()
    assert not Contact.objects.exists()


def test_mail_to_a_firm_without_address_goes_to_its_head(cast: Cast, client_of: ClientOf) -> None:
    with inside(cast.network):
        Organisation.objects.filter(pk=cast.bakery.pk).update(email="")
        assert firm_address(cast.bakery.pk).email == cast.bob.email


def test_call_is_logged_and_taken_back(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alice)
    page = client.post(
        address("record", cast.network, cast.garage),
        {"channel": "call", "subject": "Survey", "day": str(localdate()), "hour": ""},
        follow=True,
    ).content.decode()
    assert "The contact is in the log." in page
    contact = Contact.objects.get()
    assert (contact.channel, contact.counts, contact.body_name) == (
        "call", True, cast.network.name,
    )  # fmt: skip
    undo = address("take-back", cast.network, None, contact.public_id)
    assert undo in page
    client.post(undo)
    assert not Contact.objects.exists()


def test_call_of_the_past_over_the_ceiling_is_logged_only_when_it_took_place(
    cast: Cast, client_of: ClientOf
) -> None:
    contacted(cast, cast.garage, 3)
    client, url = client_of(cast.alice), address("record", cast.network, cast.garage)
    assert "It has already taken place" in text_of(client, url)
    call = {"channel": "call", "subject": "Survey", "day": str(localdate() - timedelta(days=1))}
    refused = client.post(url, call)
    assert refused.status_code == 422
    assert "Tick this only when the contact has taken place" in refused.content.decode()
    assert Contact.objects.count() == 3
    assert client.post(url, {**call, "happened": "on"}).status_code == 302
    assert Contact.objects.count() == 4


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"day": "2999-01-01"}, "this day is still to come"),
        ({"day": "yesterday"}, "Enter a valid date."),
        ({"channel": "mail"}, "Select a valid choice."),
        ({"subject": " "}, "This field is required."),
    ],
)
def test_contact_that_cannot_be_understood_is_refused_beside_the_field(
    cast: Cast, client_of: ClientOf, changed: dict[str, str], sentence: str
) -> None:
    call = {"channel": "call", "subject": "Survey", "day": str(localdate())}
    response = client_of(cast.alice).post(
        address("record", cast.network, cast.garage), {**call, **changed}
    )
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Contact.objects.exists()


def test_what_the_firm_asked_for_does_not_count(cast: Cast, client_of: ClientOf) -> None:
    call = {"channel": "visit", "subject": "Oven", "day": str(localdate()), "asked": "on"}
    client_of(cast.alice).post(address("record", cast.network, cast.garage), call)
    assert not Contact.objects.get().counts


def test_firm_is_chosen_among_those_one_may_know_of(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alice)
    text = text_of(client, address("new", cast.network), q="gar")
    assert address("write", cast.network, cast.garage) in text
    assert "No firm of this name" in text_of(client, address("new", cast.network), q="zzz")


def test_what_another_body_said_stays_its_own(
    cast: Cast, adviser: Person, client_of: ClientOf
) -> None:
    contacted(cast, cast.garage, subject="Secret of the animator")
    contacted(cast, cast.garage, subject="Mine", sender=adviser, body_name="Chamber")
    page = text_of(client_of(adviser), address("firm", cast.network, cast.garage))
    assert "Mine" in page
    assert "Secret of the animator" not in page
    assert "2 contacts in 30" in page
    assert "1 of these contacts was made by another body" in page
    log = text_of(client_of(adviser), address("log", cast.network))
    assert "Mine" in log
    assert "Secret of the animator" not in log
    assert "Secret of the animator" not in text_of(
        client_of(adviser), address("log", cast.network), export="csv"
    )
    assert "Secret of the animator" in text_of(
        client_of(cast.alice), address("firm", cast.network, cast.garage)
    )


def test_another_network_counts_without_a_word_of_what_it_said(
    cast: Cast, client_of: ClientOf
) -> None:
    other = cast_of("other-club")
    contacted(other, other.garage, 2, subject="Secret of the other club")  # the same SIREN
    page = text_of(client_of(cast.alice), address("firm", cast.network, cast.garage))
    assert "2 contacts in 30" in page
    assert "2 of these contacts were made by other bodies" in page
    assert "Secret" not in page


def test_adviser_of_a_competitor_sees_nothing_of_its_contacts(
    cast: Cast, client_of: ClientOf
) -> None:
    with inside(cast.network):
        NetworkRole.objects.create(
            network=cast.network, person=cast.emma, kind=NetworkRoleKind.ADVISER, starts_on=START
        )
    contacted(cast, cast.bakery, subject="Rye", sender=cast.emma, body_name=cast.network.name)
    client = client_of(cast.emma)
    assert "Fournil Martin" not in text_of(client, address("log", cast.network))
    assert "No contact yet" in text_of(client, address("log", cast.network))
    for name in ("firm", "write", "record"):
        assert client.get(address(name, cast.network, cast.bakery)).status_code == 404
    assert "No firm of this name" in text_of(
        client, address("new", cast.network), q=cast.bakery.name
    )


def test_log_is_filtered_searched_and_exported(cast: Cast, client_of: ClientOf) -> None:
    contacted(cast, cast.garage, subject="Oven")
    contacted(cast, cast.bakery, subject="Flour", channel=ContactChannel.VISIT)
    client, url = client_of(cast.alice), address("log", cast.network)
    assert "2 contacts" in text_of(client, url)
    assert "Oven" not in text_of(client, url, channel="visit")
    assert "Flour" not in text_of(client, url, q="lemoine")
    assert "Nothing matches" in text_of(client, url, until="2020-01-01")
    lines = text_of(client, url, export="csv", sort="firm").splitlines()
    assert len(lines) == 3
    assert "Garage Lemoine" in lines[2]


def test_owner_sees_who_contacted_the_firm_and_says_whether_it_was_useful(
    cast: Cast, client_of: ClientOf
) -> None:
    contact = contacted(cast, cast.bakery, subject="Spring survey", body_name="Chamber")
    client, mine = client_of(cast.bob), address("mine", cast.network)
    text = text_of(client, mine)
    assert "Spring survey" in text
    assert "Chamber, Alice" in text
    assert "You were contacted 1 time in 30" in text
    url = address("useful", cast.network, None, contact.public_id)
    assert "Thank you" in client.post(url, {"useful": "yes"}, follow=True).content.decode()
    contact.refresh_from_db()
    assert contact.useful is True
    assert client.post(url, {"useful": "perhaps"}).status_code == 404


def test_owner_cannot_judge_a_contact_of_another_firm(cast: Cast, client_of: ClientOf) -> None:
    contact = contacted(cast, cast.garage)
    url = address("useful", cast.network, None, contact.public_id)
    client_of(cast.bob).post(url, {"useful": "no"})
    contact.refresh_from_db()
    assert contact.useful is None


def test_body_found_useful_five_times_is_proposed_as_relay(cast: Cast, client_of: ClientOf) -> None:
    for times, sentence in ((4, False), (1, True)):
        contacted(cast, cast.garage, times, body_name="Bank of the Loire")
        Contact.objects.update(useful=True)
        page = text_of(client_of(cast.alice), address("firm", cast.network, cast.garage))
        assert ("Go through Bank of the Loire" in page) is sentence


def test_owner_chooses_how_often_and_the_animator_cannot_loosen_it(
    cast: Cast, client_of: ClientOf
) -> None:
    url = address("policy", cast.network, cast.bakery)
    chosen = {"mode": "chosen", "contacts": "1", "days": "90", "lead": str(cast.alice.public_id)}
    assert client_of(cast.bob).post(url, chosen).status_code == 302
    policy = ContactPolicy.objects.get()
    assert (policy.ceiling, policy.days, policy.set_by_firm, policy.lead_name) == (
        1, 90, True, "Alice",
    )  # fmt: skip
    refused = client_of(cast.alice).post(url, {**chosen, "contacts": "9"})
    assert refused.status_code == 422
    assert "chose itself" in refused.content.decode()
    policy.refresh_from_db()
    assert policy.ceiling == 1


@pytest.mark.parametrize(
    "numbers",
    [
        {"contacts": "", "days": "30"},
        {"contacts": "2", "days": "0"},
        {"contacts": "-1", "days": "3"},
    ],
)
def test_limit_without_sense_is_refused(
    cast: Cast, client_of: ClientOf, numbers: dict[str, str]
) -> None:
    url = address("policy", cast.network, cast.bakery)
    response = client_of(cast.bob).post(url, {"mode": "chosen", "lead": "", **numbers})
    assert response.status_code == 422
    assert not ContactPolicy.objects.exists()


def test_owner_asks_to_be_left_alone_then_no_longer(cast: Cast, client_of: ClientOf) -> None:
    client, url = client_of(cast.bob), address("quiet", cast.network, cast.bakery)
    today = localdate()
    days = {"starts_on": str(today), "ends_on": str(today + timedelta(days=3)), "reason": "Easter"}
    assert "Easter" in client.post(url, days, follow=True).content.decode()
    animator = text_of(client_of(cast.alice), address("write", cast.network, cast.bakery))
    assert "asks to be left alone until" in animator
    assert "Easter" in animator
    period = QuietPeriod.objects.get()
    client.post(address("quiet-end", cast.network, cast.bakery, period.public_id))
    assert not QuietPeriod.objects.exists()


def test_quiet_period_that_ends_before_it_begins_is_refused(
    cast: Cast, client_of: ClientOf
) -> None:
    url = address("quiet", cast.network, cast.bakery)
    days = {"starts_on": "2026-05-02", "ends_on": "2026-05-01"}
    response = client_of(cast.bob).post(url, days)
    assert response.status_code == 422
    assert "The last day comes before the first" in response.content.decode()


@pytest.mark.parametrize(
    ("who", "name", "status"),
    [
        ("alice", "log", 200), ("alice", "firm", 200), ("alice", "policy", 200),
        ("alice", "mine", 403),
        ("bob", "log", 403), ("bob", "firm", 403), ("bob", "policy", 200), ("bob", "mine", 200),
        ("chloe", "log", 403), ("chloe", "mine", 403), ("chloe", "policy", 403),
        ("emma", "policy", 404), ("emma", "quiet", 404), ("emma", "firm", 403),
        ("farid", "log", 403), ("farid", "policy", 404),
        ("denis", "log", 404), ("denis", "mine", 404),
    ],
)  # fmt: skip
def test_page_opens_for_whom_it_is_for(
    cast: Cast, client_of: ClientOf, who: str, name: str, status: int
) -> None:
    firm = None if name in {"log", "mine"} else cast.bakery
    client = client_of(getattr(cast, who))
    assert client.get(address(name, cast.network, firm)).status_code == status


@pytest.mark.parametrize("count", [3, 300])
@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("alice", "log"), ("alice", "firm"), ("alice", "write"), ("alice", "record"),
        ("alice", "policy"), ("alice", "quiet"),
        ("bob", "mine"), ("bob", "policy"), ("bob", "quiet"),
    ],
)  # fmt: skip
def test_page_asks_the_database_as_often_for_many_contacts(
    cast: Cast,
    client_of: ClientOf,
    django_assert_max_num_queries: Callable[[int], Any],
    count: int,
    who: str,
    name: str,
) -> None:
    more_firms(cast, count)
    Contact.objects.bulk_create(
        Contact(
            firm_key=cast.bakery.siren,
            organisation_id=cast.bakery.public_id,
            network_id=cast.network.public_id,
            body_name="Chamber",
            person_id=cast.alice.public_id,
            channel=ContactChannel.CALL,
            subject=f"Call {rank}",
            at=now(),
        )
        for rank in range(count)
    )
    client = client_of(getattr(cast, who))
    url = address(name, cast.network, None if name in {"log", "mine"} else cast.bakery)
    client.get(url)
    with django_assert_max_num_queries(12):
        assert client.get(url).status_code == 200
