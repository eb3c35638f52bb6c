"""What a view hands to a component: small frozen values, named after what a person sees."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.functional import Promise

# A sentence, or one that waits to be translated until it is shown.
type Text = str | Promise


@dataclass(frozen=True, slots=True)
class Figure:
    """A number to be read at a glance, with what it counts and one line of context."""

    value: Text
    label: Text
    unit: Text = ""
    detail: Text = ""


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """Something that happens on a day."""

    day: date | datetime
    text: Text
    detail: Text = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """Something to decide: one sentence, one reason, one button.

    `post` makes the button act at once instead of leading to a page; `fields` go with it.
    """

    say: Text
    why: Text
    label: Text
    url: str
    post: bool = False
    meta: Text = ""
    hot: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a small chart; `text` is what is written beside it, the number by default."""

    label: Text
    value: float
    text: Text = ""


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A point of a map, in degrees; `kind` is core, peri or alone."""

    latitude: float
    longitude: float
    label: Text
    kind: str = "core"


@dataclass(frozen=True, slots=True)
class Town:
    """A place whose name helps a reader of the map, in degrees."""

    name: Text
    latitude: float
    longitude: float
