"""The result as one HTML page that holds all it shows: to read, to print, to take to a meeting.

No network, no script. The look is that of the product; names and texts of the survey are escaped
by the templates.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.template import Context, Engine
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from maillage import __version__
from maillage.launch.shared_jobs.outcome import LoneNeed, Outcome, ProposedJob
from maillage.launch.shared_jobs.reports import summary
from maillage.launch.shared_jobs.reports.figures import (
    date,
    duration,
    half_hours,
    hours,
    kilometres,
    language,
    listed,
    number,
)
from maillage.launch.shared_jobs.reports.periods import (
    MONTHS,
    month_name,
    monthly,
    season,
)
from maillage.launch.shared_jobs.reports.places import hours_around
from maillage.launch.shared_jobs.reports.sentences import (
    change,
    contract_name,
    gain,
    reason,
    why,
)
from maillage.launch.shared_jobs.reports.sketch import Sketch, sketch_of
from maillage.launch.shared_jobs.reports.strip import PATTERNS, cover_bar, slot, strip

TEMPLATES: Final = Path(__file__).parent / "templates"
# The pictures look alike in the report and on the site.
FIGURES: Final = Path(__file__).parent.parent / "static"
TALL, LOW = 168, 124  # pixels of a strip: low ones when there are many
MANY_JOBS: Final = 60
MOST_STRIPS: Final = 200
MOST_REJECTED: Final = 200
NOTHING: Final = SafeString("")


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a firm in a job, in words; `slot` is its pattern in the strip."""

    slot: int
    firm: str
    place: str
    season: str
    hours: str
    months: Sequence[str]


@dataclass(frozen=True, slots=True)
class Card:
    """A job, in words; `strip` is its year, as SVG.

    `tag` and `actions` are what the page of a site adds: where the job stands, what to do with it.
    """

    number: int
    title: str
    hours: str
    distance: str
    why: str
    strip: SafeString
    shares: Sequence[Share]
    months: Sequence[str]
    locked: bool = False
    tag: SafeString = NOTHING
    actions: SafeString = NOTHING


@dataclass(frozen=True, slots=True)
class Row:
    """A job in a table, when there are too many for all to have a strip."""

    number: int
    title: str
    firms: str
    hours: str
    distance: str


@dataclass(frozen=True, slots=True)
class Lone:
    """A need left alone, in words."""

    firm: str
    place: str
    occupation: str
    hours: str
    reason: str
    change: str
    gain: str


def render_page(outcome: Outcome) -> bytes:
    """Return the result as an HTML page, in the language in use."""
    template = engine().get_template("pool/page.html")
    # Numbers come as words already, and those of SVG must keep their decimal point.
    context = Context(context_of(outcome), use_l10n=False)
    return template.render(context).encode()


@cache
def engine() -> Engine:
    """Return the template engine of the reports, which needs nothing of a web site."""
    return Engine(
        dirs=[str(TEMPLATES), str(FIGURES)],
        libraries={"i18n": "django.templatetags.i18n"},
        builtins=["django.templatetags.i18n"],
    )


def piece(name: str, context: Mapping[str, Any]) -> SafeString:
    """Return one part of the page, as HTML that another page may hold."""
    return engine().get_template(f"pool/{name}.html").render(Context(context, use_l10n=False))


def context_of(outcome: Outcome, strips: int = MOST_STRIPS) -> dict[str, Any]:
    """Return all that the templates say of a result; the first jobs have their year drawn."""
    many = len(outcome.jobs) > MANY_JOBS
    shown, others = outcome.jobs[:strips], outcome.jobs[strips:]
    lone = sorted(outcome.alone, key=_easiest)
    rejected = outcome.survey.rejected
    return {
        "language": language(),
        "version": __version__,
        "date": date(outcome.created_at),
        "seconds": duration(outcome.seconds),
        "needs_file": outcome.request.needs_file,
        "firms": summary.firms_in_words(len(outcome.firm_names)),
        "needs": summary.needs_in_words(len(outcome.survey.needs)),
        "jobs_in_words": summary.jobs_in_words(outcome),
        "cover": _cover(outcome),
        "settings": list(summary.settings(outcome)),
        "seed": outcome.request.seed,
        "contract": contract_name(outcome.request.contract),
        "band_low": half_hours(outcome.request.contract.period_min),
        "band_high": half_hours(outcome.request.contract.period_max),
        "by_week": outcome.periods != MONTHS,
        "patterns": range(1, PATTERNS + 1),
        "map": _map(outcome),
        "around": _around(outcome),
        "months": [
            (month_name(month, "abbreviated"), month_name(month)) for month in range(MONTHS)
        ],
        "many": many,
        "cards": [_card(outcome, job, LOW if many else TALL) for job in shown],
        "rows": [_row(outcome, job) for job in others],
        "shown_count": number(len(shown), 0),
        "others_count": number(len(others), 0),
        "lone": [_lone(outcome, entry) for entry in lone],
        "lone_count": summary.needs_in_words(len(lone)),
        "rejected": rejected[:MOST_REJECTED],
        "rejected_more": number(max(0, len(rejected) - MOST_REJECTED), 0),
        "rejected_count": len(rejected),
        "notes": outcome.survey.notes,
    }


