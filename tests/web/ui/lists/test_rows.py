import pytest
from django.contrib.auth.models import Group

from maillage.web.ui.lists import ListRows, QuerySetRows


def names(rows: object) -> list[str]:
    return [row.name for row in rows.slice(0, 10)]  # type: ignore[attr-defined]


@pytest.fixture
def groups(db: None) -> QuerySetRows[Group]:
    for name in ("Moreau", "Aubry", "Lemoine"):
        Group.objects.create(name=name)
    return QuerySetRows(Group.objects.all(), sorts={"name": "name"})


def test_rows_of_the_database_sort_both_ways(groups: QuerySetRows[Group]) -> None:
    assert names(groups.sorted("name", descending=False)) == ["Aubry", "Lemoine", "Moreau"]
    assert names(groups.sorted("name", descending=True)) == ["Moreau", "Lemoine", "Aubry"]


def test_an_unknown_order_keeps_the_rows_as_they_came(groups: QuerySetRows[Group]) -> None:
    assert names(groups.sorted("age", descending=False)) == ["Moreau", "Aubry", "Lemoine"]


def test_a_slice_never_shows_the_same_row_twice(groups: QuerySetRows[Group]) -> None:
    by_name = groups.sorted("name", descending=False)
    assert [row.name for row in by_name.slice(0, 2)] == ["Aubry", "Lemoine"]
    assert [row.name for row in by_name.slice(2, 4)] == ["Moreau"]
    assert by_name.count() == 3
    assert [row.name for row in by_name.all()] == ["Aubry", "Lemoine", "Moreau"]


def test_a_field_that_sorts_downwards_is_turned_round(groups: QuerySetRows[Group]) -> None:
    newest = QuerySetRows(Group.objects.all(), sorts={"age": "-pk"})
    assert names(newest.sorted("age", descending=False)) == ["Lemoine", "Aubry", "Moreau"]
    assert names(newest.sorted("age", descending=True)) == ["Moreau", "Aubry", "Lemoine"]


def test_rows_without_a_value_come_last_whatever_the_order() -> None:
    rows = ListRows([3, None, 1], sorts={"n": lambda row: row})
    assert rows.sorted("n", descending=False).slice(0, 3) == (1, 3, None)
    assert rows.sorted("n", descending=True).slice(0, 3) == (3, 1, None)
    assert rows.sorted("other", descending=True) is rows
