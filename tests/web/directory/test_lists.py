"""The list of firms, the map and the suggestions: what each person finds there."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.models import ReadLine
from maillage.foundation.organisations.actions import create_territory
from maillage.foundation.organisations.models import Organisation
from tests.cast import Cast, inside, more_firms

type ClientOf = Callable[[Person], Client]
BAKERY, RIVAL, GARAGE = "Boulangerie Martin", "Fournil Durand", "Garage Lemoine"


def found(cast: Cast, client: Client, **wanted: str) -> list[str]:
    html = client.get(reverse("directory:firms", args=[cast.network.slug]), wanted).content.decode()
    return [name for name in (BAKERY, RIVAL, GARAGE) if f">{name}</a>" in html]


def test_animator_finds_every_firm(cast: Cast, client_of: ClientOf) -> None:
    assert found(cast, client_of(cast.alice)) == [BAKERY, RIVAL, GARAGE]


def test_competitors_do_not_find_each_other(cast: Cast, client_of: ClientOf) -> None:
    assert found(cast, client_of(cast.bob)) == [BAKERY, GARAGE]
    assert found(cast, client_of(cast.emma), q="boulangerie") == [RIVAL]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"commune": "blois"}, [BAKERY, RIVAL]),
        ({"commune": "Nulle-Part"}, []),
        ({"activity_code": "4520"}, [GARAGE]),
        ({"activity_code": "10.71"}, [BAKERY, RIVAL]),
        ({"tier": "core"}, [BAKERY, RIVAL, GARAGE]),
        ({"tier": "left"}, []),
        ({"size_band": "very_small"}, [BAKERY, RIVAL, GARAGE]),
        ({"size_band": "large"}, []),
        ({"kind": "bank"}, []),
        ({"q": "443 061 841"}, [GARAGE]),
        ({"tier": "nonsense", "territory": "nonsense"}, [BAKERY, RIVAL, GARAGE]),
    ],
)
def test_filters_narrow_the_list(
    cast: Cast, client_of: ClientOf, wanted: dict[str, str], expected: list[str]
) -> None:
    assert found(cast, client_of(cast.alice), **wanted) == expected


def test_hidden_size_cannot_be_filtered_on(cast: Cast, client_of: ClientOf) -> None:
    assert found(cast, client_of(cast.bob), size_band="very_small") == [BAKERY]


def test_list_is_narrowed_to_a_territory(cast: Cast, client_of: ClientOf) -> None:
    with inside(cast.network):
        basin = create_territory(
            register=cast.register,
            kind="basin",
            name="Bassin de Vendôme",
            codes=["41269"],
            actor_id=None,
        )
    assert found(cast, client_of(cast.bob), territory=str(basin.public_id)) == [GARAGE]


def exported(cast: Cast, client: Client) -> list[list[object]]:
    address = reverse("directory:firms", args=[cast.network.slug])
    answer = client.get(address, {"export": "xlsx"})
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    sheet = load_workbook(BytesIO(content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_file_holds_only_what_its_reader_sees(cast: Cast, client_of: ClientOf) -> None:
    head, *rows = exported(cast, client_of(cast.bob))
    by_name = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert sorted(by_name) == [BAKERY, GARAGE]
    assert by_name[BAKERY]["SIREN"] == "552100554"
    assert by_name[GARAGE]["SIREN"] is None
    assert by_name[GARAGE]["Telephone"] is None
    assert by_name[GARAGE]["Activity"] == "Garage"


def test_file_taken_away_by_the_animator_is_written_down(cast: Cast, client_of: ClientOf) -> None:
    assert len(exported(cast, client_of(cast.alice))) == 4
    lines = ReadLine.objects.filter(page="firms-export")
    assert {line.organisation_id for line in lines} == {
        cast.bakery.public_id,
        cast.rival.public_id,
        cast.garage.public_id,
    }
    assert {"contact", "identifiers", "size"} <= set(lines[0].fields)


def test_people_without_the_right_have_no_file_and_no_list(
    cast: Cast, client_of: ClientOf, visitor: Client
) -> None:
    address = reverse("directory:firms", args=[cast.network.slug])
    assert client_of(cast.chloe).get(address).status_code == 403
    assert client_of(cast.farid).get(address).status_code == 403
    assert client_of(cast.denis).get(address).status_code == 404
    assert visitor.get(address).status_code == 302


@pytest.mark.parametrize("page", ["firms", "map"])
@pytest.mark.parametrize("who", ["alice", "bob"])
def test_number_of_queries_does_not_grow_with_the_network(
    cast: Cast,
    client_of: ClientOf,
    django_assert_max_num_queries: Callable[..., AbstractContextManager[object]],
    page: str,
    who: str,
) -> None:
    more_firms(cast, 300)
    client = client_of(getattr(cast, who))
    with django_assert_max_num_queries(12):
        answer = client.get(reverse(f"directory:{page}", args=[cast.network.slug]))
    assert answer.status_code == 200


def test_map_of_few_firms_names_them_beside(cast: Cast, client_of: ClientOf) -> None:
    html = client_of(cast.bob).get(reverse("directory:map", args=[cast.network.slug])).content
    assert BAKERY.encode() in html
    assert RIVAL.encode() not in html
    assert html.count(b'class="m-net-core"') == 2


def test_map_of_many_firms_counts_them_by_commune(cast: Cast, client_of: ClientOf) -> None:
    more_firms(cast, 200)
    html = (
        client_of(cast.bob).get(reverse("directory:map", args=[cast.network.slug])).content.decode()
    )
    assert "Menuiserie" not in html
    assert "Contres" in html
    assert "200 organisations" in html


def test_map_without_any_firm_says_what_to_do(cast: Cast, client_of: ClientOf) -> None:
    address = reverse("directory:map", args=[cast.network.slug])
    assert b"No firm to show" in client_of(cast.bob).get(address, {"q": "zzz"}).content


def test_suggestions_never_name_a_competitor(cast: Cast, client_of: ClientOf) -> None:
    address = reverse("directory:suggest", args=[cast.network.slug])
    mine = client_of(cast.bob).get(address, {"q": "fournil"}).json()
    alices = client_of(cast.alice).get(address, {"q": "fournil"}).json()
    assert mine == {"results": []}
    assert [one["name"] for one in alices["results"]] == [RIVAL]
    options = client_of(cast.bob).get(address, {"target": "gar"}, headers={"HX-Request": "true"})
    assert options.content.decode().strip() == '<option value="Garage Lemoine">Vendôme</option>'


def test_firm_without_a_place_is_listed_all_the_same(cast: Cast, client_of: ClientOf) -> None:
    with inside(cast.network):
        Organisation.objects.get(pk=cast.garage.pk).sites.all().delete()
    assert found(cast, client_of(cast.alice)) == [BAKERY, RIVAL, GARAGE]
    html = client_of(cast.alice).get(reverse("directory:map", args=[cast.network.slug]))
    assert GARAGE.encode() in html.content
