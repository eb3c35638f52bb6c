"""Applying: what was shown is done, once, whatever happens meanwhile."""

from contextlib import suppress

import pytest
from django.utils.timezone import localdate
from pytest_django.fixtures import DjangoAssertNumQueries

from maillage.foundation.audit.models import AuditLine
from maillage.foundation.jobs.actions import cancel_run
from maillage.foundation.jobs.handle import RunHandle
from maillage.foundation.jobs.models import Run
from maillage.foundation.networks.models import Membership
from maillage.foundation.organisations.actions import change_organisation, create_organisation
from maillage.foundation.organisations.drafts import OrganisationDraft, SiteDraft
from maillage.foundation.organisations.enums import ImportState
from maillage.foundation.organisations.imports import applying
from maillage.foundation.organisations.imports.refusals import ImportRefusedError
from maillage.foundation.organisations.imports.starting import (
    choose_columns,
    discard,
    start_applying,
    start_undoing,
)
from maillage.foundation.organisations.models import Organisation, OrganisationImport, Role, Site
from tests.cast import Cast, inside
from tests.foundation.organisations.imports.story import (
    applied,
    apply,
    fates,
    lines,
    read,
    received,
    why,
    worked,
    written,
)

TABLE = [
    ["Nom", "SIRET", "Ville", "Code postal", "Téléphone", "Contact", "Fonction"],
    ["Menuiserie Petit", "", "Saint-Aignan", "41110", "0254001122", "Anne Petit", "Gérante"],
    ["Transports Bleus", "54205118000066", "Blois", "", "", "", ""],
    ["Transports Bleus", "54205118000074", "Mer", "", "", "", ""],
    ["Garage Lemoine", "", "Vendôme", "", "0254998877", "", ""],
    ["Forge", "", "Atlantis", "", "", "", ""],
]


def test_lines_are_written_as_they_were_shown(cast: Cast) -> None:
    with inside(cast.network):
        source = applied(cast, TABLE)
        assert source.state == ImportState.APPLIED
        assert fates(source) == {"created": 2, "changed": 2, "refused": 1}
        joinery = Organisation.objects.get(name="Menuiserie Petit")
        assert (joinery.phone, joinery.version) == ("02 54 00 11 22", 1)
        assert joinery.sites.get().commune == "Saint-Aignan"
        owner = Role.objects.get(organisation=joinery)
        assert (owner.name, owner.kind, owner.title) == ("Anne Petit", "owner", "Gérante")
        transport = Organisation.objects.get(name="Transports Bleus")
        assert transport.siren == "542051180"
        sites = [
            (site.commune, site.is_main) for site in Site.objects.filter(organisation=transport)
        ]
        assert sites == [("Blois", True), ("Mer", False)]
        cast.garage.refresh_from_db()
        assert (cast.garage.phone, cast.garage.version) == ("02 54 99 88 77", 2)


def test_new_firms_are_listed_in_the_network_and_members_of_nothing(cast: Cast) -> None:
    with inside(cast.network):
        applied(cast, TABLE)
        place = Membership.objects.get(organisation__name="Menuiserie Petit")
        assert (place.listed_on, place.periods.count()) == (localdate(), 0)


def test_each_firm_has_its_line_in_the_trail(cast: Cast) -> None:
    with inside(cast.network):
        applied(cast, TABLE)
        line = AuditLine.objects.get(subject_id=cast.garage.public_id, act="import")
        assert (line.actor_id, line.network_id) == (cast.alice.public_id, cast.network.public_id)
        assert {one.field: (one.before, one.after) for one in line.values_changed.all()} == {
            "phone": ("02 54 00 00 00", "02 54 99 88 77")
        }
        firm = Organisation.objects.get(name="Menuiserie Petit")
        line = AuditLine.objects.get(subject_id=firm.public_id)
        assert {one.field: one.after for one in line.values_changed.all()} == {
            "organisation": "firms.csv, 2",
            "role": "firms.csv, 2",
        }


def test_same_file_again_creates_nothing(cast: Cast) -> None:
    with inside(cast.network):
        applied(cast, TABLE)
        before = Organisation.objects.count(), Site.objects.count(), Role.objects.count()
        source = applied(cast, TABLE)
        assert fates(source) == {"same": 4, "refused": 1}
        assert before == (
            Organisation.objects.count(),
            Site.objects.count(),
            Role.objects.count(),
        )


def test_firm_of_another_network_enters_as_it_is(cast: Cast) -> None:
    with inside(cast.network):
        outside = Organisation.objects.create(
            register=cast.register, name="Hidden", folded_name="hidden", siren="542051180"
        )
        source = applied(
            cast, [["Nom", "SIREN", "Ville", "Tél"], ["New", "542051180", "Blois", "0254001122"]]
        )
        assert fates(source) == {"created": 1}
        outside.refresh_from_db()
        assert (outside.name, outside.phone, outside.version) == ("Hidden", "", 1)
        assert Membership.objects.filter(organisation=outside).count() == 1


def test_two_clicks_apply_once(cast: Cast) -> None:
    with inside(cast.network):
        source = read(cast, TABLE)
        first = start_applying(source=source, actor_id=cast.alice.public_id)
        second = start_applying(source=source, actor_id=cast.alice.public_id)
        assert first == second
        worked(source)
        assert Run.objects.filter(kind="organisations.apply-import").count() == 1
        assert Organisation.objects.filter(name="Transports Bleus").count() == 1
        with pytest.raises(ImportRefusedError, match="applied already"):
            start_applying(source=source, actor_id=cast.alice.public_id)


def test_firm_entered_meanwhile_is_not_entered_twice(cast: Cast) -> None:
    with inside(cast.network):
        source = read(cast, [["Nom", "Ville"], ["Forge", "Mer"], ["Scierie", "Mer"]])
        applied(cast, [["Nom", "Ville", "Tél"], ["Forge", "Mer", "0254001122"]])
        apply(cast, source)
        assert fates(source) == {"created": 1, "same": 1}
        assert Organisation.objects.filter(name="Forge").count() == 1


def test_firm_entered_meanwhile_with_other_values_is_left_alone(cast: Cast) -> None:
    with inside(cast.network):
        table = [["Nom", "Ville", "Tél"], ["Forge", "Mer", "0254001122"]]
        source = read(cast, table)
        applied(cast, [["Nom", "Ville", "Tél"], ["Forge", "Mer", "0254998877"]])
        apply(cast, source)
        assert fates(source) == {"refused": 1}
        assert why(source, 2).startswith("The firm was entered in the directory after the file")


def test_record_changed_meanwhile_is_left_alone(cast: Cast) -> None:
    with inside(cast.network):
        source = read(cast, [["Nom", "Ville", "Tél"], ["Garage Lemoine", "Vendôme", "0254001122"]])
        change_organisation(
            organisation=cast.garage,
            version=1,
            changes={"phone": "0254334455"},
            actor_id=cast.bob.public_id,
        )
        apply(cast, source)
        cast.garage.refresh_from_db()
        assert (cast.garage.phone, fates(source)) == ("02 54 33 44 55", {"refused": 1})
        assert why(source, 2).startswith("The record of the firm changed after the file was read")


def test_firm_that_left_the_directory_meanwhile_is_left_alone(cast: Cast) -> None:
    with inside(cast.network):
        source = read(cast, [["Nom", "Ville", "Tél"], ["Garage Lemoine", "Vendôme", "0254001122"]])
        Membership.objects.filter(organisation=cast.garage).delete()
        apply(cast, source)
        assert why(source, 2).startswith("The firm left the directory after the file was read")


def test_number_taken_meanwhile_in_another_network_is_no_failure(cast: Cast) -> None:
    with inside(cast.network):
        source = read(cast, [["Nom", "SIREN", "Ville"], ["Forge", "542051180", "Mer"]])
        create_organisation(
            register=cast.register,
            draft=OrganisationDraft(name="Forge", siren="542051180", site=SiteDraft(commune="Mer")),
            actor_id=None,
        )
        apply(cast, source)
        assert fates(source) == {"created": 1}
        assert Organisation.objects.filter(siren="542051180").count() == 1


def test_work_cancelled_half_way_goes_on_from_there(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "BATCH", 2)
    progress = RunHandle.progress

    def cancel_after_one_batch(self: RunHandle, done: int, *rest: object) -> None:
        if done == 2:
            cancel_run(run=Run.objects.get(public_id=self.run_id), actor_id=cast.alice.public_id)
        progress(self, done, *rest)  # type: ignore[arg-type]

    with inside(cast.network):
        table = [["Nom", "Ville"], *([f"Forge {n}", "Mer"] for n in range(6))]
        source = read(cast, table)
        with monkeypatch.context() as patch:
            patch.setattr(RunHandle, "progress", cancel_after_one_batch)
            apply(cast, source)
        assert (source.state, fates(source)) == (
            ImportState.APPLYING,
            {"create": 4, "created": 2},
        )
        apply(cast, source)
        assert (source.state, fates(source)) == (ImportState.APPLIED, {"created": 6})
        assert Organisation.objects.filter(name__startswith="Forge").count() == 6


def test_nothing_else_starts_while_work_is_under_way(cast: Cast) -> None:
    with inside(cast.network):
        source = received(cast, written(TABLE))
        actor = cast.alice.public_id
        fields = source.columns["fields"]
        choose_columns(source=source, fields=fields, actor_id=actor)
        for act in (start_applying, start_undoing, discard):
            with pytest.raises(ImportRefusedError, match="Work is under way"):
                act(source=source, actor_id=actor)
        with pytest.raises(ImportRefusedError, match="Work is under way"):
            choose_columns(source=source, fields=fields, actor_id=actor)


def test_discarded_file_leaves_nothing(cast: Cast) -> None:
    with inside(cast.network):
        source = read(cast, TABLE)
        discard(source=source, actor_id=cast.alice.public_id)
        assert OrganisationImport.objects.count() == 0
        with pytest.raises(ImportRefusedError, match="somebody discarded it"):
            start_applying(source=source, actor_id=cast.alice.public_id)


def test_columns_must_tell_which_firm_a_line_is_about(cast: Cast) -> None:
    with inside(cast.network):
        source = received(cast, written([["Nom", "Ville"], ["Forge", "Mer"]]))
        actor = cast.alice.public_id
        for fields, words in (
            (["", "commune"], "No column tells which firm"),
            (["name", "name"], "Two columns hold “Name of the firm”"),
            (["name", "nonsense"], "among the choices offered"),
            (["name"], "among the choices offered"),
        ):
            with pytest.raises(ImportRefusedError, match=words):
                choose_columns(source=source, fields=fields, actor_id=actor)


def test_queries_do_not_grow_with_the_lines(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with inside(cast.network):
        table = [["Nom", "Ville"], *([f"Forge {n}", "Mer"] for n in range(500))]
        source = read(cast, table)
        start_applying(source=source, actor_id=cast.alice.public_id)
        with django_assert_max_num_queries(150), suppress(ImportRefusedError):
            worked(source)
        assert fates(source) == {"created": 500}
        assert lines(source)[501].organisation_id is not None
