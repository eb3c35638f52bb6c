"""Kinds by questions, conditions one under and one over, value added tax and its alarms."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.utils.timezone import localdate

from maillage.foundation.organisations.enums import OrganisationKind
from maillage.foundation.organisations.models import Organisation
from maillage.run.group.enums import FilingKind, GroupKind
from maillage.run.group.kinds import (
    Answers,
    conditions_of,
    kind_from,
    one_agreement_met,
    public_hours_met,
    public_members_met,
    replacement_met,
)
from maillage.run.group.models import Deadline
from maillage.run.group.queries import members_of
from maillage.run.group.refusals import GroupError
from maillage.run.group.rules import faults, filing_of, limit_on, rules_on
from maillage.run.group.vat import set_vat
from tests.cast import Cast, acting, inside
from tests.run.group.stories import BAKERIES, GARAGES, grouped, line, lines, under

TODAY = date(2026, 11, 23)
NO = {
    "own_members_only": False,
    "replaces": False,
    "public_bodies": False,
    "integrates": False,
    "one_agreement": False,
}


@pytest.fixture
def here(cast: Cast) -> Iterator[Cast]:
    """The cast, inside their network."""
    with inside(cast.network):
        yield cast


@pytest.mark.parametrize(
    ("yes", "kind"),
    [
        ("one_agreement", GroupKind.SAME_AGREEMENT),
        ("", GroupKind.SEVERAL_AGREEMENTS),
        ("public_bodies", GroupKind.MIXED),
        ("replaces", GroupKind.REPLACEMENT),
        ("own_members_only", GroupKind.COOPERATIVE),
        ("integrates", GroupKind.INTEGRATION),
    ],
)
def test_the_answers_say_the_kind(yes: str, kind: GroupKind) -> None:
    answers = NO | ({yes: True} if yes else {})
    assert kind_from(Answers(**answers)) == kind


@pytest.mark.parametrize(
    ("kind", "several", "filing"),
    [
        ("a", False, FilingKind.LETTER),
        ("b", True, FilingKind.DECLARATION),
        ("c", False, FilingKind.LETTER),
        ("c", True, FilingKind.DECLARATION),
        ("d", False, FilingKind.APPROVAL),
        ("e", True, FilingKind.LETTER),
        ("f", True, FilingKind.DECLARATION),
    ],
)
def test_each_kind_sends_its_paper(kind: str, several: bool, filing: FilingKind) -> None:
    assert filing_of(kind, several=several) == filing


def test_the_files_of_the_law_are_whole() -> None:
    assert list(faults()) == []
    assert all(rule.article for rule in rules_on(TODAY).values())


def test_public_bodies_are_half_of_the_members_at_most() -> None:
    assert public_members_met(5, 10, TODAY)
    assert not public_members_met(6, 10, TODAY)
    assert not public_members_met(5, 9, TODAY)


def test_a_worker_spends_three_quarters_of_the_year_with_public_members_at_most() -> None:
    assert public_hours_met(75_000, 100_000, TODAY)
    assert not public_hours_met(75_001, 100_000, TODAY)


def test_eight_hours_in_ten_are_replacements_at_least() -> None:
    assert replacement_met(Decimal(800), Decimal(1000), TODAY)
    assert not replacement_met(Decimal("799.99"), Decimal(1000), TODAY)


def test_one_agreement_is_not_two() -> None:
    assert one_agreement_met([], TODAY)
    assert one_agreement_met(["0843"], TODAY)
    assert not one_agreement_met(["0843", "1090"], TODAY)


def test_no_limit_is_known_before_it_holds() -> None:
    with pytest.raises(LookupError, match="No limit vat_limit is known on 1990-01-01"):
        limit_on("vat_limit", date(1990, 1, 1))


def test_public_bodies_count_among_members_and_not_for_agreements(here: Cast) -> None:
    Organisation.objects.filter(pk=here.garage.pk).update(kind=OrganisationKind.AUTHORITY)
    under(GARAGES, here.garage)
    under(BAKERIES, here.bakery, here.rival)
    members = members_of(here.network)
    (mixed,) = conditions_of(GroupKind.MIXED, members, TODAY)
    assert (mixed.count, mixed.total, mixed.met) == (1, 3, True)
    (same,) = conditions_of(GroupKind.SAME_AGREEMENT, members, TODAY)
    assert (same.count, same.met) == (1, True)


def test_an_agreement_not_known_leaves_the_question_open(here: Cast) -> None:
    under(BAKERIES, here.bakery)
    (same,) = conditions_of(GroupKind.SAME_AGREEMENT, members_of(here.network), TODAY)
    assert same.met is None


def noted(here: Cast, share: str, **more: object) -> None:
    """Note the VAT of the garage this year, as Alice."""
    said = {"regime": "exempt", "basis": "CGI 261 B", "evidence": "Accounts", **more}
    set_vat(
        acting=acting(here.alice, here.network),
        group=here.network.employer_group,
        organisation=here.garage,
        year=localdate().year,
        taxable_share=Decimal(share),
        **said,  # type: ignore[arg-type]  # given by name
    )


@pytest.mark.parametrize(
    ("share", "alarm"),
    [("14.99", None), ("15", "vat_watch"), ("20", "vat_watch"), ("20.01", "vat_limit")],
)
def test_alarms_of_taxed_receipts(here: Cast, share: str, alarm: str | None) -> None:
    """Story 13: one association comes near the limit, and somebody is told in time."""
    group = grouped(here)
    here.network.employer_group = group
    noted(here, share)
    rung = [one.rule for one in Deadline.objects.filter(rule__startswith="vat")]
    assert rung == ([alarm] if alarm else [])


def test_a_corrected_figure_takes_its_alarm_back(here: Cast) -> None:
    group = grouped(here)
    here.network.employer_group = group
    noted(here, "17")
    assert line(group, "vat_watch").firm == here.garage
    noted(here, "21")
    assert lines(group, "vat_watch") == []
    assert line(group, "vat_limit").firm == here.garage
    noted(here, "3")
    assert not Deadline.objects.filter(rule__startswith="vat").exists()


def test_who_charges_vat_rings_no_alarm(here: Cast) -> None:
    here.network.employer_group = grouped(here)
    noted(here, "100", regime="liable", basis="")
    assert not Deadline.objects.filter(rule__startswith="vat").exists()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"basis": ""}, "on which article the exemption rests"),
        ({"evidence": " "}, "Say what shows it"),
        ({"regime": "none"}, "Choose a regime"),
    ],
)
def test_vat_without_its_reasons_is_refused(
    here: Cast, said: dict[str, object], sentence: str
) -> None:
    here.network.employer_group = grouped(here)
    with pytest.raises(GroupError, match=sentence):
        noted(here, "3", **said)
