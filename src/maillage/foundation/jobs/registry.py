"""What the floors above bring: kinds of work, work that comes back by date, who hears of an end.

Each application registers its own in its `tasks` module, which is loaded when the site starts:

    @background("organisations.import", title=_("Import of firms"))
    def import_firms(run: RunHandle, *, import_id: str) -> Outcome: ...
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.functional import Promise

from maillage.foundation.jobs.models import Run
from maillage.foundation.jobs.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run leaves: a sentence for its page and its mail, and data for the result's page."""

    summary: Words = ""
    data: Mapping[str, Any] = field(default_factory=dict)


type Work = Callable[..., Outcome | None]
"""A function done in the background: it takes a handle, then ids by name. Returning is success."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of background work.

    `again`: it may be done again from its beginning when whoever did it was killed. `refusals`: the
    errors whose message is a sentence for people. `kept`: what a person must know about what was
    kept and what to do when the run stops before its end.
    """

    name: str
    work: Work
    title: Promise
    again: bool = False
    refusals: tuple[type[Exception], ...] = ()
    kept: Promise | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Work that comes back by date, at an hour of the site's time zone.

    `weekday` counts from Monday = 0; None means every day.
    """

    kind: str
    hour: int
    weekday: int | None = None


class UnknownKindError(LookupError):
    """Raised for a kind of work that no application registers."""


KINDS: Final[dict[str, Kind]] = {}
TURNS: Final[dict[str, Turn]] = {}
LISTENERS: Final[list[Callable[[Run], None]]] = []
RESULT_PAGES: Final[dict[str, Callable[[Run], str]]] = {}


def background[W: Callable[..., Outcome | None]](
    name: str,
    *,
    title: Promise,
    again: bool = False,
    refusals: tuple[type[Exception], ...] = (),
    kept: Promise | None = None,
) -> Callable[[W], W]:
    """Register a function as the kind of work `name` (see `Kind` for the rest)."""

    def register(work: W) -> W:
        if name in KINDS:
            raise ValueError(f"The kind of work {name} is registered twice.")
        KINDS[name] = Kind(
            name=name, work=work, title=title, again=again, refusals=refusals, kept=kept
        )
        return work

    return register


def every_day[W: Callable[..., Outcome | None]](
    *, hour: int, name: str, title: Promise
) -> Callable[[W], W]:
    """Register a function that runs once a day from `hour` on, done again if it was killed.

    It receives `due`, the moment it was due (ISO 8601): a server that was off catches up once.
    """
    return _turn(name, title, Turn(kind=name, hour=hour))


def every_week[W: Callable[..., Outcome | None]](
    *, weekday: int, hour: int, name: str, title: Promise
) -> Callable[[W], W]:
    """Register a function that runs once a week, from `hour` on `weekday` (Monday = 0)."""
    return _turn(name, title, Turn(kind=name, hour=hour, weekday=weekday))


def _turn[W: Callable[..., Outcome | None]](
    name: str, title: Promise, turn: Turn
) -> Callable[[W], W]:
    register = background(name, title=title, again=True)

    def both(work: W) -> W:
        TURNS[name] = turn
        return register(work)

    return both


def on_finished(listener: Callable[[Run], None]) -> Callable[[Run], None]:
    """Register a function called once with each run that ends, whatever its end."""
    LISTENERS.append(listener)
    return listener


def result_page(kind: str) -> Callable[[Callable[[Run], str]], Callable[[Run], str]]:
    """Register the function that returns the address of what a run of `kind` brought."""

    def register(address: Callable[[Run], str]) -> Callable[[Run], str]:
        RESULT_PAGES[kind] = address
        return address

    return register


def kind_of(name: str) -> Kind:
    """Return a kind of work; raise UnknownKindError when nobody registers it any more."""
    try:
        return KINDS[name]
    except KeyError:
        raise UnknownKindError(f"No application registers the work “{name}”.") from None


def result_address(run: Run) -> str:
    """Return the address of what a run brought, or nothing when its kind has no page."""
    address = RESULT_PAGES.get(run.kind)
    return address(run) if address else ""
