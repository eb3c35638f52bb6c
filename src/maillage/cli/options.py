"""The options of the commands, and the kinds of value they take."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, override

import click
from django.utils.translation import gettext as _

from maillage.cli.language import LANGUAGES, OPTION
from maillage.launch.shared_jobs.reports.figures import number

DAY: Final = 86_400
MOST_KM: Final = 1_000
MOST_EMPLOYERS: Final = 9
MOST_WORKERS: Final = 64
LARGEST_SEED: Final = 2**31 - 1


class Quantity(click.ParamType[float]):
    """A number between two limits, with a decimal point or comma; a whole one if `whole`."""

    name = "number"

    def __init__(self, low: float, high: float, *, whole: bool = False) -> None:
        self.low = low
        self.high = high
        self.whole = whole

    @override
    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the number, or fail with a sentence that gives the limits."""
        try:
            found = float(str(value).strip().replace(",", "."))
        except ValueError:
            found = float("nan")
        fits = self.low <= found <= self.high  # what is not a number never is
        if fits and self.whole:
            fits = found.is_integer()
        if not fits:
            sentence = (
                _("give a whole number from %(low)s to %(high)s, not “%(value)s”.")
                if self.whole
                else _("give a number from %(low)s to %(high)s, not “%(value)s”.")
            )
            low, high = number(self.low), number(self.high)
            self.fail(sentence % {"low": low, "high": high, "value": value}, param, ctx)
        return int(found) if self.whole else found


FILE: Final = click.Path(path_type=Path)


def option(name: str, kind: Any, text: str, *, metavar: str, default: Any = None) -> click.Option:
    """Return an option with its help, which says the default when there is one."""
    return click.Option(
        [name],
        type=kind,
        metavar=metavar,
        default=default,
        show_default=default is not None,
        help=text,
    )


def language_option() -> click.Option:
    """Return `--lang`, read before anything else: here it is only checked and documented."""
    return click.Option(
        [OPTION],
        type=click.Choice(LANGUAGES),
        expose_value=False,
        help=_("The language to speak; without it, that of your system."),
    )


def search_options(time_limit: str) -> list[click.Option]:
    """Return the options of a command that searches; `time_limit` is the help of that option."""
    return [
        option(
            "--time-limit",
            Quantity(0.1, DAY),
            time_limit,
            metavar=_("SECONDS"),
            default=30,
        ),
        option(
            "--seed",
            Quantity(0, LARGEST_SEED, whole=True),
            _("Where chance starts; another number looks elsewhere."),
            metavar="N",
            default=1,
        ),
        option(
            "--workers",
            Quantity(1, MOST_WORKERS, whole=True),
            _("How many processes of this machine to use."),
            metavar="N",
            default=2,
        ),
    ]


def pool_parameters() -> list[click.Parameter]:
    """Return what `maillage pool` can be told."""
    return [
        click.Argument(["needs"], type=FILE, metavar=_("NEEDS")),
        *_survey_options(),
        *_rule_options(),
        *search_options(_("How long to look for better jobs and for their limit, in seconds.")),
        option(
            "--executor",
            str,
            _("A Dask cluster to use instead of this machine."),
            metavar=_("dask://HOST:PORT"),
        ),
        *_output_options(),
        language_option(),
    ]


def _survey_options() -> Sequence[click.Option]:
    file = _("FILE")
    return [
        option("--competitors", FILE, _("Pairs of firms that never share a worker."), metavar=file),
        option(
            "--related",
            FILE,
            _(
                "Pairs of occupations that one person can hold; without it, those of the same "
                "ROME domain."
            ),
            metavar=file,
        ),
        click.Option(
            ["--strict"],
            is_flag=True,
            help=_("Refuse the files when one of their rows cannot be used."),
        ),
    ]


def _rule_options() -> Sequence[click.Option]:
    return [
        option(
            "--contract",
            str,
            _("The hours that make a job: annual, strict, part-time, or a TOML file of yours."),
            metavar=_("NAME or FILE.toml"),
            default="annual",
        ),
        option(
            "--distance-km",
            Quantity(0, MOST_KM),
            _("The most kilometres between any two firms of a job, as the crow flies."),
            metavar="KM",
            default=30,
        ),
        option(
            "--max-employers",
            Quantity(2, MOST_EMPLOYERS, whole=True),
            _("The most employers of one job."),
            metavar="N",
            default=5,
        ),
    ]


def _output_options() -> Sequence[click.Option]:
    file = _("FILE")
    return [
        option("--json", FILE, _("Write the result for programs."), metavar=file),
        option("--xlsx", FILE, _("Write the result as a workbook."), metavar=file),
        option("--html", FILE, _("Write the result as a page to read and print."), metavar=file),
    ]
