"""Undoing: what nobody has touched goes back, the rest is kept with the reason."""

from typing import Any

import pytest
from django.core import serializers
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.models import AuditLine
from maillage.foundation.networks.models import Membership, MembershipPeriod
from maillage.foundation.organisations.actions import add_site, change_organisation
from maillage.foundation.organisations.drafts import SiteDraft
from maillage.foundation.organisations.enums import ImportState
from maillage.foundation.organisations.imports.refusals import ImportRefusedError
from maillage.foundation.organisations.imports.starting import start_undoing
from maillage.foundation.organisations.models import Organisation, Role, Site
from maillage.foundation.visibility.models import FieldLevels
from tests.cast import START, Cast, cast_of, inside
from tests.foundation.organisations.imports.story import (
    applied,
    apply,
    fates,
    lines,
    read,
    undone,
    why,
)

TABLE = [
    ["Nom", "SIRET", "Ville", "Code postal", "Téléphone", "Contact", "Fonction"],
    ["Menuiserie Petit", "", "Saint-Aignan", "41110", "0254001122", "Anne Petit", "Gérante"],
    ["Transports Bleus", "54205118000066", "Blois", "", "", "", ""],
    ["Transports Bleus", "54205118000074", "Mer", "", "", "", ""],
    ["Garage Lemoine", "", "Vendôme", "", "0254998877", "Paul", "Chef d’atelier"],
    ["Boulangerie Martin", "55210055400021", "Mer", "", "", "", ""],
]
# What changes at each act, or belongs to it.
FLEETING = {"version", "changed_at"}


def world() -> list[dict[str, Any]]:
    """Return every row an import may touch, without what only says when it was touched."""
    rows = []
    for model in (Organisation, Site, Role, Membership, FieldLevels):
        for row in serializers.serialize("python", model.objects.order_by("pk")):
            fields = {name: v for name, v in row["fields"].items() if name not in FLEETING}
            rows.append(row | {"fields": fields})
    return rows


def test_import_and_undo_leave_the_register_as_it_was(cast: Cast) -> None:
    with inside(cast.network):
        before = world()
        source = applied(cast, TABLE)
        assert world() != before
        undone(cast, source)
        assert world() == before
        assert (source.state, fates(source)) == (ImportState.UNDONE, {"undone": 5})
        assert source.undone_at is not None


def test_undo_leaves_its_lines_in_the_trail(cast: Cast) -> None:
    with inside(cast.network):
        undone(cast, applied(cast, TABLE))
        line = AuditLine.objects.get(subject_id=cast.garage.public_id, act="undo import")
        assert {one.field: (one.before, one.after) for one in line.values_changed.all()} == {
            "phone": ("02 54 99 88 77", "02 54 00 00 00")
        }


def test_record_changed_since_is_kept_and_says_by_whom(cast: Cast) -> None:
    with inside(cast.network):
        source = applied(cast, TABLE)
        joinery = Organisation.objects.get(name="Menuiserie Petit")
        change_organisation(
            organisation=joinery,
            version=1,
            changes={"phone": "0254334455"},
            actor_id=cast.bob.public_id,
        )
        undone(cast, source)
        assert fates(source) == {"undone": 4, "kept": 1}
        assert Organisation.objects.get(name="Menuiserie Petit").phone == "02 54 33 44 55"
        assert why(source, 2).startswith("Changed since by Bob on ")


def test_site_added_since_keeps_every_line_of_the_firm(cast: Cast) -> None:
    with inside(cast.network):
        source = applied(cast, TABLE)
        transport = Organisation.objects.get(name="Transports Bleus")
        add_site(
            organisation=transport,
            draft=SiteDraft(commune="Vendôme"),
            actor_id=cast.alice.public_id,
        )
        undone(cast, source)
        found = lines(source)
        assert [found[line].fate for line in (3, 4)] == ["kept", "kept"]
        assert transport.sites.count() == 3


def test_firm_that_became_a_member_is_kept(cast: Cast) -> None:
    with inside(cast.network):
        source = applied(cast, TABLE)
        place = Membership.objects.get(organisation__name="Menuiserie Petit")
        MembershipPeriod.objects.create(membership=place, tier="core", starts_on=START)
        undone(cast, source)
        assert why(source, 2) == "It is a member of the network, or was one: left as it is."


def test_firm_for_which_somebody_signs_in_is_kept(cast: Cast) -> None:
    with inside(cast.network):
        source = applied(cast, TABLE)
        for name in ("Anne Petit", "Paul"):
            Role.objects.filter(name=name).update(person=cast.denis)
        undone(cast, source)
        assert [lines(source)[line].fate for line in (2, 5)] == ["kept", "kept"]
        assert why(source, 2) == "Somebody signs in for it: left as it is."


def test_firm_that_only_entered_the_directory_leaves_it(cast: Cast) -> None:
    with inside(cast.network):
        outside = Organisation.objects.create(
            register=cast.register, name="Hidden", folded_name="hidden", siren="542051180"
        )
        source = applied(cast, [["Nom", "SIREN", "Ville"], ["New", "542051180", "Blois"]])
        undone(cast, source)
        assert fates(source) == {"undone": 1}
        assert Organisation.objects.filter(pk=outside.pk).exists()
        assert not Membership.objects.filter(organisation=outside).exists()


