"""Who answers for the debts of the group, as the law or the statutes say (L1253-8)."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.guarding import trail
from maillage.foundation.organisations.models import Organisation
from maillage.run.group.actions import fresh
from maillage.run.group.enums import KeyBasis
from maillage.run.group.models import EmployerGroup, KeyWeight, SolidarityKey
from maillage.run.group.queries import members_of
from maillage.run.group.refusals import GroupError

CENT: Final = Decimal("0.01")
WEIGHED: Final = frozenset({KeyBasis.HOURS, KeyBasis.WAGE_COST})


def shared_out[K: Hashable](amount: Decimal, weights: Mapping[K, Decimal]) -> dict[K, Decimal]:
    """Share an amount by weights, to the cent: the parts sum to the amount exactly.

    The cents that rounding leaves go to the largest remainders, then to whoever comes first.
    Raises ValueError when nobody weighs anything, or for an amount that is not in whole cents.
    """
    total = sum(weights.values(), Decimal(0))
    if total <= 0:
        raise ValueError("Nobody weighs anything.")
    if amount < 0 or amount != amount.quantize(CENT):
        raise ValueError("An amount is in whole cents.")
    exact = {who: amount * weight / total for who, weight in weights.items()}
    parts = {who: part.quantize(CENT, ROUND_FLOOR) for who, part in exact.items()}
    left = int((amount - sum(parts.values(), Decimal(0))) / CENT)
    by_remainder = sorted(parts, key=lambda who: parts[who] - exact[who])
    for who in by_remainder[:left]:
        parts[who] += CENT
    return parts


@dataclass(frozen=True, slots=True)
class Claims:
    """What each member may be asked for on a debt, and what is asked of nobody.

    `whole`: each may be asked for all of it, then turns to the others; parts do not add up.
    """

    parts: Mapping[UUID, Decimal]
    nobody: Decimal
    whole: bool


def claims_on(
    amount: Decimal,
    *,
    basis: str,
    cap: Decimal | None,
    weights: Mapping[UUID, Decimal],
) -> Claims:
    """Return what members may be asked for on a debt; `weights` names every member.

    In equal parts, or when each may be asked for all, weights are not looked at. What is above
    the ceiling of a member is asked of nobody.
    """
    if basis == KeyBasis.ALL:
        most = amount if cap is None else min(amount, cap)
        covered = sum((most for _who in weights), Decimal(0))
        return Claims(dict.fromkeys(weights, most), max(amount - covered, Decimal(0)), whole=True)
    alike = dict.fromkeys(weights, Decimal(1))
    parts = shared_out(amount, alike if basis == KeyBasis.EQUAL else weights)
    if cap is not None:
        parts = {who: min(part, cap) for who, part in parts.items()}
    return Claims(parts, amount - sum(parts.values(), Decimal(0)), whole=False)


def weights_of(key: SolidarityKey) -> dict[UUID, Decimal]:
    """Return what each firm weighs in a key, for whoever manages the group. One query."""
    rows = KeyWeight.objects.filter(key=key).values_list("organisation__public_id", "weight")
    return dict(rows)


def basis_of(key: SolidarityKey | None) -> KeyBasis:
    """Return how debts are shared; without a key, as the law says."""
    return KeyBasis(key.basis) if key is not None else KeyBasis.ALL


def weighed(held: SolidarityKey | None, members: Sequence[Organisation]) -> dict[UUID, Decimal]:
    """Return what each member weighs; alike where nothing is weighed. One query at most."""
    if held is None or held.basis not in WEIGHED:
        return {one.public_id: Decimal(1) for one in members}
    known = weights_of(held)
    return {one.public_id: known.get(one.public_id, Decimal(0)) for one in members}


@transaction.atomic
def record_key(
    *,
    acting: Acting,
    group: EmployerGroup,
    basis: str,
    effective_from: date,
    statutes_ref: str,
    cap: Decimal | None = None,
    trial_cap: Decimal | None = None,
    weights: Mapping[UUID, Decimal] | None = None,
) -> SolidarityKey:
    """Write down the key of the statutes, as a new version. Raises GroupError."""
    group = fresh(acting, group)
    reference = " ".join(statutes_ref.split())
    _check(group, basis, effective_from, reference, (cap, trial_cap))
    members = {one.public_id: one for one in members_of(group.network)}
    kept = _weights(basis, members, weights or {})
    last = SolidarityKey.objects.filter(group=group).aggregate(last=Max("number"))["last"] or 0
    key = SolidarityKey.objects.create(
        group=group,
        number=last + 1,
        basis=basis,
        cap=cap,
        trial_cap=trial_cap,
        effective_from=effective_from,
        statutes_ref=reference,
    )
    KeyWeight.objects.bulk_create(
        KeyWeight(key=key, organisation=members[who], weight=weight) for who, weight in kept.items()
    )
    after = {
        "basis": basis,
        "cap": str(cap) if cap is not None else None,
        "trial_cap": str(trial_cap) if trial_cap is not None else None,
        "effective_from": effective_from.isoformat(),
        "statutes_ref": reference,
    }
    trail(acting, "set_key", key, after=after)
    return key


def _check(
    group: EmployerGroup,
    basis: str,
    effective_from: date,
    reference: str,
    caps: tuple[Decimal | None, ...],
) -> None:
    if basis not in KeyBasis.values:
        raise GroupError(_("Choose how debts are shared."), "basis")
    if not reference:
        raise GroupError(
            _("Say which article of the statutes says it: without it the law’s own rule holds."),
            "statutes_ref",
        )
    if effective_from < group.created_on:
        raise GroupError(_("A key holds from the creation of the group on."), "effective_from")
    if any(cap is not None and cap <= 0 for cap in caps):
        raise GroupError(_("A ceiling is an amount above zero; leave it empty for none."), "cap")


def _weights(
    basis: str, members: Mapping[UUID, Organisation], weights: Mapping[UUID, Decimal]
) -> dict[UUID, Decimal]:
    if basis not in WEIGHED:
        return {}
    kept = {who: weight for who, weight in weights.items() if who in members and weight > 0}
    if not kept:
        raise GroupError(_("Give what at least one member weighs."))
    return kept
