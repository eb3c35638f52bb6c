"""The board of a roster as one HTML page that holds all it shows: to read, to print, to pin up.

No network, no script. The look is that of the page of shared jobs, whose style it takes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from babel.dates import get_day_names
from django.template import Context, Engine
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from maillage import __version__
from maillage.launch.shared_jobs.reports.figures import capitalised, date, language, number
from maillage.launch.shared_jobs.reports.page import TEMPLATES as SHARED_TEMPLATES
from maillage.run.planning.board import Person, Remark, Roster, Slot
from maillage.run.planning.reports.strip import patterns_of, week_strip
from maillage.run.planning.reports.wording import (
    broken,
    clock,
    covered,
    day_in_words,
    minutes,
    points,
    verdict,
    week_in_words,
    where_and_when,
)

TEMPLATES: Final = Path(__file__).parent / "templates"
MOST_REMARKS: Final = 200
WEEKDAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Entry:
    """A slot in a cell of the board: when, and with whom or where."""

    hours: str
    label: str
    pattern: int
    empty: bool
    urgent: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a week: somebody or some firm, seven days, and a total."""

    name: str
    days: Sequence[Sequence[Entry]]
    total: str


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the board, in words."""

    name: str
    days: Sequence[str]
    workers: Sequence[Line]
    firms: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Card:
    """A worker over the whole roster; `strip` shows the hours of each week, as SVG."""

    name: str
    hours: str
    contract: str
    strip: SafeString
    firms: Sequence[tuple[int, str, str]]
    weeks: Sequence[tuple[str, str]]


def render_board(roster: Roster) -> bytes:
    """Return the board as an HTML page, in the language in use."""
    template = engine().get_template("roster/board.html")
    return template.render(Context(_context(roster), use_l10n=False)).encode()


@cache
def engine() -> Engine:
    """Return the template engine of the board, which needs nothing of a web site."""
    return Engine(
        dirs=[str(TEMPLATES), str(SHARED_TEMPLATES)],
        libraries={"i18n": "django.templatetags.i18n"},
        builtins=["django.templatetags.i18n"],
    )


def _context(roster: Roster) -> dict[str, Any]:
    patterns = patterns_of(roster)
    names = get_day_names("abbreviated", locale=language())
    told = [remark for remark in roster.remarks if remark.rule != "uncovered"]
    return {
        "language": language(),
        "version": __version__,
        "date": date(roster.created_at),
        "file": roster.file,
        "period": _("%(first)s to %(last)s")
        % {
            "first": day_in_words(roster.date_of(0)),
            "last": day_in_words(roster.date_of(roster.days - 1)),
        },
        "covered": covered(roster),
        "broken": broken(roster),
        "verdict": verdict(roster),
        "total": points(roster.points),
        "costs": [
            (cost.name, f"{number(cost.amount, 0)} {cost.unit}", number(cost.points))
            for cost in roster.costs
        ],
        "weeks": [_week(roster, first, patterns) for first, _last in roster.weeks],
        "weekdays": [capitalised(names[day]) for day in range(WEEKDAYS)],
        "cards": [_card(roster, person, patterns) for person in roster.people],
        "empty": [(where_and_when(roster.start, slot), slot.skill) for slot in roster.empty],
        "remarks": [_remark(remark) for remark in told[:MOST_REMARKS]],
        "more_remarks": max(0, len(told) - MOST_REMARKS),
    }


def _remark(remark: Remark) -> tuple[str, str]:
    kind = _("forbidden") if remark.forbidden else ""
    return kind or (points(remark.points) if remark.points else _("to know")), remark.text


def _week(roster: Roster, first: int, patterns: dict[str, int]) -> Week:
    slots = [slot for slot in roster.slots if first <= slot.day < first + WEEKDAYS]
    return Week(
        name=week_in_words(roster.date_of(first)),
        days=[day_in_words(roster.date_of(first + day)) for day in range(WEEKDAYS)],
        workers=[
            _line(
                person.name,
                first,
                [slot for slot in slots if person.worker_id in slot.worker_ids],
                lambda slot: Entry(
                    _hours(slot), slot.firm, patterns[slot.firm_id], empty=False, urgent=slot.urgent
                ),
            )
            for person in roster.people
        ],
        firms=[
            _line(
                name,
                first,
                [slot for slot in slots if slot.firm_id == firm_id],
                lambda slot: Entry(
                    _hours(slot), _staff(roster, slot), 0, bool(slot.missing), slot.urgent
                ),
            )
            for firm_id, name in roster.firms.items()
            if any(slot.firm_id == firm_id for slot in slots)
        ],
    )


def _line(name: str, first: int, slots: Sequence[Slot], entry: Callable[[Slot], Entry]) -> Line:
    return Line(
        name=name,
        days=[
            [entry(slot) for slot in slots if slot.day == first + day] for day in range(WEEKDAYS)
        ],
        total=minutes(sum(slot.minutes for slot in slots)),
    )


def _hours(slot: Slot) -> str:
    return f"{clock(slot.start)}–{clock(slot.end)}"


def _staff(roster: Roster, slot: Slot) -> str:
    names = [roster.names[worker_id] for worker_id in slot.worker_ids]
    if slot.missing:
        names.append(_("nobody") if not names else _("%(count)d missing") % {"count": slot.missing})
    return ", ".join(names)


def _card(roster: Roster, person: Person, patterns: dict[str, int]) -> Card:
    slots = roster.slots_by_worker[person.worker_id]
    by_firm: dict[str, int] = {}
    for slot in slots:
        by_firm[slot.firm_id] = by_firm.get(slot.firm_id, 0) + slot.minutes
    return Card(
        name=person.name,
        hours=minutes(sum(by_firm.values())),
        contract=minutes(person.week_minutes),
        strip=week_strip(roster, person, slots, patterns),
        firms=[
            (patterns[firm_id], roster.firms[firm_id], minutes(total))
            for firm_id, total in sorted(by_firm.items(), key=lambda item: -item[1])
        ],
        weeks=[
            (
                day_in_words(roster.date_of(first)),
                minutes(sum(slot.minutes for slot in slots if first <= slot.day <= last)),
            )
            for first, last in roster.weeks
        ],
    )
