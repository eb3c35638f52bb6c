from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from maillage.web.ui import formats

YEAR = timezone.localdate().year
MARCH = date(YEAR, 3, 3)


@pytest.fixture
def french() -> object:
    with translation.override("fr"):
        yield


def test_a_date_of_this_year_is_said_without_its_year() -> None:
    assert str(YEAR) not in formats.nice_date(MARCH)
    assert formats.nice_date(MARCH, "year").endswith(f"March {YEAR}")


def test_a_date_of_another_year_says_which() -> None:
    assert formats.nice_date(date(1999, 6, 15)) == "Tuesday 15 June 1999"


@pytest.mark.usefixtures("french")
def test_french_dates_read_as_people_say_them() -> None:
    assert formats.nice_date(date(2020, 3, 3)) == "mardi 3 mars 2020"
    assert formats.nice_date(date(2020, 4, 1)) == "mercredi 1er avril 2020"
    assert formats.nice_date(date(2020, 3, 31)) == "mardi 31 mars 2020"


@pytest.mark.usefixtures("french")
@pytest.mark.parametrize(
    ("moment", "shown"),
    [(time(14, 5), "14\u00a0h\u00a005"), (time(8), "8\u00a0h"), (time(0, 30), "0\u00a0h\u00a030")],
)
def test_french_times_have_no_leading_zero_hour(moment: time, shown: str) -> None:
    assert formats.nice_time(moment) == shown


def test_a_moment_is_told_on_the_clock_of_the_place() -> None:
    noon = datetime(2020, 7, 1, 12, 5, tzinfo=UTC)
    assert formats.nice_datetime(noon) == "Wednesday 1 July 2020, 14:05"


def test_the_day_may_change_with_the_place() -> None:
    assert formats.nice_date(datetime(2020, 7, 1, 22, 30, tzinfo=UTC)) == "Thursday 2 July 2020"


def test_near_days_have_a_name() -> None:
    today = timezone.localdate()
    assert formats.ago(today) == "today"
    assert formats.ago(today.replace(year=today.year - 10)) == "10 years ago"


def test_nothing_is_shown_as_nothing() -> None:
    shown = [
        formats.nice_date(None),
        formats.nice_datetime(None),
        formats.nice_time(None),
        formats.nice_day(None),
        formats.ago(None),
        formats.number(None, "h"),
        formats.percent(None),
        formats.euros(None),
        formats.metres(None),
        formats.siret(None),
        formats.phone(None),
    ]
    assert set(shown) == {""}


@pytest.mark.usefixtures("french")
def test_numbers_stay_with_their_unit() -> None:
    assert formats.number(1412, "h") == "1\u202f412\u00a0h"
    assert formats.number(Decimal("52.5"), "h") == "52,5\u00a0h"
    assert formats.percent(0.43) == "43\u00a0%"
    assert formats.euros(2714) == "2\u202f714,00\u00a0€"


def test_english_percentages_have_no_space() -> None:
    assert formats.percent(Decimal("0.125"), 1) == "12.5%"


def test_what_is_not_a_number_is_left_alone() -> None:
    assert formats.number("a dozen", "h") == "a dozen"


@pytest.mark.parametrize(
    ("distance", "shown"),
    [
        (0, "0\u00a0m"),
        (850, "850\u00a0m"),
        (999.6, "1,000\u00a0m"),
        (1000, "1\u00a0km"),
        (4260, "4.3\u00a0km"),
        (10000, "10\u00a0km"),
        (12600, "13\u00a0km"),
    ],
)
def test_distances_are_in_metres_then_kilometres(distance: float, shown: str) -> None:
    assert formats.metres(distance) == shown


def test_identifiers_are_grouped() -> None:
    assert formats.siren("732829320") == "732\u00a0829\u00a0320"
    assert formats.siret("732 829 320 00074") == "732\u00a0829\u00a0320\u00a000074"
    assert formats.siret("1234") == "1234"


@pytest.mark.parametrize("written", ["0261910041", "+33261910041", "+33 (0)2 61 91 00 41"])
def test_french_telephone_numbers_are_read_in_pairs(written: str) -> None:
    assert formats.phone(written) == "02\u00a061\u00a091\u00a000\u00a041"


def test_foreign_telephone_numbers_stay_as_written() -> None:
    assert formats.phone("+32 2 123 45 67") == "+32\u00a02\u00a0123\u00a045\u00a067"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Claire Jousset", "CJ"),
        ("Menuiserie Riffault", "MR"),
        ("Conserverie du Cher", "CC"),
        ("Moreau", "M"),
        ("les trois épis", "LÉ"),
        ("", ""),
    ],
)
def test_initials_come_from_the_first_and_last_telling_words(name: str, letters: str) -> None:
    assert formats.initials_of(name) == letters


def test_titles_that_come_again_are_told_apart() -> None:
    assert formats.told_apart(["Baker", "Clerk", "Baker", "Baker"]) == [
        "Baker",
        "Clerk",
        "Baker (2)",
        "Baker (3)",
    ]
