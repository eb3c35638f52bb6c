"""Costs shared exactly between members: a group whose services are exempt ends its year at zero.

The exemption asks that each member pays its exact share of common costs (CGI 261 B): what is
billed in the year is an advance, put right at its end. Sums are in euros, to the cent.
"""

from collections.abc import Hashable, Mapping
from decimal import Decimal
from typing import Final

from maillage.run.group.solidarity import shared_out

NOTHING: Final = Decimal("0.00")


def true_up[Member: Hashable](
    costs: Decimal, weights: Mapping[Member, Decimal], billed: Mapping[Member, Decimal]
) -> dict[Member, Decimal]:
    """Return what each member still owes for a year of costs, or gets back (below zero).

    With it, what was billed to each is its exact share, and all of it the costs. Raises
    ValueError for costs below zero or in parts of a cent, and when nobody weighs anything.
    """
    exact = shared_out(costs, weights)
    return {
        member: exact.get(member, NOTHING) - billed.get(member, NOTHING)
        for member in {**exact, **billed}
    }
