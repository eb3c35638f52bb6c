"""Names on a schematic map: placed one after the other where there is room."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final, NamedTuple

LETTER: Final = 0.56  # mean width of a letter, for a size of 1
MAJOR_SIZE, MINOR_SIZE = 17.0, 13.0
MOST_MAJOR, MOST_NAMES = 5, 12
HIDDEN_BY_MAJOR: Final = 3  # dots: a large town is named even amid its firms
CROWD: Final = 60  # firms, from which more dots may be hidden
# Where a name may stand around its place: an angle, how its text is anchored, and how much of it
# is before that anchor.
BESIDE: Final = (
    (0.0, "start", 0.0),
    (pi, "end", 1.0),
    (-pi / 2, "middle", 0.5),
    (pi / 2, "middle", 0.5),
    (-pi / 4, "start", 0.0),
    (pi / 4, "start", 0.0),
    (-3 * pi / 4, "end", 1.0),
    (3 * pi / 4, "end", 1.0),
)


class Point(NamedTuple):
    """A position on the map, in its own units: x to the right, y down."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Name:
    """A name on the map; `anchor` is start, middle or end; minor ones are left out on a phone."""

    text: str
    at: Point
    anchor: str
    minor: bool


class Box(NamedTuple):
    """The room that a name takes."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether two boxes overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, point: Point, margin: float) -> bool:
        """Whether a point is in the box or within a margin of it."""
        return (
            self.left - margin < point.x < self.right + margin
            and self.top - margin < point.y < self.bottom + margin
        )


@dataclass(slots=True)
class MapNames:
    """Names placed so far within `frame`; `taken` is filled, `dots` should not be hidden."""

    frame: Box
    dots: Sequence[Point]
    dot: float  # the diameter of one
    taken: list[Box]

    def place_towns(self, towns: Sequence[tuple[str, Point]]) -> list[Name]:
        """Name the main towns, given the largest first: a few at a size fit for a phone, then more.

        A town gets no name where there is no room.
        """
        names: list[Name] = []
        hidden_by_major = max(HIDDEN_BY_MAJOR, len(self.dots) // CROWD)
        for size, most, minor, hiding in (
            (MAJOR_SIZE, MOST_MAJOR, False, hidden_by_major),
            (MINOR_SIZE, MOST_NAMES, True, 0),
        ):
            for text, point in towns[: MOST_NAMES * 2]:
                if len(names) < most and text and all(name.text != text for name in names):
                    name = self.fit(text, point, size, minor=minor, hiding=hiding)
                    names += [name] if name else []
        return names

    def fit(
        self, text: str, point: Point, size: float, *, minor: bool, hiding: int = 0
    ) -> Name | None:
        """Place a name beside a point where there is room, hiding that many dots at most."""
        best: tuple[int, Box, Name] | None = None
        for box, name in self._tries(text, point, size, minor=minor):
            hidden = sum(box.holds(dot, self.dot / 2) for dot in self.dots)
            if hidden <= hiding and (best is None or hidden < best[0]):
                best = hidden, box, name
        if best is None:
            return None
        self.taken.append(best[1])
        return best[2]

    def _tries(
        self, text: str, point: Point, size: float, *, minor: bool
    ) -> Iterator[tuple[Box, Name]]:
        """Yield the ways to write a name beside a point without touching another."""
        wide, clear = LETTER * size * len(text), self.dot / 2 + 4
        for turn, anchor, before in BESIDE:
            x = point.x + clear * cos(turn)
            # Below the point, the letters stand under it; above, on it; beside, at mid-height.
            y = point.y + clear * sin(turn) + size * (0.35 + 0.45 * sin(turn))
            left = x - wide * before
            box = Box(left, y - size * 0.75, left + wide, y + size * 0.2)
            inside = self.frame.left <= box.left and box.right <= self.frame.right
            inside &= self.frame.top <= box.top and box.bottom <= self.frame.bottom
            if inside and not any(map(box.meets, self.taken)):
                yield box, Name(text, Point(round(x, 1), round(y, 1)), anchor, minor)
