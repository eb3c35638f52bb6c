import io
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import translation
from rich.console import Console

from maillage.launch.shared_jobs.needs_file import RejectedRow
from maillage.launch.shared_jobs.outcome import Finding, Outcome
from maillage.launch.shared_jobs.reports.terminal import (
    percent_up,
    print_files,
    print_outcome,
    print_reading,
    printable,
    reason_lines,
    result_lines,
    say,
)
from tests.launch.shared_jobs.reports.results import (
    AGREE,
    BOB,
    CAMPING,
    CHOCOLATE,
    EMMA,
    NEEDS,
    STEADY,
    job,
    lone,
    many_jobs,
    need,
    outcome,
    survey,
)


class Screen:
    """A terminal that remembers what was printed on it."""

    def __init__(self, width: int = 80, encoding: str = "utf-8", *, colour: bool = False) -> None:
        self._bytes = io.BytesIO()
        stream = io.TextIOWrapper(self._bytes, encoding=encoding, errors="replace")
        self.console = Console(file=stream, width=width, force_terminal=colour, no_color=not colour)
        self._stream = stream

    @property
    def lines(self) -> list[str]:
        self._stream.flush()
        text = self._bytes.getvalue().decode(self._stream.encoding)
        return [line.rstrip() for line in text.splitlines()]

    @property
    def text(self) -> str:
        return spaced(" ".join(" ".join(self.lines).split()))


