"""What workers say is read by those whom they choose, and answered in time."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from maillage.foundation.networks.enums import NetworkRoleKind
from maillage.foundation.networks.models import NetworkRole
from maillage.foundation.notify.models import Notification, OutgoingMail
from maillage.run.employment.models import Worker
from maillage.run.voice.delegates import elect_delegate, end_mandate, lacks_delegate
from maillage.run.voice.enums import Audience, Reader
from maillage.run.voice.grievances import (
    add_word,
    answer_grievance,
    heard_as_delegate,
    heard_by,
    late_grievances,
    may_read,
    say_grievance,
    settle_grievance,
    words_of,
)
from maillage.run.voice.models import Delegate, Grievance
from maillage.run.voice.refusals import VoiceError
from tests.cast import START, Cast, acting, inside
from tests.run.employment.hired import contract_of, employed, worker_named


def on_the_board(cast: Cast) -> None:
    """Let Denis sit on the board."""
    NetworkRole.objects.create(
        network=cast.network, person=cast.denis, kind=NetworkRoleKind.BOARD, starts_on=START
    )


def elected(cast: Cast, name: str) -> Worker:
    """Let the workers elect somebody, who has an address."""
    worker = worker_named(cast, name, email=f"{name.lower()}@example.org")
    contract_of(worker)
    Delegate.objects.create(worker=worker, starts_on=START)
    return worker


def said(worker: Worker, audience: Audience) -> Grievance:
    return say_grievance(worker=worker, audience=audience, subject="Hours", text="Too short.")


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        (Audience.DELEGATES, {Reader.DELEGATE}),
        (Audience.BOARD, {Reader.BOARD}),
        (Audience.BOTH, {Reader.DELEGATE, Reader.BOARD}),
        (Audience.EVERYBODY, {Reader.DELEGATE, Reader.BOARD, Reader.ANIMATOR}),
    ],
)
def test_only_those_chosen_read_a_grievance(
    cast: Cast, audience: Audience, readers: set[Reader]
) -> None:
    with inside(cast.network):
        on_the_board(cast)
        hugo, gaelle, ines = elected(cast, "Hugo"), employed(cast, "Gaëlle"), employed(cast, "Inès")
        grievance = said(gaelle, audience)
        everybody = (Reader.DELEGATE, Reader.BOARD, Reader.ANIMATOR)
        heard = {one for one in everybody if grievance in heard_by(cast.network, one)}
        assert heard == readers
        assert may_read(gaelle, grievance)
        assert may_read(hugo, grievance) is (Reader.DELEGATE in readers)
        assert not may_read(ines, grievance)
        assert (grievance in heard_as_delegate(hugo)) is (Reader.DELEGATE in readers)
        told = set(Notification.objects.values_list("person__name", flat=True))
        names = {Reader.BOARD: "Denis", Reader.ANIMATOR: "Alice"}
        assert told == {name for reader, name in names.items() if reader in readers}
        mailed = OutgoingMail.objects.filter(to="hugo@example.org").exists()
        assert mailed is (Reader.DELEGATE in readers)


def test_the_board_answers_and_the_worker_is_told(cast: Cast) -> None:
    with inside(cast.network):
        on_the_board(cast)
        gaelle = worker_named(cast, "Gaëlle", email="gaelle@example.org")
        contract_of(gaelle)
        grievance = said(gaelle, Audience.BOARD)
        assert grievance.due_on == localdate() + timedelta(days=15)
        with pytest.raises(PermissionDenied):
            answer_grievance(
                acting=acting(cast.alice, cast.network), grievance=grievance, text="I read it."
            )
        board = acting(cast.denis, cast.network)
        answer_grievance(acting=board, grievance=grievance, text="We look at it on Monday.")
        assert [(one.quality, one.name) for one in words_of(grievance)] == [
            (Reader.WORKER, "Gaëlle"),
            (Reader.BOARD, "Denis"),
        ]
        mail = OutgoingMail.objects.get(to="gaelle@example.org")
        assert mail.subject == "You have been answered"
        assert "Monday" not in mail.text


def test_a_grievance_is_late_the_day_after_its_day(cast: Cast) -> None:
    with inside(cast.network):
        on_the_board(cast)
        grievance = said(employed(cast, "Gaëlle"), Audience.BOARD)
        due = grievance.due_on
        assert late_grievances(cast.network, Reader.BOARD, due).count() == 0
        assert late_grievances(cast.network, Reader.BOARD, due + timedelta(days=1)).count() == 1
        assert late_grievances(cast.network, Reader.ANIMATOR, due + timedelta(days=1)).count() == 0
        board = acting(cast.denis, cast.network)
        answer_grievance(acting=board, grievance=grievance, text="Yes.")
        assert late_grievances(cast.network, Reader.BOARD, due + timedelta(days=1)).count() == 0


def test_only_the_worker_settles_it_and_one_more_word_opens_it_again(cast: Cast) -> None:
    with inside(cast.network):
        hugo, gaelle = elected(cast, "Hugo"), employed(cast, "Gaëlle")
        grievance = said(gaelle, Audience.DELEGATES)
        add_word(worker=hugo, grievance=grievance, text="I shall ask.")
        with pytest.raises(PermissionDenied):
            settle_grievance(worker=hugo, grievance=grievance)
        settle_grievance(worker=gaelle, grievance=grievance)
        grievance.refresh_from_db()
        assert grievance.answered_at is not None
        assert grievance.settled_at is not None
        add_word(worker=gaelle, grievance=grievance, text="It began again.")
        grievance.refresh_from_db()
        assert grievance.settled_at is None


def test_a_grievance_is_not_sent_to_nobody(cast: Cast) -> None:
    with inside(cast.network):
        hugo = elected(cast, "Hugo")
        with pytest.raises(VoiceError, match="choose the board too"):
            said(hugo, Audience.DELEGATES)
        with pytest.raises(VoiceError, match="Say what is wrong"):
            say_grievance(worker=hugo, audience=Audience.BOARD, subject="Hours", text="  ")
        assert not Grievance.objects.exists()


def test_a_delegate_whose_mandate_is_over_reads_nothing_more(cast: Cast) -> None:
    with inside(cast.network):
        hugo, gaelle = elected(cast, "Hugo"), employed(cast, "Gaëlle")
        grievance = said(gaelle, Audience.BOTH)
        end_mandate(acting=acting(cast.alice, cast.network), delegate=Delegate.objects.get())
        assert not may_read(hugo, grievance)
        assert heard_as_delegate(hugo) == []


def test_eleven_workers_without_a_delegate_are_a_reminder(cast: Cast) -> None:
    alice, bob = acting(cast.alice, cast.network), acting(cast.bob, cast.network)
    today = localdate()
    with inside(cast.network):
        people = [employed(cast, f"Worker {rank}") for rank in range(10)]
        assert not lacks_delegate(cast.network, today)
        employed(cast, "The eleventh")
        assert lacks_delegate(cast.network, today)
        elect_delegate(acting=alice, worker=people[0], starts_on=today)
        assert not lacks_delegate(cast.network, today)
        with pytest.raises(VoiceError, match="a delegate already"):
            elect_delegate(acting=alice, worker=people[0], starts_on=today)
        with pytest.raises(PermissionDenied):
            elect_delegate(acting=bob, worker=people[1], starts_on=today)
