import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.utils import translation

from maillage.launch.shared_jobs.needs_file import RejectedRow
from maillage.launch.shared_jobs.outcome import Outcome
from maillage.launch.shared_jobs.reports import page
from maillage.launch.shared_jobs.reports.page import engine, render_page
from tests.launch.shared_jobs.reports.results import (
    CAMPING,
    CHOCOLATE,
    STEADY,
    job,
    lone,
    many_jobs,
    need,
    outcome,
    survey,
)

EVIL = '<script>alert("Bob")</script>'
BAD = RejectedRow("needs.csv", 7, "m08", "<90>", "a week has 168 hours")
VOID = {"meta", "link"}


class Reader(HTMLParser):
    """Reads a page: its elements, its texts, and whether what is opened is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] != "style":
            self.texts.append(data)

    @property
    def text(self) -> str:
        """All that people read, on one line with ordinary spaces."""
        return re.sub(r"\s+", " ", " ".join(self.texts))

    def tags(self) -> set[str]:
        return {tag for tag, _ in self.elements}


def read(result: Outcome, language: str = "en") -> Reader:
    with translation.override(language):
        return Reader(render_page(result).decode())


@pytest.fixture(autouse=True)
def _no_forgotten_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine(), "string_if_invalid", "FORGOTTEN %s")


def test_page_tells_the_whole_result() -> None:
    text = read(outcome(survey=survey(rejected=[BAD], notes=["One firm has two names."]))).text
    for part in (
        "Survey needs.csv, 4 firms, 4 needs",
        "34.4 h a week: all that these rules allow, that is proved",
        "in the jobs proposed",
        "Chocolaterie Bellanger",
        "Why? Their seasons complete each other",
        "13 km apart at most",
        "Bob’s bakery",
        "The only firm it could share with is a declared competitor: Emma’s bread.",
        "+ 34.5 h a week",
        "None found: this need waits for other firms.",
        "1 row could not be used: correct it and run again",
        "a week has 168 hours",
        "One firm has two names.",
        "Sunday 22 November 2026",
        "seed 1",
    ):
        assert part in text
    assert "FORGOTTEN" not in text


def test_page_speaks_french_throughout() -> None:
    bad = RejectedRow("needs.csv", 7, "m08", "<90>", "trop d’heures")
    reader = read(outcome(survey=survey(rejected=[bad])), "fr")
    assert reader.elements[0] == ("html", {"lang": "fr"})
    for part in (
        "Les emplois que ces entreprises peuvent partager",
        "tout ce que ces règles permettent, c’est prouvé",
        "Pourquoi ? Leurs saisons se complètent",
        "Ce qui bloque",
        "1 ligne n’a pas pu servir",
        "Blois, septembre à mai",
    ):
        assert part in reader.text
    for english in ("Why", "Needs", "Firms", "Hours", "Job ", "week"):
        assert english not in reader.text


def test_bound_left_to_reach_is_shown_with_what_it_means() -> None:
    text = read(outcome(status="FEASIBLE", bound_units=850)).text
    assert "a week, of 35.4 h possible: 97.1%" in text
    assert "1 h at most remain to be gained: beyond 35.4 h, these rules allow nothing" in text


def test_nothing_is_said_possible_when_nothing_is_proved() -> None:
    text = read(outcome(status="FEASIBLE", bound_units=None, stopped_early=True)).text
    assert "a week, of 68.9 h asked for" in text
    assert "how many could be was not proved" in text
    assert "possible:" not in text
    assert "The search was stopped before its end" in text


def test_page_without_a_job_says_what_to_try() -> None:
    text = read(outcome(jobs=())).text
    assert "No job under these rules" in text
    assert "Try a longer distance" in text


def test_page_holds_everything_it_shows() -> None:
    reader = read(outcome(survey=survey(rejected=[BAD])))
    assert reader.tags().isdisjoint({"script", "img", "iframe", "object", "embed", "form"})
    for _tag, attributes in reader.elements:
        assert not any(name.startswith("on") for name in attributes)
        assert "style" not in attributes
        for name in ("href", "src"):
            address = attributes.get(name) or "#"
            assert address.startswith("#") or address == "data:,"
    css = re.findall(r"<style>(.*?)</style>", render_page(outcome()).decode(), re.DOTALL)
    assert len(css) == 1
    assert re.findall(r"url\(([^)]*)\)", css[0]) == [f'"#p{slot}"' for slot in range(1, 7)]
    assert "@import" not in css[0]


def test_every_link_of_the_page_leads_somewhere() -> None:
    reader = read(outcome(survey=survey(rejected=[BAD])))
    known = {attributes["id"] for _, attributes in reader.elements if attributes.get("id")}
    wanted = {
        str(value).lstrip("#")
        for _, attributes in reader.elements
        for name in ("href", "aria-labelledby")
        if (value := attributes.get(name)) and value != "data:,"
    }
    assert wanted <= known
    ids = [attributes["id"] for _, attributes in reader.elements if attributes.get("id")]
    assert len(ids) == len(set(ids))


def test_names_of_the_survey_are_never_taken_for_markup() -> None:
    odd = need("choc", EVIL, CHOCOLATE.half_hours, place=EVIL, occupation=EVIL)
    evil_row = RejectedRow(EVIL, 3, EVIL, EVIL, EVIL)
    given = survey([odd, CAMPING], rejected=[evil_row], notes=[EVIL])
    result = outcome(jobs=(job(odd, CAMPING),), survey=given, alone=(lone(odd, STEADY, None),))
    broken = {"alone": (lone(odd, outcome().alone[1].reason, None),)}
    html = render_page(outcome(**{**known(result), **broken})).decode()
    assert "<script" not in html
    assert EVIL in Reader(html).text


def known(result: Outcome) -> dict[str, Any]:
    """Return what a result holds, to make another from it."""
    return {name: getattr(result, name) for name in Outcome.__dataclass_fields__}


def test_year_of_each_job_is_in_a_table_too() -> None:
    reader = read(outcome())
    assert "Hours month by month" in reader.text
    assert "25 25 25 20 15 10 8 8 15 20 25 30" in reader.text


def test_numbers_of_drawings_keep_their_decimal_point_in_french() -> None:
    with translation.override("fr"):
        html = render_page(outcome()).decode()
    for attribute in re.findall(r'\s(?:x|y|width|height|stroke-width)="([^"]*)"', html):
        assert re.fullmatch(r"-?\.?\d+(\.\d+)?%?", attribute)


def test_survey_by_week_draws_weeks_and_tables_months() -> None:
    weekly = need("a", "Bob", [34] * 52), need("b", "Emma", [32] * 52)
    reader = read(outcome(jobs=(job(*weekly, why=STEADY),), alone=(), survey=survey(weekly)))
    assert "hours a week in that month" not in reader.text
    assert "17 17 17 17 17 17 17 17 17 17 17 17" in reader.text


def test_few_jobs_have_tall_strips_and_many_have_low_ones() -> None:
    def heights(result: Outcome) -> set[str | None]:
        return {
            attributes.get("height")
            for tag, attributes in read(result).elements
            if tag == "svg" and (attributes.get("aria-label") or "").startswith("Hours a week over")
        }

    assert heights(many_jobs(60)) == {"168"}
    assert heights(many_jobs(61)) == {"124"}


def test_jobs_beyond_two_hundred_are_in_a_table_and_it_is_said() -> None:
    reader = read(many_jobs(203))
    assert "The first 200 jobs have their year drawn; the 3 others are in the table" in reader.text
    assert sum(tag == "article" for tag, _ in reader.elements) == 200
    assert "Firm A203 and Firm B203" in reader.text


def test_weight_of_the_page_grows_with_the_jobs_and_no_faster() -> None:
    small, large = (len(render_page(many_jobs(count))) for count in (300, 1200))
    assert (large - small) / 900 < 400  # bytes for one more job
    assert large < 2_000_000


def test_long_list_of_rejected_rows_is_cut_and_it_is_said() -> None:
    rows = [RejectedRow("needs.csv", row, "m08", "x", "not a number") for row in range(2, 252)]
    text = read(outcome(survey=survey(rejected=rows))).text
    assert "50 more are in the JSON and XLSX files." in text
    assert "250 rows could not be used" in text


def test_needs_that_a_change_would_serve_come_first() -> None:
    hopeless = lone(CAMPING, outcome().alone[1].reason, None)
    reader = read(outcome(jobs=(), alone=(hopeless, lone())))
    table = reader.text.split("Needs left alone")[-2]
    assert table.index("Bob’s bakery") < table.index("Camping des Châteaux")


def test_templates_are_found_wherever_the_command_runs() -> None:
    assert page.TEMPLATES.is_absolute()
    assert (page.TEMPLATES / "pool" / "page.html").is_file()
