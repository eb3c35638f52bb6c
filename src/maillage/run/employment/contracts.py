"""Contracts between a worker and the group: drafted within the law, changed until they are signed.

The group is the one employer: a worker has one contract at a time.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.networks.queries import members_on
from maillage.foundation.organisations.models import Organisation
from maillage.launch.shared_jobs.models import JobProposal
from maillage.run.employment.checks import ContractWords, problems_of
from maillage.run.employment.duties import drop_duty, finish_duty, set_duty
from maillage.run.employment.formers import formers_of
from maillage.run.employment.law import figures_on
from maillage.run.employment.models import EmploymentContract, Worker
from maillage.run.employment.models_of_contracts import ContractTerms, UsersChange
from maillage.run.employment.refusals import ContractError, LendingError, StaffError
from maillage.run.employment.trail import note, staff_network
from maillage.run.employment.trial import trial_end, whole_trial_end
from maillage.run.employment.waiting import USUAL_DAYS

DECLARE: Final = "declare"
TRIAL: Final = "trial"
DAYS_TO_DECIDE: Final = 7  # before a trial period ends
KEPT: Final = (
    "kind",
    "title",
    "occupation",
    "qualification",
    "starts_on",
    "ends_on",
    "reason",
    "week_minutes",
    "annual_minutes",
    "hourly_pay",
    "short_hours",
)


@transaction.atomic
def draft_contract(
    *, acting: Acting, worker: Worker, words: ContractWords, job: JobProposal | None = None
) -> EmploymentContract:
    """Draft the contract of a worker: it holds nothing until both have signed.

    What is to be done before the first day stands among the tasks. Raises ContractError with every
    problem at once, LendingError for a firm that is no member, StaffError.
    """
    network = staff_network(acting)
    owner = Worker.objects.select_for_update().get(pk=worker.pk)
    contract = EmploymentContract(worker=owner, job=job)
    _write(network, contract, words)
    note(acting, "draft contract", contract, after=_told(contract))
    _set_duties(acting, contract)
    return contract


@transaction.atomic
def change_contract(
    *, acting: Acting, contract: EmploymentContract, words: ContractWords
) -> EmploymentContract:
    """Change a contract that is not signed yet; what was sent to be signed is sent again.

    Raises ContractError, LendingError, StaffError.
    """
    network = staff_network(acting)
    kept = unsigned(contract)
    before = _told(kept)
    _write(network, kept, words)
    note(acting, "change contract", kept, before=before, after=_told(kept))
    _set_duties(acting, kept)
    return kept


@transaction.atomic
def drop_contract(*, acting: Acting, contract: EmploymentContract) -> None:
    """Throw away a contract that was never signed, with its lending agreements. Raises StaffError.

    What was to be done for it goes with it.
    """
    staff_network(acting)
    kept = unsigned(contract)
    for key in (DECLARE, TRIAL):
        drop_duty(kept, key)
    note(acting, "drop contract", kept, before=_told(kept))
    kept.delete()


@transaction.atomic
def record_declaration(
    *, acting: Acting, contract: EmploymentContract, day: date
) -> EmploymentContract:
    """Write down on which day the hiring was declared. Raises StaffError."""
    network = staff_network(acting)
    kept = EmploymentContract.objects.select_for_update().get(pk=contract.pk)
    rule = figures_on(network, kept.starts_on).of("declaration_days")
    earliest = kept.starts_on - timedelta(days=rule.value)
    if day > localdate():
        raise StaffError(_("This day has not come: choose the day it was declared."), "day")
    if not earliest <= day <= kept.starts_on:
        sentence = _(
            "A hiring is declared before it begins, %(days)s days ahead at most: from %(first)s to"
            " %(last)s (L1221-10, %(article)s)."
        )
        words = {
            "days": rule.value,
            "first": date_format(earliest, "DATE_FORMAT"),
            "last": date_format(kept.starts_on, "DATE_FORMAT"),
            "article": rule.article,
        }
        raise StaffError(sentence % words, "day")
    before = {"declared_on": _iso(kept.declared_on)}
    kept.declared_on = day
    kept.save(update_fields=["declared_on"])
    finish_duty(kept, DECLARE)
    note(acting, "declare hiring", kept, before=before, after={"declared_on": _iso(day)})
    return kept


@transaction.atomic
def renew_trial(
    *, acting: Acting, contract: EmploymentContract, agreed_on: date, allowed_by: str
) -> EmploymentContract:
    """Renew a trial period once: the worker agreed in writing, the branch allows it.

    Raises StaffError.
    """
    network = staff_network(acting)
    kept = EmploymentContract.objects.select_for_update().get(pk=contract.pk)
    terms = ContractTerms.objects.filter(contract=kept).first()
    _refuse_renewal(kept, terms, agreed_on, allowed_by)
    figures = figures_on(network, kept.starts_on)
    before = {"trial_ends_on": _iso(kept.trial_ends_on)}
    kept.trial_renewed_on = agreed_on
    kept.trial_ends_on = whole_trial_end(terms.grade if terms else "", kept.starts_on, figures)
    kept.save(update_fields=["trial_renewed_on", "trial_ends_on"])
    after = {"trial_ends_on": _iso(kept.trial_ends_on), "allowed_by": allowed_by.strip()}
    note(acting, "renew trial", kept, before=before, after=after)
    _set_duties(acting, kept)
    return kept


def _refuse_renewal(
    contract: EmploymentContract, terms: ContractTerms | None, agreed_on: date, allowed_by: str
) -> None:
    ends_on = contract.trial_ends_on
    if ends_on is None or terms is None:
        raise StaffError(_("This contract has no trial period."))
    if contract.ends_on is not None or terms.least_days:
        raise StaffError(
            _("The trial period of a contract that is not permanent is not renewed (L1242-10).")
        )
    if contract.trial_renewed_on is not None:
        raise StaffError(_("A trial period is renewed once (L1221-21)."))
    if not allowed_by.strip():
        raise StaffError(
            _("Name the agreement of the branch that allows it (L1221-21)."), "allowed_by"
        )
    if agreed_on > localdate():
        raise StaffError(_("This day has not come: choose the day it was agreed."), "agreed_on")
    if not contract.starts_on <= agreed_on <= ends_on:
        sentence = _("It is agreed in writing during the trial period, until %(day)s (L1221-23).")
        raise StaffError(sentence % {"day": date_format(ends_on, "DATE_FORMAT")}, "agreed_on")


def unsigned(contract: EmploymentContract) -> EmploymentContract:
    """Return a contract, locked; raises StaffError once it is signed."""
    rows = EmploymentContract.objects.select_for_update(of=("self",))
    kept = rows.select_related("worker__network").get(pk=contract.pk)
    if kept.signed_on is not None:
        raise StaffError(_("This contract is signed: it changes by an amendment that both sign."))
    return kept


def overlapping(
    worker: Worker, starts_on: date, ends_on: date | None, but: int | None = None
) -> QuerySet[EmploymentContract]:
    """Return the contracts of a worker that hold on one of these days, for what judges them."""
    still = Q(ended_on=None, ends_on=None) | Q(ended_on=None, ends_on__gte=starts_on)
    rows = EmploymentContract.objects.filter(still | Q(ended_on__gte=starts_on), worker=worker)
    if but is not None:
        rows = rows.exclude(pk=but)
    return rows if ends_on is None else rows.filter(starts_on__lte=ends_on)


def refuse_strangers(network: Network, firms: list[Organisation], day: date) -> None:
    """Refuse firms that are no members on a day: workers are lent to members only.

    Raises LendingError, which names the first one that should join.
    """
    among = Organisation.objects.filter(pk__in=[firm.pk for firm in firms])
    periods = members_on(network, day, among)
    members = set(periods.values_list("membership__organisation", flat=True))
    for firm in firms:
        if firm.pk not in members:
            sentence = _(
                "%(firm)s is no member on %(day)s: workers are lent to members only (L1253-1)."
                " Have it join first."
            )
            words = {"firm": firm.name, "day": date_format(day, "DATE_FORMAT")}
            raise LendingError(sentence % words, "users", join=firm)


def _write(network: Network, contract: EmploymentContract, words: ContractWords) -> None:
    """Judge what a contract says, then keep it."""
    figures = figures_on(network, words.starts_on)
    formers = formers_of(contract.worker, words)
    problems = problems_of(words, figures, contract.worker.born_on, formers)
    if problems:
        raise ContractError(problems)
    other = overlapping(contract.worker, words.starts_on, words.ends_on, contract.pk).first()
    if other is not None:
        raise StaffError(_overlap_sentence(other), "starts_on")
    users = list(Organisation.objects.filter(pk__in=words.users))
    refuse_strangers(network, users, words.starts_on)
    for field in KEPT:
        value = getattr(words, field)
        setattr(contract, field, " ".join(value.split()) if isinstance(value, str) else value)
    contract.trial_ends_on = trial_end(words, figures)
    contract.save()
    terms, _made = ContractTerms.objects.update_or_create(
        contract=contract,
        defaults={
            "grade": words.grade,
            "rhythm": " ".join(words.rhythm.split()),
            "places": " ".join(words.places.split()),
            "least_days": words.least_days,
            "opens_on": "".join(str(day) for day in sorted(words.opens_on)),
            "no_wait": words.no_wait,
        },
    )
    terms.users.set(users)


def _overlap_sentence(other: EmploymentContract) -> str:
    end = other.ended_on or other.ends_on
    words = {
        "title": other.title,
        "first": date_format(other.starts_on, "DATE_FORMAT"),
        "last": date_format(end, "DATE_FORMAT") if end else "",
    }
    if end is None:
        sentence = _(
            "The group is the one employer: this worker has a contract already, “%(title)s”, since"
            " %(first)s. End it first, or amend it."
        )
    else:
        sentence = _(
            "The group is the one employer: this worker has a contract already, “%(title)s”, from"
            " %(first)s to %(last)s. End it first, or amend it."
        )
    return sentence % words


def words_of(contract: EmploymentContract) -> ContractWords:
    """Return what a contract says, for whoever may change it."""
    terms = ContractTerms.objects.filter(contract=contract).first()
    kept: dict[str, Any] = {field: getattr(contract, field) for field in KEPT}
    kept["hourly_pay"] = Decimal(contract.hourly_pay)
    return ContractWords(
        **kept,
        grade=terms.grade if terms else "",
        rhythm=terms.rhythm if terms else "",
        places=terms.places if terms else "",
        least_days=terms.least_days if terms else None,
        users=tuple(terms.users.values_list("pk", flat=True)) if terms else (),
        trial=contract.trial_ends_on is not None,
        opens_on=tuple(int(day) for day in terms.opens_on) if terms else USUAL_DAYS,
        no_wait=terms.no_wait if terms else "",
    )


def users_on(contract: EmploymentContract, day: date) -> list[Organisation]:
    """Return the firms where somebody may work on a day, by name, for whoever keeps the contract.

    A signed change counts from its day, and a firm that leaves from its day, signed or not.
    """
    terms = ContractTerms.objects.filter(contract=contract).first()
    if terms is None:
        return []
    firms = {firm.pk: firm for firm in terms.users.all()}
    changes = UsersChange.objects.filter(contract=contract).select_related("organisation")
    for change in changes.order_by("takes_effect_on", "id"):
        if change.takes_effect_on > day:
            continue
        if change.joins and change.signed_on is not None:
            firms[change.organisation_id] = change.organisation
        if not change.joins:
            firms.pop(change.organisation_id, None)
    return sorted(firms.values(), key=lambda firm: (firm.folded_name, firm.pk))


def _set_duties(acting: Acting, contract: EmploymentContract) -> None:
    """Keep the tasks of a contract in step with its dates."""
    name = contract.worker.name
    if contract.declared_on is None:
        rule = figures_on(contract.worker.network, contract.starts_on).of("declaration_days")
        earliest = contract.starts_on - timedelta(days=rule.value)
        title = _("Declare the hiring of %(name)s (DPAE), from %(day)s on") % {
            "name": name,
            "day": date_format(earliest, "DATE_FORMAT"),
        }
        set_duty(contract, DECLARE, title, contract.starts_on, acting.person)
    ends_on = contract.trial_ends_on
    if ends_on is None or (ends_on - contract.starts_on).days < DAYS_TO_DECIDE:
        drop_duty(contract, TRIAL)
        return
    title = _("Trial period of %(name)s, until %(day)s: ask the firms and decide") % {
        "name": name,
        "day": date_format(ends_on, "DATE_FORMAT"),
    }
    set_duty(contract, TRIAL, title, ends_on - timedelta(days=DAYS_TO_DECIDE), acting.person)


def _told(contract: EmploymentContract) -> dict[str, object]:
    """What the trail keeps of a contract: never the pay."""
    return {
        "kind": contract.kind,
        "starts_on": _iso(contract.starts_on),
        "ends_on": _iso(contract.ends_on),
        "week_minutes": contract.week_minutes,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