def _cover(outcome: Outcome) -> dict[str, Any]:
    figures = summary.coverage(outcome)
    label = (
        _("%(asked)s asked for, %(possible)s possible, %(covered)s covered.")
        if figures.possible
        else _("%(asked)s asked for, %(covered)s covered.")
    ) % {"asked": figures.asked, "possible": figures.possible, "covered": figures.covered}
    return {
        "figures": figures,
        "proved_best": outcome.proved_best,
        "verdict": summary.verdict(outcome),
        "stopped": summary.stopped(outcome),
        "bar": cover_bar(outcome.covered_units, outcome.bound_units, outcome.total_units, label),
        "alone": summary.needs_in_words(len(outcome.alone)),
    }


def _map(outcome: Outcome) -> dict[str, Any]:
    sketch: Sketch = sketch_of(outcome)
    named = [name.text for name in sketch.names if not name.minor]
    return {
        "sketch": sketch,
        "scale": kilometres(sketch.scale_km * 1000),
        "coloured": len(sketch.layers) > 1 or bool(sketch.layers and sketch.layers[0].slot),
        "label": _(
            "Schematic map: %(firms)s around %(towns)s, %(jobs)s. The hours are in the table."
        )
        % {
            "firms": summary.firms_in_words(len(outcome.firm_names)),
            "towns": listed(named) or outcome.survey.needs[0].place,
            "jobs": summary.jobs_in_words(outcome),
        },
    }


def _around(outcome: Outcome) -> dict[str, Any]:
    figures = summary.coverage(outcome)
    return {
        "rows": [
            (
                town.name,
                hours(outcome.mean_hours(town.asked), 0),
                hours(outcome.mean_hours(town.covered), 0),
            )
            for town in hours_around(outcome)
        ],
        "asked": figures.asked,
        "covered": figures.covered,
    }


def _card(outcome: Outcome, job: ProposedJob, height: int) -> Card:
    shares = [
        Share(
            slot=slot(rank),
            firm=need.firm,
            place=need.place,
            season=season(need.half_hours),
            hours=hours(outcome.mean_hours(sum(need.half_hours))),
            months=[number(value / 2) for value in monthly(need.half_hours)],
        )
        for rank, need in enumerate(job.needs)
    ]
    return Card(
        number=job.number,
        title=summary.title_of(outcome, job),
        hours=hours(outcome.mean_hours(job.units)),
        distance=kilometres(job.metres),
        why=why(outcome, job),
        strip=strip(job, outcome.request.contract, height=height),
        shares=shares[::-1],  # as they are stacked, the top one first
        months=[number(value / 2) for value in monthly(job.half_hours)],
    )


def _row(outcome: Outcome, job: ProposedJob) -> Row:
    return Row(
        number=job.number,
        title=summary.title_of(outcome, job),
        firms=listed([need.firm for need in job.needs]),
        hours=hours(outcome.mean_hours(job.units)),
        distance=kilometres(job.metres),
    )


def _easiest(lone: LoneNeed) -> tuple[bool, int, str]:
    """Order needs left alone: those that a change would serve first, the largest gain first."""
    return lone.change is None, -(lone.change.gain_units if lone.change else 0), lone.need.need_id


def _lone(outcome: Outcome, lone: LoneNeed) -> Lone:
    return Lone(
        firm=lone.need.firm,
        place=lone.need.place,
        occupation=outcome.occupation_name(lone.need.occupation),
        hours=hours(outcome.mean_hours(sum(lone.need.half_hours))),
        reason=reason(outcome, lone),
        change=change(outcome, lone),
        gain=gain(outcome, lone),
    )
