"""The one send function: no line, no mail; one too many, no line."""

import json
import os
import smtplib
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import get_language

from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.models import AuditLine
from maillage.foundation.jobs.worker import work_off
from maillage.foundation.notify.actions import (
    ContactError,
    add_quiet_period,
    log_contact,
    say_useful,
    take_back_contact,
)
from maillage.foundation.notify.delivery import deliver_waiting, give_up_stuck
from maillage.foundation.notify.enums import ContactChannel, MailState
from maillage.foundation.notify.models import Contact, Notification, OutgoingMail
from maillage.foundation.notify.pressure import FirmAddress, PressureError, pressure_of
from maillage.foundation.notify.sending import (
    SendingError,
    forward_to_firm,
    mail_person,
    send_to_firm,
)
from tests.architecture.tree import ROOT
from tests.foundation.notify.crowd import crowd


def sent(firm: FirmAddress, sender: Person, **fields: Any) -> Contact:
    about = {"body_name": "Chamber", "network_id": None, "subject": "Meeting", "text": "Come."}
    return send_to_firm(firm=firm, sender=sender, **{**about, **fields})


def logged(firm: FirmAddress, sender: Person, **fields: Any) -> Contact:
    about = {
        "body_name": "Chamber",
        "network_id": None,
        "channel": ContactChannel.CALL,
        "subject": "Meeting",
        "at": now(),
    }
    return log_contact(firm=firm, sender=sender, **{**about, **fields})


def test_mail_leaves_with_its_line_in_the_log(alice: Person, bakery: FirmAddress) -> None:
    contact = sent(bakery, alice, path="/n/club/")
    assert mail.outbox == []
    work_off()
    [message] = mail.outbox
    assert message.to == ["bob@bakery.example"]
    assert message.reply_to == ["alice@network.example"]
    assert message.subject == "Meeting"
    assert message.body.startswith(
        "Come.\n\nhttp://localhost:8000/n/club/\n\nAlice Martin\nChamber"
    )
    assert (contact.channel, contact.firm_key) == ("mail", "552100554")
    assert OutgoingMail.objects.get(contact=contact).state == MailState.SENT
    assert AuditLine.objects.filter(subject_id=contact.public_id, act="write").count() == 1


def test_fourth_contact_of_the_month_is_refused_without_a_line_or_a_mail(
    alice: Person, bakery: FirmAddress
) -> None:
    for _each in range(3):
        sent(bakery, alice)
    with pytest.raises(PressureError, match="already been contacted 3 times in 30 days"):
        sent(bakery, alice)
    assert Contact.objects.count() == 3
    work_off()
    assert len(mail.outbox) == 3


def test_mail_in_a_quiet_period_is_refused(alice: Person, bakery: FirmAddress) -> None:
    today = now().date()
    add_quiet_period(
        firm=bakery,
        actor_id=alice.public_id,
        network_id=None,
        starts_on=today,
        ends_on=today + timedelta(days=2),
    )
    with pytest.raises(PressureError, match="asks to be left alone"):
        sent(bakery, alice)
    assert not Contact.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_mail_to_a_firm_without_a_line_is_refused_by_the_database(db: None) -> None:
    with pytest.raises(IntegrityError, match="outgoing_mail_to_a_firm_is_in_the_log"):
        OutgoingMail.objects.create(to="bob@bakery.example", subject="", text="", try_after=now())


def test_mail_of_an_act_that_is_undone_does_not_leave(alice: Person, bakery: FirmAddress) -> None:
    with transaction.atomic():
        sent(bakery, alice)
        transaction.set_rollback(True)
    work_off()
    assert mail.outbox == []
    assert not Contact.objects.exists()


@pytest.mark.parametrize("email", ["", "not an address"])
def test_firm_without_an_address_is_told_before_anything_is_written(
    alice: Person, email: str
) -> None:
    firm = FirmAddress("552100554", uuid4(), "Fournil Martin", email)
    with pytest.raises(SendingError, match="no e-mail address: telephone"):
        sent(firm, alice)
    assert not Contact.objects.exists()


def test_subject_on_two_lines_is_put_on_one(alice: Person, bakery: FirmAddress) -> None:
    assert sent(bakery, alice, subject="Hello\nBcc: all@example.org").subject == (
        "Hello Bcc: all@example.org"
    )


def test_delivery_done_twice_sends_once(alice: Person, bakery: FirmAddress) -> None:
    sent(bakery, alice)
    assert deliver_waiting() == 1
    assert deliver_waiting() == 0
    work_off()
    assert len(mail.outbox) == 1