def test_record_removed_since_is_undone_already(cast: Cast) -> None:
    with inside(cast.network):
        source = applied(cast, TABLE)
        Organisation.objects.get(name="Menuiserie Petit").delete()
        undone(cast, source)
        assert why(source, 2) == "Its record had already been removed."


def test_later_import_protects_what_it_changed(cast: Cast) -> None:
    with inside(cast.network):
        first = applied(cast, TABLE)
        second = applied(
            cast, [["Nom", "Ville", "Tél"], ["Garage Lemoine", "Vendôme", "0254334455"]]
        )
        undone(cast, first)
        assert lines(first)[5].fate == "kept"
        undone(cast, second)
        cast.garage.refresh_from_db()
        assert cast.garage.phone == "02 54 99 88 77"


def test_import_is_undone_once(cast: Cast) -> None:
    with inside(cast.network):
        source = applied(cast, TABLE)
        first = start_undoing(source=source, actor_id=cast.alice.public_id)
        assert start_undoing(source=source, actor_id=cast.alice.public_id) == first
        undone(cast, source)
        with pytest.raises(ImportRefusedError, match="nothing to undo"):
            start_undoing(source=source, actor_id=cast.alice.public_id)


def test_file_that_was_not_applied_is_not_undone(cast: Cast) -> None:
    with inside(cast.network):
        source = read(cast, TABLE)
        with pytest.raises(ImportRefusedError, match="nothing to undo"):
            start_undoing(source=source, actor_id=cast.alice.public_id)


# Cells that mean something under each heading; others stray in from time to time.
GOOD = {
    "Nom": ["Boulangerie Martin", "GARAGE LEMOINE", "Forge", "Scierie", "Garage"],
    "Ville": ["Blois", "Mer", "Vendôme", ""],
    "SIRET": ["55210055400013", "55210055400021", "54205118000066", ""],
    "SIREN": ["542051180", "443061841", "552100554", ""],
    "CP": ["41000", "41500", "41100", ""],
    "Tél": ["0254001122", ""],
    "Mail": ["x@y.example", ""],
    "APE": ["10.71C", "4520B", ""],
    "Effectif": ["12", "3 à 5", ""],
    "Latitude": ["47,5", ""],
    "Longitude": ["1.3", ""],
    "Type": ["Association", "banque", ""],
    "Contact": ["Bob", "Anne Petit", ""],
    "Fonction": ["Gérant", ""],
    "Tél contact": ["0254998877", ""],
    "Divers": ["anything"],
}
# A text with control characters is no table: the reader of files refuses it as a whole.
LETTERS = st.characters(exclude_categories=("Cc", "Cs"))
STRAY = st.one_of(
    st.sampled_from([cell for cells in GOOD.values() for cell in cells]),
    st.text(LETTERS, max_size=12),
)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Draw a table: most cells mean something under their heading."""
    more = draw(st.lists(st.sampled_from(sorted(GOOD)), max_size=5))
    headings = ["Nom", "Ville", *more]

    def cell(heading: str) -> str:
        strays = draw(st.integers(0, 11)) == 0
        return draw(STRAY if strays else st.sampled_from(GOOD[heading]))

    rows = draw(st.integers(1, 8))
    return [headings, *([cell(heading) for heading in headings] for _row in range(rows))]


def test_repeat_of_a_firm_that_the_file_moves_creates_nothing_the_second_time(cast: Cast) -> None:
    siret = "55210055400013"
    table = [
        ["Nom", "Ville", "SIRET"],
        ["Boulangerie Martin", "Vendôme", siret],
        ["Boulangerie Martin", "Blois", ""],
    ]
    with inside(cast.network):
        source = read(cast, table)
        assert fates(source) == {"change": 1, "duplicate": 1}
        apply(cast, source)
        assert fates(read(cast, table)) == {"same": 1, "duplicate": 1}


class AnyTable(TestCase):
    """Whatever a table holds, each line has one fate, and undoing gives the register back."""

    @settings(max_examples=25)
    @given(tables())
    def test_apply_then_undo_changes_nothing(self, table: list[list[str]]) -> None:
        cast = cast_of("metiers-partages")
        with inside(cast.network):
            try:
                source = read(cast, table)
            except ImportRefusedError:
                return
            total = sum(fates(source).values())
            assert total == len(lines(source))
            assert set(fates(source)) <= {"create", "change", "same", "duplicate", "refused"}
            before, planned = world(), fates(source)
            applied_source = apply(cast, source)
            done = fates(applied_source)
            assert done.get("created", 0) == planned.get("create", 0)
            assert done.get("changed", 0) == planned.get("change", 0)
            again = read(cast, table)
            assert "create" not in fates(again)
            undone(cast, applied_source)
            assert "kept" not in fates(applied_source)
            assert world() == before
            assert Person.objects.count() == 6
