"""The compliance clock: which lines there must be today, and which of them are on the desk.

A line is made once for each occurrence of a rule, whatever the number of times the clock is wound.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate, make_aware
from django.utils.translation import override

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.models import Task
from maillage.foundation.networks.queries import animators
from maillage.foundation.organisations.models import Organisation
from maillage.run.group.changes import note_changes, untold
from maillage.run.group.days import last_day, months_after
from maillage.run.group.enums import (
    ChangeKind,
    FilingAnswer,
    FilingKind,
    GroupKind,
    VatRegime,
)
from maillage.run.group.models import Deadline, EmployerGroup, Filing, NotedChange, VatStatus
from maillage.run.group.queries import agreements_of
from maillage.run.group.rules import (
    ClockRule,
    filing_of,
    in_words,
    limit_on,
    rule_called,
    rules_on,
)

AHEAD: Final = timedelta(days=366)
PAPERS: Final = frozenset({FilingKind.LETTER, FilingKind.DECLARATION, FilingKind.APPROVAL})
# Done by writing down what was sent or answered, never by a tick alone.
BY_PAPER: Final = frozenset({*PAPERS, "notice", "answer_to_declaration", "answer_to_approval"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line that there must be: a rule, which occurrence of it, by which day, about whom."""

    rule: str
    occurrence: str
    due_on: date
    firm: Organisation | None = None


@transaction.atomic
def wind(group: EmployerGroup, today: date | None = None) -> EmployerGroup:
    """Note what changed, add the lines that are missing, put on the desk those that are near.

    Returns the group as it is afterwards: a member under another agreement makes it of kind B.
    """
    today = today or localdate()
    group = (
        EmployerGroup.objects.select_for_update(of=("self",))
        .select_related("network")
        .get(pk=group.pk)
    )
    members = note_changes(group, today)
    several = len(agreements_of(members)) > 1
    if group.kind == GroupKind.SAME_AGREEMENT and several:
        _switch(group)
    lines = lines_of(group, today, several=several)
    _drop_void(group, lines)
    _add(group, lines)
    _follow_tasks(group)
    _put_on_desk(group, today)
    return group


def _switch(group: EmployerGroup) -> None:
    """Make a group of kind A one of kind B: it is declared from now on."""
    group.kind = GroupKind.SEVERAL_AGREEMENTS
    group.save(update_fields=["kind"])
    record(
        actor_id=None,
        act="switch_kind",
        subject_type=type(group).__name__,
        subject_id=group.public_id,
        network_id=group.network.public_id,
        before={"kind": GroupKind.SAME_AGREEMENT.value},
        after={"kind": group.kind},
    )


def lines_of(group: EmployerGroup, today: date, *, several: bool) -> list[Line]:
    """Return the lines that there must be on a day. `several`: agreements of private members."""
    filings = list(Filing.objects.filter(group=group))
    changes = untold(group)
    lines = [*_papers(group, today, filings, changes, several=several), *_answers(filings)]
    for rule in rules_on(today).values():
        if not rule.kinds or group.kind in rule.kinds:
            lines += _regular(group, rule, today)
    return [*lines, *_vat(group, today)]


def _papers(
    group: EmployerGroup,
    today: date,
    filings: Sequence[Filing],
    changes: Sequence[NotedChange],
    *,
    several: bool,
) -> Iterator[Line]:
    """Yield what must be sent: the first paper, another after a switch, or a notice of changes."""
    needed = filing_of(group.kind, several=several)
    declared = any(one.kind == needed for one in filings)
    months = rule_called(needed).months
    of_agreement = [one for one in changes if one.kind == ChangeKind.AGREEMENT]
    if not filings:
        due = months_after(group.created_on, months)
        if needed == FilingKind.DECLARATION and group.starts_on is not None:
            due = min(due, group.starts_on)
        yield Line(needed, "creation", due)
    elif not declared:
        cause = [one.happened_on for one in changes if one.kind in _SWITCHING]
        yield Line(needed, "switch", months_after(max(cause, default=today), months))
    elif needed == FilingKind.DECLARATION and of_agreement:
        first = of_agreement[0]
        yield Line(needed, f"{first.public_id}", months_after(first.happened_on, months))
    elif changes:
        first = changes[0]
        due = months_after(first.happened_on, rule_called("notice").months)
        yield Line("notice", f"{first.public_id}", due)


_SWITCHING: Final = frozenset({ChangeKind.MEMBER_JOINED, ChangeKind.MEMBER_AGREEMENT})


def _answers(filings: Sequence[Filing]) -> Iterator[Line]:
    for filing in filings:
        key = f"answer_to_{filing.kind}"
        if filing.kind in {FilingKind.DECLARATION, FilingKind.APPROVAL}:
            due = months_after(filing.sent_on, rule_called(key).months)
            yield Line(key, f"{filing.public_id}", due)
        opposed = filing.kind == FilingKind.DECLARATION and filing.answer == FilingAnswer.OPPOSED
        if opposed and filing.answered_on is not None:
            due = months_after(filing.answered_on, rule_called("opposition").months)
            yield Line("opposition", f"{filing.public_id}", due)


def _regular(group: EmployerGroup, rule: ClockRule, today: date) -> Iterator[Line]:
    """Yield the occurrences of a rule that comes back: from the day it is kept here, a year on."""
    for occurrence, period_end, due in _occurrences(group, rule, today):
        begun = group.starts_on if rule.needs_workers else group.created_on
        in_time = group.set_up_on <= due <= today + AHEAD
        if in_time and begun is not None and begun <= period_end:
            yield Line(rule.key, occurrence, due)


def _occurrences(
    group: EmployerGroup, rule: ClockRule, today: date
) -> Iterator[tuple[str, date, date]]:
    """Yield the name of each occurrence, the last day it is about, and by when it is due."""
    if rule.every == "month":
        for back in (1, 0):
            end = months_after(today.replace(day=1), 1 - back) - timedelta(days=1)
            yield f"{end:%Y-%m}", end, end + timedelta(days=rule.day)
    for year in range(today.year - 1, today.year + 2):
        if rule.every == "year":
            yield f"{year}", date(year - 1, 12, 31), date(year, rule.month, rule.day)
        elif rule.every == "financial_year":
            end = last_day(year, group.year_end_month)
            due = months_after(end, rule.months)
            about = end if rule.months > 0 else due
            yield f"{end:%Y-%m}", about, last_day(due.year, due.month)


def _vat(group: EmployerGroup, today: date) -> Iterator[Line]:
    """Yield an alarm for each exempt member near the limit of its taxed receipts, or over it."""
    rows = VatStatus.objects.filter(
        group=group, organisation__isnull=False, regime=VatRegime.EXEMPT, year__gte=today.year - 1
    ).select_related("organisation")
    for row in rows:
        level = vat_alarm(row)
        if level and row.organisation is not None:
            due = months_after(row.recorded_on, rule_called(level).months)
            occurrence = f"{row.year} {row.organisation.public_id}"
            yield Line(level, occurrence, due, row.organisation)


def vat_alarm(row: VatStatus) -> str:
    """Return the limit that an exempt member has come to ("vat_watch", "vat_limit"), else ""."""
    if row.regime != VatRegime.EXEMPT:
        return ""
    day = last_day(row.year, 12)
    if row.taxable_share > limit_on("vat_limit", day).value:
        return "vat_limit"
    return "vat_watch" if row.taxable_share >= limit_on("vat_watch", day).value else ""


def _add(group: EmployerGroup, lines: Sequence[Line]) -> None:
    known = set(Deadline.objects.filter(group=group).values_list("rule", "occurrence"))
    Deadline.objects.bulk_create(
        Deadline(
            group=group,
            rule=str(line.rule),
            occurrence=line.occurrence,
            due_on=line.due_on,
            firm=line.firm,
        )
        for line in lines
        if (str(line.rule), line.occurrence) not in known
    )


def _drop_void(group: EmployerGroup, lines: Sequence[Line]) -> None:
    """Take away what is not to be done any more: a change undone, a figure corrected."""
    wanted = {(str(line.rule), line.occurrence) for line in lines}
    for one in Deadline.objects.filter(group=group, rule__in=_MAY_VANISH, done_on=None):
        if (one.rule, one.occurrence) not in wanted:
            if one.task_id is not None:
                Task.objects.filter(pk=one.task_id, done_at=None).delete()
            one.delete()


_MAY_VANISH: Final = (*PAPERS, "notice", "vat_watch", "vat_limit")


def _follow_tasks(group: EmployerGroup) -> None:
    """Take over what was said done, or still to be done, on the desk."""
    for line in Deadline.objects.filter(group=group, task__isnull=False).select_related("task"):
        done_at = line.task.done_at if line.task is not None else None
        if done_at is not None and line.done_on is None:
            line.done_on = localdate(done_at)
        elif done_at is None and line.done_on is not None and not line.proof:
            line.done_on = None
        else:
            continue
        line.save(update_fields=["done_on"])


def _put_on_desk(group: EmployerGroup, today: date) -> None:
    first = animators(group.network, today).first()
    language = first.person.language if first is not None else settings.LANGUAGE_CODE
    with override(language):
        for line in Deadline.objects.filter(group=group, done_on=None, task=None):
            rule = rule_called(line.rule)
            if line.due_on - timedelta(days=rule.lead_days) <= today:
                line.task = Task.objects.create(
                    network=group.network, title=in_words(rule.title)[:200], due_on=line.due_on
                )
                line.save(update_fields=["task"])


def finish(deadline: Deadline, *, on: date, proof: str, by: UUID | None = None) -> None:
    """Say that a line is done, and its task with it."""
    deadline.done_on, deadline.proof, deadline.done_by_id = on, proof, by
    deadline.save(update_fields=["done_on", "proof", "done_by_id"])
    if deadline.task_id is not None:
        noon = make_aware(datetime.combine(on, time(12)))
        Task.objects.filter(pk=deadline.task_id, done_at=None).update(done_at=noon)