def spaced(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def printed(result: Outcome, **screen: int) -> Screen:
    found = Screen(**screen)
    print_outcome(found.console, result)
    return found


def test_table_of_jobs_reads_as_a_person_would_tell_it() -> None:
    lines = [spaced(line) for line in printed(outcome()).lines]
    assert lines[1:8] == [
        "Job   Occupation and firms                         JFMAMJJASOND   A week   Apart",
        "─" * 80,
        "  1   D1106                                        ▇▇▇▆▆▆▆▆▆▆▇▇   34.4 h   13 km",
        "      Chocolaterie Bellanger (Blois)               ▅▅▅▄▃▃▂▂▃▄▅▆   18.8 h",
        "      Camping des Châteaux (Cheverny)              ▃▃▃▃▄▅▅▅▄▃▃▂   15.6 h",
        "      Their seasons complete each other: Camping",
        "      des Châteaux needs most help in July,",
    ]


@pytest.mark.parametrize("width", [60, 80, 140])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    result = outcome(jobs=(job(CHOCOLATE, CAMPING),))
    assert max(map(len, printed(result, width=width).lines)) <= width


def test_terminal_without_unicode_still_tells_the_jobs() -> None:
    found = Screen(encoding="ascii")
    print_outcome(found.console, outcome())
    assert "▇" not in found.text
    assert "JFMAMJJASOND" not in found.text
    assert "Chocolaterie Bellanger (Blois)" in found.text


def test_output_to_a_file_has_no_colour() -> None:
    assert not any("\x1b" in line for line in printed(outcome()).lines)


def test_month_without_hours_is_a_blank_in_the_year() -> None:
    closed = need("a", "Bob", [0, *[66] * 11])
    result = outcome(jobs=(job(closed, why=STEADY),), survey=survey([closed]), alone=())
    (line,) = [line for line in printed(result).lines if line.strip().startswith("Bob")]
    assert " ▆▆▆▆▆▆▆▆▆▆▆" in line


def test_only_the_first_twenty_jobs_are_printed_and_it_is_said_where_the_others_are() -> None:
    found = printed(many_jobs(21))
    assert "Firm A20" in found.text
    assert "Firm A21" not in found.text
    assert (
        "These are the 20 simplest jobs to create out of 21: ask for them all with --xlsx, --html "
        "or --json."
    ) in found.text


def test_figures_of_a_proved_result() -> None:
    assert [spaced(line) for line in result_lines(outcome())] == [
        "1 job of 34.4 h a week: 34.4 h a week covered, 49.9% of the 68.9 h asked for.",
        "Proved: under these rules, no choice of jobs covers more hours.",
        "Gap to the proved limit: 0%.",
        "Search: 1.2 s, seed 1.",
    ]


def test_gap_is_not_told_without_a_bound() -> None:
    lines = [*result_lines(outcome(status="FEASIBLE", bound_units=None))]
    assert not any("Gap" in line for line in lines)


def test_result_without_any_job_is_told_plainly() -> None:
    text = printed(outcome(jobs=())).text
    assert "No job is possible under these rules: that is proved." in text
    assert "Occupation and firms" not in text


@pytest.mark.parametrize(
    ("gap", "shown"), [(0.0, "0%"), (1e-7, "0.01%"), (0.0123, "1.23%"), (0.5, "50%")]
)
def test_gap_is_never_rounded_down(gap: float, shown: str) -> None:
    assert percent_up(gap) == shown


def test_most_telling_reasons_are_those_with_most_hours() -> None:
    far = Finding("too_far", {"nearest_need": "oven", "metres": 31_240})
    small = need("small", "Denis", [4] * 12)
    result = outcome(
        survey=survey([*NEEDS, small]),
        alone=(lone(small, Finding("no_same_occupation", {}), None), lone(BOB, far), lone(EMMA)),
    )
    assert [spaced(line).split(".")[0] for line in reason_lines(result)] == [
        "1 need, 17",
        "1 need, 17 h: the only firms they could share with are competitors",
        "1 need, 2 h: no other firm asks for the same occupation or a related one",
    ]


def test_example_of_a_reason_is_a_need_that_a_change_would_serve() -> None:
    reason = Finding("only_competitors", {"firms": ("bob’s bakery",)})
    served = lone(EMMA, reason, replace(AGREE, partners=(BOB,)))
    (line,) = reason_lines(outcome(alone=(lone(BOB, reason, None), served)))
    assert spaced(line) == (
        "2 needs, 34.5 h: the only firms they could share with are competitors. For example "
        "Emma’s bread (Vendôme), 17 h. The only firm it could share with is a declared "
        "competitor: Bob’s bakery. Ask Bob’s bakery and Emma’s bread whether they would share "
        "somebody although they compete: it makes a job with Bob’s bakery (Blois)."
    )


def test_reason_without_details_is_not_told_twice() -> None:
    result = outcome(alone=(lone(BOB, Finding("no_same_occupation", {}), None),))
    (line,) = reason_lines(result)
    assert spaced(line) == (
        "1 need, 17.5 h: no other firm asks for the same occupation or a related one. For example "
        "Bob’s bakery (Blois), 17.5 h. "
    )


def test_no_more_than_five_reasons_are_told() -> None:
    codes = ["no_hours", "no_same_occupation", "free_job", "peak_too_high", "only_competitors"]
    details: dict[str, dict[str, object]] = {
        "peak_too_high": {"period": None},
        "only_competitors": {"firms": ("emma’s bread",)},
        "partners_better_used": {"jobs": None},
    }
    alone = tuple(
        lone(BOB, Finding(code, details.get(code, {})), None)
        for code in [*codes, "partners_better_used"]
    )
    assert len([*reason_lines(outcome(alone=alone))]) == 5


def test_reading_tells_what_was_left_aside_and_why() -> None:
    rows = [RejectedRow("needs.csv", row, "m08", "90", "too many") for row in range(2, 9)]
    whole = RejectedRow("needs.csv", 9, "", "", "the row has 2 cells more than the headings")
    found = Screen(width=100)
    given = survey(rejected=[whole, *rows], notes=["Firm bob has two names."])
    print_reading(found.console, given)
    assert [spaced(line) for line in found.lines] == [
        "4 firms, 4 needs: 68.9 h a week asked for.",
        "Firm bob has two names.",
        "8 rows were left aside:",
        "- needs.csv, row 9: the row has 2 cells more than the headings",
        *(f"- needs.csv, row {row}, column m08, “90”: too many" for row in range(2, 6)),
        "- and 3 more, listed in the files you asked for.",
    ]


def test_everything_is_told_in_french_too() -> None:
    with translation.override("fr"):
        text = printed(outcome()).text
    assert "1 emploi de 34,4 h par semaine : 34,4 h réunies par semaine" in text
    assert "Pourquoi des besoins restent seuls" in text
    assert "Besoin" not in text.split("Pourquoi")[0]


def test_number_stays_with_its_unit_at_the_end_of_a_line() -> None:
    found = Screen(width=16)
    say(found.console, "It covers 1,412\N{NO-BREAK SPACE}h of them")
    assert found.lines == ["It covers", "1,412\N{NO-BREAK SPACE}h of them"]


def test_long_name_of_a_file_is_kept_whole_in_a_sentence() -> None:
    found = Screen(width=20)
    say(found.console, "See /a/very/long/folder/needs.csv", bullet=True)
    assert found.lines == ["- See", "  /a/very/long/folder/needs.csv"]


def test_names_of_the_survey_cannot_command_the_terminal() -> None:
    odd = need("choc", "[red]Bob[/red]\x1b[2J\u202e\n\tEmma\x07", CHOCOLATE.half_hours)
    result = outcome(jobs=(job(odd, CAMPING),), survey=survey([odd, CAMPING]), alone=())
    text = printed(result, width=140).text
    assert "[red]Bob[/red][2J Emma (Blois)" in text
    assert "\x1b" not in text
    assert printable("a\x1b]0;b\x07c\u200bd") == "a]0;bcd"


def test_names_of_files_are_never_cut(tmp_path: Path) -> None:
    found = Screen(width=20)
    path = tmp_path / ("long" * 20) / "jobs.html"
    print_files(found.console, [path])
    assert f"Written: {path}" in found.lines
