"""Acts on the register: complete, written down, and safe when two people act at once."""

from datetime import date

import pytest

from maillage.foundation.audit.models import AuditLine
from maillage.foundation.organisations.actions import (
    add_role,
    change_organisation,
    create_organisation,
    create_territory,
    move_site,
    note_readiness,
    set_coverage,
)
from maillage.foundation.organisations.drafts import OrganisationDraft, SiteDraft
from maillage.foundation.organisations.errors import OrganisationChangedError, SirenTakenError
from maillage.foundation.organisations.models import Organisation, Site, Territory
from maillage.foundation.organisations.people import RoleDraft
from maillage.foundation.organisations.problems import DraftError
from maillage.foundation.organisations.queries import (
    communes_covered,
    communes_of_same_territory,
    communes_uncovered,
    same_territory,
    serving,
    state_of_play,
    territories_of,
)
from tests.cast import Cast, cast_of, inside


def values(line: AuditLine) -> dict[str, tuple[object, object]]:
    return {one.field: (one.before, one.after) for one in line.values_changed.all()}


def test_creation_writes_record_site_and_trail(cast: Cast) -> None:
    with inside(cast.network):
        firm = create_organisation(
            register=cast.register,
            draft=OrganisationDraft(name="Œufs du Val", site=SiteDraft(commune="Mer")),
            actor_id=cast.alice.public_id,
            network_id=cast.network.public_id,
        )
        assert firm.folded_name == "oeufs du val"
        assert firm.sites.get().insee == "41136"
    line = AuditLine.objects.get(subject_id=firm.public_id)
    assert (line.act, line.network_id) == ("create", cast.network.public_id)
    assert values(line)["name"] == (None, "Œufs du Val")


def test_siren_is_borne_once_in_a_register_and_freely_in_another(cast: Cast) -> None:
    draft = OrganisationDraft(name="Copie", siren=cast.bakery.siren)
    with inside(cast.network), pytest.raises(SirenTakenError) as caught:
        create_organisation(register=cast.register, draft=draft, actor_id=None)
    assert caught.value.existing == cast.bakery
    other = cast_of("autre")
    with inside(other.network):
        Organisation.objects.filter(siren=cast.bakery.siren).delete()
        create_organisation(register=other.register, draft=draft, actor_id=None)


def test_change_writes_only_what_changed(cast: Cast) -> None:
    with inside(cast.network):
        changed = change_organisation(
            organisation=cast.bakery,
            version=1,
            changes={"headcount": "30", "legal_form": ""},
            actor_id=cast.bob.public_id,
        )
        assert (changed.version, changed.size_band) == (2, "small")
    line = AuditLine.objects.get(subject_id=cast.bakery.public_id)
    assert values(line) == {"headcount": (4, 30), "size_band": ("very_small", "small")}


def test_same_values_again_change_nothing(cast: Cast) -> None:
    with inside(cast.network):
        same = change_organisation(
            organisation=cast.bakery, version=99, changes={"headcount": "4"}, actor_id=None
        )
        assert same.version == 1
    assert not AuditLine.objects.exists()


def test_change_of_a_record_read_too_long_ago_is_refused_with_both_values(cast: Cast) -> None:
    with inside(cast.network):
        change_organisation(
            organisation=cast.bakery, version=1, changes={"name": "Un"}, actor_id=None
        )
        with pytest.raises(OrganisationChangedError) as caught:
            change_organisation(
                organisation=cast.bakery, version=1, changes={"name": "Deux"}, actor_id=None
            )
        assert Organisation.objects.get(pk=cast.bakery.pk).name == "Un"
    assert caught.value.differences == {"name": ("Un", "Deux")}


def test_change_tells_problems_of_the_fields_changed_only(cast: Cast) -> None:
    with inside(cast.network):
        Organisation.objects.filter(pk=cast.bakery.pk).update(phone="x", version=5)
        change_organisation(
            organisation=cast.bakery, version=5, changes={"legal_form": "SARL"}, actor_id=None
        )
        with pytest.raises(DraftError):
            change_organisation(
                organisation=cast.bakery, version=6, changes={"email": "x"}, actor_id=None
            )


def test_new_activity_code_brings_its_words_unless_others_were_chosen(cast: Cast) -> None:
    with inside(cast.network):
        first = change_organisation(
            organisation=cast.garage,
            version=1,
            changes={"activity_code": "45.20B"},
            actor_id=None,
        )
        assert first.activity == "Garage"
        change_organisation(
            organisation=cast.garage, version=2, changes={"activity": ""}, actor_id=None
        )
        last = change_organisation(
            organisation=cast.garage, version=3, changes={"activity_code": "45.20A"}, actor_id=None
        )
        assert last.activity == "Entretien et réparation de véhicules automobiles légers"


def test_every_act_around_a_record_raises_its_version(cast: Cast) -> None:
    with inside(cast.network):
        site = Site.objects.get(organisation=cast.bakery)
        move_site(site=site, latitude=47.6, longitude=1.32, actor_id=None)
        add_role(
            organisation=cast.bakery,
            draft=RoleDraft(name="Gilles", starts_on=date(2026, 1, 1)),
            actor_id=None,
        )
        note_readiness(
            organisation=cast.bakery,
            equipment="phone",
            connection="good",
            trained_people=1,
            actor_id=None,
        )
        territory = region(cast, "Blaisois", "41018")
        set_coverage(organisation=cast.bakery, territories=[territory], actor_id=None)
        assert Organisation.objects.get(pk=cast.bakery.pk).version == 5
    acts = list(AuditLine.objects.order_by("id").values_list("subject_type", "act"))
    assert acts == [
        ("site", "change"),
        ("role", "add"),
        ("organisation", "note-readiness"),
        ("territory", "create"),
        ("organisation", "set-coverage"),
    ]


def region(cast: Cast, name: str, *codes: str, kind: str = "basin") -> Territory:
    return create_territory(
        register=cast.register, kind=kind, name=name, codes=codes, actor_id=None
    )


def test_territories_overlap_and_nest(cast: Cast) -> None:
    blois, vineuil, vendome = "41018", "41295", "41269"
    with inside(cast.network):
        basin = region(cast, "Bassin de Blois", blois, vineuil)
        county = region(cast, "Loir-et-Cher", blois, vineuil, vendome, kind="department")
        assert [one.name for one in territories_of(blois)] == ["Bassin de Blois", "Loir-et-Cher"]
        assert same_territory(blois, vineuil)
        assert not same_territory(blois, vendome)
        assert same_territory(blois, vendome, kind="department")
        assert set(communes_of_same_territory(vineuil)) == {blois, vineuil}
        set_coverage(organisation=cast.garage, territories=[basin], actor_id=None)
        assert list(serving(county)) == [cast.garage.pk]
        assert list(communes_covered(county, [cast.garage.pk])) == [blois, vineuil]
        assert list(communes_uncovered(county, [cast.garage.pk])) == [vendome]
        assert list(communes_uncovered(county, [])) == [blois, vendome, vineuil]


def test_state_of_play_is_read_at_once(cast: Cast) -> None:
    with inside(cast.network):
        assert state_of_play(cast.bakery.pk) == (None, [])
        note_readiness(
            organisation=cast.bakery,
            equipment="both",
            connection="good",
            trained_people=3,
            actor_id=None,
        )
        set_coverage(
            organisation=cast.bakery,
            territories=[region(cast, "B", "41018"), region(cast, "A", "41269")],
            actor_id=None,
        )
        noted, served = state_of_play(cast.bakery.pk)
    assert noted is not None
    assert (noted.trained_people, [one.name for one in served]) == (3, ["A", "B"])
