"""`maillage roster`: who works where and when: found, checked, repaired and explained."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click
from django.utils.translation import gettext as _
from rich.console import Console

from maillage.cli.errors import Refusal
from maillage.cli.executors import open_executor
from maillage.cli.options import language_option
from maillage.cli.outputs import Output, check_outputs, write_whole
from maillage.cli.progress import stop_on_interrupt
from maillage.cli.roster_changes import change_of
from maillage.cli.roster_files import read_assignments, read_question, refused
from maillage.cli.roster_options import (
    check_parameters,
    explain_parameters,
    repair_parameters,
    solve_parameters,
)
from maillage.cli.roster_progress import ExplainProgress, RosterProgress
from maillage.engines.kernel.stop import MaxRuntime
from maillage.engines.rostering.instance import Instance
from maillage.engines.rostering.plan import Plan
from maillage.engines.rostering.reading.plans import write_plan
from maillage.engines.rostering.reading.writing import write_instance
from maillage.engines.rostering.sentences import RosterError
from maillage.launch.shared_jobs.reports.terminal import print_files
from maillage.run.planning.board import Roster, Search
from maillage.run.planning.bridge.rosters import (
    account_of,
    find_plan,
    mend,
    mending_of,
    roster_of,
    search_of,
)
from maillage.run.planning.reports.document import (
    explanation_document,
    render_json,
    repair_document,
    roster_document,
)
from maillage.run.planning.reports.page import render_board
from maillage.run.planning.reports.terminal import (
    print_account,
    print_mending,
    print_remarks,
    print_roster,
)

if TYPE_CHECKING:
    from pathlib import Path

KINDS = {"json": "json", "html": "html", "plan": "json", "question": "json"}


def roster_command() -> click.Command:
    """Return `maillage roster` and its commands, their help in the language in use."""
    return click.Group(
        "roster",
        commands=[_solve_command(), _repair_command(), _check_command(), _explain_command()],
        params=[language_option()],
        subcommand_metavar=_("COMMAND"),
        short_help=_("Plan who works where and when."),
        help=_(
            "Plan who works where and when, within law and charter. QUESTION is a JSON file of "
            "workers, firms, slots and rules; PLAN is who is in which slot, the published plan "
            "of the question when it is left out."
        ),
    )


def _solve_command() -> click.Command:
    return click.Command(
        "solve",
        callback=_solve,
        params=solve_parameters(),
        short_help=_("Find a plan, the cheapest in the time given."),
        help=_(
            "Find who works where and when: a first plan at once, then better ones until the "
            "time is over.\n\nCtrl-C stops the search and gives the best plan found so far."
        ),
    )


def _repair_command() -> click.Command:
    return click.Command(
        "repair",
        callback=_repair,
        params=repair_parameters(),
        short_help=_("Mend a plan when somebody is away or needed at once."),
        help=_(
            "Say what can be done when a worker is away (--absent), when a firm calls for "
            "somebody (--call), or when a slot lacks somebody (--slot): a few choices, what each "
            "changes and costs, and whom to tell. No choice breaks a rule or moves a fixed slot."
        ),
    )


def _check_command() -> click.Command:
    return click.Command(
        "check",
        callback=_check,
        params=check_parameters(),
        short_help=_("Say what a plan breaks, with the article."),
        help=_(
            "Check any plan, whoever made it, against law and charter: each breach is named "
            "with its article."
        ),
    )


def _explain_command() -> click.Command:
    return click.Command(
        "explain",
        callback=_explain,
        params=explain_parameters(),
        short_help=_("Say why slots stay empty, and what would help."),
        help=_(
            "Explain a plan: what it costs, which rules keep each worker out of the slots that "
            "lack somebody, the smallest changes that would help, and why each worker is where "
            "they are."
        ),
    )


@contextmanager
def _told_in_words() -> Iterator[None]:
    """Turn faults of a roster into a sentence in the language in use."""
    try:
        yield
    except RosterError as error:
        raise refused(error) from error


def _prepare(values: dict[str, Any]) -> Instance:
    """Check the files to write, and read the question."""
    outputs = [Output(KINDS[name], values[name]) for name in KINDS if _asked(values, name)]
    inputs = [values["question_file"], values.get("plan_file")]
    check_outputs(outputs, [path for path in inputs if path])
    return read_question(values["question_file"])


def _asked(values: dict[str, Any], name: str) -> bool:
    return values.get(name) is not None


def _roster(
    instance: Instance, plan: Plan, values: dict[str, Any], search: Search | None = None
) -> Roster:
    return roster_of(
        instance,
        plan,
        file=values["question_file"].name,
        created_at=datetime.now(UTC),
        search=search,
    )


def _write(screen: Console, values: dict[str, Any], contents: dict[str, bytes]) -> None:
    written: list[Path] = []
    for name, content in contents.items():
        write_whole(values[name], content)
        written.append(values[name])
    print_files(screen, written)


def _solve(**values: Any) -> None:
    screen, side = Console(), Console(stderr=True)
    instance = _prepare(values)
    with (
        _told_in_words(),
        open_executor(values["workers"], None) as (executor, at_once),
        RosterProgress(side) as progress,
        stop_on_interrupt(progress) as asked_to_stop,
    ):
        result = find_plan(
            instance,
            stop=MaxRuntime(values["time_limit"]),
            seed=values["seed"],
            executor=executor,
            at_once=at_once,
            on_step=progress.heard,
            should_stop=asked_to_stop.is_set,
        )
    search = search_of(result, stopped_early=asked_to_stop.is_set())
    roster = _roster(instance, result.plan, values, search)
    print_roster(screen, roster)
    if roster.forbidden:
        print_remarks(screen, roster)
    contents: dict[str, bytes] = {}
    if _asked(values, "plan"):
        contents["plan"] = render_json(write_plan(result.plan))
    contents.update(_of_roster(values, roster))
    _write(screen, values, contents)


def _of_roster(values: dict[str, Any], roster: Roster) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    if _asked(values, "json"):
        contents["json"] = render_json(roster_document(roster))
    if _asked(values, "html"):
        contents["html"] = render_board(roster)
    return contents


def _check(**values: Any) -> None:
    screen = Console()
    instance = _prepare(values)
    plan = read_assignments(values["plan_file"], instance)
    roster = _roster(instance, plan, values)
    print_roster(screen, roster)
    print_remarks(screen, roster)
    _write(screen, values, _of_roster(values, roster))
    if values["strict"] and roster.forbidden:
        raise Refusal(_("This plan breaks rules that forbid: see above."))


def _explain(**values: Any) -> None:
    screen, side = Console(), Console(stderr=True)
    instance = _prepare(values)
    plan = read_assignments(values["plan_file"], instance)
    roster = _roster(instance, plan, values)
    with _told_in_words():
        account = account_of(
            instance,
            plan,
            roster,
            need_ids=_slots_to_explain(roster, values),
            assignments=values["all"] or bool(values["slot"]),
            on_progress=ExplainProgress(side),
        )
    print_account(screen, account)
    contents: dict[str, bytes] = {}
    if _asked(values, "json"):
        contents["json"] = render_json(explanation_document(account))
    if _asked(values, "html"):
        contents["html"] = render_board(roster)
    _write(screen, values, contents)


def _slots_to_explain(roster: Roster, values: dict[str, Any]) -> Iterable[str] | None:
    if values["slot"]:
        return list(values["slot"])
    return None if values["all"] else [slot.need_id for slot in roster.empty]


def _repair(**values: Any) -> None:
    screen = Console()
    instance = _prepare(values)
    plan = read_assignments(values["plan_file"], instance)
    with _told_in_words():
        answer = mend(
            instance,
            plan,
            change_of(instance, values),
            most_touched=values["touch"],
            most_options=values["choices"],
        )
    mending = mending_of(
        answer, plan, file=values["question_file"].name, created_at=datetime.now(UTC)
    )
    if values["choose"] > len(answer.options):
        raise Refusal(
            _("--choose: there are %(count)d choices, not %(number)d.")
            % {"count": len(answer.options), "number": values["choose"]}
        )
    print_mending(screen, mending)
    mended = answer.options[values["choose"] - 1].applied_to(plan)
    contents: dict[str, bytes] = {}
    if _asked(values, "plan"):
        contents["plan"] = render_json(write_plan(mended))
    if _asked(values, "question"):
        contents["question"] = render_json(write_instance(answer.instance))
    if _asked(values, "json"):
        contents["json"] = render_json(repair_document(mending))
    if _asked(values, "html"):
        contents["html"] = render_board(_roster(answer.instance, mended, values))
    _write(screen, values, contents)
