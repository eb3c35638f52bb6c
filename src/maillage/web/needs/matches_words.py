"""Why a need and an offer may fit, in plain words, for each of those who may read it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from maillage.launch.needs.enums import NeedKind, Strength
from maillage.launch.needs.matching_queries import SeenMatch
from maillage.launch.needs.matching_words import as_written
from maillage.launch.needs.models import Match, Need
from maillage.web.ui.formats import metres as in_metres

type Reason = Mapping[str, Any]

# A firm reads within which of these distances the other is, in kilometres, and no nearer figure.
BANDS = (10, 20, 30, 50)
KILOMETRE = 1000
WHOLE = 1000


def reasons_for_firm(seen: SeenMatch) -> list[str]:
    """Return why a match may fit, for one of its firms: nothing of the other's own words."""
    said = {**_of_both(seen.own), "near": lambda _reason: "", "strength": _strength_for(seen)}
    return [text for reason in seen.reasons for text in _told(said, reason)]


def reasons_for_animator(match: Match) -> list[str]:
    """Return why a match may fit, in full, in the words of the need."""
    said = {
        **_of_both(match.need),
        "near": lambda reason: _("%(distance)s apart") % {"distance": in_metres(reason["metres"])},
        "strength": lambda _reason: str(Strength(match.need.strength).label),
    }
    return [text for reason in match.reasons for text in _told(said, reason)]


def band(metres: int | None) -> str:
    """Return how far another firm is, without telling where."""
    if metres is None:
        return _("Distance unknown")
    under = next((km for km in BANDS if metres < km * KILOMETRE), None)
    if under is None:
        return _("More than %(km)s km from you") % {"km": BANDS[-1]}
    if under == BANDS[0]:
        return _("Less than %(km)s km from you") % {"km": under}
    least = BANDS[BANDS.index(under) - 1]
    return _("%(least)s to %(most)s km from you") % {"least": least, "most": under}


def _told(said: Mapping[str, Callable[[Reason], str]], reason: Reason) -> Iterator[str]:
    text = said[reason["kind"]](reason)
    if text:
        yield text


def _of_both(own: Need) -> Mapping[str, Callable[[Reason], str]]:
    """Return the sentences that say nothing but what both stated, in the words of one of them."""
    texts = (own.title, own.detail, own.occupation_label)
    return {
        "topic": lambda reason: _topic(own, reason),
        "occupation": lambda _reason: (
            _("The same occupation: %(occupation)s")
            % {"occupation": own.occupation_label or own.occupation}
        ),
        "words": lambda reason: (
            _("Words in common: %(words)s")
            % {"words": ", ".join(as_written(texts, reason["words"]))}
        ),
        "months": lambda reason: (
            _("Hours that fit in %(months)s")
            % {"months": ", ".join(str(MONTHS[month]) for month in reason["months"])}
        ),
        "sector": lambda _reason: _("The same sector: %(sector)s") % {"sector": own.sector},
    }


def _topic(own: Need, reason: Reason) -> str:
    if reason["thousandths"] == WHOLE:
        return _("The same topic: %(topic)s") % {"topic": own.get_topic_display()}
    return _("A topic that may go with yours")


def _strength_for(seen: SeenMatch) -> Callable[[Reason], str]:
    if seen.own.kind == NeedKind.NEED:
        label = Strength(seen.own.strength).label
        return lambda _reason: _("How strong your need is: %(strength)s") % {"strength": label}
    return lambda _reason: _("It matters to the other firm")
