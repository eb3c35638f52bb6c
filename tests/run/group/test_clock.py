"""The compliance clock: each thing once, on the day that the law says, done with what shows it."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate
from icalendar import Calendar

from maillage.foundation.networks.actions.conditions import do_task, undo_task
from maillage.foundation.networks.actions.membership import enter, leave, take_entry_back
from maillage.foundation.networks.enums import Tier
from maillage.foundation.networks.models import Membership, MembershipPeriod, Task
from maillage.foundation.organisations.models import Organisation, Site
from maillage.run.group.actions import (
    add_manager,
    change_group,
    erase_manager,
    mark_done,
    mark_undone,
    record_answer,
    renew_calendar,
)
from maillage.run.group.changes import untold
from maillage.run.group.clock import wind
from maillage.run.group.days import months_after
from maillage.run.group.feed import calendar_of, opened_by, path_of
from maillage.run.group.models import Deadline, EmployerGroup, GroupManager
from maillage.run.group.refusals import GroupError
from tests.cast import Cast, acting, inside, more_firms
from tests.run.group.stories import (
    BAKERIES,
    GARAGES,
    days_ago,
    grouped,
    line,
    lines,
    told,
    under,
    words,
)


@pytest.fixture
def here(cast: Cast) -> Iterator[Cast]:
    """The cast, inside their network; its three firms bake bread."""
    with inside(cast.network):
        under(BAKERIES, cast.bakery, cast.rival, cast.garage)
        yield cast


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


def test_the_letter_is_due_a_month_after_the_creation(here: Cast) -> None:
    group = grouped(here)
    letter = line(group, "letter")
    assert letter.due_on == months_after(group.created_on, 1)
    assert letter.task is not None
    assert letter.task.title == "Send the letter of creation to the labour inspectorate"
    assert letter.task.due_on == letter.due_on


def test_winding_twice_adds_nothing(here: Cast) -> None:
    group = grouped(here, starts_on=days_ago(5))
    before = set(Deadline.objects.values_list("rule", "occurrence"))
    tasks = Task.objects.count()
    wind(group)
    wind(group)
    assert set(Deadline.objects.values_list("rule", "occurrence")) == before
    assert Task.objects.count() == tasks


def test_the_letter_sent_is_done_with_its_number(here: Cast) -> None:
    group = grouped(here)
    told(here, group)
    letter = line(group, "letter")
    assert letter.done_on == localdate()
    assert letter.proof == "Registered letter 1A 123 456 7890 1"
    task = Task.objects.get(pk=letter.task_id)
    assert task.done_at is not None


def test_a_declaration_is_due_before_work_begins(here: Cast) -> None:
    under(GARAGES, here.garage)
    group = grouped(here, kind="b", starts_on=days_ago(0))
    assert line(group, "declaration").due_on == localdate()
    assert lines(group, "letter") == []


def test_silence_after_a_declaration_is_a_month_long(here: Cast) -> None:
    under(GARAGES, here.garage)
    group = grouped(here, kind="b")
    filing = told(here, group, "declaration", days_ago(2))
    answer = line(group, "answer_to_declaration")
    assert answer.due_on == months_after(days_ago(2), 1)
    record_answer(
        acting=acting(here.alice, here.network),
        filing=filing,
        answer="accepted",
        answered_on=localdate(),
    )
    answer.refresh_from_db()
    assert (answer.done_on, answer.proof) == (localdate(), "It agrees")


def test_an_opposition_is_answered_within_a_month(here: Cast) -> None:
    under(GARAGES, here.garage)
    group = grouped(here, kind="b")
    filing = told(here, group, "declaration")
    alice = acting(here.alice, here.network)
    record_answer(acting=alice, filing=filing, answer="opposed", answered_on=localdate())
    assert line(group, "opposition").due_on == months_after(localdate(), 1)


def test_an_approval_is_asked_for_replacements(here: Cast) -> None:
    group = grouped(here, kind="d")
    assert line(group, "approval").due_on == months_after(group.created_on, 1)
    told(here, group, "approval")
    assert line(group, "answer_to_approval").due_on == months_after(localdate(), 1)
    assert [one.due_on.month for one in lines(group, "replacement_log")] == [1]


def joined(here: Cast, agreement: str, tier: str = Tier.CORE) -> Organisation:
    """Let a firm of the directory become a member today."""
    firm = more_firms(here, 2)[1]  # the second one is listed only
    under(agreement, firm)
    enter(
        acting=acting(here.alice, here.network),
        membership=Membership.objects.get(organisation=firm),
        tier=tier,
        starts_on=localdate(),
    )
    return firm


def test_a_member_under_another_agreement_makes_it_a_group_to_declare(here: Cast) -> None:
    """Story 6: one more firm, another agreement: kind B, the declaration, its month."""
    group = grouped(here)
    told(here, group)
    more_firms(here, 1)
    under(BAKERIES, *Organisation.objects.filter(agreement=""))
    joined(here, GARAGES)
    under(BAKERIES, *Organisation.objects.filter(agreement=""))
    group = wind(group)
    assert group.kind == "b"
    declaration = line(group, "declaration")
    assert declaration.due_on == months_after(localdate(), 1)
    assert declaration.task is not None
    assert lines(group, "notice") == []
    told(here, group, "declaration")
    assert untold(group) == []
    assert line(group, "answer_to_declaration").due_on == months_after(localdate(), 1)


def test_an_observer_under_another_agreement_changes_nothing(here: Cast) -> None:
    group = grouped(here)
    told(here, group)
    joined(here, GARAGES, Tier.OBSERVER)
    under(BAKERIES, *Organisation.objects.filter(agreement=""))
    assert wind(group).kind == "a"


def test_a_member_who_joins_is_told_within_a_month_and_not_when_taken_back(here: Cast) -> None:
    group = grouped(here)
    told(here, group)
    firm = joined(here, BAKERIES)
    wind(group)
    kinds = [(one.kind, one.organisation == firm) for one in untold(group)]
    assert ("member_joined", True) in kinds
    notice = line(group, "notice")
    assert notice.due_on == months_after(min(one.happened_on for one in untold(group)), 1)
    MembershipPeriod.objects.filter(
        membership__organisation__name__startswith="Menuiserie"
    ).exclude(membership__organisation=firm).delete()
    take_entry_back(
        acting=acting(here.alice, here.network),
        membership=Membership.objects.get(organisation=firm),
    )
    wind(group)
    assert untold(group) == []
    assert lines(group, "notice") == []
    assert not Task.objects.filter(pk=notice.task_id).exists()


def test_what_a_notice_tells_is_no_longer_waiting(here: Cast) -> None:
    group = grouped(here)
    told(here, group)
    leave(
        acting=acting(here.alice, here.network),
        membership=Membership.objects.get(organisation=here.garage),
        last_day=days_ago(3),
    )
    wind(group)
    assert [(one.kind, one.happened_on) for one in untold(group)] == [("member_left", days_ago(3))]
    assert line(group, "notice").due_on == months_after(days_ago(3), 1)
    filing = told(here, group, "notice")
    assert untold(group) == []
    assert filing.changes.count() == 1
    assert line(group, "notice").done_on == localdate()


@pytest.mark.parametrize(
    ("kind", "agreement", "noted"), [("a", BAKERIES, []), ("b", GARAGES, ["member_staff"])]
)
def test_staff_numbers_alone_are_told_by_declared_groups_only(
    here: Cast, kind: str, agreement: str, noted: list[str]
) -> None:
    under(agreement, here.garage)
    group = grouped(here, kind=kind)
    told(here, group, "letter" if kind == "a" else "declaration")
    Organisation.objects.filter(pk=here.bakery.pk).update(headcount=9)
    wind(group)
    assert [one.kind for one in untold(group)] == noted


def test_addresses_managers_and_seats_are_changes(here: Cast) -> None:
    group = grouped(here)
    told(here, group)
    alice = acting(here.alice, here.network)
    Site.objects.filter(organisation=here.bakery).update(address="7 ruelle des Fours")
    add_manager(acting=alice, group=group, name="Bob", function="Chair", address="1 rue Haute")
    change_group(acting=alice, group=group, words=words(commune="Vendôme"))
    assert {one.kind for one in untold(group)} == {"member_address", "managers", "identity"}


def test_an_erased_manager_leaves_nothing_behind(here: Cast) -> None:
    group = grouped(here)
    alice = acting(here.alice, here.network)
    manager = add_manager(
        acting=alice, group=group, name="Bob", function="Chair", address="1 rue Haute"
    )
    told(here, group)
    erase_manager(acting=alice, manager=manager)
    assert not GroupManager.objects.exists()
    group = EmployerGroup.objects.get()
    assert "Haute" not in str(group.seen)
    assert [one.kind for one in untold(group)] == ["managers"]


def test_yearly_papers_wait_until_somebody_is_lent(here: Cast) -> None:
    group = grouped(here)
    assert lines(group, "disability_certificates") == []
    year = localdate().year
    group = change_group(
        acting=acting(here.alice, here.network),
        group=group,
        words=words(created_on=date(year - 1, 2, 1), starts_on=date(year - 1, 3, 1)),
    )
    found = lines(group, "disability_certificates")
    assert {(one.due_on.month, one.due_on.day) for one in found} == {(3, 15)}
    assert len(found) == 1
    this_month = f"{localdate():%Y-%m}"
    (closing,) = (one for one in lines(group, "closing") if one.occurrence == this_month)
    assert closing.due_on == months_after(localdate().replace(day=1), 1).replace(day=5)


def test_a_line_is_done_once_something_shows_it(here: Cast) -> None:
    group = grouped(here, created_on=days_ago(500))
    meeting = lines(group, "general_meeting")[0]
    alice = acting(here.alice, here.network)
    with pytest.raises(GroupError, match="Say in a few words what shows it"):
        mark_done(acting=alice, deadline=meeting, on=localdate(), proof=" ")
    mark_done(acting=alice, deadline=meeting, on=localdate(), proof="Minutes of 3 June")
    meeting.refresh_from_db()
    assert (meeting.done_on, meeting.proof) == (localdate(), "Minutes of 3 June")
    wind(group)
    assert meeting not in lines(group, "general_meeting")
    mark_undone(acting=alice, deadline=meeting)
    assert meeting in lines(group, "general_meeting")


def test_what_is_ticked_on_the_desk_is_done_on_the_clock(here: Cast) -> None:
    group = grouped(here)
    letter = line(group, "letter")
    task = Task.objects.get(pk=letter.task_id)
    alice = acting(here.alice, here.network)
    do_task(acting=alice, task=task)
    wind(group)
    letter.refresh_from_db()
    assert (letter.done_on, letter.proof) == (localdate(), "")
    undo_task(acting=alice, task=task)
    wind(group)
    letter.refresh_from_db()
    assert letter.done_on is None


def test_only_who_manages_the_group_acts(here: Cast) -> None:
    group = grouped(here)
    with pytest.raises(PermissionDenied):
        mark_done(
            acting=acting(here.bob, here.network),
            deadline=line(group, "letter"),
            on=localdate(),
            proof="Sent",
        )


def test_another_program_reads_the_calendar(here: Cast) -> None:
    group = grouped(here)
    read = Calendar.from_ical(calendar_of(group))
    events = {str(one["summary"]): one for one in read.walk("VEVENT")}
    letter = events["Send the letter of creation to the labour inspectorate"]
    assert letter["dtstart"].dt == months_after(group.created_on, 1)
    assert "D1253-1, D1253-2" in str(letter["description"])
    assert [one["trigger"].dt for one in letter.walk("VALARM")] == [timedelta(days=-7)]
    told(here, group)
    again = Calendar.from_ical(calendar_of(group))
    assert letter["uid"] not in [one["uid"] for one in again.walk("VEVENT")]


def test_another_address_closes_the_one_before(here: Cast) -> None:
    group = grouped(here)
    token = path_of(group).removeprefix("/g/").removesuffix(".ics")
    assert opened_by(token) == group
    renew_calendar(acting=acting(here.alice, here.network), group=group)
    assert opened_by(token) is None
    assert opened_by("AAAA") is None
