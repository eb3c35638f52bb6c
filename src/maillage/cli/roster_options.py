"""What `maillage roster` and its commands can be told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, override

import click
from django.utils.translation import gettext as _

from maillage.cli.options import (
    DAY,
    FILE,
    Quantity,
    language_option,
    option,
    search_options,
)

MOST_TOUCHED: Final = 20
MOST_OPTIONS: Final = 50
HIGHEST_LEVEL: Final = 100
MOMENT: Final = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})(?:[T ](?P<hour>\d{1,2}):(?P<minute>\d{2}))?"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, and a minute of that day when one is given."""

    day: date
    minute: int | None

    def minutes_from(self, start: date, *, end: bool = False) -> int:
        """Minutes from 00:00 of a date; without a time of day, the day's beginning or its end."""
        whole = DAY // 60 if end else 0
        return (self.day - start).days * (DAY // 60) + (
            whole if self.minute is None else self.minute
        )


class MomentType(click.ParamType[Moment]):
    """A date such as 2026-03-02, or with a time of day, 2026-03-02T08:30."""

    name = "moment"

    @override
    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Moment:
        """Return the moment, or fail with a sentence that shows how to write one."""
        found = MOMENT.fullmatch(str(value).strip())
        try:
            day = date.fromisoformat(found["day"]) if found else None
        except ValueError:
            day = None
        minute = None
        if found and found["hour"]:
            minute = int(found["hour"]) * 60 + int(found["minute"])
        if day is None or (minute is not None and minute > DAY // 60):
            self.fail(
                _("write a date such as 2026-03-02, or 2026-03-02T08:30, not “%(value)s”.")
                % {"value": value},
                param,
                ctx,
            )
        return Moment(day, minute)


def solve_parameters() -> list[click.Parameter]:
    """Return what `maillage roster solve` can be told."""
    return [
        _question(),
        *search_options(_("How long to look for a better plan, in seconds.")),
        option(
            "--plan",
            FILE,
            _("Write the plan, for the other commands to read."),
            metavar=_("FILE"),
        ),
        *_outputs(),
        language_option(),
    ]


def check_parameters() -> list[click.Parameter]:
    """Return what `maillage roster check` can be told."""
    return [
        _question(),
        _plan(),
        click.Option(
            ["--strict"],
            is_flag=True,
            help=_("End with code 2 when the plan breaks a rule that forbids."),
        ),
        *_outputs(),
        language_option(),
    ]


def explain_parameters() -> list[click.Parameter]:
    """Return what `maillage roster explain` can be told."""
    slot = _("SLOT")
    return [
        _question(),
        _plan(),
        click.Option(
            ["--slot"],
            multiple=True,
            metavar=slot,
            help=_("Explain this slot only, and who is there; may be given several times."),
        ),
        click.Option(
            ["--all"],
            is_flag=True,
            help=_("Explain every assignment too, not only the slots without anybody."),
        ),
        *_outputs(),
        language_option(),
    ]


def repair_parameters() -> list[click.Parameter]:
    """Return what `maillage roster repair` can be told."""
    return [
        _question(),
        _plan(),
        *_changes(),
        option(
            "--touch",
            Quantity(0, MOST_TOUCHED, whole=True),
            _("The most other assignments that may pass to somebody else."),
            metavar="N",
            default=3,
        ),
        option(
            "--choices",
            Quantity(1, MOST_OPTIONS, whole=True),
            _("How many choices to show."),
            metavar="N",
            default=5,
        ),
        option(
            "--choose",
            Quantity(1, MOST_OPTIONS, whole=True),
            _("Which choice to write to --plan and --html."),
            metavar="N",
            default=1,
        ),
        option(
            "--plan",
            FILE,
            _("Write the plan as the choice makes it."),
            metavar=_("FILE"),
        ),
        option(
            "--question",
            FILE,
            _("Write the question as the change makes it, which goes with the new plan."),
            metavar=_("FILE"),
        ),
        *_outputs(),
        language_option(),
    ]


def _changes() -> Sequence[click.Option]:
    moment = _("MOMENT")
    return [
        option("--absent", str, _("This worker is away."), metavar=_("WORKER")),
        option(
            "--call", str, _("This firm needs somebody it had not asked for."), metavar=_("FIRM")
        ),
        option("--slot", str, _("This slot of the plan lacks somebody."), metavar=_("SLOT")),
        option(
            "--from",
            MomentType(),
            _("When the absence or the call begins: 2026-03-02, or 2026-03-02T08:30."),
            metavar=moment,
        ),
        option(
            "--to",
            MomentType(),
            _("When it ends; a date alone means the end of that day."),
            metavar=moment,
        ),
        option("--skill", str, _("The skill that the call asks for."), metavar=_("SKILL")),
        option(
            "--level",
            Quantity(0, HIGHEST_LEVEL, whole=True),
            _("The lowest level of that skill."),
            metavar="N",
            default=0,
        ),
    ]


def _question() -> click.Argument:
    return click.Argument(["question_file"], type=FILE, metavar=_("QUESTION"))


def _plan() -> click.Argument:
    return click.Argument(["plan_file"], type=FILE, metavar=_("[PLAN]"), required=False)


def _outputs() -> Sequence[click.Option]:
    file = _("FILE")
    return [
        option("--json", FILE, _("Write the result for programs."), metavar=file),
        option("--html", FILE, _("Write the board as a page to read and print."), metavar=file),
    ]
