"""The dry run: what becomes of each line, and why."""

import pytest
from django.utils import translation

from maillage.foundation.organisations.enums import ImportState, RowFate
from maillage.foundation.organisations.models import ImportRow, Organisation, OrganisationImport
from tests.cast import Cast, cast_of, inside
from tests.foundation.organisations.imports.story import fates, lines, read, received, why, written

HEADINGS = ["Raison sociale", "SIRET", "Code postal", "Ville", "Téléphone", "Effectif"]


def test_new_firms_are_to_be_created_and_nothing_is_written(cast: Cast) -> None:
    with inside(cast.network):
        before = Organisation.objects.count()
        source = read(
            cast,
            [
                HEADINGS,
                ["Menuiserie Petit", "", "41110", "Saint-Aignan", "0254001122", "3"],
                ["Plomberie Roux", "44306184100047", "41000", "blois", "", ""],
            ],
        )
        assert (source.state, fates(source)) == (ImportState.READY, {"create": 1, "change": 1})
        assert Organisation.objects.count() == before


def test_each_wrong_cell_is_named_with_its_column_and_its_value(cast: Cast) -> None:
    with inside(cast.network):
        source = read(
            cast,
            [
                HEADINGS,
                ["Menuiserie Petit", "123", "41110", "Saint-Aignan", "call me", "many"],
                ["", "", "", "", "0254001122", ""],
                ["Forge", "4,43062E+13", "", "Nulle-Part-sur-Rien", "", ""],
            ],
        )
        assert fates(source) == {"refused": 3}
        assert why(source, 2) == (
            "Column “Effectif”: “many” is not a number of employees. "
            "Column “Téléphone”: “call me” is not a telephone number. "
            "Column “SIRET”: A SIRET number has 14 digits: “123” has 3."
        )
        assert why(source, 3) == (
            "Column “Raison sociale”: Give the name of the organisation. "
            "Column “Ville”: Give the commune."
        )
        assert why(source, 4).startswith("Column “SIRET”: “4,43062E+13” is what a spreadsheet")


def test_reasons_are_read_in_the_language_of_the_reader(cast: Cast) -> None:
    with inside(cast.network):
        source = read(cast, [HEADINGS, ["Menuiserie", "", "", "Blois", "call me", ""]])
        english = why(source, 2)
        with translation.override("fr"):
            assert why(source, 2) != english


def test_firm_of_the_directory_is_found_by_siret_siren_or_name_and_place(cast: Cast) -> None:
    with inside(cast.network):
        source = read(
            cast,
            [
                ["Nom", "SIREN", "SIRET", "Commune", "Courriel"],
                ["Other name", "", "552 100 554 00013", "Blois", ""],
                ["FOURNIL DURAND", "732829320", "", "Blois", ""],
                ["garage lemoine", "", "", "Vendôme", "new@garage.example"],
            ],
        )
        found = lines(source)
        assert {line: found[line].organisation_id for line in found} == {
            2: cast.bakery.pk,
            3: cast.rival.pk,
            4: cast.garage.pk,
        }
        assert found[2].before["changes"] == {
            "organisation": {"name": ["Boulangerie Martin", "Other name"]}
        }
        assert found[4].before["changes"] == {
            "organisation": {"email": ["contact@garage-lemoine.example", "new@garage.example"]}
        }


def test_empty_cell_never_erases(cast: Cast) -> None:
    with inside(cast.network):
        source = read(
            cast,
            [
                ["Nom", "Commune", "Adresse", "Téléphone", "Site", "Effectif", "APE"],
                ["Garage Lemoine", "Vendôme", "", "", "", "", ""],
            ],
        )
        assert fates(source) == {"same": 1}


def test_change_of_activity_brings_its_words_and_of_staff_its_size(cast: Cast) -> None:
    with inside(cast.network):
        Organisation.objects.filter(pk=cast.garage.pk).update(activity="")
        source = read(
            cast,
            [["Nom", "Commune", "APE", "Salariés"], ["Garage Lemoine", "Vendôme", "4520B", "12"]],
        )
        assert lines(source)[2].before["changes"]["organisation"] == {
            "activity_code": ["45.20A", "45.20B"],
            "activity": ["", "Entretien et réparation d’autres véhicules automobiles"],
            "headcount": [4, 12],
            "size_band": ["very_small", "small"],
        }


def test_move_to_another_commune_takes_the_place_along(cast: Cast) -> None:
    with inside(cast.network):
        source = read(cast, [["SIRET", "CP", "Ville"], ["44306184100013", "41110", "St Aignan"]])
        site = lines(source)[2].before["changes"]["site"]
        assert site["commune"] == ["Vendôme", "Saint-Aignan"]
        assert site["postcode"] == ["41100", "41110"]
        assert {"insee", "latitude", "longitude"} <= set(site)


def test_same_firm_twice_in_the_file_is_read_once(cast: Cast) -> None:
    with inside(cast.network):
        source = read(
            cast,
            [
                ["Nom", "SIRET", "SIREN", "Commune"],
                ["Forge A", "55210055400021", "", "Mer"],
                ["Forge B", "55210055400021", "", "Mer"],
                ["Scierie", "", "", "Mer"],
                ["SCIERIE", "", "", "mer"],
                ["Scierie", "", "", "Blois"],
                ["Garage Lemoine", "", "", "Vendôme"],
                ["Garage", "44306184100013", "", ""],
            ],
        )
        found = lines(source)
        assert [found[line].fate for line in range(2, 9)] == [
            "change",
            "duplicate",
            "create",
            "duplicate",
            "create",
            "same",
            "duplicate",
        ]
        assert why(source, 3) == "Line 2 has the same SIRET number: only that line is read."
        assert "Line 4 has the same name in the same commune" in why(source, 5)
        assert why(source, 8) == "Line 7 has the same SIRET number: only that line is read."


