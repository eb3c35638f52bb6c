"""Activity codes: NAF rév. 2, with its labels, and NAF 2025, of which only the form is known.

Both lists are in use around 2027, so that a code always goes with its list. Sources and licences:
``data/sources.md``; built by ``scripts/build_firm_lists.py``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from maillage.foundation.organisations.enums import ActivityScheme
from maillage.foundation.organisations.problems import Problem

LABEL_LENGTH: Final = 120
MOST_NEAR: Final = 4
_CODE = re.compile(r"^(\d\d)[\s.]*(\d\d)[\s.]*([A-Z])$")


@dataclass(frozen=True, slots=True)
class Activity:
    """A code as it is kept, its list and its label, or what is wrong with it."""

    code: str = ""
    scheme: str = ""
    label: str = ""
    problem: Problem | None = None


@cache
def labels() -> Mapping[str, str]:
    """Return the label of each code of NAF rév. 2, in French, as the statistics office words it."""
    kept = files("maillage.foundation.organisations") / "data" / "activities.tsv"
    lines = kept.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", maxsplit=1) for line in lines)


def label_of(code: str, scheme: str = ActivityScheme.NAF_2) -> str:
    """Return the label of a code, at most 120 characters, or "" when the list has none."""
    label = labels().get(code, "") if scheme == ActivityScheme.NAF_2 else ""
    return label if len(label) <= LABEL_LENGTH else f"{label[: LABEL_LENGTH - 1].rstrip()}…"


def read_activity(code: str, scheme: str = "") -> Activity:
    """Return what a code means in a list, NAF rév. 2 when none is named.

    Small letters, a missing dot and spaces do not matter. Without a code the list is dropped.
    """
    typed = " ".join(code.split())
    if not typed:
        return Activity()
    if scheme and scheme not in ActivityScheme.values:
        problem = Problem("activity_scheme", "choice_unknown", {"value": scheme})
        return Activity(typed, scheme, problem=problem)
    scheme = scheme or ActivityScheme.NAF_2
    parts = _CODE.match(typed.upper())
    if parts is None:
        problem = Problem("activity_code", "activity_format", {"code": typed})
        return Activity(typed, scheme, problem=problem)
    tidy = f"{parts[1]}.{parts[2]}{parts[3]}"
    if scheme == ActivityScheme.NAF_2 and tidy not in labels():
        return Activity(tidy, scheme, problem=_unknown(tidy))
    return Activity(tidy, scheme, label_of(tidy, scheme))


def _unknown(code: str) -> Problem:
    near = [known for known in labels() if known.startswith(code[:5])]
    if near:
        params = {"code": code, "near": ", ".join(near[:MOST_NEAR])}
        return Problem("activity_code", "activity_near", params)
    return Problem("activity_code", "activity_unknown", {"code": code})
