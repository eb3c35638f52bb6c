"""Lending a worker to a member firm: no placement without an agreement that both sides signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.bricks.agreements.clauses import clauses_of
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation, Site
from maillage.launch.charter.queries import book_of, charter_of, kept_apart
from maillage.launch.charter.rules import Rule
from maillage.run.employment.contracts import refuse_strangers, users_on
from maillage.run.employment.models import EmploymentContract, LendingAgreement
from maillage.run.employment.models_of_contracts import ContractTerms
from maillage.run.employment.refusals import LendingError, StaffError
from maillage.run.employment.trail import note, staff_network

LONGEST_NOTICE: Final = 365  # days
KEPT: Final = (
    "organisation",
    "site",
    "post",
    "occupation",
    "starts_on",
    "ends_on",
    "week_minutes",
    "rhythm",
    "cost_terms",
    "notice_days",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LendingWords:
    """What a lending agreement says; `week_minutes` is what the firm commits to."""

    organisation: Organisation
    post: str
    occupation: str
    starts_on: date
    week_minutes: int
    rhythm: str
    cost_terms: str
    site: Site | None = None
    ends_on: date | None = None
    notice_days: int = 90


@transaction.atomic
def draft_lending(
    *, acting: Acting, contract: EmploymentContract, words: LendingWords
) -> LendingAgreement:
    """Draft the agreement by which a worker is lent to a member firm. Raises LendingError."""
    network = staff_network(acting)
    rows = EmploymentContract.objects.select_for_update(of=("self",))
    kept = rows.select_related("worker__network").get(pk=contract.pk)
    return draft_for(acting, network, kept, words)


def draft_for(
    acting: Acting, network: Network, contract: EmploymentContract, words: LendingWords
) -> LendingAgreement:
    """Draft an agreement for a contract that is locked; the caller has judged who acts."""
    lending = LendingAgreement(contract=contract)
    _write(network, lending, words)
    after = {"organisation": str(words.organisation.public_id), "minutes": words.week_minutes}
    note(acting, "draft lending", lending, after=after)
    return lending


@transaction.atomic
def change_lending(
    *, acting: Acting, lending: LendingAgreement, words: LendingWords
) -> LendingAgreement:
    """Change an agreement that is not signed yet. Raises LendingError, StaffError."""
    network = staff_network(acting)
    kept = _unsigned(lending)
    before = {"minutes": kept.week_minutes}
    _write(network, kept, words)
    note(acting, "change lending", kept, before=before, after={"minutes": kept.week_minutes})
    return kept


@transaction.atomic
def drop_lending(*, acting: Acting, lending: LendingAgreement) -> None:
    """Throw away an agreement that was never signed. Raises StaffError."""
    staff_network(acting)
    kept = _unsigned(lending)
    note(acting, "drop lending", kept)
    kept.delete()


@transaction.atomic
def give_notice(*, acting: Acting, lending: LendingAgreement, given_on: date) -> LendingAgreement:
    """Write down that a firm gave notice: the agreement ends once it has run. Raises StaffError."""
    staff_network(acting)
    kept = running(lending)
    if kept.notice_given_on is not None:
        raise StaffError(_("Notice is given already."))
    if given_on > localdate():
        raise StaffError(_("This day has not come: choose the day it was given."), "given_on")
    kept.notice_given_on = given_on
    kept.save(update_fields=["notice_given_on"])
    note(acting, "give notice", kept, after={"notice_given_on": given_on.isoformat()})
    return kept


@transaction.atomic
def end_lending(
    *, acting: Acting, lending: LendingAgreement, ended_on: date, reason: str
) -> LendingAgreement:
    """End an agreement on a day, with the reason why. Raises StaffError."""
    staff_network(acting)
    kept = running(lending)
    reason = " ".join(reason.split())
    if not reason:
        raise StaffError(_("Say why, in a few words."), "reason")
    if ended_on < kept.starts_on:
        raise StaffError(_("It had not begun on this day."), "ended_on")
    close_lending(kept, ended_on, reason)
    note(acting, "end lending", kept, after={"ended_on": ended_on.isoformat(), "reason": reason})
    return kept


def close_lending(lending: LendingAgreement, ended_on: date, reason: str) -> None:
    """Keep the end of an agreement; the caller has judged it and writes the trail."""
    lending.ended_on, lending.end_reason = max(ended_on, lending.starts_on), reason[:200]
    lending.save(update_fields=["ended_on", "end_reason"])


def running(lending: LendingAgreement) -> LendingAgreement:
    """Return an agreement that was not ended, locked. Raises StaffError."""
    rows = LendingAgreement.objects.select_for_update(of=("self",))
    kept = rows.select_related("contract__worker__network", "organisation").get(pk=lending.pk)
    if kept.ended_on is not None:
        raise StaffError(_("This agreement has ended already."))
    return kept


def lent_during(worker_id: int, first: date, last: date | None) -> QuerySet[LendingAgreement]:
    """Return the agreements of a worker, signed or not, that hold on one of these days."""
    still = Q(ended_on=None, ends_on=None) | Q(ended_on=None, ends_on__gte=first)
    rows = LendingAgreement.objects.filter(
        still | Q(ended_on__gte=first), contract__worker=worker_id
    ).select_related("organisation")
    return rows if last is None else rows.filter(starts_on__lte=last)


def refuse_competitors(
    network: Network,
    firm: Organisation,
    others: Iterable[Organisation],
    apart: frozenset[tuple[int, int]] | None = None,
) -> None:
    """Refuse a firm that the charter keeps apart from another firm of the same worker.

    Raises LendingError, which names the clause and how both owners may set it aside.
    """
    pairs = kept_apart(network) if apart is None else apart
    for other in others:
        if (min(firm.pk, other.pk), max(firm.pk, other.pk)) in pairs:
            raise LendingError(_apart_sentence(network, firm, other), "organisation")


def _apart_sentence(network: Network, firm: Organisation, other: Organisation) -> str:
    words: dict[str, object] = {"one": firm.name, "other": other.name}
    charter = charter_of(network)
    clauses = clauses_of(charter.clauses) if charter is not None else ()
    found = next(
        ((rank, one) for rank, one in enumerate(clauses, 1) if one.rule == Rule.NO_SHARED_WORKER),
        None,
    )
    if charter is None or found is None:
        sentence = _(
            "%(one)s and %(other)s are recorded as competitors: they share no worker. They may,"
            " once the owners of both have said yes in writing."
        )
        return sentence % words
    rank, clause = found
    words |= {"number": rank, "title": clause.title, "version": charter.number}
    sentence = _(
        "%(one)s and %(other)s are competitors: clause %(number)s of the charter (version"
        " %(version)s), “%(title)s”, lets them share no worker. They may, once the owners of both"
        " have said yes in writing."
    )
    return sentence % words


def refuse_unsigned_charter(network: Network, firm: Organisation) -> None:
    """Refuse a firm that has yet to sign the charter in force, if there is one.

    Raises LendingError.
    """
    book = book_of(network)
    if book.current is not None and not book.stands_for(firm.pk):
        sentence = _(
            "%(firm)s has yet to sign the charter, version %(number)s: have it sign first."
        )
        words = {"firm": firm.name, "number": book.current.number}
        raise LendingError(sentence % words, "organisation")


def refuse_lending(network: Network, lending: LendingAgreement) -> None:
    """Judge an agreement again, just before it is sent or signed. Raises LendingError."""
    contract, firm = lending.contract, lending.organisation
    refuse_strangers(network, [firm], max(lending.starts_on, localdate()))
    others = lent_during(contract.worker_id, lending.starts_on, lending.ends_on)
    refuse_competitors(
        network, firm, [one.organisation for one in others.exclude(organisation=firm)]
    )
    refuse_unsigned_charter(network, firm)


def _unsigned(lending: LendingAgreement) -> LendingAgreement:
    kept = running(lending)
    if kept.signed_on is not None:
        raise StaffError(_("This agreement is signed: end it, then draw up another."))
    return kept


def _write(network: Network, lending: LendingAgreement, words: LendingWords) -> None:
    contract, firm = lending.contract, words.organisation
    _refuse_incomplete(contract, words)
    refuse_strangers(network, [firm], words.starts_on)
    others = lent_during(contract.worker_id, words.starts_on, words.ends_on)
    refuse_competitors(
        network,
        firm,
        [one.organisation for one in others.exclude(pk=lending.pk) if one.organisation != firm],
    )
    _refuse_unlisted(contract, words)
    for field in KEPT:
        value = getattr(words, field)
        setattr(lending, field, " ".join(value.split()) if isinstance(value, str) else value)
    lending.save()


def _refuse_incomplete(contract: EmploymentContract, words: LendingWords) -> None:
    if words.organisation.closed_on is not None:
        raise LendingError(_("This firm is closed."), "organisation")
    if words.site is not None and words.site.organisation_id != words.organisation.pk:
        raise LendingError(_("This site is not one of the firm."), "site")
    for field, value, sentence in (
        ("post", words.post.strip(), _("Say the post.")),
        ("week_minutes", words.week_minutes, _("Say how many hours a week the firm takes.")),
        ("rhythm", words.rhythm.strip(), _("Say on which days and times.")),
        ("cost_terms", words.cost_terms.strip(), _("Say the price and how it changes.")),
    ):
        if not value:
            raise LendingError(sentence, field)
    if words.notice_days > LONGEST_NOTICE:
        raise LendingError(_("A notice lasts a year at most."), "notice_days")
    if words.ends_on is not None and words.ends_on < words.starts_on:
        raise LendingError(_("The last day comes before the first."), "ends_on")
    if words.starts_on < contract.starts_on:
        raise LendingError(_("The contract of the worker begins later."), "starts_on")
    last = contract.ended_on or contract.ends_on
    if last is not None and (words.starts_on > last or (words.ends_on or last) > last):
        raise LendingError(_("The contract of the worker ends before."), "ends_on")


def _refuse_unlisted(contract: EmploymentContract, words: LendingWords) -> None:
    """The contract names the firms where the worker may work; a change of it is signed first."""
    if not ContractTerms.objects.filter(contract=contract).exists():
        return
    if words.organisation not in users_on(contract, words.starts_on):
        sentence = _(
            "The contract does not name %(firm)s among the firms where the worker may work"
            " (L1253-9): change the contract, or have an amendment signed, first."
        )
        raise LendingError(sentence % {"firm": words.organisation.name}, "organisation")
