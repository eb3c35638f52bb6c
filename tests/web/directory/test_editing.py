"""Writing firms in, correcting them, and two people at the same record."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.models import Membership
from maillage.foundation.organisations.models import Organisation
from maillage.web.directory.merging import prints_of
from tests.cast import Cast, cast_of, inside

type ClientOf = Callable[[Person], Client]

NEW = {
    "name": "Menuiserie Riffault",
    "kind": "firm",
    "commune": "romorantin lanthenay",
    "siren": "404 833 048",
    "siret": "40483304800014",
    "activity_code": "4332a",
    "activity_scheme": "naf2",
    "headcount": "7",
}


def create(cast: Cast, client: Client, **typed: str) -> Any:
    return client.post(reverse("directory:create", args=[cast.network.slug]), NEW | typed)


def firms(cast: Cast) -> list[str]:
    with inside(cast.network):
        names = Membership.objects.filter(network=cast.network).values_list(
            "organisation__name", flat=True
        )
        return sorted(names)


CAST = ["Boulangerie Martin", "Fournil Durand", "Garage Lemoine"]


def test_animator_writes_a_firm_in(cast: Cast, client_of: ClientOf) -> None:
    answer = create(cast, client_of(cast.alice))
    with inside(cast.network):
        firm = Organisation.objects.get(name="Menuiserie Riffault")
        site = firm.sites.get()
        levels = firm.levels
    assert answer.url == reverse("directory:organisation", args=[cast.network.slug, firm.public_id])
    assert (firm.siren, firm.activity_code, firm.size_band) == ("404833048", "43.32A", "very_small")
    assert (site.commune, site.insee, site.siret) == (
        "Romorantin-Lanthenay",
        "41194",
        "40483304800014",
    )
    assert levels.presence == 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"siret": "40483304800023"}, "check each digit"),
        ({"siret": "732 829 320 00074"}, "does not begin with the SIREN number"),
        ({"siren": "12"}, "A SIREN number has 9 digits"),
        ({"commune": "Bloua"}, "We do not know any commune called “Bloua”"),
        ({"commune": "Saint-Denis"}, "Several communes are called “Saint-Denis”"),
        ({"name": " "}, "This field is required"),
        ({"headcount": "beaucoup"}, "is not a number of employees"),
        ({"activity_code": "10.71Z"}, "Near it: 10.71A"),
        ({"website": "not a site"}, "is not the address of a web site"),
    ],
)
def test_wrong_entry_is_told_in_a_sentence_and_kept(
    cast: Cast, client_of: ClientOf, typed: dict[str, str], sentence: str
) -> None:
    answer = create(cast, client_of(cast.alice), **typed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    assert 'value="Menuiserie Riffault"' in html or "name" in typed
    assert firms(cast) == CAST


def test_firm_that_is_listed_already_is_shown_instead(cast: Cast, client_of: ClientOf) -> None:
    answer = create(cast, client_of(cast.alice), siren="552100554", siret="")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Boulangerie Martin bears this SIREN number" in html
    assert str(cast.bakery.public_id) in html
    assert firms(cast) == CAST


def test_same_name_at_the_same_place_is_asked_about(cast: Cast, client_of: ClientOf) -> None:
    typed = {"name": "boulangerie MARTIN", "commune": "Blois", "siren": "", "siret": ""}
    typed["postcode"] = "41000"
    answer = create(cast, client_of(cast.alice), **typed)
    assert answer.status_code == 422
    assert "It is another organisation" in answer.content.decode()
    assert firms(cast) == CAST
    assert create(cast, client_of(cast.alice), **typed, although_alike="on").status_code == 302
    assert len(firms(cast)) == 4


def test_firm_known_to_another_network_of_the_association_is_listed_like_any_other(
    cast: Cast, client_of: ClientOf
) -> None:
    with inside(cast.network):
        known = Organisation.objects.create(
            register=cast.register,
            kind="firm",
            name="Riffault",
            folded_name="riffault",
            siren="404833048",
        )
    answer = create(cast, client_of(cast.alice))
    assert answer.status_code == 302
    assert str(known.public_id) in answer.url
    assert firms(cast) == [*CAST, "Riffault"]


def test_only_the_animator_writes_firms_in(cast: Cast, client_of: ClientOf) -> None:
    for person in (cast.bob, cast.chloe, cast.farid):
        assert create(cast, client_of(person)).status_code == 403
    assert create(cast, client_of(cast.denis)).status_code == 404
    assert firms(cast) == CAST


def edit_page(cast: Cast, firm: Organisation) -> str:
    return reverse("directory:edit", args=[cast.network.slug, firm.public_id])


def read_form(client: Client, address: str) -> dict[str, str]:
    form = client.get(address).context["form"]
    return {
        name: "" if form[name].value() is None else str(form[name].value()) for name in form.fields
    }


def present(cast: Cast, firm: Organisation) -> Organisation:
    with inside(cast.network):
        return Organisation.objects.get(pk=firm.pk)


def test_owner_corrects_his_own_record(cast: Cast, client_of: ClientOf) -> None:
    bob, address = client_of(cast.bob), edit_page(cast, cast.bakery)
    typed = read_form(bob, address) | {"phone": "0254112233", "headcount": "12"}
    assert bob.post(address, typed).status_code == 302
    now = present(cast, cast.bakery)
    assert (now.phone, now.headcount, now.size_band) == ("02 54 11 22 33", 12, "small")
    assert now.version == 2


def test_owner_cannot_try_siren_numbers(cast: Cast, client_of: ClientOf) -> None:
    bob, address = client_of(cast.bob), edit_page(cast, cast.bakery)
    typed = read_form(bob, address)
    assert "siren" not in typed
    answer = bob.post(address, typed | {"siren": cast.rival.siren, "phone": "0254112233"})
    assert answer.status_code == 302
    assert present(cast, cast.bakery).siren == "552100554"


def test_nobody_else_changes_the_record(cast: Cast, client_of: ClientOf) -> None:
    address = edit_page(cast, cast.bakery)
    assert client_of(cast.chloe).post(address, {"name": "X"}).status_code == 403
    assert client_of(cast.emma).post(address, {"name": "X"}).status_code == 404
    assert client_of(cast.farid).post(address, {"name": "X"}).status_code == 404
    assert client_of(cast.bob).post(edit_page(cast, cast.garage), {"name": "X"}).status_code == 403


def two_editors(cast: Cast, client_of: ClientOf, alice: dict[str, str], bob: dict[str, str]) -> Any:
    """Both open the form; Alice saves first; return what Bob is answered."""
    address = edit_page(cast, cast.bakery)
    first, second = client_of(cast.alice), client_of(cast.bob)
    alices, bobs = read_form(first, address), read_form(second, address)
    assert first.post(address, alices | alice).status_code == 302
    return second.post(address, bobs | bob)


def test_two_people_who_change_different_fields_both_succeed(
    cast: Cast, client_of: ClientOf
) -> None:
    answer = two_editors(cast, client_of, {"phone": "0254112233"}, {"legal_form": "SARL"})
    assert answer.status_code == 302
    now = present(cast, cast.bakery)
    assert (now.phone, now.legal_form) == ("02 54 11 22 33", "SARL")


def test_two_people_who_change_the_same_field_see_both_values(
    cast: Cast, client_of: ClientOf
) -> None:
    answer = two_editors(
        cast, client_of, {"name": "Boulangerie Alice", "phone": "0254112233"}, {"name": "Chez Bob"}
    )
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else changed this record" in html
    assert "<td>Boulangerie Alice</td><td>Chez Bob</td>" in html
    assert 'value="Chez Bob"' in html
    assert 'value="02 54 11 22 33"' in html
    assert present(cast, cast.bakery).name == "Boulangerie Alice"


def test_after_the_conflict_saving_again_saves(cast: Cast, client_of: ClientOf) -> None:
    answer = two_editors(cast, client_of, {"name": "Boulangerie Alice"}, {"name": "Chez Bob"})
    form = answer.context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    again = client_of(cast.bob).post(edit_page(cast, cast.bakery), typed)
    assert again.status_code == 302
    assert present(cast, cast.bakery).name == "Chez Bob"
    assert present(cast, cast.bakery).folded_name == "chez bob"


def test_both_typing_the_same_is_no_conflict(cast: Cast, client_of: ClientOf) -> None:
    answer = two_editors(cast, client_of, {"name": "Le Fournil"}, {"name": "Le Fournil"})
    assert answer.status_code == 302
    assert present(cast, cast.bakery).version == 2


def test_damaged_form_is_read_as_typed(cast: Cast, client_of: ClientOf) -> None:
    bob, address = client_of(cast.bob), edit_page(cast, cast.bakery)
    typed = read_form(bob, address) | {"read": "{broken", "name": "Chez Bob"}
    assert bob.post(address, typed).status_code == 302
    assert present(cast, cast.bakery).name == "Chez Bob"


def test_lines_of_a_text_sent_back_by_a_browser_are_no_change(
    cast: Cast, client_of: ClientOf
) -> None:
    with inside(cast.network):
        Organisation.objects.filter(pk=cast.bakery.pk).update(presentation="Pain\nau levain")
    bob, address = client_of(cast.bob), edit_page(cast, cast.bakery)
    typed = read_form(bob, address) | {"presentation": "Pain\r\nau levain"}
    assert bob.post(address, typed).status_code == 302
    assert present(cast, cast.bakery).version == 1


def test_prints_are_of_what_is_shown() -> None:
    assert prints_of({"a": None}) == prints_of({"a": ""})
    assert prints_of({"a": 4}) == prints_of({"a": "4"})
    assert prints_of({"a": "x"}) != prints_of({"a": "y"})


def test_firm_closes_and_opens_again(cast: Cast, client_of: ClientOf) -> None:
    alice = client_of(cast.alice)
    arguments = [cast.network.slug, cast.garage.public_id]
    future = alice.post(reverse("directory:close", args=arguments), {"day": "2999-01-01"})
    assert future.status_code == 422
    alice.post(reverse("directory:close", args=arguments), {"day": "2026-01-31"})
    html = alice.get(reverse("directory:organisation", args=arguments)).content.decode()
    assert "Closed since Saturday 31 January 2026" in html
    alice.post(reverse("directory:reopen", args=arguments))
    assert present(cast, cast.garage).closed_on is None


def test_record_of_another_association_does_not_exist(cast: Cast, client_of: ClientOf) -> None:
    other = cast_of("artisans-du-cher")
    answer = client_of(cast.alice).get(edit_page(cast, other.bakery))
    assert answer.status_code == 404
