from maillage.launch.shared_jobs.reports.places import (
    Locality,
    hours_around,
    hubs,
    localities,
    locality_of,
    metres_apart,
)
from tests.launch.shared_jobs.reports.results import (
    BOB,
    CHEVERNY,
    EMMA,
    VENDOME,
    need,
    outcome,
    survey,
)


def test_need_is_in_the_commune_whose_town_hall_is_nearest() -> None:
    assert locality_of(BOB).name == "Blois"
    assert locality_of(EMMA).name == "Vendôme"
    assert locality_of(EMMA).population > 10_000


def test_need_far_from_any_commune_keeps_the_name_it_was_given() -> None:
    papeete = need("x", "Denis", [10] * 12, place="Papeete", at=(-17.53, -149.57))
    assert locality_of(papeete).name == "Papeete"


def test_communes_come_by_population() -> None:
    assert [place.name for place in localities([EMMA, BOB, EMMA])] == ["Blois", "Vendôme"]


def test_towns_to_count_around_are_not_too_near_each_other() -> None:
    large = Locality("Blois", 47.59, 1.33, 47_000)
    suburb = Locality("Vineuil", 47.58, 1.37, 8_000)
    far = Locality("Vendôme", *VENDOME, 16_000)
    assert hubs([large, far, suburb]) == [large, far]
    assert 30_000 < metres_apart(large, far) < 32_000


def test_hours_around_towns_add_up_to_all_the_hours() -> None:
    result = outcome()
    found = hours_around(result)
    assert sum(around.asked for around in found) == result.total_units
    assert sum(around.covered for around in found) == result.covered_units
    asked = {around.name: (around.asked, around.covered) for around in found}
    assert asked["Vendôme"] == (34 * 12, 0)


def test_survey_of_one_village_is_counted_around_it() -> None:
    village = [need(f"n{rank}", f"Firm {rank}", [10] * 12, at=CHEVERNY) for rank in range(3)]
    (around,) = hours_around(outcome(survey=survey(village), jobs=(), alone=()))
    assert around.asked == 360
    assert around.covered == 0
