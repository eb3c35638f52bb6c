"""Amendments of a signed contract: hours for a time, renewal of a fixed term, list of firms.

Each is a draft that holds once the worker and the group have signed it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.checks import hours_in_words, too_long
from maillage.run.employment.contracts import overlapping, refuse_strangers, users_on
from maillage.run.employment.duties import drop_duty, users_key
from maillage.run.employment.enums import SHORT, ContractKind
from maillage.run.employment.law import Figures, figures_on
from maillage.run.employment.models import EmploymentContract, HoursAmendment
from maillage.run.employment.models_of_contracts import ContractRenewal, UsersChange
from maillage.run.employment.refusals import ContractError, StaffError
from maillage.run.employment.trail import note, staff_network

PART_TIME: Final = "L3123-9"  # hours never reach those of full time


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursWords:
    """Other weekly hours, from a day to a day; `replaces` names who is away, if anybody is."""

    starts_on: date
    ends_on: date
    week_minutes: int
    reason: str
    allowed_by: str
    replaces: str = ""


@transaction.atomic
def amend_hours(
    *, acting: Acting, contract: EmploymentContract, words: HoursWords
) -> HoursAmendment:
    """Draft a temporary change of the hours of a part-time contract. Raises StaffError."""
    network = staff_network(acting)
    kept = _in_force(contract)
    figures = figures_on(network, words.starts_on)
    _refuse_dates(kept, words)
    _refuse_hours(kept, words, figures)
    _refuse_too_many(kept, words, figures)
    made = HoursAmendment.objects.create(
        contract=kept,
        starts_on=words.starts_on,
        ends_on=words.ends_on,
        week_minutes=words.week_minutes,
        reason=" ".join(words.reason.split()),
        allowed_by=" ".join(words.allowed_by.split()),
        replaces=" ".join(words.replaces.split()),
    )
    after = {"starts_on": words.starts_on.isoformat(), "minutes": words.week_minutes}
    note(acting, "amend hours", made, after=after)
    return made


def _refuse_dates(contract: EmploymentContract, words: HoursWords) -> None:
    if words.ends_on < words.starts_on:
        raise StaffError(_("The last day comes before the first."), "ends_on")
    last = contract.ended_on or contract.ends_on
    if words.starts_on < contract.starts_on or (last is not None and words.ends_on > last):
        raise StaffError(_("These days are not all within the contract."), "ends_on")
    others = HoursAmendment.objects.filter(
        contract=contract, starts_on__lte=words.ends_on, ends_on__gte=words.starts_on
    )
    if others.exists():
        raise StaffError(_("Another change of hours holds on some of these days."), "starts_on")


def _refuse_hours(contract: EmploymentContract, words: HoursWords, figures: Figures) -> None:
    full = figures.of("full_time_minutes")
    if contract.week_minutes >= full.value:
        raise StaffError(_("This contract is full time: hours beyond are overtime."))
    if words.week_minutes <= contract.week_minutes:
        sentence = _("It counts more hours than the contract, for a time: more than %(hours)s.")
        hours = hours_in_words(contract.week_minutes)
        raise StaffError(sentence % {"hours": hours}, "week_minutes")
    if words.week_minutes >= full.value:
        sentence = _("A part-time worker stays under %(hours)s a week (%(article)s).")
        told = {"hours": hours_in_words(full.value), "article": PART_TIME}
        raise StaffError(sentence % told, "week_minutes")
    if not words.reason.strip():
        raise StaffError(_("Say why, in a few words."), "reason")
    if not words.allowed_by.strip():
        sentence = _("Name the agreement of the branch that allows it (%(article)s).")
        article = figures.of("amendments_a_year").article
        raise StaffError(sentence % {"article": article}, "allowed_by")


def _refuse_too_many(contract: EmploymentContract, words: HoursWords, figures: Figures) -> None:
    """So many a year, not counting those that make up for somebody away who is named."""
    if words.replaces.strip():
        return
    most = figures.of("amendments_a_year")
    year = words.starts_on.year
    count = HoursAmendment.objects.filter(
        contract__worker=contract.worker_id, starts_on__year=year, replaces=""
    ).count()
    if count >= most.value:
        sentence = _(
            "There are %(count)s in %(year)s already: %(most)s a year at most (%(article)s)."
        )
        told = {"count": count, "year": year, "most": most.value, "article": most.article}
        raise StaffError(sentence % told)


@transaction.atomic
def renew_contract(
    *, acting: Acting, contract: EmploymentContract, ends_on: date, reason: str
) -> ContractRenewal:
    """Draft the renewal of a contract that ends. Raises ContractError, StaffError."""
    network = staff_network(acting)
    kept = _in_force(contract)
    if kept.kind not in SHORT | {ContractKind.SUBSIDISED} or kept.ends_on is None:
        raise StaffError(_("Only a contract that has a last day is renewed."))
    figures = figures_on(network, kept.starts_on)
    most = figures.of("fixed_term_renewals")
    made = ContractRenewal.objects.filter(contract=kept)
    if made.filter(signed_on=None).exists():
        raise StaffError(_("A renewal waits to be signed already."))
    if kept.kind in SHORT and made.count() >= most.value:
        sentence = _("It was renewed %(count)s times: %(most)s at most (%(article)s).")
        told = {"count": made.count(), "most": most.value, "article": most.article}
        raise StaffError(sentence % told)
    if ends_on <= kept.ends_on:
        raise StaffError(_("The new last day comes after the present one."), "ends_on")
    problems = tuple(too_long(kept.starts_on, ends_on, figures)) if kept.kind in SHORT else ()
    if problems:
        raise ContractError(problems)
    if overlapping(kept.worker, kept.starts_on, ends_on, kept.pk).exists():
        raise StaffError(_("Another contract of this worker begins before that."), "ends_on")
    if not reason.strip():
        raise StaffError(_("Say why, in a few words."), "reason")
    renewal = ContractRenewal.objects.create(
        contract=kept, ends_on=ends_on, reason=" ".join(reason.split())
    )
    note(acting, "renew contract", renewal, after={"ends_on": ends_on.isoformat()})
    return renewal


@transaction.atomic
def change_users(
    *,
    acting: Acting,
    contract: EmploymentContract,
    organisation: Organisation,
    joins: bool,
    takes_effect_on: date,
) -> UsersChange:
    """Draft the entry of a firm in the list of a contract, or its exit. Raises StaffError."""
    staff_network(acting)
    return change_users_of(
        acting, _in_force(contract), organisation, joins=joins, takes_effect_on=takes_effect_on
    )


def change_users_of(
    acting: Acting,
    kept: EmploymentContract,
    organisation: Organisation,
    *,
    joins: bool,
    takes_effect_on: date,
) -> UsersChange:
    """Draft the change for a contract in force; the caller has judged who acts."""
    network = kept.worker.network
    listed = organisation in users_on(kept, takes_effect_on)
    if UsersChange.objects.filter(
        contract=kept, organisation=organisation, signed_on=None
    ).exists():
        raise StaffError(_("An amendment for this firm waits to be signed already."), "firm")
    if joins and listed:
        raise StaffError(_("The contract names this firm already."), "firm")
    if not joins and not listed:
        raise StaffError(_("The contract does not name this firm."), "firm")
    if joins:
        refuse_strangers(network, [organisation], takes_effect_on)
    _refuse_fourth_firm(
        kept, organisation, joins=joins, figures=figures_on(network, takes_effect_on)
    )
    made = UsersChange.objects.create(
        contract=kept, organisation=organisation, joins=joins, takes_effect_on=takes_effect_on
    )
    after = {"organisation": str(organisation.public_id), "joins": joins}
    note(acting, "change firms", made, after=after)
    return made


def _refuse_fourth_firm(
    contract: EmploymentContract, firm: Organisation, *, joins: bool, figures: Figures
) -> None:
    most = figures.of("apprentice_members")
    if not joins or contract.kind != ContractKind.APPRENTICE:
        return
    if len({firm, *users_on(contract, figures.day)}) > most.value:
        sentence = _("An apprentice works in %(most)s firms at most (%(article)s).")
        raise StaffError(sentence % {"most": most.value, "article": most.article}, "firm")


@transaction.atomic
def drop_amendment(
    *, acting: Acting, amendment: HoursAmendment | ContractRenewal | UsersChange
) -> None:
    """Throw away an amendment that was never signed. Raises StaffError."""
    staff_network(acting)
    rows = type(amendment)._default_manager.select_for_update(of=("self",))  # noqa: SLF001 -- the scoped one
    kept = rows.get(pk=amendment.pk)
    if kept.signed_on is not None:
        raise StaffError(_("This amendment is signed: it stays."))
    note(acting, "drop amendment", kept)
    if isinstance(kept, UsersChange):
        drop_duty(kept.contract, users_key(kept.organisation))
    kept.delete()


def _in_force(contract: EmploymentContract) -> EmploymentContract:
    """Return a contract, locked; raises StaffError unless it is signed and has not ended."""
    rows = EmploymentContract.objects.select_for_update(of=("self",))
    kept = rows.select_related("worker__network").get(pk=contract.pk)
    if kept.signed_on is None:
        raise StaffError(_("This contract is not signed yet: change it as it is."))
    if kept.ended_on is not None:
        raise StaffError(_("This contract has ended already."))
    return kept
