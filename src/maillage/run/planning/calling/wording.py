"""Lengths of time, and why somebody could not come, in a sentence."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maillage.run.planning.calling.looking import CAP

HOUR: Final = 60
NO_BREAK: Final = "\u00a0"


def said_hours(minutes: int) -> str:
    """Return a length of time as people say it: "9 h 30"."""
    hours, rest = divmod(max(minutes, 0), HOUR)
    if not hours:
        return f"{rest}{NO_BREAK}min"
    return f"{hours}{NO_BREAK}h{NO_BREAK}{rest:02}" if rest else f"{hours}{NO_BREAK}h"


def said_exclusion(excluded: Mapping[str, Any], *, name: str) -> str:
    """Return why somebody was left out: the rule, the figure, the limit, the article."""
    if excluded["rule"] == CAP:
        words = {"name": name, "total": excluded["calls"], "limit": excluded["cap"]}
        return (
            _("%(name)s has accepted %(total)s urgent calls for that month, %(limit)s at most")
            % words
        )
    language = "fr" if (get_language() or "").startswith("fr") else "en"
    text = str(excluded["texts"][language])
    return text[:1].upper() + text[1:]
