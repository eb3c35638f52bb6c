"""Alice brings in a spreadsheet of slots: each row is judged, then all are entered, or undone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from maillage.foundation.networks.models import MembershipPeriod
from maillage.run.planning.enums import FileState
from maillage.run.planning.gathering import monday_of
from maillage.run.planning.models import Slot, SlotSeries, SlotsImport
from maillage.run.planning.placing import place
from maillage.run.planning.slots import SlotError
from maillage.run.planning.slots_file.columns import recognise
from maillage.run.planning.slots_file.judging import Fate, judge
from maillage.run.planning.slots_file.writing import (
    apply_slots,
    choose_columns,
    discard,
    missing_fields,
    receive,
    undo_slots,
)
from tests.cast import Cast, acting, inside
from tests.run.stories import BAKING, shared_baker

NEXT = monday_of(localdate()) + timedelta(weeks=1)
TITLES = "SIRET;Entreprise;Métier;Jour;Début;Fin;Nombre;Importance;Depuis;Jusqu'au"
LAST = NEXT + timedelta(weeks=2)


@pytest.fixture(autouse=True)
def _in_the_network(cast: Cast) -> Iterator[None]:
    with inside(cast.network):
        shared_baker(cast)
        yield


def received(cast: Cast, folder: Path, *lines: str, titles: str = TITLES) -> SlotsImport:
    """Alice gives a file of these lines."""
    path = folder / "creneaux.csv"
    path.write_text("\n".join((titles, *lines)), encoding="utf-8")
    return receive(acting=acting(cast.alice, cast.network), path=path)


def test_each_row_becomes_a_slot_or_a_series(cast: Cast, tmp_path: Path) -> None:
    alice = acting(cast.alice, cast.network)
    source = received(
        cast,
        tmp_path,
        f"55210055400013;;{BAKING};lundi;6:00;12h;2;5;;",
        f";Garage Lemoine;Boulangerie - viennoiserie;{NEXT:%d/%m/%Y};matin;;;;;",
        f";Garage Lemoine;{BAKING};jeu.;8.30;12:30;;;{NEXT:%d/%m/%Y};{LAST:%d/%m/%Y}",
    )
    assert missing_fields(source) == []
    assert [one.fate for one in judge(source)] == [Fate.NEW] * 3
    assert not Slot.objects.exists()
    assert apply_slots(acting=alice, source=source) == 3
    first, second = SlotSeries.objects.order_by("weekday")
    assert (first.organisation, first.weekday, first.people, first.importance) == (
        cast.bakery,
        0,
        2,
        5,
    )
    assert (second.start_minute, second.end_minute, second.weekday) == (510, 750, 3)
    assert (second.starts_on, second.ends_on) == (NEXT, LAST)
    single = Slot.objects.get(series=None)
    assert (single.day, single.start_minute, single.end_minute) == (NEXT, 480, 720)
    with pytest.raises(SlotError, match="nothing was done twice"):
        apply_slots(acting=alice, source=source)


def test_the_same_file_again_enters_nothing_twice(cast: Cast, tmp_path: Path) -> None:
    alice, line = acting(cast.alice, cast.network), f"55210055400013;;{BAKING};lundi;6:00;12:00"
    apply_slots(acting=alice, source=received(cast, tmp_path, line))
    again = received(cast, tmp_path, line, f"55210055400013;;{BAKING};mardi;6:00;12:00", line)
    other = received(cast, tmp_path, *[f"55210055400013;;{BAKING};mercredi;6:00;12:00"] * 2)
    assert [one.fate for one in judge(again)] == [Fate.SAME, Fate.NEW, Fate.SAME]
    assert [one.fate for one in judge(other)] == [Fate.NEW, Fate.TWICE]
    assert judge(other)[1].reasons == ["Line 2 asks for the same: give it more people instead."]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (f";;{BAKING};lundi;6:00;12:00", "give its SIRET number, or its name"),
        (f";Nobody;{BAKING};lundi;6:00;12:00", "import it first"),
        ("55210055400013;;Soudure;lundi;6:00;12:00", "Boulangerie - viennoiserie"),
        (f"55210055400013;;{BAKING};someday;6:00;12:00", "or a day of the week"),
        (f"55210055400013;;{BAKING};01/01/2020;6:00;12:00", "this day is past"),
        (f"55210055400013;;{BAKING};lundi;early;12:00", "“Début”, “early”: write a time"),
        (f"55210055400013;;{BAKING};lundi;12:00;6:00", "enter two slots"),
        (f"55210055400013;;{BAKING};lundi;6:00;12:00;none", "write a number from 1 to 50"),
        (f"55210055400013;;{BAKING};lundi;6:00;12:00;1;9", "write a number from 1 to 5"),
        (f"55210055400013;;{BAKING};lundi;6:00;12:00;1;3;;01/01/2020", "a last day to come"),
        (f"55210055400013;;{BAKING};lundi;6:00;12:00;1;3;soon", "such as 31/12/2026"),
    ],
)
def test_a_bad_row_says_its_line_and_what_to_write(
    cast: Cast, tmp_path: Path, line: str, reason: str
) -> None:
    source = received(cast, tmp_path, line)
    (row,) = judge(source)
    assert (row.line, row.fate) == (2, Fate.REFUSED)
    assert reason in " ".join(row.reasons)
    with pytest.raises(SlotError, match="no row"):
        apply_slots(acting=acting(cast.alice, cast.network), source=source)


def test_a_firm_that_is_no_member_borrows_nobody(cast: Cast, tmp_path: Path) -> None:
    MembershipPeriod.objects.filter(membership__organisation=cast.bakery).delete()
    (row,) = judge(received(cast, tmp_path, f"55210055400013;;{BAKING};lundi;6:00;12:00"))
    assert "L1253-1" in row.reasons[0]


def test_undoing_keeps_what_was_used_since(cast: Cast, tmp_path: Path) -> None:
    alice = acting(cast.alice, cast.network)
    source = received(
        cast,
        tmp_path,
        f"55210055400013;;{BAKING};lundi;6:00;12:00",
        f"55210055400013;;{BAKING};mardi;6:00;12:00",
        f"55210055400013;;{BAKING};{NEXT + timedelta(2):%d/%m/%Y};6:00;12:00",
    )
    apply_slots(acting=alice, source=source)
    gaelle = shared_baker(cast, "Gaëlle two")
    place(acting=alice, slot=Slot.objects.filter(series__weekday=0).latest("day"), worker=gaelle)
    assert undo_slots(acting=alice, source=source) == (2, 1)
    assert [one.weekday for one in SlotSeries.objects.all()] == [0]
    assert not Slot.objects.exclude(series__weekday=0).exists()
    source.refresh_from_db()
    assert source.state == FileState.UNDONE
    with pytest.raises(SlotError, match="nothing to undo"):
        undo_slots(acting=alice, source=source)


def test_columns_are_known_by_their_titles_or_chosen(cast: Cast, tmp_path: Path) -> None:
    assert recognise(["Firm", "Skill", "Weekday", "From", "To", "From", "To", "Colour"]) == [
        "name", "occupation", "day", "start", "end", "since", "until", "",
    ]  # fmt: skip
    alice = acting(cast.alice, cast.network)
    line = f"55210055400013;{BAKING};lundi;6:00;12:00"
    source = received(cast, tmp_path, line, titles="SIRET;Quoi;Jour;Début;Fin")
    assert missing_fields(source) == ["Occupation"]
    with pytest.raises(SlotError, match="Occupation"):
        choose_columns(acting=alice, source=source, fields=source.fields)
    fields = ["siret", "occupation", "day", "start", "end"]
    choose_columns(acting=alice, source=source, fields=fields)
    source.refresh_from_db()
    assert [one.fate for one in judge(source)] == [Fate.NEW]
    discard(acting=alice, source=source)
    assert not SlotsImport.objects.exists()


def test_only_who_plans_brings_slots_in(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "slots.csv"
    path.write_text(TITLES, encoding="utf-8")
    with pytest.raises(PermissionDenied):
        receive(acting=acting(cast.bob, cast.network), path=path)
    with pytest.raises(SlotError, match="nothing to import"):
        receive(acting=acting(cast.alice, cast.network), path=path)
