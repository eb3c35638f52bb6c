"""The result on a terminal: readable at 80 columns, without colour, and when piped to a file."""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from textwrap import fill
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from maillage.launch.shared_jobs.needs_file import NeedRow, NeedsFile
from maillage.launch.shared_jobs.outcome import LoneNeed, Outcome, ProposedJob
from maillage.launch.shared_jobs.reports.figures import (
    capitalised,
    duration,
    hours,
    kilometres,
    listed,
    number,
)
from maillage.launch.shared_jobs.reports.periods import MONTHS, month_name, monthly
from maillage.launch.shared_jobs.reports.sentences import (
    change,
    reason,
    reason_in_general,
    why,
    with_place,
)
from maillage.launch.shared_jobs.reports.summary import (
    coverage,
    firms_in_words,
    jobs_in_words,
    needs_in_words,
    verdict,
)

MOST_JOBS: Final = 20
MOST_REASONS: Final = 5
MOST_REJECTED: Final = 5
LEVELS: Final = "▁▂▃▄▅▆▇█"  # a month's hours, from nothing to the most the contract allows
COMMANDS: Final = frozenset({"Cc", "Cf", "Cs", "Co"})  # characters that do not show


def printable(text: str) -> str:
    """Return a text on one line, without the characters that would command a terminal."""
    one_line = text.replace("\n", " ").replace("\t", " ")
    return "".join(sign for sign in one_line if unicodedata.category(sign) not in COMMANDS)


def say(console: Console, sentence: str, style: str = "", *, bullet: bool = False) -> None:
    """Print a sentence as it is: what a survey holds is never taken for mark-up.

    Lines break at ordinary spaces only, so that a number stays with its unit.
    """
    text = fill(
        printable(sentence),
        width=console.width,
        initial_indent="- " if bullet else "",
        subsequent_indent="  " if bullet else "",
        break_long_words=False,
        break_on_hyphens=False,
    )
    console.print(Text(text, style=style), soft_wrap=True)


def print_reading(console: Console, survey: NeedsFile) -> None:
    """Say what was read, what was left aside and why."""
    units = sum(sum(need.half_hours) for need in survey.needs)
    asked = units / 2 / len(survey.needs[0].half_hours)
    firms = len({need.firm_id for need in survey.needs})
    say(
        console,
        _("%(firms)s, %(needs)s: %(hours)s a week asked for.")
        % {
            "firms": capitalised(firms_in_words(firms)),
            "needs": needs_in_words(len(survey.needs)),
            "hours": hours(asked),
        },
    )
    for note in survey.notes:
        say(console, note)
    if not survey.rejected:
        return
    count = len(survey.rejected)
    sentence = ngettext(
        "%(count)s row was left aside:", "%(count)s rows were left aside:", count
    ) % {"count": number(count, 0)}
    say(console, sentence, "bold yellow")
    for row in survey.rejected[:MOST_REJECTED]:
        where = _("%(file)s, row %(row)d") % {"file": row.file, "row": row.row}
        if row.column:
            where = _("%(where)s, column %(column)s, “%(value)s”") % {
                "where": where,
                "column": row.column,
                "value": row.value,
            }
        words = {"where": where, "reason": row.reason}
        say(console, _("%(where)s: %(reason)s") % words, bullet=True)
    if count > MOST_REJECTED:
        say(
            console,
            _("and %(count)s more, listed in the files you asked for.")
            % {"count": number(count - MOST_REJECTED, 0)},
            bullet=True,
        )


def print_outcome(console: Console, outcome: Outcome) -> None:
    """Print the jobs, how good they are, and the most telling reasons of the needs left alone."""
    if outcome.jobs:
        console.print()
        console.print(jobs_table(outcome, drawn=_can_draw(console)))
        if len(outcome.jobs) > MOST_JOBS:
            say(
                console,
                _(
                    "These are the %(shown)s simplest jobs to create out of %(count)s: ask for "
                    "them all with --xlsx, --html or --json."
                )
                % {"shown": MOST_JOBS, "count": number(len(outcome.jobs), 0)},
            )
    console.print()
    for line in result_lines(outcome):
        say(console, line)
    lines = list(reason_lines(outcome))
    if lines:
        console.print()
        say(console, _("Why needs stay alone, those with most hours first:"), "bold")
        for line in lines:
            say(console, line, bullet=True)


def print_files(console: Console, files: Iterable[Path]) -> None:
    """Say where the files are."""
    written = list(files)
    if written:
        console.print()
    for path in written:
        # Never cut: people copy it.
        console.print(Text(_("Written: %(file)s") % {"file": path}), soft_wrap=True)


