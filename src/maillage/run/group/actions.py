"""Setting a group up, its managers, what it sends and what it has done."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.guarding import locked, trail
from maillage.foundation.networks.models import Network, Task
from maillage.foundation.organisations.agreements import read_agreement
from maillage.run.group.changes import standing, untold
from maillage.run.group.clock import BY_PAPER, finish, wind
from maillage.run.group.enums import FilingAnswer, FilingKind, GroupKind, LegalForm
from maillage.run.group.models import Deadline, EmployerGroup, Filing, GroupManager, NotedChange
from maillage.run.group.permissions import can_manage_group
from maillage.run.group.queries import members_of
from maillage.run.group.refusals import GroupError


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupWords:
    """What is said of a group when it is set up or changed."""

    kind: str
    name: str
    legal_form: str
    created_on: date
    address: str = ""
    postcode: str = ""
    commune: str = ""
    starts_on: date | None = None
    statutes_on: date | None = None
    published_in: str = ""
    agreement: str = ""
    planned_staff: str = ""
    guarantee: str = ""
    area: str = ""
    exit_terms: str = ""
    year_end_month: int = 12


WORDS = tuple(one.name for one in fields(GroupWords))


@transaction.atomic
def set_up_group(*, acting: Acting, words: GroupWords) -> EmployerGroup:
    """Set up the group of a network, once; its first deadlines follow. Raises GroupError."""
    network = locked(network_of(acting))
    if EmployerGroup.objects.filter(network=network).exists():
        raise GroupError(_("This network already has its group."))
    _check(words)
    group = EmployerGroup.objects.create(network=network, set_up_on=localdate(), **_values(words))
    trail(acting, "set_up_group", group, after=_shown(group))
    return wind(group)


@transaction.atomic
def change_group(*, acting: Acting, group: EmployerGroup, words: GroupWords) -> EmployerGroup:
    """Change what is said of a group; what the authority must be told of follows."""
    group = fresh(acting, group)
    _check(words)
    before = _shown(group)
    for name, value in _values(words).items():
        setattr(group, name, value)
    group.save(update_fields=list(WORDS))
    trail(acting, "change_group", group, before=before, after=_shown(group))
    return wind(group)


@transaction.atomic
def add_manager(
    *, acting: Acting, group: EmployerGroup, name: str, function: str, address: str
) -> GroupManager:
    """Name a manager of the group. Who it is stays out of the trail: it can be erased."""
    group = fresh(acting, group)
    manager = GroupManager.objects.create(
        group=group,
        name=" ".join(name.split()),
        function=" ".join(function.split()),
        address=" ".join(address.split()),
    )
    trail(acting, "add_manager", manager)
    wind(group)
    return manager


@transaction.atomic
def erase_manager(*, acting: Acting, manager: GroupManager) -> None:
    """Take a manager out, with the name and the home address: nothing of them is kept."""
    group = fresh(acting, manager.group)
    trail(acting, "erase_manager", manager)
    manager.delete()
    wind(group)


@transaction.atomic
def record_filing(
    *,
    acting: Acting,
    group: EmployerGroup,
    kind: str,
    sent_on: date,
    registered_number: str,
) -> Filing:
    """Write down what was sent to the authority: it tells of all that changed until then."""
    group = fresh(acting, group)
    number = " ".join(registered_number.split())
    if kind not in FilingKind.values:
        raise GroupError(_("Choose what was sent."), "kind")
    if not number:
        raise GroupError(_("Give the number of the registered letter: it is the proof."), "number")
    if kind == FilingKind.NOTICE and not group.seen:
        raise GroupError(_("Send the letter, the declaration or the request first."), "kind")
    _refuse_day(sent_on, group.created_on, "sent_on")
    filing = Filing.objects.create(
        group=group, kind=kind, sent_on=sent_on, registered_number=number
    )
    NotedChange.objects.filter(
        pk__in=[one.pk for one in untold(group) if one.happened_on <= sent_on]
    ).update(filing=filing)
    if not group.seen:
        group.seen = standing(group, members_of(group.network))
        group.save(update_fields=["seen"])
    proof = _("Registered letter %(number)s") % {"number": number}
    for line in Deadline.objects.filter(group=group, rule__in=(kind, "notice"), done_on=None):
        finish(line, on=sent_on, proof=proof, by=acting.person.public_id)
    trail(acting, "send", filing, after={"kind": kind, "sent_on": sent_on.isoformat()})
    wind(group)
    return filing


@transaction.atomic
def record_answer(*, acting: Acting, filing: Filing, answer: str, answered_on: date) -> Filing:
    """Write down what the authority answered, or that its month went by in silence."""
    group = fresh(acting, filing.group)
    filing = Filing.objects.select_for_update().get(pk=filing.pk, group=group)
    if answer not in {FilingAnswer.ACCEPTED, FilingAnswer.OPPOSED}:
        raise GroupError(_("Choose what it answered."), "answer")
    _refuse_day(answered_on, filing.sent_on, "answered_on")
    filing.answer, filing.answered_on = answer, answered_on
    filing.save(update_fields=["answer", "answered_on"])
    for line in Deadline.objects.filter(
        group=group,
        rule=f"answer_to_{filing.kind}",
        occurrence=f"{filing.public_id}",
        done_on=None,
    ):
        proof = filing.get_answer_display()
        finish(line, on=answered_on, proof=proof, by=acting.person.public_id)
    after = {"answer": answer, "answered_on": answered_on.isoformat()}
    trail(acting, "answer", filing, after=after)
    wind(group)
    return filing


@transaction.atomic
def mark_done(*, acting: Acting, deadline: Deadline, on: date, proof: str) -> Deadline:
    """Say that a line of the clock is done, and what shows it. Raises GroupError."""
    group = fresh(acting, deadline.group)
    deadline = _line(group, deadline)
    if deadline.rule in BY_PAPER:
        raise GroupError(_("Write down what was sent or answered: this line is done with it."))
    proof = " ".join(proof.split())
    if not proof:
        raise GroupError(_("Say in a few words what shows it."), "proof")
    _refuse_day(on, group.created_on, "on")
    before = {"done_on": deadline.done_on.isoformat() if deadline.done_on else None}
    finish(deadline, on=on, proof=proof, by=acting.person.public_id)
    trail(acting, "do", deadline, before=before, after={"done_on": on.isoformat(), "proof": proof})
    return deadline


@transaction.atomic
def mark_undone(*, acting: Acting, deadline: Deadline) -> Deadline:
    """Say that a line is still to be done after all."""
    group = fresh(acting, deadline.group)
    deadline = _line(group, deadline)
    if deadline.rule in BY_PAPER or deadline.done_on is None:
        raise GroupError(_("This line cannot be opened again."))
    before = {"done_on": deadline.done_on.isoformat(), "proof": deadline.proof}
    deadline.done_on, deadline.proof, deadline.done_by_id = None, "", None
    deadline.save(update_fields=["done_on", "proof", "done_by_id"])
    if deadline.task_id is not None:
        Task.objects.filter(pk=deadline.task_id).update(done_at=None)
    trail(acting, "undo", deadline, before=before, after={"done_on": None, "proof": ""})
    return deadline


@transaction.atomic
def look_again(*, acting: Acting, group: EmployerGroup) -> EmployerGroup:
    """Wind the clock now rather than tomorrow morning."""
    return wind(fresh(acting, group))


@transaction.atomic
def renew_calendar(*, acting: Acting, group: EmployerGroup) -> EmployerGroup:
    """Give the calendar another address: the one before opens nothing any more."""
    group = fresh(acting, group)
    group.link += 1
    group.save(update_fields=["link"])
    trail(acting, "renew_calendar", group, after={"link": group.link})
    return group


def network_of(acting: Acting) -> Network:
    """Return the network in which somebody manages the group; raises PermissionDenied."""
    if acting.network is None or not can_manage_group(acting):
        raise PermissionDenied
    return acting.network


def fresh(acting: Acting, group: EmployerGroup) -> EmployerGroup:
    """Return the group as it is now, locked, for who manages it; raises PermissionDenied."""
    rows = EmployerGroup.objects.select_for_update(of=("self",)).select_related("network")
    return rows.get(pk=group.pk, network=network_of(acting))


def _line(group: EmployerGroup, deadline: Deadline) -> Deadline:
    return Deadline.objects.select_for_update(of=("self",)).get(pk=deadline.pk, group=group)


def _refuse_day(day: date, first: date, field: str) -> None:
    if not first <= day <= localdate():
        raise GroupError(
            _("Choose a day from %(first)s to today.") % {"first": date_format(first)}, field
        )


def _check(words: GroupWords) -> None:
    if words.kind not in GroupKind.values or words.legal_form not in LegalForm.values:
        raise GroupError(_("Choose the kind and the legal form of the group."), "kind")
    if not words.name.strip():
        raise GroupError(_("Give the name of the group."), "name")
    if words.created_on > localdate():
        raise GroupError(_("A group is set up here once it is created."), "created_on")
    if not 1 <= words.year_end_month <= 12:  # noqa: PLR2004 -- months
        raise GroupError(_("Choose the month in which the financial year ends."), "year_end_month")
    _code, problem = read_agreement(words.agreement)
    if problem is not None:
        raise GroupError(_("An IDCC number has four digits at most, like 843."), "agreement")


def _values(words: GroupWords) -> dict[str, Any]:
    values = {name: getattr(words, name) for name in WORDS}
    tidy = {
        name: value.replace("\r\n", "\n").strip()
        for name, value in values.items()
        if isinstance(value, str)
    }
    return values | tidy | {"agreement": read_agreement(words.agreement)[0]}


def _shown(group: EmployerGroup) -> dict[str, object]:
    values = {name: getattr(group, name) for name in WORDS}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }
