"""Which kind of group: asked in plain words; and whether the conditions of a kind are met."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maillage.foundation.organisations.models import Organisation
from maillage.run.group.enums import GroupKind
from maillage.run.group.queries import agreements_of, is_public
from maillage.run.group.rules import Limit, limit_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was answered to the questions in plain words."""

    own_members_only: bool  # a cooperative or health company that exists already
    replaces: bool  # most hours replace somebody away
    public_bodies: bool
    integrates: bool  # leads people far from work to a qualification, with the label
    one_agreement: bool


def kind_from(answers: Answers) -> GroupKind:
    """Return the kind of group that the answers describe."""
    if answers.own_members_only:
        return GroupKind.COOPERATIVE
    if answers.replaces:
        return GroupKind.REPLACEMENT
    if answers.public_bodies:
        return GroupKind.MIXED
    if answers.integrates:
        return GroupKind.INTEGRATION
    return GroupKind.SAME_AGREEMENT if answers.one_agreement else GroupKind.SEVERAL_AGREEMENTS


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a kind: the limit, how things stand, whether it is met (None: not known)."""

    limit: Limit
    count: int
    total: int
    met: bool | None


def public_members_met(public: int, members: int, day: date) -> bool:
    """Whether public bodies are few enough among the members."""
    return Decimal(public) <= limit_on("public_members", day).value * members


def public_hours_met(public_minutes: int, minutes: int, day: date) -> bool:
    """Whether a worker spends little enough of the year with public members."""
    return Decimal(public_minutes) <= limit_on("public_hours", day).value * minutes


def replacement_met(replacement_hours: Decimal, hours: Decimal, day: date) -> bool:
    """Whether enough of the hours of the year are replacements."""
    return replacement_hours >= limit_on("replacement_hours", day).value * hours


def one_agreement_met(agreements: Sequence[str], day: date) -> bool:
    """Whether private members are under one collective agreement."""
    return len(agreements) <= limit_on("one_agreement", day).value


def conditions_of(kind: str, members: Sequence[Organisation], day: date) -> list[Condition]:
    """Return the conditions that the list of members decides, for whoever reads the papers."""
    found = []
    if kind == GroupKind.MIXED:
        public = sum(is_public(one) for one in members)
        met = public_members_met(public, len(members), day) if members else None
        found.append(Condition(limit_on("public_members", day), public, len(members), met))
    if kind == GroupKind.SAME_AGREEMENT:
        known = agreements_of(members)
        silent = any(not is_public(one) and not one.agreement for one in members)
        met = one_agreement_met(known, day)
        whole = None if met and silent else met
        found.append(Condition(limit_on("one_agreement", day), len(known), len(members), whole))
    return found
