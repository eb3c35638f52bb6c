"""The small pictures of the workshop: how a search went on, the year of one share."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from maillage.launch.shared_jobs.models import Composition
from maillage.launch.shared_jobs.reports.figures import duration, hours

WIDTH, HEIGHT = 100, 52
TOP, BOTTOM = 2.6, 50.0


@dataclass(frozen=True, slots=True)
class Curve:
    """The best answer along a search, as a path, and the most possible as a line."""

    path: str
    bound: str
    label: str
    first: str
    best: str


FEWEST_STEPS: Final = 2


def curve_of(composition: Composition) -> Curve | None:
    """Return the curve of a search, None before it has two steps."""
    steps: list[list[float | None]] = composition.curve
    if len(steps) < FEWEST_STEPS:
        return None
    lasted = float(steps[-1][0] or 0) or 1.0
    most = max(float(value or 0) for step in steps for value in step[1:]) or 1.0
    least = float(steps[0][1] or 0) * 0.9
    span = (most - least) or 1.0
    points = [
        (round(WIDTH * float(step[0] or 0) / lasted, 1), _height(float(step[1] or 0), least, span))
        for step in steps
    ]
    path = f"M{points[0][0]} {points[0][1]}" + "".join(f"H{x}V{y}" for x, y in points[1:])
    last = steps[-1]
    bound = "" if last[2] is None else f"{_height(float(last[2]), least, span)}"
    units = 2 * len(composition.asked["needs"][0]["half_hours"])
    first, best = (hours(float(step[1] or 0) / units) for step in (steps[0], last))
    return Curve(
        path=f"{path}H{WIDTH}",
        bound=bound,
        label=_("Best answer along the search: %(first)s at first, %(best)s after %(time)s.")
        % {"first": first, "best": best, "time": duration(lasted)},
        first=first,
        best=best,
    )


def _height(value: float, least: float, span: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * (value - least) / span, 1)
