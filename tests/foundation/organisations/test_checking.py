"""Tidying what people say of an organisation, and telling what is wrong with it."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.foundation.organisations.activities import label_of, labels, read_activity
from maillage.foundation.organisations.agreements import name_of, names, read_agreement
from maillage.foundation.organisations.checking import check, check_site, read_phone, size_of
from maillage.foundation.organisations.drafts import (
    ORGANISATION_FIELDS,
    SITE_FIELDS,
    OrganisationDraft,
    SiteDraft,
)
from maillage.foundation.organisations.identifiers import (
    IdentifierError,
    compact,
    read_siren,
    read_siret,
)
from maillage.foundation.organisations.problems import SENTENCES, DraftError, Problem


def wrong(draft: OrganisationDraft) -> list[tuple[str, str]]:
    return [(problem.field, str(problem)) for problem in check(draft).problems]


def test_numbers_are_read_as_people_write_them() -> None:
    assert read_siren(" 552.100 554 ") == "552100554"
    assert read_siren("552100554.0") == "552100554"
    assert read_siret("552 100 554 00013", "552100554") == "55210055400013"
    assert compact("552\u00a0100\u202f554") == "552100554"


def test_sites_of_the_post_office_are_numbered_in_their_own_way() -> None:
    assert read_siret("356 000 000 49837", "356000000") == "35600000049837"
    with pytest.raises(IdentifierError):
        read_siret("35600000049838")


@pytest.mark.parametrize("place", range(9))
@pytest.mark.parametrize("digit", "0123456789")
def test_one_wrong_digit_of_a_siren_is_always_found(place: int, digit: str) -> None:
    right = "552100554"
    mistaken = right[:place] + digit + right[place + 1 :]
    if mistaken != right:
        with pytest.raises(IdentifierError):
            read_siren(mistaken)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("12345678", "siren_length"),
        ("ABCDEFGHI", "siren_not_digits"),
        ("٥٥٢١٠٠٥٥٤", "siren_not_digits"),
        ("552100555", "siren_checksum"),
    ],
)
def test_wrong_siren_says_what_is_wrong(number: str, code: str) -> None:
    with pytest.raises(IdentifierError) as caught:
        read_siren(number)
    assert caught.value.code == code


def test_activity_codes_are_read_with_their_list() -> None:
    assert len(labels()) == 732
    assert read_activity("1071c").code == "10.71C"
    assert read_activity("10.71 C").label == "Boulangerie et boulangerie-pâtisserie"
    assert read_activity("10.71Y", "naf2025").problem is None
    assert read_activity("10.71Y", "naf2025").label == ""
    assert str(read_activity("10.71Y").problem).startswith("The list NAF rév. 2 has no code")
    assert read_activity("", "naf2").scheme == ""
    assert all(len(label_of(code)) <= 120 for code in labels())


def test_agreements_are_read_by_their_number() -> None:
    assert read_agreement("IDCC 843") == ("0843", None)
    assert name_of("0843").startswith("Boulangerie-pâtisserie")
    assert "CUMA" in names()["7024"]
    assert read_agreement("9998")[1] is None
    assert read_agreement("bakery")[1] is not None
    assert read_agreement("0")[1] is not None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0254001122", "02 54 00 11 22"),
        ("254001122", "02 54 00 11 22"),
        ("+33 (0)2 54 00 11 22", "02 54 00 11 22"),
        ("0033254001122", "02 54 00 11 22"),
        ("+32 2 555 12 12", "+32 2 555 12 12"),
        ("3949", None),
        ("call me", None),
    ],
)
def test_telephone_numbers_are_kept_alike(typed: str, kept: str | None) -> None:
    assert read_phone(typed) == kept


def test_size_follows_the_number_of_employees() -> None:
    sizes = [str(size_of(count)) for count in (0, 1, 9, 10, 49, 50, 249, 250)]
    assert sizes == [
        "self_employed",
        "very_small",
        "very_small",
        "small",
        "small",
        "medium",
        "medium",
        "large",
    ]
    draft = check(OrganisationDraft(name="A", headcount="1 200", size_band="small")).draft
    assert (draft.headcount, draft.size_band) == (1200, "large")


def test_siren_comes_from_the_siret() -> None:
    draft = OrganisationDraft(name="A", site=SiteDraft(siret="55210055400013", commune="Blois"))
    assert check(draft).fit().siren == "552100554"


def test_postcode_written_with_the_commune_is_understood() -> None:
    assert check_site(SiteDraft(commune="41110 St Aignan")).draft.insee == "41198"
    assert check_site(SiteDraft(commune="Saint-Aignan (41110)")).draft.postcode == "41110"
    assert (
        check_site(SiteDraft(commune="Bourg-en-Bresse", postcode="1000")).draft.postcode == "01000"
    )


def test_former_commune_counts_as_the_one_it_is_part_of() -> None:
    site = check_site(SiteDraft(commune="Ouchamps")).draft
    assert site.insee == check_site(SiteDraft(commune="Le Controis-en-Sologne")).draft.insee


def test_every_problem_of_a_draft_is_told_at_once() -> None:
    draft = OrganisationDraft(
        name=" ",
        kind="club",
        siren="1",
        activity_code="x",
        agreement="x",
        headcount="-3",
        phone="x",
        email="x",
        website="x y",
        legal_form="x" * 81,
        site=SiteDraft(siret="1", commune="Bloua"),
    )
    fields = {field for field, _sentence in wrong(draft)}
    assert fields == {
        *("name", "kind", "siren", "activity_code", "agreement", "headcount", "phone", "email"),
        *("website", "legal_form", "siret", "commune"),
    }
    with pytest.raises(DraftError, match=r"Give the name of the organisation\. 11 more things"):
        check(draft).fit()


def test_problem_survives_being_kept() -> None:
    problem = check(OrganisationDraft(name="A", siren="12")).problems[0]
    kept = Problem.from_json(json.loads(json.dumps(problem.as_json())))
    assert str(kept) == "A SIREN number has 9 digits: “12” has 2."


TEXT = st.text(max_size=30) | st.sampled_from(
    ["Blois", "41000", "55210055400013", "552100554", "10.71C", "0254001122", "47.58", "1e400"]
)
DRAFTS = st.builds(
    OrganisationDraft,
    **dict.fromkeys(ORGANISATION_FIELDS, TEXT),
    site=st.none()
    | st.builds(SiteDraft, **{name: TEXT for name in SITE_FIELDS if name != "placed_by_hand"}),
)


@given(DRAFTS)
def test_anything_typed_is_tidied_or_told_and_never_breaks(draft: OrganisationDraft) -> None:
    checked = check(draft)
    for problem in checked.problems:
        assert problem.code in SENTENCES
        assert str(problem)
        json.dumps(problem.as_json())
    assert "\x00" not in checked.draft.name + checked.draft.presentation


@given(DRAFTS)
def test_tidying_what_is_tidy_changes_nothing(draft: OrganisationDraft) -> None:
    checked = check(draft)
    if not checked.problems:
        assert check(checked.draft).draft == checked.draft
        assert check(checked.draft).problems == ()


def test_floats_of_a_record_are_kept_only_when_placed_by_hand() -> None:
    site = SiteDraft(commune="Blois", latitude=47.6, longitude=1.3)
    assert check_site(site).draft.latitude != 47.6
    assert check_site(replace(site, placed_by_hand=True)).draft.latitude == 47.6