def test_namesakes_with_different_numbers_are_two_firms(cast: Cast) -> None:
    with inside(cast.network):
        source = read(
            cast,
            [
                ["Nom", "SIREN", "Commune"],
                ["Boulangerie Martin", "443061841", "Blois"],
                ["Boulangerie Martin", "542051180", "Blois"],
                ["Boulangerie Martin", "552081317", "Blois"],
            ],
        )
        assert [row.fate for row in lines(source).values()] == ["change", "create", "create"]
        assert lines(source)[2].organisation_id == cast.garage.pk


def test_another_site_of_a_firm_is_added_to_it(cast: Cast) -> None:
    with inside(cast.network):
        source = read(
            cast,
            [
                ["Nom", "SIRET", "Commune"],
                ["Boulangerie Martin", "55210055400021", "Mer"],
                ["Transports Bleus", "54205118000066", "Blois"],
                ["Transports Bleus", "54205118000074", "Mer"],
            ],
        )
        assert fates(source) == {"change": 2, "create": 1}
        assert why(source, 2) == "The firm is in the directory: this line adds a site to it."
        assert why(source, 4) == "Line 3 is about the same firm: this one adds a site to it."


def test_firm_that_only_another_network_lists_looks_new(cast: Cast) -> None:
    with inside(cast.network):
        outside = Organisation.objects.create(
            register=cast.register, name="Hidden", folded_name="hidden", siren="542051180"
        )
        source = read(cast, [["Nom", "SIREN", "Ville"], ["Hidden", "542051180", "Blois"]])
        row = lines(source)[2]
        assert (row.fate, row.organisation, row.before["makes"]) == (
            "create",
            None,
            ["organisation"],
        )
        assert outside.name not in why(source, 2)


def test_two_firms_of_one_name_in_one_commune_are_told_apart_by_number(cast: Cast) -> None:
    with inside(cast.network):
        Organisation.objects.filter(pk=cast.rival.pk).update(
            name="Boulangerie Martin", folded_name="boulangerie martin"
        )
        source = read(cast, [["Nom", "Commune"], ["Boulangerie Martin", "Blois"]])
        assert fates(source) == {"refused": 1}
        assert why(source, 2).startswith("The directory has 2 firms called “Boulangerie Martin”")


def test_number_of_another_firm_of_the_directory_is_refused(cast: Cast) -> None:
    with inside(cast.network):
        Organisation.objects.filter(pk=cast.garage.pk).update(siren="")
        source = read(
            cast, [["Nom", "SIREN", "SIRET"], ["Garage", "", "44306184100013"], ["x", "", ""]]
        )
        assert lines(source)[2].before["changes"]["organisation"]["siren"] == ["", "443061841"]


def test_person_to_contact_is_added_or_changed(cast: Cast) -> None:
    with inside(cast.network):
        source = read(
            cast,
            [
                ["Entreprise", "Ville", "Nom", "Prénom", "Fonction", "Tél contact"],
                ["Garage Lemoine", "Vendôme", "Lemoine", "Anne", "Gérante", "0254001122"],
                ["Boulangerie Martin", "Blois", "Bob", "", "Boss", "0254001122"],
            ],
        )
        found = lines(source)
        assert found[2].before["makes"] == ["role"]
        assert (found[3].fate, why(source, 3)[:20]) == ("same", "Bob signs in to this")


def test_choices_are_read_in_words(cast: Cast) -> None:
    with inside(cast.network):
        source = read(
            cast,
            [
                ["Nom", "Ville", "Type", "Taille"],
                ["Les Amis", "Blois", "Association", "0 salarié"],
                ["Crédit", "Blois", "banque", "11"],
                ["Divers", "Blois", "something", "3 à 5 salariés"],
            ],
        )
        assert fates(source) == {"create": 2, "refused": 1}
        assert why(source, 4).startswith("Column “Type”: “something” is not known. Write one of")


def test_columns_corrected_afterwards_are_read_again(cast: Cast) -> None:
    with inside(cast.network):
        source = read(cast, [["Nom", "Machin"], ["Menuiserie Petit", "Blois"]])
        assert fates(source) == {"refused": 1}
        from_scratch = received(cast, written([["Nom", "Machin"], ["Menuiserie Petit", "Blois"]]))
        assert from_scratch.columns["fields"] == ["name", ""]


def test_lines_of_another_network_of_the_association_are_nobody_s_business(cast: Cast) -> None:
    other = cast_of("autre-reseau")
    with inside(cast.network):
        read(cast, [["Nom", "Ville"], ["Forge", "Mer"]])
    with inside(other.network):
        assert OrganisationImport.objects.count() == 0
        assert ImportRow.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 1200])
def test_every_line_has_exactly_one_fate(cast: Cast, rows: int) -> None:
    with inside(cast.network):
        table = [
            ["Nom", "Ville"],
            *([f"Firm {n}", "Blois" if n % 2 else "Atlantis"] for n in range(rows)),
        ]
        source = read(cast, table)
        assert sum(fates(source).values()) == rows


def test_line_that_waits_has_a_fate_with_a_name(cast: Cast) -> None:
    with inside(cast.network):
        source = received(cast, written([HEADINGS, ["Forge", "", "41000", "Blois", "", ""]]))
        row = ImportRow.objects.get(source=source)
        assert (row.fate, row.get_fate_display()) == ("waiting", "Not judged yet")
        assert fates(source) == {"waiting": 1}


def test_fates_agree_with_a_line_in_french() -> None:
    with translation.override("fr"):
        said = {str(RowFate(fate).label) for fate in ("refused", "undone", "created", "changed")}
        assert said == {"Refusée", "Annulée", "Créée", "Changée"}
