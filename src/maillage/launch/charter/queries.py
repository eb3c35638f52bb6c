"""Reads of the charter; each function says for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localdate

from maillage.bricks.agreements.clauses import Clause, asks_consent_again, clauses_of
from maillage.bricks.agreements.models import Agreement, AgreementVersion, Signature
from maillage.bricks.agreements.queries import (
    draft_of,
    in_force,
    last_signed,
    newest_signed,
    published_versions,
    signatures_of,
)
from maillage.foundation.networks.models import Network
from maillage.foundation.networks.queries import members_on
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.aggregates import Answer, protected
from maillage.foundation.visibility.models import Competition, CompetitionLift
from maillage.foundation.visibility.queries import SHIELDING
from maillage.launch.charter.models import Override
from maillage.launch.charter.rules import PARAMETERS, Rule

CHARTER: Final = "charter"
BOTH_SAID_YES: Final = Q(first_agreed_at__isnull=False, second_agreed_at__isnull=False)


@dataclass(frozen=True, slots=True)
class Due:
    """A member that has yet to sign the version in force; `signed` is the last one it signed."""

    organisation: Organisation
    signed: int | None


def charter_of(network: Network) -> AgreementVersion | None:
    """Return the version in force, for everybody who may see the charter; None before the first."""
    return in_force(network, CHARTER)


def charter_draft(network: Network) -> AgreementVersion | None:
    """Return the version being written, for who writes it."""
    return draft_of(network, CHARTER)


def charter_versions(network: Network) -> QuerySet[AgreementVersion]:
    """Return every version published, the newest first, for everybody who may see the charter."""
    return published_versions(network, CHARTER)


def charter_signatures(network: Network) -> QuerySet[Signature]:
    """Return every signature, for who follows them."""
    return signatures_of(network, CHARTER)


def clause_holds(network: Network, rule: str) -> bool:
    """Whether a clause of the charter in force has a rule, for what must respect it."""
    return _clause_with(network, rule) is not None


def parameter_of(network: Network, rule: str) -> str:
    """Return the parameter that the charter in force gives a rule, for what must respect it.

    Without such a clause, the usual one: what shows least; "" for a rule that takes none.
    """
    clause = _clause_with(network, rule)
    usual = PARAMETERS.get(rule, ("",))[0]
    return clause.parameter if clause is not None else usual


def kept_apart(network: Network) -> frozenset[tuple[int, int]]:
    """Return the pairs of organisations that may share no worker, for whoever composes jobs.

    Row numbers, the smaller first: every pair of competitors in force, but those that both agreed
    in writing to set it aside. It holds before there is a charter, and whatever the charter says:
    a clause makes a promise of it, and lets two firms write otherwise. One query.
    """
    set_aside = Override.objects.filter(
        BOTH_SAID_YES, network=network, rule=Rule.NO_SHARED_WORKER, ended_at=None
    )
    pairs = Competition.objects.filter(SHIELDING, first__register=network.register_id).exclude(
        pk__in=set_aside.values("competition")
    )
    return frozenset(
        (min(pair), max(pair)) for pair in pairs.order_by().values_list("first_id", "second_id")
    )


@dataclass(frozen=True, slots=True)
class Book:
    """The charter of a network, read once: its published versions, the newest first, who signed.

    `signed` gives the last version of each organisation, `stale` the versions whose signatures no
    longer stand; all by row numbers.
    """

    versions: tuple[AgreementVersion, ...]
    signed: Mapping[int, int]
    stale: frozenset[int]

    @property
    def current(self) -> AgreementVersion | None:
        """The version in force, None before the first."""
        return self.versions[0] if self.versions else None

    def stands_for(self, organisation: int) -> bool:
        """Whether what an organisation signed still stands."""
        return organisation in self.signed and self.signed[organisation] not in self.stale


def book_of(network: Network) -> Book:
    """Return the charter and its signatures, for what decides who sees which. Two queries."""
    versions = tuple(charter_versions(network).order_by("-number"))
    signed = last_signed(network, CHARTER) if versions else {}
    return Book(versions, signed, _stale(versions))


def who_must_sign(network: Network, among: Any = None) -> list[Due]:
    """Return the members that have yet to sign the version in force, by name, for who follows them.

    All of them at first; then those whose last signature is on a version since which a clause that
    needs their consent was changed, added or removed. Two queries.
    """
    versions = {one.pk: one for one in charter_versions(network).order_by("-number")}
    if not versions:
        return []
    stale = _stale(tuple(versions.values()))
    newest = newest_signed(network, CHARTER, OuterRef("membership__organisation"))
    periods = (
        members_on(network, localdate(), among)
        .filter(membership__organisation__closed_on=None)
        .select_related("membership__organisation")
        .annotate(signed=Subquery(newest))
    )
    due = [
        Due(period.membership.organisation, versions[signed].number if signed else None)
        for period, signed in ((period, period.signed) for period in periods)
        if signed is None or signed in stale
    ]
    return sorted(due, key=lambda one: (one.organisation.folded_name, one.organisation.pk))


def has_signed(organisation: Organisation) -> bool:
    """Whether what an organisation signed still stands for the charter of the open network.

    For whatever asks it of its members. False while no charter is published. Three queries.
    """
    agreement = Agreement.objects.filter(kind=CHARTER).select_related("network").first()
    return agreement is not None and book_of(agreement.network).stands_for(organisation.pk)


def signature_of(network: Network, organisation: Organisation) -> Signature | None:
    """Return the last signature of a firm, for that firm and for who follows signatures."""
    return charter_signatures(network).filter(organisation=organisation).first()


def standing_count(network: Network, book: Book) -> tuple[int, int]:
    """Return how many members there are and how many need sign nothing more, for the animator.

    One query.
    """
    stands = [book.stands_for(member) for member in _members(network)]
    return len(stands), sum(stands)


def signed_count(network: Network, book: Book) -> tuple[int | None, int | None]:
    """Return how many members there are and how many need sign nothing more, for every member.

    Nothing is told of fewer than five members; the second is None too when fewer than five have
    signed, or have yet to: it would name them. One query.
    """
    answers = [Answer("signed" if book.stands_for(one) else "due") for one in _members(network)]
    told = protected(answers)
    signed = told.cells.get("signed")
    return (
        told.total.answers if told.total is not None else None,
        signed.answers if signed is not None else None,
    )


def _members(network: Network) -> list[int]:
    return list(
        members_on(network, localdate())
        .filter(membership__organisation__closed_on=None)
        .values_list("membership__organisation", flat=True)
    )


def known_competitors(firm: Organisation) -> QuerySet[Competition]:
    """Return the competitors that a firm knows are some, for that firm.

    Those of whom it was told the name: both agreed to meet on a topic, and the agreement stands.
    Having named a competitor is not enough: a firm never learns by asking who is in the register.
    """
    met = CompetitionLift.objects.filter(BOTH_SAID_YES, ended_at=None).values("competition")
    return Competition.objects.filter(
        SHIELDING & (Q(first=firm) | Q(second=firm)), pk__in=met
    ).select_related("first", "second")


def overrides_of(firm: Organisation) -> QuerySet[Override]:
    """Return what a firm agreed or is asked to set aside, ended ones included, for that firm."""
    return Override.objects.filter(
        Q(competition__first=firm) | Q(competition__second=firm)
    ).select_related("competition__first", "competition__second", "asked_by", "network")


def overrides_in(network: Network) -> QuerySet[Override]:
    """Return every rule set aside between two competitors, asked or ended, for the animator."""
    return Override.objects.filter(network=network).select_related(
        "competition__first", "competition__second", "asked_by"
    )


def is_in_force(override: Override) -> bool:
    """Whether both agreed, neither ended it and the two are still competitors."""
    pair = override.competition
    return (
        override.first_agreed_at is not None
        and override.second_agreed_at is not None
        and override.ended_at is None
        and pair.ended_at is None
        and pair.dismissed_at is None
    )


def _clause_with(network: Network, rule: str) -> Clause | None:
    current = charter_of(network)
    if current is None:
        return None
    return next((one for one in clauses_of(current.clauses) if one.rule == rule), None)


def _stale(versions: Sequence[AgreementVersion]) -> frozenset[int]:
    """Return the versions whose signatures no longer stand, by row number; the newest is first."""
    contents = [clauses_of(version.clauses) for version in versions]
    return frozenset(
        version.pk
        for version, clauses in zip(versions, contents, strict=True)
        if asks_consent_again(clauses, contents[0])
    )
