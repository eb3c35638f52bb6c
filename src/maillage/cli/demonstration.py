"""`maillage demo`: the demonstration territory, from its survey to its shared jobs and its site."""

from collections.abc import MutableMapping, Sequence
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, Final

import click
from django.utils.translation import gettext as _
from rich.console import Console

from maillage.cli.errors import Refusal
from maillage.cli.options import DAY, FILE, Quantity, language_option, option
from maillage.cli.pooling import PoolOptions, pool
from maillage.cli.preparing import check_port
from maillage.cli.serving import LARGEST_PORT, PORT
from maillage.config import environment
from maillage.demo.territory import territory
from maillage.launch.shared_jobs.reports.terminal import say

FOLDER: Final = Path("demo-output")
HOST: Final = "127.0.0.1"
TIME_LIMIT: Final = 15


def demo_command() -> click.Command:
    """Return the command, its help in the language in use."""
    return click.Command(
        "demo",
        callback=_run,
        params=[
            option(
                "--out",
                FILE,
                _("The folder to write the survey and its results to."),
                metavar=_("FOLDER"),
                default=FOLDER,
            ),
            option(
                "--time-limit",
                Quantity(0.1, DAY),
                _("How long to look for better jobs and for their limit, in seconds."),
                metavar=_("SECONDS"),
                default=TIME_LIMIT,
            ),
            option(
                "--port",
                Quantity(1, LARGEST_PORT, whole=True),
                _("The port to listen on."),
                metavar="N",
                default=PORT,
            ),
            click.Option(
                ["--no-serve"],
                is_flag=True,
                help=_("Stop once the shared jobs are found, without opening the site."),
            ),
            language_option(),
        ],
        short_help=_("See it at work on an invented survey."),
        help=_(
            "Invent the survey of 460 craft firms in real communes of the Loir-et-Cher, find the "
            "jobs that those interested can share, and serve the site of their network."
        ),
    )


def keep_apart(arguments: Sequence[str], variables: MutableMapping[str, str]) -> None:
    """Give the demonstration a data folder of its own, before the settings are read.

    It never touches the data of an installation, unless somebody names its folder on purpose.
    """
    if "demo" in arguments[:3]:
        variables.setdefault(f"{environment.PREFIX}DATA", str(FOLDER / "site"))
        variables.setdefault(f"{environment.PREFIX}DEMO_LINKS", "yes")


def _run(out: Path, time_limit: float, port: int, *, no_serve: bool) -> None:
    screen = Console()
    if not no_serve:
        check_port(HOST, port)
    made = territory()
    try:
        made.write(out)
    except OSError as error:
        raise Refusal(
            _("The folder %(folder)s cannot be written to: %(reason)s.")
            % {"folder": out, "reason": error.strerror or error}
        ) from error
    say(
        screen,
        _(
            "An invented survey of the Loir-et-Cher: %(firms)d craft firms, %(peaks)d with "
            "regular peaks, %(interested)d interested in sharing staff."
        )
        % {
            "firms": len(made.firms),
            "peaks": sum(answer.has_peaks for answer in made.answers),
            "interested": sum(answer.interested for answer in made.answers),
        },
    )
    pool(_options(out, time_limit), screen, Console(stderr=True))
    say(screen, _("Open the page in a browser; the survey itself is beside it."))
    if not no_serve:
        # Its models are there once Django is ready, which this module is read before.
        resolve_name("maillage.cli.demonstration_site:open_site")(made, screen, HOST, port)


def _options(out: Path, time_limit: float) -> PoolOptions:
    results: dict[str, Any] = {kind: out / f"jobs.{kind}" for kind in ("json", "xlsx", "html")}
    return PoolOptions(
        needs=out / "needs.csv",
        competitors=out / "competitors.csv",
        related=out / "related.csv",
        time_limit=time_limit,
        **results,
    )
