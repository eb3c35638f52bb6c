"""The indicators there are: each is registered by the application whose data it reads.

Put them in a module `indicators` of the application: it is loaded by itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from django.utils.functional import Promise

from maillage.bricks.indicators.enums import Side, Unit
from maillage.bricks.indicators.measures import Measure
from maillage.foundation.networks.models import Network

type Computation = Callable[[Network, date], Measure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A figure: what it is called, how it is worked out, when it worries, what to do then.

    `measure` returns its value on a day from the data of that day alone. `said` is a sentence about
    a measure, without its threshold. The alert ends after `clears_after` whole months on the
    right side. While `module` is off, nothing is worked out.
    """

    key: str
    module: str
    name: Promise
    formula: Promise
    unit: Unit
    side: Side
    threshold: Decimal
    next_action: Promise
    said: Callable[[Measure], str]
    measure: Computation
    clears_after: int = 2


_KNOWN: dict[str, Indicator] = {}
INDICATORS: Mapping[str, Indicator] = MappingProxyType(_KNOWN)


def register(*indicators: Indicator) -> None:
    """Add indicators to those there are; a key is used once."""
    for one in indicators:
        if one.key in _KNOWN:
            raise ValueError(f"Two indicators are called {one.key}.")
        _KNOWN[one.key] = one
