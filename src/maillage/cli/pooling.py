"""`maillage pool`: from the file of a survey to the jobs its firms can share."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _
from rich.console import Console

from maillage.cli.executors import check_address, open_executor
from maillage.cli.options import pool_parameters
from maillage.cli.outputs import Output, check_outputs, write_output
from maillage.cli.progress import SearchProgress, stop_on_interrupt
from maillage.engines.pooling.instance import CONTRACTS
from maillage.launch.shared_jobs.bridge import find_jobs, outcome_of, read_contract, terms_of
from maillage.launch.shared_jobs.needs_file import NeedsFile, read_needs
from maillage.launch.shared_jobs.outcome import Outcome, Request
from maillage.launch.shared_jobs.reports.figures import METRES_PER_KM
from maillage.launch.shared_jobs.reports.terminal import print_files, print_outcome, print_reading


@dataclass(frozen=True, kw_only=True)
class PoolOptions:
    """What `maillage pool` was told; the names are those of its options."""

    needs: Path
    competitors: Path | None = None
    related: Path | None = None
    strict: bool = False
    contract: str = "annual"
    distance_km: float = 30
    max_employers: int = 5
    time_limit: float = 30
    seed: int = 1
    workers: int = 2
    executor: str | None = None
    json: Path | None = None
    xlsx: Path | None = None
    html: Path | None = None

    @property
    def outputs(self) -> list[Output]:
        """The files to write."""
        asked = {"json": self.json, "xlsx": self.xlsx, "html": self.html}
        return [Output(kind, path) for kind, path in asked.items() if path]

    @property
    def inputs(self) -> list[Path]:
        """The files to read."""
        own_contract = None if self.contract in CONTRACTS else Path(self.contract)
        asked = [self.needs, self.competitors, self.related, own_contract]
        return [path for path in asked if path]


def pool_command() -> click.Command:
    """Return the command, its help in the language in use."""
    return click.Command(
        "pool",
        callback=_run,
        params=pool_parameters(),
        short_help=_("Find the permanent jobs that firms can share."),
        help=_(
            "Find the permanent shared jobs that cover the most hours of the needs in a file "
            "(CSV or XLSX), and say how far from the best possible they are.\n\n"
            "Ctrl-C stops the search and gives the best jobs found so far."
        ),
    )


def _run(**values: Any) -> None:
    pool(PoolOptions(**values), Console(), Console(stderr=True))


def pool(options: PoolOptions, screen: Console, side: Console) -> Outcome:
    """Do what `maillage pool` was asked; results go to `screen`, progress to `side`.

    Raises `Refusal`, or an error of the files read, when the files or options cannot be used.
    """
    check_outputs(options.outputs, options.inputs)
    if options.executor:
        check_address(options.executor)
    request = _request(options)
    survey = read_needs(
        options.needs,
        competitors=options.competitors,
        related=options.related,
        strict=options.strict,
    )
    print_reading(screen, survey)
    outcome = _search(survey, request, options, side)
    print_outcome(screen, outcome)
    for output in options.outputs:
        write_output(output, outcome)
    print_files(screen, [output.path for output in options.outputs])
    return outcome


def _request(options: PoolOptions) -> Request:
    return Request(
        needs_file=options.needs.name,
        competitors_file=options.competitors.name if options.competitors else "",
        related_file=options.related.name if options.related else "",
        contract=terms_of(read_contract(options.contract)),
        max_distance_metres=round(options.distance_km * METRES_PER_KM),
        max_employers=options.max_employers,
        time_limit_seconds=options.time_limit,
        seed=options.seed,
        workers=options.workers,
        executor=options.executor or "",
        strict=options.strict,
    )


def _search(survey: NeedsFile, request: Request, options: PoolOptions, side: Console) -> Outcome:
    with (
        open_executor(options.workers, options.executor) as (executor, at_once),
        SearchProgress(side) as progress,
        stop_on_interrupt(progress) as asked_to_stop,
    ):
        result = find_jobs(
            survey,
            request,
            executor=executor,
            at_once=at_once,
            on_step=progress.step,
            should_stop=asked_to_stop.is_set,
        )
        return outcome_of(
            result,
            survey,
            request,
            stopped_early=asked_to_stop.is_set(),
            created_at=datetime.now(UTC),
        )
