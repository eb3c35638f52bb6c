"""What people are told, in the application and by mail."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.utils.timezone import now
from django.utils.translation import gettext_lazy

from maillage.foundation.accounts.models import Person
from maillage.foundation.jobs.worker import work_off
from maillage.foundation.notify.digests import (
    preference_by_token,
    preference_of,
    send_digests,
    set_frequency,
)
from maillage.foundation.notify.enums import DigestFrequency
from maillage.foundation.notify.models import DigestPreference, Notification
from maillage.foundation.notify.notifications import (
    Reader,
    mark_read,
    mark_unread,
    notifications_for,
    notify_person,
    unread_for,
)

CLUB, OTHER_CLUB, RIVAL = uuid4(), uuid4(), uuid4()
WEEKLY, DAILY, NEVER = DigestFrequency.WEEKLY, DigestFrequency.DAILY, DigestFrequency.NEVER


def reader(person: Person) -> Reader:
    return Reader(person, frozenset({CLUB}), frozenset({RIVAL}))


def digest(frequency: DigestFrequency = WEEKLY) -> int:
    written = send_digests(
        frequency=frequency,
        due=now(),
        reader_of=reader,
        list_path="/messages/",
        stop_path=lambda token: f"/messages/stop/{token}/",
    )
    work_off()
    return written


def test_person_is_told_in_their_own_language(bob: Person) -> None:
    told = notify_person(person=bob, title=gettext_lazy("Yes"), body="plain", url="/x/")
    assert (told.title, told.body, told.url) == ("Oui", "plain", "/x/")
    assert told.mailed_at is None


def test_too_long_a_title_is_cut_rather_than_lost(bob: Person) -> None:
    assert notify_person(person=bob, title="a" * 900, body="b" * 900).title == "a" * 200


def test_person_is_mailed_at_once_when_asked(alice: Person) -> None:
    notify_person(person=alice, title="Import: finished", body="460 firms.", url="/x/", mail=True)
    work_off()
    [message] = mail.outbox
    assert (message.subject, message.to) == ("Import: finished", ["alice@network.example"])
    assert message.body == "460 firms.\n\nhttp://localhost:8000/x/"
    assert digest() == 0


def test_message_is_read_by_its_person_only(alice: Person, bob: Person) -> None:
    told = notify_person(person=alice, title="Hello", network_id=CLUB)
    assert mark_read(person=bob, public_ids=[told.public_id]) == 0
    assert unread_for(reader(alice)).count() == 1
    assert unread_for(reader(bob)).count() == 0
    assert mark_read(person=alice) == 1
    assert unread_for(reader(alice)).count() == 0
    assert mark_unread(person=alice, public_id=told.public_id) == 1
    assert unread_for(reader(alice)).count() == 1


@pytest.mark.parametrize(
    ("network_id", "about_id", "shown"),
    [
        (CLUB, None, True),
        (None, None, True),
        (OTHER_CLUB, None, False),
        (CLUB, RIVAL, False),
        (CLUB, uuid4(), True),
    ],
)
def test_message_of_a_network_left_or_about_a_competitor_is_not_shown(
    alice: Person, network_id: UUID | None, about_id: UUID | None, *, shown: bool
) -> None:
    notify_person(person=alice, title="Hello", network_id=network_id, about_id=about_id)
    assert notifications_for(reader(alice)).exists() is shown
    assert digest() == int(shown)


def test_summary_says_what_is_new_in_french_with_one_link_and_one_way_out(bob: Person) -> None:
    notify_person(person=bob, title="Le garage vous répond", body="Il dit oui.", network_id=CLUB)
    notify_person(person=bob, title="Import terminé", network_id=CLUB)
    notify_person(person=bob, title="Fournil rival", network_id=CLUB, about_id=RIVAL)
    assert digest() == 1
    [message] = mail.outbox
    token = DigestPreference.objects.get(person=bob).token
    assert message.to == ["bob@bakery.example"]
    assert message.subject == "2\u00a0nouvelles pour vous"
    assert "- Le garage vous répond\n  Il dit oui.\n- Import terminé" in message.body
    assert "Bonjour Bob" in message.body
    assert "rival" not in message.body
    assert message.body.count("http") == 1
    assert message.extra_headers["List-Unsubscribe"] == (
        f"<http://localhost:8000/messages/stop/{token}/>"
    )
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_summary_done_again_writes_nothing_twice(alice: Person) -> None:
    notify_person(person=alice, title="Hello", network_id=CLUB)
    assert (digest(), digest()) == (1, 0)
    assert len(mail.outbox) == 1


def test_summary_of_the_same_turn_is_not_written_twice_for_later_news(alice: Person) -> None:
    due = now() - timedelta(minutes=5)
    for _each in range(2):
        notify_person(person=alice, title="Hello", network_id=CLUB)
        send_digests(frequency=WEEKLY, due=due, reader_of=reader, list_path="", stop_path=str)
    assert Notification.objects.filter(mailed_at=None).count() == 1


def test_summary_leaves_out_what_was_read(alice: Person) -> None:
    notify_person(person=alice, title="Hello", network_id=CLUB)
    mark_read(person=alice)
    assert digest() == 0


@pytest.mark.parametrize(
    ("chosen", "asked", "written"),
    [(DAILY, DAILY, 1), (DAILY, WEEKLY, 0), (NEVER, WEEKLY, 0), (WEEKLY, WEEKLY, 1)],
)
def test_summary_comes_as_often_as_chosen(
    alice: Person, chosen: DigestFrequency, asked: DigestFrequency, written: int
) -> None:
    set_frequency(person=alice, frequency=chosen)
    notify_person(person=alice, title="Hello", network_id=CLUB)
    assert digest(asked) == written


def test_person_who_may_no_longer_sign_in_gets_none(alice: Person) -> None:
    notify_person(person=alice, title="Hello", network_id=CLUB)
    alice.is_active = False
    alice.save()
    assert digest() == 0


def test_long_summary_is_cut(alice: Person) -> None:
    for rank in range(23):
        notify_person(person=alice, title=f"News {rank}", network_id=CLUB)
    digest()
    [message] = mail.outbox
    assert message.subject == "23 things are new for you"
    assert "- News 19\n\nand 3 more." in message.body


def test_preference_is_weekly_until_chosen_and_found_by_its_link(alice: Person) -> None:
    assert preference_of(alice).frequency == WEEKLY
    chosen = set_frequency(person=alice, frequency=NEVER)
    assert preference_of(alice).frequency == NEVER
    assert preference_by_token(chosen.token) == chosen
    assert preference_by_token(uuid4()) is None


def test_summary_that_another_server_wrote_meanwhile_is_left_to_it(alice: Person) -> None:
    notify_person(person=alice, title="Hello", network_id=CLUB)

    def written_elsewhere() -> None:
        DigestPreference.objects.update(sent_at=now())

    written = send_digests(
        frequency=WEEKLY,
        due=now(),
        reader_of=reader,
        list_path="/messages/",
        stop_path=str,
        checkpoint=written_elsewhere,
    )
    assert written == 0
