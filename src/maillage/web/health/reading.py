"""An indicator as a page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import Http404
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.bricks.indicators.enums import Side
from maillage.bricks.indicators.measures import in_words, missing_percent
from maillage.bricks.indicators.models import MonthValue
from maillage.bricks.indicators.queries import Reading, readings
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date, percent
from maillage.web.ui.frame import modules_on
from maillage.web.ui.parts import Bar

SPARK_HEIGHT: Final = 40
SPARK_STEP: Final = 16


@dataclass(frozen=True, slots=True)
class Spark:
    """A month in the small picture of a figure: where its bar stands, in the picture’s units."""

    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Shown:
    """An indicator, with the words and the bars of its page."""

    reading: Reading
    value: str
    limit: str
    missing: str
    bars: tuple[Bar, ...]
    sparks: tuple[Spark, ...]
    badge: str
    badge_kind: str
    plan: str


def shown(reading: Reading) -> Shown:
    """Return an indicator as a page shows it."""
    unit, now = reading.indicator.unit, reading.now
    value = _("nothing yet") if now is None or now.value is None else in_words(unit, now.value)
    badge, kind = _badge(reading)
    return Shown(
        reading=reading,
        value=value,
        limit=_side(reading) % {"limit": in_words(unit, reading.limit)},
        missing="" if now is None else percent(now.missing_percent / 100),
        bars=tuple(_bar(unit, month) for month in reading.months),
        sparks=_sparks(reading.months),
        badge=badge,
        badge_kind=kind,
        plan=_plan(reading),
    )


def indicators_shown(request: NetworkRequest) -> list[Shown]:
    """Return the indicators of the network, those in alert first."""
    found = readings(request.network, modules_on(request), localdate())
    return [shown(one) for one in sorted(found, key=lambda one: one.alert is None)]


def access_indicator(request: NetworkRequest, key: str) -> Reading:
    """Return one indicator of the network; 404 when there is none of that name."""
    found = readings(request.network, modules_on(request), localdate(), [key])
    if not found:
        raise Http404
    return found[0]


def month_name(month: MonthValue) -> str:
    """Return a month as the history names it."""
    return date_format(month.month, "F Y")


def rows_of(reading: Reading) -> list[tuple[str, str, int, int, str]]:
    """Return the months of an indicator as lines of a table: value, part, whole, missing."""
    unit = reading.indicator.unit
    return [
        (
            month_name(one),
            "–" if one.value is None else in_words(unit, one.value),
            one.part,
            one.whole,
            percent(missing_percent(one.whole, one.missing) / 100),
        )
        for one in reversed(reading.months)
    ]


def _side(reading: Reading) -> str:
    if reading.indicator.side == Side.ABOVE:
        return _("%(limit)s at most")
    return _("%(limit)s at least")


def _bar(unit: str, month: MonthValue) -> Bar:
    text = "–" if month.value is None else in_words(unit, month.value)
    return Bar(month_name(month), float(month.value or 0), text)


def _sparks(months: Sequence[MonthValue]) -> tuple[Spark, ...]:
    """Return the bars of the small picture; a month without a value has none."""
    most = max((one.value for one in months if one.value), default=None)
    if most is None:
        return ()
    heights = [round(SPARK_HEIGHT * (one.value or 0) / most) for one in months]
    return tuple(
        Spark(rank * SPARK_STEP, SPARK_HEIGHT - height, height)
        for rank, height in enumerate(heights)
    )


def _badge(reading: Reading) -> tuple[str, str]:
    if reading.past:
        return _("Past its threshold"), "no"
    if reading.alert is not None:
        return _("Coming back"), "watch"
    if reading.now is None or reading.now.value is None:
        return _("Nothing to measure yet"), "plain"
    return _("As the members want it"), "ok"


def _plan(reading: Reading) -> str:
    alert = reading.alert
    if alert is None:
        return ""
    if alert.decision is not None:
        words = {"day": nice_date(alert.decision.taken_on)}
        return _("The members decided on the plan on %(day)s.") % words
    days = {"day": nice_date(alert.plan_due_on)}
    if alert.plan:
        return _("The plan is written: the members decide on it before %(day)s.") % days
    if localdate() > alert.plan_due_on:
        return _("The corrective plan was due before %(day)s.") % days
    return _("A corrective plan is due before %(day)s.") % days
