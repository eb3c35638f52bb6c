from datetime import UTC, datetime

import pytest
from django.utils import translation

from maillage.launch.shared_jobs.reports import figures

NBSP, THIN = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [(12.5, "12.5 h", "12,5 h"), (34.0, "34 h", "34 h"), (1412.04, "1,412 h", f"1{THIN}412 h")],
)
def test_hours_keep_their_unit_and_the_marks_of_the_language(
    value: float, english: str, french: str
) -> None:
    assert figures.hours(value) == english.replace(" ", NBSP)
    with translation.override("fr"):
        assert figures.hours(value) == french.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("metres", "shown"),
    [(0, "0 km"), (840, "0.8 km"), (9_940, "9.9 km"), (13_300, "13 km"), (30_000, "30 km")],
)
def test_short_distances_show_a_decimal(metres: int, shown: str) -> None:
    assert figures.kilometres(metres) == shown.replace(" ", NBSP)


def test_distance_beyond_a_limit_never_shows_as_the_limit() -> None:
    assert figures.kilometres_beyond(30_004) == f"30.1{NBSP}km"


def test_limit_to_ask_for_lets_the_distance_in() -> None:
    assert figures.kilometres_up(30_001) == f"31{NBSP}km"
    assert figures.kilometres_up(31_000) == f"31{NBSP}km"


@pytest.mark.parametrize(
    ("share", "english", "french"),
    [(1.0, "100%", "100 %"), (0.99999, "99.9%", "99,9 %"), (0.57, "57%", "57 %")],
)
def test_share_is_never_rounded_up_to_the_whole(share: float, english: str, french: str) -> None:
    assert figures.percent(share) == english
    with translation.override("fr"):
        assert figures.percent(share) == french.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0.04, "0 s"), (4.26, "4.3 s"), (59.6, "60 s"), (119, "119 s"), (605, "10 min 05 s")],
)
def test_duration_is_said_in_seconds_then_minutes(seconds: float, shown: str) -> None:
    assert figures.duration(seconds) == shown.replace(" s", f"{NBSP}s").replace(
        " min", f"{NBSP}min"
    )


def test_date_is_said_as_people_say_it_in_the_time_of_paris() -> None:
    moment = datetime(2026, 11, 22, 15, 4, tzinfo=UTC)
    assert figures.date(moment) == "Sunday 22 November 2026, 4:04 PM"
    with translation.override("fr"):
        assert figures.date(moment) == f"dimanche 22 novembre 2026, 16{NBSP}h{NBSP}04"


def test_long_list_of_names_is_cut() -> None:
    assert figures.listed(["Bob"]) == "Bob"
    assert figures.listed(["Bob", "Emma"]) == "Bob and Emma"
    assert figures.listed(["A", "B", "C", "D"], shown=2) == "A, B, and 2 more"
    with translation.override("fr"):
        assert figures.listed(["A", "B", "C", "D"], shown=2) == "A, B et 2 autres"
