"""Messages, summaries and the search box."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from maillage.foundation.accounts.models import Person
from maillage.foundation.jobs.enums import RunState
from maillage.foundation.jobs.models import Run
from maillage.foundation.jobs.words import kept
from maillage.foundation.jobs.worker import work_off
from maillage.foundation.notify.digests import preference_of, send_digests, set_frequency
from maillage.foundation.notify.enums import DigestFrequency
from maillage.foundation.notify.models import Notification
from maillage.foundation.notify.notifications import notify_person
from maillage.foundation.visibility.readers import reader_of
from maillage.web.desk.tasks import tell_owner
from tests.cast import Cast, cast_of, more_firms

type ClientOf = Callable[[Person], Client]

LIST = reverse("desk:notifications")


def told(cast: Cast, person: Person, title: str, **fields: Any) -> Notification:
    return notify_person(
        person=person, title=title, **{"network_id": cast.network.public_id, **fields}
    )


def ended(cast: Cast, minutes: float, state: RunState = RunState.SUCCEEDED, **fields: Any) -> Run:
    run = Run.objects.create(
        kind="trial",
        owner_id=cast.alice.public_id,
        network_id=cast.network.public_id,
        title_words=kept("Import of firms"),
        state=state,
        finished_at=now(),
        **fields,
    )
    run.queued_at = now() - timedelta(minutes=minutes)
    return run


def text_of(client: Client, url: str, **query: str) -> str:
    response = client.get(url, query)
    assert response.status_code == 200
    return response.content.decode()


def test_message_is_opened_and_read_in_one_click(cast: Cast, client_of: ClientOf) -> None:
    message = told(cast, cast.bob, "The garage answered", url="/n/somewhere/")
    client = client_of(cast.bob)
    assert "The garage answered" in text_of(client, LIST)
    response = client.post(reverse("desk:open", args=[message.public_id]))
    assert response.headers["Location"] == "/n/somewhere/"
    message.refresh_from_db()
    assert message.read_at is not None


def test_looking_at_the_list_reads_nothing(cast: Cast, client_of: ClientOf) -> None:
    message = told(cast, cast.bob, "Hello")
    client = client_of(cast.bob)
    assert "Not read yet" in text_of(client, LIST)
    assert client.get(reverse("desk:open", args=[message.public_id])).status_code == 405
    message.refresh_from_db()
    assert message.read_at is None


def test_message_that_leads_to_another_site_is_not_followed(
    cast: Cast, client_of: ClientOf
) -> None:
    message = told(cast, cast.bob, "Hello", url="https://elsewhere.example/")
    response = client_of(cast.bob).post(reverse("desk:open", args=[message.public_id]))
    assert response.headers["Location"] == LIST


def test_message_of_somebody_else_cannot_be_opened(cast: Cast, client_of: ClientOf) -> None:
    message = told(cast, cast.bob, "Hello")
    client = client_of(cast.emma)
    assert client.post(reverse("desk:open", args=[message.public_id])).status_code == 404
    assert "Hello" not in text_of(client, LIST)


def test_all_is_read_at_once(cast: Cast, client_of: ClientOf) -> None:
    for _each in range(3):
        told(cast, cast.bob, "Hello")
    told(cast, cast.emma, "Hello")
    client_of(cast.bob).post(reverse("desk:read-all"))
    assert list(Notification.objects.filter(read_at=None).values_list("person", flat=True)) == [
        cast.emma.pk
    ]


def test_message_about_a_competitor_or_a_network_one_left_is_not_shown(
    cast: Cast, client_of: ClientOf
) -> None:
    other = cast_of("other-club")
    told(cast, cast.bob, "About the rival", about_id=cast.rival.public_id)
    told(cast, cast.bob, "About the garage", about_id=cast.garage.public_id)
    told(other, cast.bob, "Of the other club")
    text = text_of(client_of(cast.bob), LIST)
    assert "About the garage" in text
    assert "About the rival" not in text
    assert "Of the other club" not in text
    send_digests(
        frequency=DigestFrequency.WEEKLY,
        due=now(),
        reader_of=reader_of,
        list_path=LIST,
        stop_path=str,
    )
    work_off()
    [message] = mail.outbox
    assert "About the garage" in message.body
    assert "rival" not in message.body


def test_empty_list_says_what_it_will_hold(cast: Cast, client_of: ClientOf) -> None:
    for person in (cast.bob, cast.denis):
        assert "No message yet" in text_of(client_of(person), LIST)


@pytest.mark.parametrize("count", [3, 300])
def test_list_asks_the_database_as_often_for_many_messages(
    cast: Cast,
    client_of: ClientOf,
    django_assert_max_num_queries: Callable[[int], Any],
    count: int,
) -> None:
    Notification.objects.bulk_create(
        Notification(person=cast.bob, title=f"Message {rank}", url="/x/") for rank in range(count)
    )
    client = client_of(cast.bob)
    client.get(LIST)
    with django_assert_max_num_queries(12):
        text_of(client, LIST)


def test_short_task_is_told_in_the_application_only(cast: Cast) -> None:
    tell_owner(ended(cast, 0.5, result={"summary": kept("460 firms.")}))
    work_off()
    message = Notification.objects.get(person=cast.alice)
    assert (message.title, message.body) == ("Import of firms: finished", "460 firms.")
    assert message.url.startswith("/runs/") or "/" in message.url
    assert mail.outbox == []


def test_long_task_is_also_told_by_mail(cast: Cast) -> None:
    tell_owner(ended(cast, 5, RunState.FAILED, error_words=kept("The file cannot be read.")))
    work_off()
    [message] = mail.outbox
    assert message.subject == "Import of firms: not finished"
    assert message.body.startswith("The file cannot be read.\n\nhttp://localhost:8000/")


def test_task_that_somebody_stopped_is_not_told(cast: Cast) -> None:
    tell_owner(ended(cast, 5, RunState.CANCELLED))
    assert not Notification.objects.exists()


def test_summaries_stop_in_one_click_without_signing_in(cast: Cast, visitor: Client) -> None:
    preference = set_frequency(person=cast.bob, frequency=DigestFrequency.WEEKLY)
    url = reverse("desk:stop", args=[preference.token])
    assert "Stop the summaries" in text_of(visitor, url)
    assert preference_of(cast.bob).frequency == DigestFrequency.WEEKLY
    assert "You no longer receive summaries" in visitor.post(url).content.decode()
    assert preference_of(cast.bob).frequency == DigestFrequency.NEVER
    visitor.post(url, {"again": "weekly"})
    assert preference_of(cast.bob).frequency == DigestFrequency.WEEKLY


def test_mail_program_stops_the_summaries_by_itself(cast: Cast) -> None:
    preference = set_frequency(person=cast.bob, frequency=DigestFrequency.DAILY)
    strict = Client(enforce_csrf_checks=True)
    url = reverse("desk:stop", args=[preference.token])
    strict.post(url, {"List-Unsubscribe": "One-Click"})
    assert preference_of(cast.bob).frequency == DigestFrequency.NEVER


def test_link_that_stops_nothing_is_not_found(db: None, visitor: Client) -> None:
    assert visitor.get(reverse("desk:stop", args=[uuid4()])).status_code == 404


def test_search_finds_firms_and_pages(cast: Cast, client_of: ClientOf) -> None:
    url = reverse("desk:search", args=[cast.network.slug])
    client = client_of(cast.alice)
    assert "Garage Lemoine" in text_of(client, url, q="lemoine")
    assert reverse("contacts:log", args=[cast.network.slug]) in text_of(client, url, q="contac")
    assert "Nothing matches" in text_of(client, url, q="zzzz")
    assert "Nothing matches" not in text_of(client, url)


def test_search_reveals_nothing_of_a_competitor(cast: Cast, client_of: ClientOf) -> None:
    url = reverse("desk:search", args=[cast.network.slug])
    for words in (cast.rival.name, cast.rival.siren, "Boulangerie"):
        assert cast.rival.name not in text_of(client_of(cast.bob), url, q=words).replace(
            f'value="{words}"', ""
        )
    assert cast.rival.name in text_of(client_of(cast.alice), url, q=cast.rival.name)
    assert client_of(cast.chloe).get(url).status_code == 403


@pytest.mark.parametrize("count", [3, 300])
def test_search_asks_the_database_as_often_in_a_large_network(
    cast: Cast,
    client_of: ClientOf,
    django_assert_max_num_queries: Callable[[int], Any],
    count: int,
) -> None:
    more_firms(cast, count)
    client, url = client_of(cast.bob), reverse("desk:search", args=[cast.network.slug])
    with django_assert_max_num_queries(12):
        assert "Menuiserie 00002" in text_of(client, url, q="menuiserie")


def test_bell_counts_what_the_list_shows(cast: Cast, client_of: ClientOf) -> None:
    told(cast, cast.bob, "News of the garage", about_id=cast.garage.public_id)
    told(cast, cast.bob, "News of the rival", about_id=cast.rival.public_id)
    elsewhere = cast_of("elsewhere")
    told(elsewhere, cast.bob, "News of a network that he has left")
    notify_person(person=cast.bob, title="News of nobody")
    bob = client_of(cast.bob)
    listed = bob.get(LIST)
    desk = bob.get(reverse("desk:network", args=[cast.network.slug]))
    assert len(listed.context["messages_page"]) == 2
    assert listed.context["page"].unread == desk.context["page"].unread == 2
