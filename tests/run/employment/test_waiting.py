"""A fixed term that follows another in the same post waits: one day under, one day over."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from maillage.run.employment.agreeing import set_figure
from maillage.run.employment.checks import problems_of
from maillage.run.employment.contracts import words_of
from maillage.run.employment.enums import EndReason
from maillage.run.employment.law import Figure, Figures, law_alone
from maillage.run.employment.models import EmploymentContract, Worker
from maillage.run.employment.refusals import ContractError, StaffError
from maillage.run.employment.waiting import Former, Wait, wait_after
from tests.cast import Cast, acting, inside
from tests.run.employment.stories import SALES, drafted, gilles, signed_contract
from tests.run.employment.test_checks import FIXED, MONDAY

WEEK = (0, 1, 2, 3, 4)
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
FORMER = Former(kind="fixed_term", starts_on=MONDAY, ends_on=date(2027, 3, 4))  # 60 days


def waited(days: int, opens_on: tuple[int, ...] = WEEK, figures: Figures | None = None) -> Wait:
    """Return what a post waits after a fixed term of so many days from Monday 4 January 2027."""
    former = replace(FORMER, ends_on=MONDAY + timedelta(days=days - 1))
    wait = wait_after(former, opens_on, figures or law_alone(MONDAY))
    assert wait is not None
    return wait


@pytest.mark.parametrize(
    ("days", "wait", "first"),
    [
        (1, 1, date(2027, 1, 6)),
        (12, 6, date(2027, 1, 26)),
        (13, 7, date(2027, 1, 27)),  # half of thirteen days, and the part of a day
        (14, 5, date(2027, 1, 23)),  # a third of fourteen
        (15, 5, date(2027, 1, 26)),
        (60, 20, date(2027, 4, 3)),  # Easter Monday, 29 March, does not count
    ],
)
def test_a_post_waits_half_of_a_short_term_and_a_third_of_a_longer_one(
    days: int, wait: int, first: date
) -> None:
    found = waited(days)
    assert (found.days, found.first_day, found.article) == (wait, first, "L1244-3-1")


def test_only_the_days_on_which_the_firm_opens_count() -> None:
    assert waited(60, EVERY_DAY).first_day == date(2027, 3, 25)
    assert waited(60, (1, 2, 3, 4, 5)).first_day == date(2027, 4, 2)
    assert waited(60, ()).first_day == waited(60).first_day


def test_an_agreement_of_the_branch_sets_another_wait_or_none() -> None:
    agreed = Figures(MONDAY, {"waiting_divisor_long": Figure(4, "CCN 3248, art. 81")})
    assert (waited(60, figures=agreed).days, waited(60, figures=agreed).article) == (
        15,
        "CCN 3248, art. 81",
    )
    none = Figures(MONDAY, {"waiting_divisor_long": Figure(0, "CCN 3248, art. 81")})
    assert wait_after(FORMER, WEEK, none) is None


def refused(former: Former, **changed: object) -> bool:
    """Whether a fixed term that begins the day after another is refused."""
    told: dict[str, Any] = {"starts_on": former.ends_on + timedelta(days=1), **changed}
    words = replace(FIXED, **told)
    found = problems_of(words, law_alone(words.starts_on), None, [former])
    assert {one.rule for one in found} <= {"waiting_time"}
    return bool(found)


def test_some_contracts_never_wait() -> None:
    assert refused(FORMER)
    assert not refused(FORMER, kind="permanent", ends_on=None, reason="")
    assert not refused(FORMER, no_wait="urgent")
    assert not refused(replace(FORMER, end_reason=EndReason.RESIGNED))
    assert refused(replace(FORMER, end_reason=EndReason.TERM))
    assert not refused(FORMER, kind="seasonal")
    assert not refused(FORMER, kind="replacement")


def test_the_same_worker_follows_at_once_only_when_both_contracts_never_wait() -> None:
    same = replace(FORMER, same=True)
    assert refused(same, kind="seasonal")
    assert refused(same, kind="replacement")
    assert not refused(replace(same, kind="seasonal"), kind="seasonal")
    assert not refused(replace(same, kind="replacement"), kind="replacement")


def held(cast: Cast, worker: Worker | None = None, **changed: object) -> EmploymentContract:
    """Have a fixed term of 60 days signed, as sales assistant in the bakery."""
    told = {
        "kind": "fixed_term",
        "reason": "Surcroît d’activité",
        "ends_on": date(2027, 3, 4),
        "users": (cast.bakery.pk,),
        **changed,
    }
    contract: EmploymentContract = signed_contract(cast, worker, **told)
    return contract


@pytest.mark.django_db
def test_a_draft_is_refused_one_day_too_early_and_kept_on_the_day(cast: Cast) -> None:
    with inside(cast.network):
        held(cast)
        other = gilles(cast, name="Hugo", email="hugo@worker.example")
        told = {
            "kind": "fixed_term",
            "reason": "Surcroît d’activité",
            "ends_on": date(2027, 6, 30),
            "users": (cast.bakery.pk, cast.garage.pk),
        }
        with pytest.raises(ContractError) as caught:
            drafted(cast, other, starts_on=date(2027, 4, 2), **told)
        assert str(caught.value) == (
            "This post was held on a fixed term of 60 days, until 4 March 2027. Another waits"
            " 20 days on which the firm opens: it may begin on 3 April 2027 (L1244-3-1)."
        )
        assert caught.value.field == "starts_on"
        made = drafted(cast, other, starts_on=date(2027, 4, 3), **told)
        assert words_of(made).opens_on == WEEK


@pytest.mark.django_db
def test_another_post_another_firm_and_another_reason_do_not_wait(cast: Cast) -> None:
    with inside(cast.network):
        held(cast)
        other = gilles(cast, name="Hugo", email="hugo@worker.example")
        told: dict[str, object] = {
            "kind": "fixed_term",
            "reason": "Surcroît d’activité",
            "starts_on": date(2027, 3, 5),
            "ends_on": date(2027, 6, 30),
            "users": (cast.bakery.pk,),
        }
        with pytest.raises(ContractError):
            drafted(cast, other, **told)
        for free in ({"users": (cast.garage.pk,)}, {"occupation": "I1604"}, {"no_wait": "usual"}):
            drafted(cast, other, **told | free).delete()
        with pytest.raises(ContractError):  # without a code, the title tells the post
            drafted(cast, other, **told | {"occupation": ""})
        drafted(cast, other, **told | {"occupation": "", "title": "Mécanicien"}).delete()
        kept = drafted(cast, other, **told | {"no_wait": "other_post", "opens_on": (1, 5)})
        assert (words_of(kept).no_wait, words_of(kept).opens_on) == ("other_post", (1, 5))


@pytest.mark.django_db
def test_only_a_figure_of_the_wait_may_be_none(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        with pytest.raises(StaffError, match="one at least"):
            set_figure(
                acting=alice,
                rule="fixed_term_months",
                value=0,
                reference="CCN",
                starts_on=MONDAY,
            )
        set_figure(
            acting=alice,
            rule="waiting_divisor_long",
            value=0,
            reference="CCN 3248, art. 81",
            starts_on=MONDAY,
        )
        held(cast)
        other = gilles(cast, name="Hugo", email="hugo@worker.example")
        made = drafted(
            cast,
            other,
            kind="fixed_term",
            reason="Surcroît d’activité",
            starts_on=date(2027, 3, 5),
            ends_on=date(2027, 6, 30),
        )
        assert made.occupation == SALES
