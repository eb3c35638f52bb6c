"""Signed contracts change by amendments: hours for a time, renewals, firms."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from maillage.foundation.networks.models import MembershipPeriod
from maillage.run.employment.amending import (
    HoursWords,
    amend_hours,
    change_users,
    drop_amendment,
    renew_contract,
)
from maillage.run.employment.contracts import users_on
from maillage.run.employment.documents import Paper
from maillage.run.employment.enums import PaperKind
from maillage.run.employment.models import EmploymentContract, HoursAmendment
from maillage.run.employment.models_of_contracts import ContractRenewal, UsersChange
from maillage.run.employment.refusals import ContractError, LendingError, StaffError
from tests.cast import Cast, acting, inside, more_firms
from tests.run.employment.stories import MONDAY, drafted, lent, sign_both, signed_contract

JUNE = date(2027, 6, 1)


def part_time(cast: Cast) -> EmploymentContract:
    """Have a contract of 24 hours a week signed."""
    return signed_contract(cast, week_minutes=24 * 60)


def amended(cast: Cast, contract: EmploymentContract, **changed: object) -> HoursAmendment:
    """Draft 34 hours a week in June, changed, as Alice."""
    told = {
        "starts_on": JUNE,
        "ends_on": date(2027, 6, 30),
        "week_minutes": 34 * 60,
        "reason": "Saison",
        "allowed_by": "CCN 1505, art. 6",
        **changed,
    }
    return amend_hours(
        acting=acting(cast.alice, cast.network),
        contract=contract,
        words=HoursWords(**told),  # type: ignore[arg-type]  # given by name
    )


def test_hours_grow_for_a_time_and_stay_under_those_of_full_time(cast: Cast) -> None:
    with inside(cast.network):
        contract = part_time(cast)
        with pytest.raises(StaffError, match=r"stays under 35.h a week \(L3123-9\)"):
            amended(cast, contract, week_minutes=2100)
        with pytest.raises(StaffError, match="more than 24"):
            amended(cast, contract, week_minutes=24 * 60)
        made = amended(cast, contract, week_minutes=2099)
        assert made.signed_on is None
        sign_both(cast, Paper(PaperKind.HOURS, made))
        made.refresh_from_db()
        assert made.signed_on == localdate()
        with pytest.raises(StaffError, match="it stays"):
            drop_amendment(acting=acting(cast.alice, cast.network), amendment=made)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"allowed_by": " "}, "allowed_by"),
        ({"ends_on": JUNE - timedelta(days=1)}, "ends_on"),
        ({"starts_on": MONDAY - timedelta(days=1)}, "ends_on"),
    ],
)
def test_a_change_of_hours_that_lacks_something_is_refused(
    cast: Cast, changed: dict[str, object], field: str
) -> None:
    with inside(cast.network):
        contract = part_time(cast)
        with pytest.raises(StaffError) as refused:
            amended(cast, contract, **changed)
        assert refused.value.field == field


def test_there_are_eight_changes_of_hours_a_year_and_not_a_ninth(cast: Cast) -> None:
    with inside(cast.network):
        contract = part_time(cast)
        weeks = [date(2027, 2, 1) + timedelta(weeks=rank) for rank in range(9)]
        for first in weeks[:8]:
            amended(cast, contract, starts_on=first, ends_on=first + timedelta(days=6))
        ninth = {"starts_on": weeks[8], "ends_on": weeks[8] + timedelta(days=6)}
        with pytest.raises(StaffError, match=r"8 a year at most \(L3123-22\)"):
            amended(cast, contract, **ninth)
        assert amended(cast, contract, replaces="Hugo Petit", **ninth).replaces == "Hugo Petit"
        with pytest.raises(StaffError, match="Another change of hours"):
            amended(cast, contract, replaces="Hugo Petit", **ninth)
        later = amended(cast, contract, starts_on=date(2028, 1, 3), ends_on=date(2028, 1, 9))
        assert later.starts_on == date(2028, 1, 3)  # another year, another count


def test_full_time_has_no_change_of_hours_and_a_draft_changes_as_it_is(cast: Cast) -> None:
    with inside(cast.network), pytest.raises(StaffError, match="full time"):
        amended(cast, signed_contract(cast))
    with inside(cast.network):
        EmploymentContract.objects.update(signed_on=None)
        with pytest.raises(StaffError, match="not signed yet"):
            amended(cast, EmploymentContract.objects.get())


def fixed_term(cast: Cast) -> EmploymentContract:
    """Have a contract of six months signed."""
    return signed_contract(
        cast, kind="fixed_term", reason="Surcroît d’activité", ends_on=date(2027, 7, 3)
    )


def renewed(cast: Cast, contract: EmploymentContract, ends_on: date) -> EmploymentContract:
    """Have a renewal drafted and signed."""
    renewal = renew_contract(
        acting=acting(cast.alice, cast.network), contract=contract, ends_on=ends_on, reason="Suite"
    )
    sign_both(cast, Paper(PaperKind.RENEWAL, renewal))
    return EmploymentContract.objects.select_related("worker__network").get(pk=contract.pk)


def test_a_fixed_term_is_renewed_twice_within_eighteen_months(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        contract = fixed_term(cast)
        with pytest.raises(ContractError, match="L1242-8-1"):
            renewed(cast, contract, date(2028, 7, 4))
        with pytest.raises(StaffError, match="after the present one"):
            renewed(cast, contract, date(2027, 7, 3))
        contract = renewed(cast, contract, date(2027, 12, 31))
        assert contract.ends_on == date(2027, 12, 31)
        contract = renewed(cast, contract, date(2028, 7, 3))
        assert contract.ends_on == date(2028, 7, 3)
        with pytest.raises(StaffError, match=r"2 at most \(L1243-13-1\)"):
            renew_contract(
                acting=alice, contract=contract, ends_on=date(2028, 7, 3), reason="Encore"
            )


def test_a_renewal_holds_once_signed_and_one_waits_at_a_time(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        contract = fixed_term(cast)
        renewal = renew_contract(
            acting=alice, contract=contract, ends_on=date(2027, 12, 31), reason="Suite"
        )
        assert EmploymentContract.objects.get().ends_on == date(2027, 7, 3)
        with pytest.raises(StaffError, match="waits to be signed"):
            renew_contract(
                acting=alice, contract=contract, ends_on=date(2028, 1, 31), reason="Suite"
            )
        drop_amendment(acting=alice, amendment=renewal)
        assert not ContractRenewal.objects.exists()
        with pytest.raises(StaffError, match="has a last day"):
            renew_contract(
                acting=alice,
                contract=signed_contract(cast, starts_on=date(2027, 8, 1)),
                ends_on=date(2028, 1, 31),
                reason="Suite",
            )


def test_a_firm_enters_the_list_once_the_amendment_is_signed(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        contract = signed_contract(cast, users=(cast.bakery.pk,))
        change = change_users(
            acting=alice,
            contract=contract,
            organisation=cast.garage,
            joins=True,
            takes_effect_on=JUNE,
        )
        with pytest.raises(StaffError, match="waits to be signed"):
            change_users(
                acting=alice,
                contract=contract,
                organisation=cast.garage,
                joins=True,
                takes_effect_on=JUNE,
            )
        assert users_on(contract, JUNE) == [cast.bakery]
        with pytest.raises(LendingError, match="does not name"):
            lent(cast, contract, cast.garage, starts_on=JUNE)
        sign_both(cast, Paper(PaperKind.USERS, change))
        assert users_on(contract, JUNE - timedelta(days=1)) == [cast.bakery]
        assert users_on(contract, JUNE) == [cast.bakery, cast.garage]
        assert lent(cast, contract, cast.garage, starts_on=JUNE).organisation == cast.garage


def test_the_list_names_members_once(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        contract = signed_contract(cast, users=(cast.bakery.pk,))

        def change(firm: str, *, joins: bool) -> UsersChange:
            return change_users(
                acting=alice,
                contract=contract,
                organisation=getattr(cast, firm),
                joins=joins,
                takes_effect_on=JUNE,
            )

        with pytest.raises(StaffError, match="names this firm already"):
            change("bakery", joins=True)
        with pytest.raises(StaffError, match="does not name"):
            change("garage", joins=False)
        MembershipPeriod.objects.filter(membership__organisation=cast.garage).update(
            ends_on=JUNE - timedelta(days=1)
        )
        with pytest.raises(LendingError, match="members only"):
            change("garage", joins=True)


def test_an_apprentice_gets_no_fourth_firm(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        contract = signed_contract(cast, kind="apprentice", users=(cast.bakery.pk, cast.garage.pk))
        change = change_users(
            acting=alice,
            contract=contract,
            organisation=cast.rival,
            joins=True,
            takes_effect_on=JUNE,
        )
        sign_both(cast, Paper(PaperKind.USERS, change))
        assert len(users_on(contract, JUNE)) == 3
        fourth = more_firms(cast, 1)[0]
        with pytest.raises(StaffError, match=r"3 firms at most \(R6223-10\)"):
            change_users(
                acting=alice,
                contract=contract,
                organisation=fourth,
                joins=True,
                takes_effect_on=JUNE,
            )


def test_a_draft_waits_for_its_own_change(cast: Cast) -> None:
    with inside(cast.network), pytest.raises(StaffError, match="change it as it is"):
        change_users(
            acting=acting(cast.alice, cast.network),
            contract=drafted(cast),
            organisation=cast.rival,
            joins=True,
            takes_effect_on=JUNE,
        )
