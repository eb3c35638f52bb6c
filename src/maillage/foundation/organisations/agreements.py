"""Collective agreements, by their number (IDCC), with the names of those that are published.

Sources and licences: ``data/sources.md``; built by ``scripts/build_firm_lists.py``. An agreement
that the list does not know is kept as well: new ones appear every year.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from maillage.foundation.organisations.problems import Problem

_CODE = re.compile(r"^(?:IDCC)?[\s:°nN]*(\d{1,4})(?:[.,]0+)?$", re.IGNORECASE)


@cache
def names() -> Mapping[str, str]:
    """Return the name of each agreement, in French, by its four digits."""
    kept = files("maillage.foundation.organisations") / "data" / "agreements.tsv"
    lines = kept.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", maxsplit=1) for line in lines)


def name_of(code: str) -> str:
    """Return the name of an agreement, or "" when the list does not know it."""
    return names().get(code, "")


def read_agreement(text: str) -> tuple[str, Problem | None]:
    """Return the four digits of an agreement's number, or what was typed and its problem.

    "IDCC 843" and "843" mean 0843.
    """
    if not text:
        return "", None
    found = _CODE.match(text.strip())
    if found is None or int(found[1]) == 0:
        return text, Problem("agreement", "agreement_format", {"code": text})
    return found[1].zfill(4), None
