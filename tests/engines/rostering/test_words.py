"""Days, hours, slots and errors as people say them."""

from datetime import date

import pytest

from maillage.engines.rostering import RosterError, check
from maillage.engines.rostering.french_law import FRANCE
from maillage.engines.rostering.reading import read_instance
from maillage.engines.rostering.sentences import in_french
from maillage.engines.rostering.settings import Setting
from maillage.engines.rostering.words import (
    article_in_words,
    clock,
    day_in_words,
    duration,
    month_in_words,
    of,
)
from tests.engines.rostering.cast import chloe, everywhere, question, rule, slot


def said(text: str) -> str:
    """The text with ordinary spaces: no-break ones look the same on a page."""
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "day", "month", "length", "time", "source"),
    [
        ("en", "Sunday 1 March", "March 2026", "10 h 30 min", "8:05", "art. L3121-18"),
        ("fr", "dimanche 1er mars", "mars 2026", "10 h 30", "8 h 05", "art. L3121-18"),
    ],
)
def test_days_hours_and_articles_are_said_in_both_languages(
    language: str, day: str, month: str, length: str, time: str, source: str
) -> None:
    assert said(day_in_words(date(2026, 3, 1), language)) == day
    assert month_in_words(date(2026, 3, 1), language) == month
    assert said(duration(630, language)) == length
    assert said(clock(1440 + 485, language)) == time
    assert article_in_words("L3121-18", language) == source


def test_short_and_round_lengths_name_one_unit() -> None:
    assert [said(duration(minutes, "fr")) for minutes in (45, 600)] == ["45 min", "10 h"]
    assert said(clock(480, "fr")) == "8 h"


def test_charter_has_a_name_in_each_language_and_other_sources_their_own() -> None:
    assert article_in_words("charter", "fr") == "charte"
    assert article_in_words("Accord du 3 mai", "fr") == "Accord du 3 mai"


def test_vowels_are_elided_in_french() -> None:
    assert [of("Alice", "fr"), of("Élise", "fr"), of("Chloé", "fr"), of("Alice")] == [
        "d’Alice",
        "d’Élise",
        "de Chloé",
        "of Alice",
    ]


def test_breach_names_the_worker_the_day_and_the_hours() -> None:
    [limit] = [setting for setting in FRANCE if setting.article == "L3121-18"]
    instance = question(slot(1, 8, 18.5), rules=(limit,))

    [breach] = check(instance, everywhere(instance))

    assert said(breach.text("fr")) == (
        "Chloé travaillerait 10 h 30 mardi 3 mars, 10 h au plus (art. L3121-18)"
    )
    assert said(breach.text("en")) == (
        "Chloé would work 10 h 30 min on Tuesday 3 March, 10 h at most (art. L3121-18)"
    )


def test_breach_names_firms_and_says_when_work_is_elsewhere() -> None:
    busy = chloe(outside=((540, 660),))
    alone = question(slot(0, 8, 12), workers=(busy,), rules=(rule("no_overlap"),))
    two = question(slot(0, 8, 12), slot(1, 8, 12, "farid"), rules=(rule("max_firms", most=1),))

    [overlap] = check(alone, everywhere(alone))
    [firms] = check(two, everywhere(two))

    assert said(overlap.text("fr")) == (
        "Chloé serait sur deux créneaux à la fois : lundi 2 mars, de 8 h à 12 h, "
        "chez Bob’s bakery ; travail ailleurs"
    )
    assert firms.text() == "Chloé would serve 2 firms, 1 at most: Bob’s bakery, Farid’s orchard"


def test_error_names_the_record_in_french_too() -> None:
    with pytest.raises(RosterError) as twice:
        question(workers=(chloe(), chloe()))
    with pytest.raises(RosterError) as unread:
        read_instance(
            {
                "schema": "maillage.roster/1",
                "horizon": {"start": "2026-03-02", "days": 7},
                "firms": [{"id": "bob", "siren": "1"}],
                "workers": [],
                "needs": [],
            }
        )

    assert said(twice.value.text("fr")) == "salarié chloé, worker_id : est donné deux fois"
    assert twice.value.text("en") == "worker chloé, worker_id: is given twice"
    assert said(unread.value.text("fr")).startswith(
        "entreprise firms[0], siren : ce champ n’existe pas"
    )


@pytest.mark.parametrize(
    ("row", "french"),
    [
        ("need n1", "créneau n1"),
        ("workers[2] history", "salarié workers[2] history"),
        ("rule daily_rest", "règle daily_rest"),
        ("assignment chloé, n1", "affectation chloé, n1"),
        ("plan", "planning"),
        ("something else", "something else"),
    ],
)
def test_records_are_named_in_french(row: str, french: str) -> None:
    assert in_french(row) == french


def test_setting_that_makes_no_sense_is_named_in_french() -> None:
    with pytest.raises(RosterError) as refused:
        Setting(rule="daily_rest", severity=FRANCE[0].severity, cost=-1)

    assert said(refused.value.text("fr")) == (
        "règle daily_rest, cost : doit être positif ou nul, pas -1"
    )
