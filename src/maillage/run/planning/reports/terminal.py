"""Rosters on a terminal: readable at 80 columns, without colour, and when piped to a file."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _
from rich import box
from rich.console import Console
from rich.table import Table

from maillage.launch.shared_jobs.reports.figures import duration, listed, number
from maillage.launch.shared_jobs.reports.terminal import printable, say
from maillage.run.planning.board import Account, Choice, Cost, Mending, Remark, Roster, Step
from maillage.run.planning.reports.wording import (
    broken,
    covered,
    minutes,
    points,
    verdict,
    where_and_when,
)

MOST_EMPTY: Final = 10
MOST_REMARKS: Final = 30
MOST_PEOPLE: Final = 60
MOST_HINDRANCES: Final = 8


def print_roster(console: Console, roster: Roster) -> None:
    """Print what a plan covers and costs, the hours of each worker, and the empty slots."""
    console.print(_people(roster))
    if len(roster.people) > MOST_PEOPLE:
        say(
            console,
            _("%(count)s workers in all, the others in the files you ask for.")
            % {"count": number(len(roster.people), 0)},
        )
    console.print()
    say(console, covered(roster))
    say(console, broken(roster), "" if not roster.forbidden else "bold red")
    if roster.search:
        say(
            console,
            _("Found in %(time)s. %(verdict)s")
            % {"time": duration(roster.search.seconds), "verdict": verdict(roster)},
        )
    print_costs(console, roster.costs, roster.points)
    _print_empty(console, roster)


def print_remarks(console: Console, roster: Roster) -> None:
    """Print each breach with its article, those that are forbidden first."""
    told = [remark for remark in roster.remarks if remark.rule != "uncovered"]
    blocks: tuple[tuple[str, list[Remark]], ...] = (
        (_("Forbidden:"), [r for r in told if r.forbidden]),
        (_("Allowed, at a cost:"), [r for r in told if not r.forbidden and r.points]),
        (_("For information:"), [r for r in told if not r.forbidden and not r.points]),
    )
    for title, remarks in blocks:
        if not remarks:
            continue
        console.print()
        say(console, title, "bold")
        for remark in remarks[:MOST_REMARKS]:
            say(console, remark.text, bullet=True)
        _more(console, len(remarks) - MOST_REMARKS)


def print_costs(console: Console, costs: Iterable[Cost], total: float) -> None:
    """Print what each rule costs, in its own unit and in points."""
    table = _table(_("What it costs"), (_("amount"), "right"), (_("points"), "right"))
    for cost in costs:
        amount = f"{number(cost.amount, 0)} {cost.unit}"
        table.add_row(cost.name, amount, number(cost.points))
    table.add_row(_("in all"), "", number(total))
    console.print()
    console.print(table)


def print_mending(console: Console, mending: Mending) -> None:
    """Print the choices, the best one first."""
    for slot in mending.kept:
        say(
            console,
            _("%(slot)s is fixed or has begun: it stays as it is; release it first.")
            % {"slot": where_and_when(mending.start, slot)},
            "bold yellow",
        )
    if not mending.holes:
        say(console, _("Nothing to repair: no slot of the plan is concerned."))
    for choice in mending.choices if mending.holes else ():
        console.print()
        _print_choice(console, mending, choice)


def _print_choice(console: Console, mending: Mending, choice: Choice) -> None:
    title = (
        _("Choice %(number)d: %(points)s")
        if choice.steps
        else _("Choice %(number)d, leave it: %(points)s")
    )
    say(console, title % {"number": choice.number, "points": points(choice.points)}, "bold")
    for step in choice.steps:
        say(console, step_in_words(mending, step), bullet=True)
    for slot in choice.left:
        say(
            console,
            _("%(slot)s stays without anybody.") % {"slot": where_and_when(mending.start, slot)},
            bullet=True,
        )
    if choice.told:
        say(console, _("To be told: %(people)s.") % {"people": listed(choice.told)}, bullet=True)
    if choice.costs:
        say(console, costs_in_words(choice.costs), bullet=True)


def step_in_words(mending: Mending, step: Step) -> str:
    """Say who takes which slot, and what is known of them."""
    sentence = (
        _("%(worker)s takes %(slot)s from %(left_by)s")
        if step.left_by
        else _("%(worker)s takes %(slot)s")
    ) % {
        "worker": step.worker,
        "slot": where_and_when(mending.start, step.slot),
        "left_by": step.left_by,
    }
    facts = [_("knows the firm") if step.knows_firm else _("new to the firm")]
    if step.travel_minutes:
        facts.append(
            _("%(number)d\N{NO-BREAK SPACE}min from home") % {"number": step.travel_minutes}
        )
    if step.slot.urgent:
        facts.append(_("urgent calls so far: %(number)d") % {"number": step.urgent_calls})
    return f"{sentence} ({', '.join(facts)})"


def costs_in_words(costs: Iterable[Cost]) -> str:
    """Say what each rule adds or takes away."""
    parts = [
        f"{cost.name} {'+' if cost.points >= 0 else ''}{number(cost.points)}" for cost in costs
    ]
    return _("Points: %(parts)s.") % {"parts": ", ".join(parts)}


def print_account(console: Console, account: Account) -> None:
    """Print why slots are empty and what would help, then why workers are where they are."""
    start = account.roster.start
    print_costs(console, account.roster.costs, account.roster.points)
    for entry in account.empty:
        console.print()
        say(console, where_and_when(start, entry.slot), "bold")
        say(console, _("Slot %(name)s") % {"name": entry.slot.need_id})
        for help_ in entry.helps:
            words = {"text": help_.text, "points": points(help_.points)}
            say(console, _("%(text)s: %(points)s") % words, bullet=True)
        if not entry.helps:
            say(console, _("Nothing small would help."), bullet=True)
        hindered = [hindrance for hindrance in entry.hindrances if hindrance.texts]
        for hindrance in hindered[:MOST_HINDRANCES]:
            say(console, hindrance.texts[0], bullet=True)
        _more(console, len(hindered) - MOST_HINDRANCES)
    if account.whys:
        console.print()
        say(console, _("Why this worker:"), "bold")
    for why in account.whys:
        words = {"slot": where_and_when(start, why.slot), "text": why.text}
        say(console, _("%(slot)s: %(text)s") % words, bullet=True)


def _more(console: Console, count: int) -> None:
    if count > 0:
        say(
            console,
            _("and %(count)s more, listed in the files you asked for.")
            % {"count": number(count, 0)},
            bullet=True,
        )


def _people(roster: Roster) -> Table:
    table = _table(
        _("worker"),
        (_("slots"), "right"),
        (_("hours"), "right"),
        (_("contract a week"), "right"),
        (_("firms"), "left"),
    )
    for person in roster.people[:MOST_PEOPLE]:
        slots = roster.slots_by_worker[person.worker_id]
        firms = list(dict.fromkeys(slot.firm for slot in slots))
        table.add_row(
            printable(person.name),
            number(len(slots), 0),
            minutes(sum(slot.minutes for slot in slots)),
            minutes(person.week_minutes),
            printable(listed(firms, 3) if firms else "-"),
        )
    return table


def _table(first: str, *others: tuple[str, str]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column(first)
    for title, side in others:
        table.add_column(title, justify="right" if side == "right" else "left")
    return table


def _print_empty(console: Console, roster: Roster) -> None:
    if not roster.empty:
        return
    console.print()
    say(console, _("Slots without anybody, or with too few:"), "bold")
    for slot in roster.empty[:MOST_EMPTY]:
        words = {"slot": where_and_when(roster.start, slot), "name": slot.need_id}
        say(console, _("%(slot)s (%(name)s)") % words, bullet=True)
    _more(console, len(roster.empty) - MOST_EMPTY)
    say(console, _("“maillage roster explain” says why, and what would help."))
