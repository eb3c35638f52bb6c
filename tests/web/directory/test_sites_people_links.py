"""Sites, people, equipment, coverage and links of a firm, from its page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from maillage.bricks.links.models import Link
from maillage.foundation.accounts.models import Person
from maillage.foundation.organisations.actions import create_territory
from maillage.foundation.organisations.models import Coverage, DigitalReadiness, Role, Site
from maillage.foundation.visibility.models import FieldLevels
from tests.cast import Cast, inside

type ClientOf = Callable[[Person], Client]


class Desk:
    """Somebody at the record of the bakery."""

    def __init__(self, cast: Cast, client: Client) -> None:
        self.cast, self.client = cast, client

    def address(self, name: str, *more: object) -> str:
        """Return the address of a page about the bakery."""
        first = [self.cast.network.slug, self.cast.bakery.public_id]
        return reverse(f"directory:{name}", args=[*first, *more])

    def post(self, name: str, /, *more: object, **typed: Any) -> Any:
        """Send a form of the bakery."""
        return self.client.post(self.address(name, *more), typed)

    def page(self) -> str:
        """Return the page of the bakery."""
        return self.client.get(self.address("organisation")).content.decode()


@pytest.fixture
def bob(cast: Cast, client_of: ClientOf) -> Desk:
    """Bob, at the record of his own firm."""
    return Desk(cast, client_of(cast.bob))


def sites(cast: Cast) -> list[Site]:
    with inside(cast.network):
        return list(Site.objects.filter(organisation=cast.bakery))


def test_site_added_by_commune_stands_at_its_town_hall(cast: Cast, bob: Desk) -> None:
    assert bob.post("add-site", commune="st aignan", postcode="41110").status_code == 302
    main, other = sites(cast)
    assert (main.commune, main.is_main, other.is_main) == ("Blois", True, False)
    assert (other.commune, other.insee, other.placed_by_hand) == ("Saint-Aignan", "41198", False)
    assert (round(other.latitude, 2), round(other.longitude, 2)) == (47.27, 1.37)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"commune": "Bloua"}, "Did you mean"),
        ({"commune": "Blois", "siret": "12"}, "A SIRET number has 14 digits"),
        ({"commune": "Blois", "siret": "73282932000074"}, "does not begin with the SIREN"),
        ({"commune": "Blois", "siret": "55210055400013"}, "already has a site with this SIRET"),
        ({"commune": "Blois", "latitude": "47.5"}, "both the latitude and the longitude"),
        ({"commune": "Blois", "latitude": "1.33", "longitude": "47.58"}, "the wrong way round"),
        ({"commune": "Blois", "latitude": "48.85", "longitude": "2.35"}, "159 km from Blois"),
        ({"commune": "Blois", "latitude": "north", "longitude": "1"}, "not a number of degrees"),
    ],
)
def test_wrong_site_is_told_in_a_sentence(
    cast: Cast, bob: Desk, typed: dict[str, str], sentence: str
) -> None:
    answer = bob.post("add-site", **typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert len(sites(cast)) == 1


def typed_site(bob: Desk, site: Site) -> dict[str, str]:
    form = bob.client.get(bob.address("change-site", site.public_id)).context["form"]
    return {name: str(form[name].value() or "") for name in form.fields}


def test_site_is_moved_by_hand_on_the_map(cast: Cast, bob: Desk) -> None:
    (site,) = sites(cast)
    typed = typed_site(bob, site) | {"latitude": "47,60001", "longitude": "1.32002"}
    assert bob.post("change-site", site.public_id, **typed).status_code == 302
    (moved,) = sites(cast)
    assert (moved.latitude, moved.longitude, moved.placed_by_hand) == (47.60001, 1.32002, True)
    again = typed_site(bob, moved) | {"address": "2 rue Neuve"}
    assert bob.post("change-site", site.public_id, **again).status_code == 302
    (kept,) = sites(cast)
    assert (kept.latitude, kept.placed_by_hand, kept.address) == (47.60001, True, "2 rue Neuve")


def test_site_that_changes_commune_goes_there(cast: Cast, bob: Desk) -> None:
    (site,) = sites(cast)
    typed = typed_site(bob, site) | {"commune": "Vendôme", "postcode": ""}
    assert bob.post("change-site", site.public_id, **typed).status_code == 302
    (moved,) = sites(cast)
    assert (moved.commune, moved.postcode, round(moved.latitude, 1)) == ("Vendôme", "41100", 47.8)


def test_two_people_at_the_same_site_are_told(cast: Cast, bob: Desk, client_of: ClientOf) -> None:
    (site,) = sites(cast)
    alice = Desk(cast, client_of(cast.alice))
    alices, bobs = typed_site(alice, site), typed_site(bob, site)
    alice.post("change-site", site.public_id, **(alices | {"address": "3 rue d’Alice"}))
    answer = bob.post("change-site", site.public_id, **(bobs | {"address": "4 rue de Bob"}))
    assert answer.status_code == 409
    assert "Somebody else changed this firm" in answer.content.decode()
    form = answer.context["form"]
    again = {name: form[name].value() or "" for name in form.fields}
    assert bob.post("change-site", site.public_id, **again).status_code == 302
    assert sites(cast)[0].address == "4 rue de Bob"


def test_main_site_changes_then_the_old_one_closes(cast: Cast, bob: Desk) -> None:
    bob.post("add-site", commune="Vendôme")
    main, other = sites(cast)
    bob.post("close-site", main.public_id)
    assert sites(cast)[0].closed_on is None
    bob.post("make-main-site", other.public_id)
    bob.post("close-site", main.public_id)
    new, old = sites(cast)
    assert (new.commune, new.is_main, old.closed_on) == ("Vendôme", True, localdate())
    assert "1 rue du Commerce" not in bob.page()
    bob.post("reopen-site", old.public_id)
    assert sites(cast)[1].closed_on is None


def test_site_of_another_firm_cannot_be_reached_through_ones_own(cast: Cast, bob: Desk) -> None:
    with inside(cast.network):
        rival = Site.objects.get(organisation=cast.rival)
    assert bob.post("close-site", rival.public_id).status_code == 404
    assert bob.client.get(bob.address("change-site", rival.public_id)).status_code == 404


def book(cast: Cast) -> dict[str, Role]:
    with inside(cast.network):
        return {role.name: role for role in Role.objects.filter(organisation=cast.bakery)}


PERSON = {"name": "Gilles", "kind": "correspondent", "starts_on": "2026-01-05"}


def test_person_is_added_with_the_ways_to_reach_them(cast: Cast, bob: Desk) -> None:
    typed = PERSON | {"phone": "0611223344", "channels": ["sms", "visit"]}
    assert bob.post("add-person", **typed).status_code == 302
    gilles = book(cast)["Gilles"]
    assert (gilles.phone, gilles.channels, gilles.person_id) == (
        "06 11 22 33 44",
        ["sms", "visit"],
        None,
    )
    assert "Can be reached by: Text message, Visit" in bob.page()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"channels": ["mail"]}, "an e-mail address is needed"),
        ({"channels": ["phone"]}, "a telephone number is needed"),
        ({"email": "gilles"}, "is not an e-mail address"),
        ({"phone": "12"}, "is not a telephone number"),
        ({"ends_on": "2025-12-31"}, "The last day comes before the first one"),
    ],
)
def test_wrong_person_is_told_in_a_sentence(
    cast: Cast, bob: Desk, typed: dict[str, Any], sentence: str
) -> None:
    answer = bob.post("add-person", **(PERSON | typed))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert set(book(cast)) == {"Bob", "Chloé"}


def test_person_leaves_and_is_brought_back(cast: Cast, bob: Desk) -> None:
    bob.post("add-person", **PERSON)
    gilles = book(cast)["Gilles"].public_id
    bob.post("end-person", gilles)
    assert book(cast)["Gilles"].ends_on == localdate()
    bob.post("resume-person", gilles)
    assert book(cast)["Gilles"].ends_on is None


def test_nobody_ends_the_role_they_are_using(cast: Cast, bob: Desk) -> None:
    bob.post("end-person", book(cast)["Bob"].public_id)
    assert book(cast)["Bob"].ends_on is None


def test_rights_are_not_given_by_changing_a_role(cast: Cast, bob: Desk) -> None:
    chloe = book(cast)["Chloé"]
    typed = {"name": "Chloé", "kind": "owner", "starts_on": "2020-01-01"}
    answer = bob.post("change-person", chloe.public_id, **typed)
    assert answer.status_code == 422
    assert "invite them to the new one" in answer.content.decode()
    assert book(cast)["Chloé"].kind == "employee"


def test_role_that_ended_before_today_is_not_brought_back(cast: Cast, bob: Desk) -> None:
    chloe = book(cast)["Chloé"]
    with inside(cast.network):
        Role.objects.filter(pk=chloe.pk).update(ends_on=localdate() - timedelta(days=1))
    bob.post("resume-person", chloe.public_id)
    assert book(cast)["Chloé"].ends_on is not None


def test_equipment_is_noted_with_its_day(cast: Cast, bob: Desk) -> None:
    bob.post("readiness", equipment="phone", connection="poor", trained_people="1")
    bob.post("readiness", equipment="both", connection="good", trained_people="2")
    with inside(cast.network):
        noted = DigitalReadiness.objects.get(organisation=cast.bakery)
    assert (noted.equipment, noted.connection, noted.trained_people) == ("both", "good", 2)
    assert "<dd><span>2 people" in bob.page()
    assert bob.post("readiness", equipment="fax").status_code == 422


def test_firm_says_which_territories_it_serves(cast: Cast, bob: Desk) -> None:
    assert b"No territory yet" in bob.client.get(bob.address("coverage")).content
    with inside(cast.network):
        basin = create_territory(
            register=cast.register, kind="basin", name="Blaisois", codes=["41018"], actor_id=None
        )
    bob.post("coverage", territories=[str(basin.public_id)])
    assert "Blaisois" in bob.page()
    bob.post("coverage")
    with inside(cast.network):
        assert not Coverage.objects.exists()


def test_link_with_a_firm_of_the_directory(cast: Cast, bob: Desk) -> None:
    typed = {"kind": "customer", "target": "garage lemoine", "starts_on": "2026-01-05"}
    assert bob.post("add-link", **typed).status_code == 302
    assert "is a customer of <a" in bob.page()
    twice = bob.post("add-link", **typed)
    assert "They are linked so already" in twice.content.decode()


def test_link_with_a_competitor_is_as_with_nobody(cast: Cast, bob: Desk) -> None:
    typed = {"kind": "customer", "starts_on": "2026-01-05"}
    rival = bob.post("add-link", target="Fournil Durand", **typed).content.decode()
    nobody = bob.post("add-link", target="Zorglub", **typed).content.decode()
    for answer in (rival, nobody):
        assert "The directory has no organisation of this name" in answer
    with inside(cast.network):
        assert not Link.objects.exists()


def test_several_organisations_of_a_name_are_offered(cast: Cast, client_of: ClientOf) -> None:
    alice = Desk(cast, client_of(cast.alice))
    typed = {"kind": "neighbour", "target": "r", "starts_on": "2026-01-05"}
    answer = alice.post("add-link", **typed)
    assert answer.status_code == 422
    assert "choose one" in answer.content.decode()
    assert "Garage Lemoine, Vendôme" in answer.content.decode()
    chosen = alice.post("add-link", chosen=str(cast.garage.public_id), **typed)
    assert chosen.status_code == 302


def test_link_is_ended_and_taken_back(cast: Cast, bob: Desk) -> None:
    bob.post("add-link", kind="supplier", target="Garage", starts_on="2026-01-05")
    with inside(cast.network):
        made = Link.objects.get()
    bob.post("end-link", made.public_id)
    with inside(cast.network):
        assert Link.objects.get().ends_on == localdate()
    bob.post("resume-link", made.public_id)
    with inside(cast.network):
        assert Link.objects.get().ends_on is None


def test_link_that_the_animator_wrote_between_competitors_is_seen_by_neither(
    cast: Cast, bob: Desk, client_of: ClientOf
) -> None:
    alice = Desk(cast, client_of(cast.alice))
    alice.post("add-link", kind="neighbour", target="Fournil Durand", starts_on="2026-01-05")
    assert "Fournil Durand" in alice.page()
    assert "Fournil Durand" not in bob.page()
    with inside(cast.network):
        made = Link.objects.get()
    assert bob.post("end-link", made.public_id).status_code == 404


def test_open_links_of_one_side_do_not_tell_those_of_the_other(
    cast: Cast, bob: Desk, client_of: ClientOf
) -> None:
    bob.post("add-link", kind="supplier", target="Garage", starts_on="2026-01-05")
    with inside(cast.network):
        FieldLevels.objects.filter(organisation=cast.garage).update(links=2)
    address = reverse("directory:organisation", args=[cast.network.slug, cast.garage.public_id])
    assert "Boulangerie Martin" not in client_of(cast.emma).get(address).content.decode()
    assert "Boulangerie Martin" in client_of(cast.bob).get(address).content.decode()


def test_worker_changes_nothing(cast: Cast, client_of: ClientOf) -> None:
    chloe = Desk(cast, client_of(cast.chloe))
    assert chloe.post("add-site", commune="Vendôme").status_code == 403
    assert chloe.post("add-person", **PERSON).status_code == 403
    assert chloe.post("readiness", equipment="phone").status_code == 403
    assert chloe.post("add-link", kind="customer").status_code == 403
