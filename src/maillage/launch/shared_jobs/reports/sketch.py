"""A schematic map: firms as dots, jobs as links between them, names of the main communes.

Positions are simplified: firms of one place stand side by side. Dots and links are drawn as a few
long paths, so that the map of three hundred jobs weighs little more than that of three.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, radians, sin, sqrt
from typing import Final

from maillage.foundation.vocabularies.gazetteer import METRES_PER_DEGREE
from maillage.launch.shared_jobs.needs_file import NeedRow
from maillage.launch.shared_jobs.outcome import Outcome
from maillage.launch.shared_jobs.reports.map_names import (
    MINOR_SIZE,
    MOST_NAMES,
    Box,
    MapNames,
    Name,
    Point,
)
from maillage.launch.shared_jobs.reports.places import localities

WIDTH: Final = 460
MARGIN: Final = 42
SHORTEST, TALLEST = 240, 460
SMALLEST_SPAN: Final = 0.05  # degrees: a survey of one town is not blown up without end
GOLDEN_ANGLE: Final = pi * (3 - sqrt(5))
COLOURED_JOBS: Final = 5  # more cannot be told apart
NUMBERED_JOBS: Final = 40
# Diameter of a firm's dot, by how many firms there are at least.
DOTS: Final = ((0, 12.0), (30, 9.0), (120, 7.5), (400, 5.0), (1500, 3.0))
SCALES_KM: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500)
LONGEST_SCALE: Final = 110
CORNER: Final = 28


@dataclass(frozen=True, slots=True)
class Layer:
    """Firms and links drawn alike; `slot` is the number of a job's colour, 0 for all jobs."""

    slot: int
    dots: str
    links: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """A map ready to be drawn: paths as SVG writes them, names, and a scale."""

    width: int
    height: int
    dot: float
    territory: str
    towns: str
    layers: tuple[Layer, ...]
    lone: str
    names: tuple[Name, ...]
    numbers: tuple[Name, ...]
    scale_km: int
    scale_width: float

    @property
    def dot_halo(self) -> float:
        """Width of the ring of paper that keeps dots apart."""
        return self.dot + self.dot / 4

    @property
    def dot_hole(self) -> float:
        """Width of the hole that tells a lone firm, colour or not."""
        return round(self.dot * 0.6, 1)

    @property
    def scale_y(self) -> int:
        """Where the scale stands, from the top."""
        return self.height - 14


@dataclass(frozen=True, slots=True)
class _Frame:
    """How degrees become positions on the map."""

    west: float
    north: float
    shrink: float
    pixels_per_degree: float
    height: int
    left: float
    top: float

    def place(self, latitude: float, longitude: float) -> Point:
        return Point(
            self.left + (longitude - self.west) * self.shrink * self.pixels_per_degree,
            self.top + (self.north - latitude) * self.pixels_per_degree,
        )


def sketch_of(outcome: Outcome) -> Sketch:
    """Return the map of a result; the survey has one need at least."""
    needs = outcome.survey.needs
    frame = _frame(needs)
    sites = _sites(needs, frame)
    dot = _dot_size(len(sites))
    served = {_site(need) for job in outcome.jobs for need in job.needs}
    lone = [sites[_site(entry.need)] for entry in outcome.alone if _site(entry.need) not in served]
    paths = [[sites[_site(need)] for need in job.needs] for job in outcome.jobs]
    towns = localities(needs)
    # The corner of the scale stays free.
    corner = Box(0, frame.height - CORNER, LONGEST_SCALE + CORNER, frame.height)
    writer = MapNames(Box(0, 0, WIDTH, frame.height), [*sites.values()], dot, [corner])
    names = writer.place_towns(
        [(town.name, frame.place(town.latitude, town.longitude)) for town in towns]
    )
    scale_km, scale_width = _scale(frame)
    return Sketch(
        width=WIDTH,
        height=frame.height,
        dot=dot,
        territory=_outline([*sites.values()]),
        towns=_dots(frame.place(town.latitude, town.longitude) for town in towns[:MOST_NAMES]),
        layers=_layers(paths),
        lone=_dots(dict.fromkeys(lone)),
        names=tuple(names),
        numbers=tuple(_numbers(paths, writer)),
        scale_km=scale_km,
        scale_width=scale_width,
    )


def _dot_size(firms: int) -> float:
    """Return the diameter of a firm's dot: smaller in a crowd."""
    return next(dot for least, dot in reversed(DOTS) if firms >= least)


# Positions


