"""Costs shared exactly between members: a group whose services are exempt ends its year at zero.

The exemption asks that each member pays its exact share of common costs (CGI 261 B): what is
billed in the year is an advance, put right at its end. Sums are in euros, to the cent.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

CENT: Final = Decimal("0.01")


def shares_of[Member](total: Decimal, weights: Mapping[Member, int]) -> dict[Member, Decimal]:
    """Share an amount by weights, to the cent: the shares always add up to the amount.

    Cents that are left go to the largest remainders (Hamilton), the first member first. Raises
    ValueError for an amount that is not in cents, or to be shared by weights that are all zero.
    """
    cents = total / CENT
    if cents != cents.to_integral_value():
        raise ValueError(f"{total} is not in cents")
    whole = int(abs(cents))
    all_of_them = sum(weights.values())
    if whole and all_of_them <= 0:
        raise ValueError("nobody bears this amount")
    if not whole:
        return dict.fromkeys(weights, Decimal("0.00"))
    exact = {member: Fraction(whole * weight, all_of_them) for member, weight in weights.items()}
    floors = {member: int(share) for member, share in exact.items()}
    left = whole - sum(floors.values())
    ranked = sorted(exact, key=lambda member: floors[member] - exact[member])
    for member in ranked[:left]:
        floors[member] += 1
    sign = -1 if cents < 0 else 1
    return {member: sign * amount * CENT for member, amount in floors.items()}


def true_up[Member](
    costs: Decimal, weights: Mapping[Member, int], billed: Mapping[Member, Decimal]
) -> dict[Member, Decimal]:
    """Return what each member still owes for a year of costs, or gets back (below zero).

    With it, what was billed to each is its exact share, and all of it the costs.
    """
    exact = shares_of(costs, weights)
    return {
        member: exact.get(member, Decimal("0.00")) - billed.get(member, Decimal("0.00"))
        for member in {**exact, **billed}
    }
