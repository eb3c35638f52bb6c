"""Decisions are written down; without one, no further module."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate, now

from maillage.foundation.audit.models import AuditLine
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.decisions import (
    Minutes,
    decide_module,
    record_decision,
    switch_on_module,
    take_module_back,
)
from maillage.foundation.networks.models import Decision, NetworkModule
from maillage.foundation.networks.refusals import DecisionError, ModuleError
from tests.cast import Cast, cast_of, inside

TODAY = localdate()
YES = Minutes(title="Switch the figures on", taken_on=TODAY, votes_for=12, votes_against=3)
NO = Minutes(title="Switch the figures on", taken_on=TODAY, votes_for=3, votes_against=3)


@pytest.fixture
def small(here: Cast) -> Cast:
    """A network that has only just begun."""
    NetworkModule.objects.exclude(key__in=("directory", "contacts")).delete()
    return here


def modules() -> set[str]:
    return set(NetworkModule.objects.values_list("key", flat=True))


def test_module_is_switched_on_by_the_decision_that_says_so(small: Cast, alice: Acting) -> None:
    decision = record_decision(acting=alice, minutes=YES)
    switch_on_module(acting=alice, key="figures", decision=decision)
    assert modules() == {"directory", "contacts", "figures"}
    assert NetworkModule.objects.get(key="figures").decision == decision
    lines = AuditLine.objects.filter(subject_id=decision.public_id).order_by("id")
    assert [line.act for line in lines] == ["decide", "switch_on"]


def test_module_without_a_decision_is_refused(small: Cast, alice: Acting) -> None:
    with pytest.raises(ModuleError, match="by a decision of the members"):
        switch_on_module(acting=alice, key="figures", decision=None)
    assert modules() == {"directory", "contacts"}


def test_decision_that_says_no_switches_nothing_on(small: Cast, alice: Acting) -> None:
    with pytest.raises(ModuleError, match="The members said no"):
        decide_module(acting=alice, key="figures", minutes=NO)
    assert modules() == {"directory", "contacts"}
    assert not Decision.objects.exists()


def test_decision_agreed_without_a_vote_says_how(small: Cast, alice: Acting) -> None:
    with pytest.raises(DecisionError, match="Give the votes") as refused:
        decide_module(acting=alice, key="figures", minutes=Minutes(title="Yes", taken_on=TODAY))
    assert refused.value.field == "minutes"
    agreed = Minutes(title="Yes", taken_on=TODAY, minutes="Nobody was against, around the table.")
    decide_module(acting=alice, key="figures", minutes=agreed)
    assert "figures" in modules()


def test_unknown_module_or_one_that_is_on_is_refused(small: Cast, alice: Acting) -> None:
    decision = record_decision(acting=alice, minutes=YES)
    with pytest.raises(ModuleError, match="no module of that name"):
        switch_on_module(acting=alice, key="casino", decision=decision)
    with pytest.raises(ModuleError, match="already on"):
        switch_on_module(acting=alice, key="contacts", decision=decision)


def test_decision_of_another_network_counts_for_nothing(small: Cast, alice: Acting) -> None:
    other = cast_of("elsewhere")
    with inside(other.network):
        decision = Decision.objects.create(network=other.network, title="Yes", taken_on=TODAY)
    with pytest.raises(ModuleError, match="another network"):
        switch_on_module(acting=alice, key="figures", decision=decision)


def test_module_is_switched_off_again_on_the_same_day_only(small: Cast, alice: Acting) -> None:
    decide_module(acting=alice, key="figures", minutes=YES)
    take_module_back(acting=alice, key="figures")
    assert modules() == {"directory", "contacts"}
    decide_module(acting=alice, key="figures", minutes=YES)
    NetworkModule.objects.filter(key="figures").update(switched_on_at=now() - timedelta(days=2))
    with pytest.raises(ModuleError, match="more than a day"):
        take_module_back(acting=alice, key="figures")
    with pytest.raises(ModuleError, match="cannot be switched off"):
        take_module_back(acting=alice, key="contacts")


def test_decision_of_tomorrow_or_without_words_is_refused(here: Cast, alice: Acting) -> None:
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(DecisionError, match="once it is taken"):
        record_decision(
            acting=alice, minutes=Minutes(title="Later", taken_on=tomorrow, votes_for=1)
        )
    with pytest.raises(DecisionError, match="in one line"):
        record_decision(acting=alice, minutes=Minutes(title=" ", taken_on=TODAY, votes_for=1))


def test_firm_records_no_decision(here: Cast, bob: Acting) -> None:
    with pytest.raises(PermissionDenied):
        record_decision(acting=bob, minutes=YES)