def _frame(needs: Sequence[NeedRow]) -> _Frame:
    latitudes = [need.latitude for need in needs]
    longitudes = [need.longitude for need in needs]
    middle = (min(latitudes) + max(latitudes)) / 2
    shrink = cos(radians(middle))
    across = max((max(longitudes) - min(longitudes)) * shrink, SMALLEST_SPAN)
    down = max(max(latitudes) - min(latitudes), SMALLEST_SPAN)
    inner = WIDTH - 2 * MARGIN
    pixels = min(inner / across, (TALLEST - 2 * MARGIN) / down)
    height = max(SHORTEST, round(down * pixels) + 2 * MARGIN)
    wide = (max(longitudes) - min(longitudes)) * shrink * pixels
    tall = (max(latitudes) - min(latitudes)) * pixels
    return _Frame(
        west=min(longitudes),
        north=max(latitudes),
        shrink=shrink,
        pixels_per_degree=pixels,
        height=height,
        left=(WIDTH - wide) / 2,
        top=(height - tall) / 2,
    )


type Site = tuple[str, float, float]


def _site(need: NeedRow) -> Site:
    return need.firm_id, need.latitude, need.longitude


def _sites(needs: Iterable[NeedRow], frame: _Frame) -> dict[Site, Point]:
    """Return where each firm stands; those of one place in a spiral around it."""
    sites = list(dict.fromkeys(_site(need) for need in needs))
    step = _dot_size(len(sites)) * 0.62
    neighbours: dict[tuple[int, int], int] = {}
    placed = {}
    for site in sites:
        point = frame.place(site[1], site[2])
        cell = round(point.x), round(point.y)
        rank = neighbours.get(cell, 0)
        neighbours[cell] = rank + 1
        reach, turn = step * sqrt(rank), rank * GOLDEN_ANGLE
        placed[site] = Point(point.x + reach * cos(turn), point.y + reach * sin(turn))
    return placed


def _scale(frame: _Frame) -> tuple[int, float]:
    """Return a round number of kilometres that fits in a corner, and its length on the map."""
    per_km = frame.pixels_per_degree / METRES_PER_DEGREE * 1000
    km = max((km for km in SCALES_KM if km * per_km <= LONGEST_SCALE), default=SCALES_KM[0])
    return km, round(km * per_km, 1)


# Paths


def _write(point: Point) -> str:
    return f"{point.x:.1f} {point.y:.1f}"


def _dots(points: Iterable[Point]) -> str:
    """Return dots as a path of lines without length, whose round ends are the dots."""
    return "".join(f"M{_write(point)}h0" for point in points)


def _layers(paths: Sequence[Sequence[Point]]) -> tuple[Layer, ...]:
    """Return one layer per job when colours can tell them apart, else one for all."""
    if len(paths) <= COLOURED_JOBS:
        return tuple(
            Layer(slot, _dots(points), _links(points)) for slot, points in enumerate(paths, start=1)
        )
    dots = dict.fromkeys(point for points in paths for point in points)
    return (Layer(0, _dots(dots), "".join(_links(points) for points in paths)),)


def _links(points: Sequence[Point]) -> str:
    return "".join(f"M{_write(start)}L{_write(end)}" for start, end in _edges(points))


def _edges(points: Sequence[Point]) -> list[tuple[Point, Point]]:
    """Return the shortest lines that join the firms of a job."""
    joined, left = [points[0]], list(points[1:])
    edges = []
    while left:
        start, end = min(
            ((a, b) for a in joined for b in left), key=lambda pair: _apart(pair[0], pair[1])
        )
        edges.append((start, end))
        joined.append(end)
        left.remove(end)
    return edges


def _apart(first: Point, second: Point) -> float:
    return hypot(first.x - second.x, first.y - second.y)


def _outline(points: Sequence[Point]) -> str:
    """Return the convex hull of points as a path; a wide round stroke makes it a territory."""
    ordered = sorted(set(points))
    halves = []
    for run in (ordered, ordered[::-1]):
        half: list[Point] = []
        for point in run:
            while len(half) > 1 and _turn(half[-2], half[-1], point) <= 0:
                half.pop()
            half.append(point)
        halves.append(half[:-1])
    hull = [*halves[0], *halves[1]] or ordered
    return "M" + "L".join(_write(point) for point in hull) + "Z"


def _turn(first: Point, second: Point, third: Point) -> float:
    return (second.x - first.x) * (third.y - first.y) - (second.y - first.y) * (third.x - first.x)


def _numbers(paths: Sequence[Sequence[Point]], names: MapNames) -> Iterable[Name]:
    """Yield the number of each job beside its longest link, where there is room."""
    if not COLOURED_JOBS < len(paths) <= NUMBERED_JOBS:
        return
    for number, points in enumerate(paths, start=1):
        start, end = max(_edges(points), key=lambda edge: _apart(edge[0], edge[1]))
        middle = Point((start.x + end.x) / 2, (start.y + end.y) / 2)
        name = names.fit(str(number), middle, MINOR_SIZE, minor=True)
        if name:
            yield name
