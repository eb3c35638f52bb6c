"""The end of a contract: why, what is left to work, what is handed over, who comes next.

Being hired by a member, or for a stable job elsewhere, is a success of the group and of the firm.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.contracts import DECLARE, TRIAL
from maillage.run.employment.duties import drop_duty, set_duty
from maillage.run.employment.enums import SUCCESSES, EndReason
from maillage.run.employment.firm_leaving import minutes_within
from maillage.run.employment.handing import hand_over_by
from maillage.run.employment.lending import close_lending, lent_during
from maillage.run.employment.models import EmploymentContract, LendingAgreement
from maillage.run.employment.refusals import StaffError
from maillage.run.employment.trail import note, staff_network

REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class LastHours:
    """What is left for a firm until the end: minutes it committed to, and those it then lacks."""

    lending: LendingAgreement
    left_minutes: int
    loose_minutes: int


def last_hours(contract: EmploymentContract, ends_on: date) -> list[LastHours]:
    """Return what is left in each firm until a day, for who keeps workers."""
    today = localdate()
    rows = lent_during(contract.worker_id, today, None).filter(contract=contract)
    found = []
    for lending in rows.order_by("organisation__folded_name"):
        last = min(ends_on, lending.ends_on or ends_on)
        first = max(today, lending.starts_on)
        goes_on = lending.ends_on is None or lending.ends_on > ends_on
        found.append(
            LastHours(
                lending,
                minutes_within(lending.week_minutes, first, last),
                lending.week_minutes if goes_on else 0,
            )
        )
    return found


@transaction.atomic
def end_contract(
    *,
    acting: Acting,
    contract: EmploymentContract,
    ended_on: date,
    reason: EndReason,
    hired_by: Organisation | None = None,
    replace: bool = False,
) -> EmploymentContract:
    """End a contract on a day: its lendings end too, and what is to be handed over is listed.

    `hired_by` is the member that takes the worker on. `replace` opens a task to find somebody.
    Raises StaffError.
    """
    staff_network(acting)
    rows = EmploymentContract.objects.select_for_update(of=("self",))
    kept = rows.select_related("worker__network").get(pk=contract.pk)
    _refuse_end(kept, ended_on, reason, hired_by)
    lacking = last_hours(kept, ended_on)
    kept.ended_on, kept.end_reason, kept.hired_by = ended_on, reason, hired_by
    kept.save(update_fields=["ended_on", "end_reason", "hired_by"])
    for lending in lent_during(kept.worker_id, ended_on, None).filter(contract=kept):
        if lending.ended_on is None or lending.ended_on > ended_on:
            close_lending(lending, ended_on, str(reason.label))
    for key in (TRIAL, DECLARE):
        drop_duty(kept, key)
    for key, name, day in hand_over_by(kept):
        title = _("Hand over to %(name)s: %(paper)s") % {"name": kept.worker.name, "paper": name}
        set_duty(kept, key, title, day, acting.person)
    if replace:
        _open_replacement(acting, kept, lacking)
    after = {"ended_on": ended_on.isoformat(), "reason": str(reason)}
    if hired_by is not None:
        after["hired_by"] = str(hired_by.public_id)
    note(acting, "end contract", kept, after=after)
    return kept


def _refuse_end(
    contract: EmploymentContract, ended_on: date, reason: EndReason, hired_by: Organisation | None
) -> None:
    if contract.signed_on is None:
        raise StaffError(_("This contract was never signed: throw it away instead."))
    if contract.ended_on is not None:
        raise StaffError(_("This contract has ended already."))
    if ended_on < contract.starts_on:
        raise StaffError(_("It had not begun on this day."), "ended_on")
    if contract.ends_on is not None and ended_on > contract.ends_on:
        raise StaffError(_("It ends before, as agreed: renew it first."), "ended_on")
    if reason == EndReason.TERM and ended_on != contract.ends_on:
        raise StaffError(_("It comes to its term on its last day as agreed."), "ended_on")
    in_trial = contract.trial_ends_on is not None and ended_on <= contract.trial_ends_on
    if reason == EndReason.TRIAL and not in_trial:
        raise StaffError(_("The trial period is over on this day."), "reason")
    if reason == EndReason.HIRED_BY_MEMBER and hired_by is None:
        raise StaffError(_("Say which member hires the worker."), "hired_by")
    if reason != EndReason.HIRED_BY_MEMBER and hired_by is not None:
        raise StaffError(_("A member is named when it hires the worker."), "hired_by")


def _open_replacement(
    acting: Acting, contract: EmploymentContract, lacking: list[LastHours]
) -> None:
    firms = ", ".join(one.lending.organisation.name for one in lacking if one.loose_minutes)
    words = {"name": contract.worker.name, "title": contract.title, "firms": firms}
    if firms:
        title = _("Find who comes after %(name)s (%(title)s): %(firms)s") % words
    else:
        title = _("Find who comes after %(name)s (%(title)s)") % words
    due_on = max(localdate(), contract.ended_on or localdate())
    set_duty(contract, REPLACE, title, due_on, acting.person)


@dataclass(frozen=True, slots=True)
class Exits:
    """How many contracts ended, how many of them for a stable job, and which firms hired."""

    ended: int
    successes: int
    hired_by: tuple[tuple[Organisation, int], ...]


def exits_between(network: Network, first: date, last: date) -> Exits:
    """Return what contracts that ended came to, for who keeps workers. Two queries."""
    rows = EmploymentContract.objects.filter(
        worker__network=network, ended_on__gte=first, ended_on__lte=last
    ).select_related("hired_by")
    found = list(rows.filter(~Q(signed_on=None)))
    firms: dict[int, tuple[Organisation, int]] = {}
    for contract in found:
        if contract.hired_by is not None:
            firm, count = firms.get(contract.hired_by.pk, (contract.hired_by, 0))
            firms[firm.pk] = (firm, count + 1)
    return Exits(
        ended=len(found),
        successes=sum(contract.end_reason in SUCCESSES for contract in found),
        hired_by=tuple(sorted(firms.values(), key=lambda one: (-one[1], one[0].folded_name))),
    )