def test_mail_waits_when_the_server_does_not_answer_and_leaves_later(
    alice: Person, bakery: FirmAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(bakery, alice)
    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", _raising(OSError("no route")))
        assert deliver_waiting() == 0
    waiting = OutgoingMail.objects.get()
    assert (waiting.state, waiting.attempts, waiting.problem) == ("waiting", 1, "no route")
    assert waiting.try_after > now() + timedelta(minutes=10)
    assert deliver_waiting() == 0
    OutgoingMail.objects.update(try_after=now())
    assert deliver_waiting() == 1
    assert len(mail.outbox) == 1


def test_address_that_does_not_exist_is_given_up_and_the_sender_told(
    alice: Person, bakery: FirmAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact = sent(bakery, alice)
    refusal = smtplib.SMTPRecipientsRefused({bakery.email: (550, b"unknown")})
    monkeypatch.setattr(EmailMessage, "send", _raising(refusal))
    assert deliver_waiting() == 0
    assert OutgoingMail.objects.get().state == MailState.REFUSED
    contact.refresh_from_db()
    assert not contact.counts
    told = Notification.objects.get(person=alice)
    assert "could not be delivered" in told.title
    assert told.about_id == bakery.organisation_id


def test_mail_cut_short_is_never_sent_again_by_itself(alice: Person, bakery: FirmAddress) -> None:
    sent(bakery, alice)
    OutgoingMail.objects.update(state=MailState.LEAVING, taken_at=now() - timedelta(hours=2))
    assert give_up_stuck() == 1
    assert deliver_waiting() == 0
    assert OutgoingMail.objects.get().state == MailState.UNSURE


def test_twenty_senders_of_the_same_moment_never_pass_the_ceiling(
    transactional_db: None, data_folder: Path
) -> None:
    if connection.vendor == "postgresql":
        happened = crowd()
    else:  # a database in memory cannot be shared: theirs is a file
        environment = {**os.environ, "MAILLAGE_DATA": str(data_folder)}
        environment.pop("MAILLAGE_DATABASE", None)
        environment["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        command = (
            "import django; django.setup(); from tests.foundation.notify.crowd import main; main()"
        )
        result = subprocess.run(
            [sys.executable, "-c", command],
            capture_output=True,
            check=False,
            cwd=ROOT,
            env=environment,
            timeout=120,
        )
        assert result.returncode == 0, result.stderr.decode()
        happened = json.loads(result.stdout)
    assert happened == {"sent": 3, "refused": 17, "lines": 3, "mails": 3}


def test_letter_is_logged_by_hand_even_over_the_ceiling(alice: Person, bakery: FirmAddress) -> None:
    for _each in range(4):
        logged(bakery, alice, channel=ContactChannel.LETTER)
    assert pressure_of(bakery).contacts == 4
    assert pressure_of(bakery).is_blocked


def test_contact_still_to_come_is_not_logged(alice: Person, bakery: FirmAddress) -> None:
    with pytest.raises(ContactError, match="still to come"):
        logged(bakery, alice, at=now() + timedelta(days=1))


def test_contact_logged_by_mistake_is_taken_back_by_whoever_logged_it_within_a_day(
    alice: Person, bob: Person, bakery: FirmAddress
) -> None:
    contact = logged(bakery, alice)
    with pytest.raises(ContactError):
        take_back_contact(contact=contact, person=bob)
    contact.logged_at = now() - timedelta(hours=25)
    with pytest.raises(ContactError):
        take_back_contact(contact=contact, person=alice)
    contact.refresh_from_db()
    take_back_contact(contact=contact, person=alice)
    assert not Contact.objects.exists()


def test_mail_cannot_be_taken_back(alice: Person, bakery: FirmAddress) -> None:
    with pytest.raises(ContactError):
        take_back_contact(contact=sent(bakery, alice), person=alice)


def test_firm_says_whether_its_own_contact_was_useful(
    alice: Person, bob: Person, bakery: FirmAddress
) -> None:
    contact = logged(bakery, alice)
    say_useful(firm=bakery, public_id=contact.public_id, useful=True, actor_id=bob.public_id)
    contact.refresh_from_db()
    assert contact.useful is True
    other = FirmAddress("443061841", uuid4(), "Garage Lemoine")
    with pytest.raises(ContactError):
        say_useful(firm=other, public_id=contact.public_id, useful=False, actor_id=bob.public_id)


def test_visitor_writes_to_a_firm_without_counting(bakery: FirmAddress, db: None) -> None:
    forward_to_firm(
        firm=bakery,
        network_id=uuid4(),
        visitor_name="Zoé",
        visitor_email="zoe@example.org",
        text="Do you bake rye?",
    )
    work_off()
    [message] = mail.outbox
    assert (message.reply_to, message.body) == (["zoe@example.org"], "Do you bake rye?")
    assert pressure_of(bakery).contacts == 0
    assert Contact.objects.count() == 1


def test_personal_mail_is_in_the_language_of_its_reader(db: None) -> None:
    mail_person(
        email="bob@bakery.example",
        language="fr",
        subject=lambda: get_language() or "",
        text="…",
        path="/x/",
    )
    work_off()
    [message] = mail.outbox
    assert message.subject == "fr"
    assert message.body == "…\n\nhttp://localhost:8000/x/"
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def _raising(error: Exception) -> Any:
    def send(_message: EmailMessage) -> None:
        raise error

    return send


def test_mail_that_another_sender_took_meanwhile_is_left_to_it(
    alice: Person, bakery: FirmAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(bakery, alice)
    look = QuerySet.first

    def look_too_late(waiting: QuerySet[OutgoingMail]) -> OutgoingMail | None:
        found = look(waiting)
        OutgoingMail.objects.update(state=MailState.LEAVING, taken_at=now())
        return found

    monkeypatch.setattr(QuerySet, "first", look_too_late)
    assert deliver_waiting() == 0
    assert mail.outbox == []