def _can_draw(console: Console) -> bool:
    """Tell whether the terminal can show the levels of a year."""
    try:
        LEVELS.encode(console.encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def jobs_table(outcome: Outcome, *, drawn: bool) -> Table:
    """Return the first jobs as a table; `drawn` adds the year of each as small bars."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1))
    table.add_column(_("Job"), justify="right", no_wrap=True)
    table.add_column(_("Occupation and firms"), ratio=1)
    if drawn:
        initials = "".join(month_name(month, "narrow") for month in range(MONTHS))
        table.add_column(initials, no_wrap=True, min_width=MONTHS)
    table.add_column(_("A week"), justify="right", no_wrap=True)
    table.add_column(_("Apart"), justify="right", no_wrap=True)
    for job in outcome.jobs[:MOST_JOBS]:
        for cells in _job_rows(outcome, job):
            row = [*cells[:2], *([cells[2]] if drawn else []), *cells[3:]]
            table.add_row(*row)
        table.add_row()
    return table


def _job_rows(outcome: Outcome, job: ProposedJob) -> Iterator[tuple[Text, ...]]:
    """Yield the rows of a job: what it is, each of its firms, and why."""
    occupations = dict.fromkeys(outcome.occupation_name(need.occupation) for need in job.needs)
    top = outcome.request.contract.period_max
    yield (
        Text(str(job.number), "bold"),
        Text(printable(capitalised(listed([*occupations]))), "bold"),
        Text(_year(job.half_hours, top), "green"),
        Text(hours(outcome.mean_hours(job.units)), "bold"),
        Text(kilometres(job.metres)),
    )
    for need in job.needs:
        yield (
            Text(),
            Text(printable(with_place(need))),
            Text(_year(need.half_hours, top), "dim"),
            Text(hours(outcome.mean_hours(_units(need)))),
            Text(),
        )
    yield Text(), Text(printable(why(outcome, job)), "italic dim"), Text(), Text(), Text()


def _year(periods: Iterable[int], top: int) -> str:
    """Return a year as twelve small bars; a blank is a month without hours."""
    last = len(LEVELS) - 1
    return "".join(
        LEVELS[min(last, round(value / top * last))] if value else " "
        for value in monthly([*periods])
    )


def result_lines(outcome: Outcome) -> Iterator[str]:
    """Yield the figures: hours covered, possible and asked, the gap, and the time it took."""
    if not outcome.jobs:
        yield verdict(outcome)
        yield _searched(outcome)
        return
    figures = coverage(outcome)
    yield _("%(jobs)s: %(covered)s a week covered, %(share)s of the %(asked)s asked for.") % {
        "jobs": capitalised(jobs_in_words(outcome)),
        "covered": figures.covered,
        "share": figures.share_asked,
        "asked": figures.asked,
    }
    yield verdict(outcome)
    if outcome.gap is not None:
        yield _("Gap to the proved limit: %(gap)s.") % {"gap": percent_up(outcome.gap)}
    yield _searched(outcome)


def percent_up(gap: float) -> str:
    """Return a gap in percent, rounded up to a hundredth: none shows as none only when it is."""
    hundredths = -(-gap * 10_000 // 1) if gap > 0 else 0
    return _("%(number)s%%") % {"number": number(hundredths / 100, 2)}


def _searched(outcome: Outcome) -> str:
    return _("Search: %(seconds)s, seed %(seed)d.") % {
        "seconds": duration(outcome.seconds),
        "seed": outcome.request.seed,
    }


def reason_lines(outcome: Outcome) -> Iterator[str]:
    """Yield the most telling reasons of needs left alone: those with most hours, one example each.

    The example is the need with most hours, one that a change would serve if there is one.
    """
    groups: dict[str, list[LoneNeed]] = {}
    for lone in outcome.alone:
        groups.setdefault(lone.reason.code, []).append(lone)
    ranked = sorted(groups.items(), key=lambda group: -sum(_units(lone.need) for lone in group[1]))
    for code, members in islice(ranked, MOST_REASONS):
        total = outcome.mean_hours(sum(_units(lone.need) for lone in members))
        example = max(members, key=lambda lone: (lone.change is not None, _units(lone.need)))
        yield _("%(needs)s, %(hours)s: %(reason)s. For example %(firm)s, %(asked)s. %(why)s") % {
            "needs": needs_in_words(len(members)),
            "hours": hours(total),
            "reason": reason_in_general(code),
            "firm": with_place(example.need),
            "asked": hours(outcome.mean_hours(_units(example.need))),
            # A reason without details would only repeat what is said of the group.
            "why": " ".join(
                filter(
                    None,
                    [
                        reason(outcome, example) if example.reason.details else "",
                        change(outcome, example),
                    ],
                )
            ),
        }


def _units(need: NeedRow) -> int:
    return sum(need.half_hours)
