import re

import pytest
from django.utils import translation

from maillage.run.planning.board import Search
from maillage.run.planning.reports.page import render_board
from tests.run.planning.rosters import the_roster

FOUND = Search("FEASIBLE", 1000.0, 0.107, 2.5, 1, stopped_early=False)


def board(language: str, search: Search | None = None, most: int = 10) -> str:
    with translation.override(language):
        return render_board(the_roster(search, most)).decode()


def test_the_board_shows_each_worker_and_each_firm_week_by_week() -> None:
    page = board("en", FOUND)

    assert page.count('class="m-section m-week"') == 2
    assert "2 of 3 slots covered (66.6%). No rule is broken." in page
    assert "Proved: no plan costs less than 1,000 points (10.7% below this one)." in page
    assert "<b>08:00–12:00</b> Bob’s bakery" in page
    assert "<b>08:00–12:00</b> Chloé" in page
    assert "Wed 4 Mar 08:00–12:00 at Denis’s garage" in page


def test_the_board_marks_what_is_empty_and_what_is_forbidden() -> None:
    page = board("en", most=3)

    assert page.count('<p class="m-slot m-slot--empty"><b>08:00–12:00</b> nobody</p>') == 1
    assert "2 rules are broken: this plan cannot be used as it is." in page
    assert page.count('<th scope="row">forbidden</th>') == 2


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_board_holds_all_it_shows_and_lets_nothing_in(language: str) -> None:
    page = board(language)

    assert f'<html lang="{language}">' in page
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="(?!#|data:,)', page)
    assert "Alice <b>" not in page
    assert "Alice &lt;b&gt;" in page


def test_the_board_is_told_in_french() -> None:
    page = board("fr")

    assert "2 places pourvues sur 3 (66,6\u00a0%). Aucune règle n’est enfreinte." in page
    assert "Semaine du 2 mars 2026" in page
    assert "mer. 4 mars 08:00–12:00 chez Denis’s garage" in page
