"""Who may know of whom, and what of them."""

from maillage.foundation.accounts.models import Person
from maillage.foundation.visibility.directory import directory_of
from maillage.foundation.visibility.models import FieldLevels
from tests.cast import Cast, acting, inside


def names(cast: Cast, person: Person, **wanted: str) -> list[str]:
    with inside(cast.network):
        seen = directory_of(acting(person, cast.network)).filtered(**wanted)
        return [one.name for one in seen.all()]


def test_animator_sees_every_firm_of_the_network(cast: Cast) -> None:
    assert names(cast, cast.alice) == ["Boulangerie Martin", "Fournil Durand", "Garage Lemoine"]


def test_competitors_do_not_exist_for_each_other(cast: Cast) -> None:
    assert names(cast, cast.bob) == ["Boulangerie Martin", "Garage Lemoine"]
    assert names(cast, cast.emma) == ["Fournil Durand", "Garage Lemoine"]


def test_worker_sees_the_firm_she_works_for_and_no_other(cast: Cast) -> None:
    assert names(cast, cast.chloe) == ["Boulangerie Martin"]


def test_funder_sees_no_firm(cast: Cast) -> None:
    assert names(cast, cast.farid) == []


def test_search_by_a_number_one_may_not_see_finds_nothing(cast: Cast) -> None:
    assert names(cast, cast.alice, q="443 061 841") == ["Garage Lemoine"]
    assert names(cast, cast.bob, q="443 061 841") == []
    assert names(cast, cast.bob, q="552 100 554") == ["Boulangerie Martin"]


def test_hidden_parts_are_empty_and_cannot_be_filtered_on(cast: Cast) -> None:
    with inside(cast.network):
        seen = directory_of(acting(cast.bob, cast.network)).one(cast.garage.public_id)
    assert seen is not None
    assert (seen.name, seen.commune, seen.activity) == ("Garage Lemoine", "Vendôme", "Garage")
    assert (seen.headcount, seen.siren, seen.phone, seen.latitude) == (None, None, None, None)
    assert names(cast, cast.bob, size_band="very_small") == ["Boulangerie Martin"]


def test_order_by_a_hidden_part_does_not_tell_it(cast: Cast) -> None:
    with inside(cast.network):
        seen = directory_of(acting(cast.bob, cast.network)).sorted("headcount", descending=True)
        assert [one.name for one in seen.slice(0, 9)] == ["Boulangerie Martin", "Garage Lemoine"]


def test_public_presence_of_a_competitor_shows_its_public_parts_only(cast: Cast) -> None:
    with inside(cast.network):
        FieldLevels.objects.filter(organisation=cast.bakery).update(presence=3, presentation=3)
        seen = directory_of(acting(cast.emma, cast.network)).one(cast.bakery.public_id)
    assert seen is not None
    assert seen.parts == {"presence", "presentation"}
    assert seen.activity is None
