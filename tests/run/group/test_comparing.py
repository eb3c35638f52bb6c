"""Members of several agreements see pay, hours and leave side by side, and vote (lesson L46)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from maillage.foundation.networks.models import Decision, MembershipPeriod
from maillage.foundation.notify.models import Notification
from maillage.run.group.comparing import (
    Cell,
    begin_comparison,
    close_vote,
    extend_vote,
    fill_cells,
    missing_in,
    open_vote,
    side_by_side,
    vote,
)
from maillage.run.group.enums import ComparedItem
from maillage.run.group.models import AgreementVote, Comparison, EmployerGroup
from maillage.run.group.refusals import GroupError
from tests.cast import Cast, acting, inside
from tests.run.group.stories import BAKERIES, GARAGES, grouped

POST = "Seller"


@pytest.fixture
def here(cast: Cast) -> Iterator[Cast]:
    """The cast, inside their network."""
    with inside(cast.network):
        yield cast


def compared(here: Cast, *, filled: bool = True) -> Comparison:
    """Compare two agreements for one post, as Alice."""
    alice = acting(here.alice, here.network)
    comparison = begin_comparison(
        acting=alice,
        group=grouped(here, kind="b"),
        title="Which agreement?",
        agreements=["843", "IDCC 1090", "843"],
        posts=["Seller", " ", "Seller"],
    )
    if filled:
        fill_cells(acting=alice, comparison=comparison, post=POST, cells=cells())
    return comparison


def cells() -> list[Cell]:
    """Return pay that differs, hours that do not, and everything else."""
    return [
        Cell(POST, code, item, "35 h" if item == "hours" else f"{item} {code}", "KALI, art. 5")
        for code in (BAKERIES, GARAGES)
        for item in ComparedItem.values
    ]


def put_to(here: Cast, comparison: Comparison) -> Comparison:
    """Put a comparison to the members for a week."""
    until = localdate() + timedelta(days=7)
    return open_vote(acting=acting(here.alice, here.network), comparison=comparison, until=until)


def say(here: Cast, who: str, comparison: Comparison, agreement: str) -> None:
    """Vote as somebody."""
    person = getattr(here, who)
    vote(acting=acting(person, here.network), comparison=comparison, agreement=agreement)


def test_agreements_stand_side_by_side_with_what_differs(here: Cast) -> None:
    comparison = compared(here)
    assert (comparison.agreements, comparison.posts) == ([BAKERIES, GARAGES], [POST])
    rows = side_by_side(comparison, comparison.cells.all())[POST]
    assert [row.item for row in rows] == [item.label for item in ComparedItem]
    assert [row.differs for row in rows] == [True, False, True, True, True, True]
    assert [cell.value for _code, cell in rows[0].by_agreement if cell] == [
        "pay 0843",
        "pay 1090",
    ]


def test_a_value_without_its_source_is_refused(here: Cast) -> None:
    comparison = compared(here, filled=False)
    with pytest.raises(GroupError, match="Say where each value was read"):
        fill_cells(
            acting=acting(here.alice, here.network),
            comparison=comparison,
            post=POST,
            cells=[Cell(POST, BAKERIES, "pay", "12,31 €", " ")],
        )


def test_nothing_is_put_to_members_before_pay_hours_and_leave_are_known(here: Cast) -> None:
    comparison = compared(here, filled=False)
    assert len(missing_in(comparison, [])) == 6
    with pytest.raises(GroupError, match="Seller, IDCC 0843, Gross pay is missing"):
        put_to(here, comparison)


def test_members_are_told_and_vote_once_each(here: Cast) -> None:
    comparison = put_to(here, compared(here))
    told = Notification.objects.filter(url__endswith="/group/mine/")
    assert {one.person for one in told} == {here.bob, here.emma}
    say(here, "bob", comparison, GARAGES)
    say(here, "bob", comparison, BAKERIES)
    assert [one.agreement for one in AgreementVote.objects.all()] == [BAKERIES]


def test_the_choice_becomes_a_decision_and_the_agreement_of_the_group(here: Cast) -> None:
    comparison = put_to(here, compared(here))
    say(here, "bob", comparison, BAKERIES)
    say(here, "emma", comparison, BAKERIES)
    alice = acting(here.alice, here.network)
    with pytest.raises(GroupError, match="Members may still vote"):
        close_vote(acting=alice, comparison=comparison)
    Comparison.objects.update(votes_until=localdate() - timedelta(days=1))
    closed = close_vote(acting=alice, comparison=comparison)
    decision = Decision.objects.get()
    assert closed.decision == decision
    assert decision.title.startswith("Collective agreement of the group: IDCC 0843, ")
    assert (decision.votes_for, decision.votes_against, decision.abstentions) == (2, 0, 1)
    assert EmployerGroup.objects.get().agreement == BAKERIES
    with pytest.raises(GroupError, match="The vote is not open"):
        say(here, "bob", comparison, GARAGES)


def test_half_of_the_voices_choose_nothing(here: Cast) -> None:
    comparison = put_to(here, compared(here))
    say(here, "bob", comparison, BAKERIES)
    say(here, "emma", comparison, GARAGES)
    Comparison.objects.update(votes_until=localdate() - timedelta(days=1))
    alice = acting(here.alice, here.network)
    with pytest.raises(GroupError, match="No agreement has more than half"):
        close_vote(acting=alice, comparison=comparison)
    assert not Decision.objects.exists()
    extend_vote(acting=alice, comparison=comparison, until=localdate())
    say(here, "emma", comparison, BAKERIES)


def test_nobody_else_votes(here: Cast) -> None:
    comparison = put_to(here, compared(here))
    for who in ("alice", "chloe", "farid"):
        with pytest.raises(PermissionDenied):
            say(here, who, comparison, BAKERIES)
    MembershipPeriod.objects.filter(membership__organisation=here.bakery).update(tier="observer")
    with pytest.raises(GroupError, match="Only members of the group vote"):
        say(here, "bob", comparison, BAKERIES)


def test_the_voice_of_a_member_who_left_is_not_counted(here: Cast) -> None:
    comparison = put_to(here, compared(here))
    say(here, "bob", comparison, BAKERIES)
    MembershipPeriod.objects.filter(membership__organisation=here.bakery).delete()
    Comparison.objects.update(votes_until=localdate() - timedelta(days=1))
    with pytest.raises(GroupError, match="Nobody voted"):
        close_vote(acting=acting(here.alice, here.network), comparison=comparison)


def test_what_members_vote_on_does_not_change(here: Cast) -> None:
    comparison = put_to(here, compared(here))
    with pytest.raises(GroupError, match="does not change any more"):
        fill_cells(
            acting=acting(here.alice, here.network), comparison=comparison, post=POST, cells=cells()
        )


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"agreements": ["843"]}, "Compare two agreements at least"),
        ({"agreements": ["843", "bread"]}, "An IDCC number has four digits"),
        ({"posts": [" "]}, "Name one post at least"),
        ({"title": ""}, "Say what the members choose"),
    ],
)
def test_a_comparison_of_nothing_is_refused(
    here: Cast, said: dict[str, object], sentence: str
) -> None:
    wanted = {"title": "Which?", "agreements": ["843", "1090"], "posts": [POST], **said}
    group = grouped(here)
    with pytest.raises(GroupError, match=sentence):
        begin_comparison(acting=acting(here.alice, here.network), group=group, **wanted)  # type: ignore[arg-type]  # given by name
