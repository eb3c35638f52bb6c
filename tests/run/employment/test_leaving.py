"""A firm leaves, a worker leaves: what is owed, what is to be re-placed, who is told what."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from maillage.foundation.networks.models import Task
from maillage.run.employment.contracts import users_on
from maillage.run.employment.departure import end_contract, exits_between, last_hours
from maillage.run.employment.documents import Paper
from maillage.run.employment.enums import EndReason, PaperKind
from maillage.run.employment.firm_leaving import departure_of, firm_leaves, minutes_within
from maillage.run.employment.models import EmploymentContract, LendingAgreement
from maillage.run.employment.models_of_contracts import UsersChange
from maillage.run.employment.opinions import ask_opinions, give_opinion
from maillage.run.employment.refusals import StaffError
from tests.cast import Cast, acting, inside
from tests.run.employment.stories import (
    drafted,
    gilles,
    in_days,
    sign_both,
    signed_contract,
    signed_lending,
)


def lent_to_both(cast: Cast) -> EmploymentContract:
    """Have Gilles lent to the bakery and the garage for ten days already, signed."""
    first = in_days(-10)
    contract = signed_contract(cast, starts_on=first)
    signed_lending(cast, contract, cast.bakery, starts_on=first)
    signed_lending(cast, contract, cast.garage, starts_on=first, week_minutes=18 * 60)
    return contract


def test_hours_of_some_days_are_a_share_of_the_week() -> None:
    monday = date(2027, 1, 4)
    assert minutes_within(1020, monday, monday + timedelta(days=6)) == 1020
    assert minutes_within(1020, monday, monday + timedelta(days=13)) == 2040
    assert minutes_within(1020, monday, monday) == 146
    assert minutes_within(1020, monday, monday - timedelta(days=1)) == 0


def test_what_a_firm_that_leaves_still_owes_is_told(cast: Cast) -> None:
    with inside(cast.network):
        contract = lent_to_both(cast)
        found = departure_of(cast.network, cast.bakery, in_days(89))
        assert [one.lending.contract.worker.name for one in found.lendings] == ["Gilles Moreau"]
        one = found.lendings[0]
        assert one.notice_ends_on == in_days(90)
        assert (one.short_of_notice, one.keeps_notice) == (1, False)
        assert one.owed_minutes == round(17 * 60 * 91 / 7)
        assert found.loose_minutes == 17 * 60
        assert found.contracts == (contract,)
        assert found.tail_ends_on is None
        later = departure_of(cast.network, cast.bakery, in_days(90), tail_months=6)
        assert later.lendings[0].keeps_notice
        assert later.tail_ends_on is not None
        assert later.tail_ends_on > in_days(90 + 175)
        assert departure_of(cast.network, cast.rival, in_days(90)).lendings == ()


def test_a_firm_leaves_and_each_contract_gets_its_amendment(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        contract = lent_to_both(cast)
        day = in_days(90)
        firm_leaves(acting=alice, organisation=cast.bakery, leaves_on=day, reason="Déménagement")
        ended = LendingAgreement.objects.get(organisation=cast.bakery)
        assert (ended.notice_given_on, ended.ended_on) == (localdate(), day)
        assert ended.end_reason == "Déménagement"
        assert LendingAgreement.objects.get(organisation=cast.garage).ended_on is None
        change = UsersChange.objects.get()
        assert (change.joins, change.takes_effect_on) == (False, day + timedelta(days=1))
        assert users_on(contract, day) == [cast.bakery, cast.garage]
        assert users_on(contract, day + timedelta(days=1)) == [cast.garage]
        task = Task.objects.get(of_contract__key__startswith="users")
        assert task.title.startswith("Amend the contract of Gilles Moreau: Boulangerie Martin")
        sign_both(cast, Paper(PaperKind.USERS, change))
        task.refresh_from_db()
        assert task.done_at is not None
        again = firm_leaves(acting=alice, organisation=cast.bakery, leaves_on=day, reason="")
        assert len(again.lendings) == 1
        assert UsersChange.objects.count() == 1


def test_only_who_keeps_workers_lets_a_firm_leave(cast: Cast) -> None:
    with inside(cast.network), pytest.raises(PermissionDenied):
        firm_leaves(
            acting=acting(cast.bob, cast.network),
            organisation=cast.bakery,
            leaves_on=localdate(),
            reason="",
        )


def test_a_worker_hired_by_a_member_is_a_success_with_its_papers(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        contract = lent_to_both(cast)
        day = in_days(13)
        left = {one.lending.organisation: one.left_minutes for one in last_hours(contract, day)}
        assert left == {cast.bakery: 2 * 17 * 60, cast.garage: 2 * 18 * 60}
        ended = end_contract(
            acting=alice,
            contract=contract,
            ended_on=day,
            reason=EndReason.HIRED_BY_MEMBER,
            hired_by=cast.garage,
            replace=True,
        )
        assert (ended.ended_on, ended.hired_by) == (day, cast.garage)
        assert set(LendingAgreement.objects.values_list("ended_on", flat=True)) == {day}
        open_ones = Task.objects.filter(done_at=None)
        titles = list(open_ones.order_by("id").values_list("title", flat=True))
        assert [title.partition(":")[0] for title in titles] == [
            *["Hand over to Gilles Moreau"] * 5,
            "Find who comes after Gilles Moreau (Vendeur polyvalent)",
        ]
        assert titles[-1].endswith("Boulangerie Martin, Garage Lemoine")
        exits = exits_between(cast.network, localdate(), day)
        assert (exits.ended, exits.successes) == (1, 1)
        assert exits.hired_by == ((cast.garage, 1),)
        with pytest.raises(StaffError, match="ended already"):
            end_contract(acting=alice, contract=contract, ended_on=day, reason=EndReason.RESIGNED)


def test_three_stable_jobs_in_five_exits_make_three_successes(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        reasons = [EndReason.STABLE_JOB] * 3 + [EndReason.RESIGNED, EndReason.AGREED]
        for rank, reason in enumerate(reasons):
            worker = gilles(cast, name=f"Salarié {rank}")
            contract = signed_contract(cast, worker, starts_on=in_days(-10))
            end_contract(acting=alice, contract=contract, ended_on=localdate(), reason=reason)
        exits = exits_between(cast.network, localdate(), localdate())
        assert (exits.ended, exits.successes) == (5, 3)


def test_an_end_makes_sense(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        draft = drafted(cast)
        with pytest.raises(StaffError, match="never signed"):
            end_contract(
                acting=alice, contract=draft, ended_on=localdate(), reason=EndReason.RESIGNED
            )
        contract = signed_contract(
            cast,
            gilles(cast, name="Hugo"),
            starts_on=in_days(-50),
            kind="fixed_term",
            reason="Surcroît",
            ends_on=in_days(50),
        )

        def refused(day: date, reason: EndReason, firm: str = "") -> str:
            with pytest.raises(StaffError) as error:
                end_contract(
                    acting=alice,
                    contract=contract,
                    ended_on=day,
                    reason=reason,
                    hired_by=getattr(cast, firm) if firm else None,
                )
            return error.value.field

        assert refused(in_days(-51), EndReason.AGREED) == "ended_on"
        assert refused(in_days(51), EndReason.AGREED) == "ended_on"
        assert refused(in_days(49), EndReason.TERM) == "ended_on"
        assert refused(localdate(), EndReason.TRIAL) == "reason"
        assert refused(localdate(), EndReason.HIRED_BY_MEMBER) == "hired_by"
        assert refused(localdate(), EndReason.RESIGNED, "garage") == "hired_by"
        end_contract(acting=alice, contract=contract, ended_on=in_days(50), reason=EndReason.TERM)


def test_each_firm_is_asked_once_and_says_whether_it_would_go_on(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        contract = lent_to_both(cast)
        asked = ask_opinions(acting=alice, contract=contract)
        assert {one.organisation for one in asked} == {cast.bakery, cast.garage}
        assert ask_opinions(acting=alice, contract=contract) == []
        opinion = next(one for one in asked if one.organisation == cast.bakery)
        with pytest.raises(PermissionDenied):
            give_opinion(
                acting=acting(cast.emma, cast.network), opinion=opinion, in_favour=True, words=""
            )
        bob = acting(cast.bob, cast.network)
        with pytest.raises(StaffError, match="Say why"):
            give_opinion(acting=bob, opinion=opinion, in_favour=False, words=" ")
        given = give_opinion(acting=bob, opinion=opinion, in_favour=True, words="Très bien")
        assert (given.in_favour, given.given_on) == (True, localdate())


def test_nobody_is_asked_out_of_a_trial_period(cast: Cast) -> None:
    with inside(cast.network):
        contract = signed_contract(cast, starts_on=in_days(-100))
        with pytest.raises(StaffError, match="no trial period that runs"):
            ask_opinions(acting=acting(cast.alice, cast.network), contract=contract)
