"""Members decide what they want to reach; nobody decides for them."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from maillage.foundation.audit.models import AuditLine
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.membership import change_tier, leave
from maillage.foundation.networks.actions.objectives import (
    Wording,
    end_objective,
    endorse,
    propose_objective,
    reopen_objective,
    revise_objective,
    withdraw_endorsement,
)
from maillage.foundation.networks.enums import ObjectiveState, Tier
from maillage.foundation.networks.models import Endorsement, Membership, Objective
from maillage.foundation.networks.queries import support, waiting_for_room
from maillage.foundation.networks.refusals import ObjectiveError
from maillage.foundation.notify.models import Notification
from tests.cast import Cast, acting

TODAY = localdate()
JOBS = Wording(title="Ten shared jobs", due_on=TODAY + timedelta(days=200))


def yes(someone: Acting, objective: Objective) -> Objective:
    return endorse(acting=someone, objective=objective, version=objective.version)


def states() -> dict[str, str]:
    return {one.title: one.state for one in Objective.objects.all()}


def test_member_endorses_what_it_proposes_and_a_second_one_makes_it_active(
    here: Cast, bob: Acting, emma: Acting
) -> None:
    jobs = propose_objective(acting=bob, wording=JOBS)
    assert (jobs.state, jobs.by_sponsor, jobs.proposing) == ("proposed", False, here.bakery)
    assert support(here.network) == {jobs.pk: 1}
    assert yes(emma, jobs).state == ObjectiveState.ACTIVE


def test_author_is_told_when_members_make_it_theirs(here: Cast, bob: Acting, emma: Acting) -> None:
    yes(emma, propose_objective(acting=bob, wording=JOBS))
    told = Notification.objects.get()
    assert (told.person, told.title) == (
        here.bob,
        "Members endorse it, it is active: Ten shared jobs",
    )


def test_sponsor_objective_stays_a_proposal_until_members_endorse_it(
    here: Cast, farid: Acting, bob: Acting, emma: Acting
) -> None:
    hire = propose_objective(acting=farid, wording=Wording(title="Hire the unemployed first"))
    assert (hire.by_sponsor, hire.state) == (True, "proposed")
    with pytest.raises(PermissionDenied):
        yes(farid, hire)
    assert yes(bob, hire).state == ObjectiveState.PROPOSED
    assert yes(emma, hire).state == ObjectiveState.ACTIVE


def test_animator_proposes_as_a_sponsor_unless_a_member_asked_for_it(
    here: Cast, alice: Acting
) -> None:
    assert propose_objective(acting=alice, wording=JOBS).by_sponsor
    asked = propose_objective(
        acting=alice, wording=Wording(title="Buy flour together"), member=here.bakery
    )
    assert (asked.by_sponsor, asked.proposing) == (False, here.bakery)
    assert Endorsement.objects.get(objective=asked).organisation == here.bakery


def test_animator_writes_down_the_yes_of_a_firm_that_prefers_to_meet(
    here: Cast, alice: Acting, bob: Acting
) -> None:
    jobs = propose_objective(acting=bob, wording=JOBS)
    endorse(acting=alice, objective=jobs, version=1, member=here.garage)
    assert states() == {"Ten shared jobs": "active"}
    assert Endorsement.objects.get(organisation=here.garage).person_id == here.alice.public_id


def test_firm_does_not_speak_for_another(here: Cast, bob: Acting, emma: Acting) -> None:
    jobs = propose_objective(acting=bob, wording=JOBS)
    with pytest.raises(PermissionDenied):
        endorse(acting=emma, objective=jobs, version=1, member=here.garage)
    with pytest.raises(PermissionDenied):
        propose_objective(acting=emma, wording=JOBS, member=here.garage)


def test_yes_said_twice_counts_once(here: Cast, bob: Acting) -> None:
    jobs = propose_objective(acting=bob, wording=JOBS)
    yes(bob, jobs)
    assert support(here.network) == {jobs.pk: 1}


def test_observer_has_no_voice(here: Cast, alice: Acting, bob: Acting) -> None:
    garage = Membership.objects.get(organisation=here.garage)
    change_tier(acting=alice, membership=garage, tier=Tier.OBSERVER, starts_on=TODAY)
    jobs = propose_objective(acting=bob, wording=JOBS)
    with pytest.raises(ObjectiveError, match="core or the periphery"):
        endorse(acting=alice, objective=jobs, version=1, member=here.garage)


def test_new_version_asks_everybody_again(here: Cast, bob: Acting, emma: Acting) -> None:
    jobs = yes(emma, propose_objective(acting=bob, wording=JOBS))
    more = Wording(title="Twenty shared jobs", due_on=JOBS.due_on)
    jobs = revise_objective(acting=bob, objective=jobs, wording=more)
    assert (jobs.version, jobs.state, jobs.activated_at) == (2, "proposed", None)
    assert support(here.network) == {jobs.pk: 1}
    with pytest.raises(ObjectiveError, match="changed while you were reading it"):
        endorse(acting=emma, objective=jobs, version=1)
    assert yes(emma, jobs).state == ObjectiveState.ACTIVE


def test_same_words_are_no_new_version(bob: Acting, emma: Acting) -> None:
    jobs = yes(emma, propose_objective(acting=bob, wording=JOBS))
    assert revise_objective(acting=bob, objective=jobs, wording=JOBS).state == "active"


def test_only_its_authors_revise_an_objective(bob: Acting, emma: Acting, alice: Acting) -> None:
    jobs = propose_objective(acting=bob, wording=JOBS)
    with pytest.raises(PermissionDenied):
        revise_objective(acting=emma, objective=jobs, wording=Wording(title="Mine"))
    ours = revise_objective(acting=alice, objective=jobs, wording=Wording(title="Ours"))
    assert ours.version == 2


def test_fourth_objective_waits_until_one_of_the_three_ends(
    here: Cast, alice: Acting, bob: Acting, emma: Acting
) -> None:
    for title in ("One", "Two", "Three", "Four"):
        yes(emma, propose_objective(acting=bob, wording=Wording(title=title)))
    assert states() == {"One": "active", "Two": "active", "Three": "active", "Four": "proposed"}
    assert [one.title for one in waiting_for_room(here.network)] == ["Four"]
    two = Objective.objects.get(title="Two")
    end_objective(acting=alice, objective=two, state=ObjectiveState.REACHED)
    assert states() == {"One": "active", "Two": "reached", "Three": "active", "Four": "active"}
    reopen_objective(acting=alice, objective=two)
    assert states()["Two"] == "proposed"


def test_last_yes_taken_back_makes_it_a_proposal_again(
    here: Cast, bob: Acting, emma: Acting
) -> None:
    jobs = yes(emma, propose_objective(acting=bob, wording=JOBS))
    assert withdraw_endorsement(acting=bob, objective=jobs).state == "active"
    assert withdraw_endorsement(acting=emma, objective=jobs).state == "proposed"
    assert support(here.network) == {}
    assert Endorsement.objects.filter(withdrawn_at__isnull=False).count() == 2


def test_members_who_left_no_longer_hold_an_objective(
    here: Cast, alice: Acting, bob: Acting, emma: Acting
) -> None:
    yes(emma, propose_objective(acting=bob, wording=JOBS))
    yesterday = TODAY - timedelta(days=1)
    for firm in (here.bakery, here.rival):
        place = Membership.objects.get(organisation=firm)
        leave(acting=alice, membership=place, last_day=yesterday)
    assert states() == {"Ten shared jobs": "proposed"}


def test_far_objective_needs_a_first_step(bob: Acting) -> None:
    far = TODAY + timedelta(days=800)
    with pytest.raises(ObjectiveError, match="needs a first step") as refused:
        propose_objective(acting=bob, wording=Wording(title="A shared workshop", due_on=far))
    assert refused.value.field == "first_step"
    step = Wording(title="A shared workshop", due_on=far, first_step="Visit two sites")
    assert propose_objective(acting=bob, wording=step).first_step == "Visit two sites"


def test_objective_in_the_past_or_without_words_is_refused(bob: Acting) -> None:
    with pytest.raises(ObjectiveError, match="from today on"):
        propose_objective(
            acting=bob, wording=Wording(title="Late", due_on=TODAY - timedelta(days=1))
        )
    with pytest.raises(ObjectiveError, match="in a few words"):
        propose_objective(acting=bob, wording=Wording(title="   "))


def test_proposal_is_dropped_but_never_reached(
    here: Cast, alice: Acting, bob: Acting, emma: Acting
) -> None:
    jobs = propose_objective(acting=bob, wording=JOBS)
    with pytest.raises(ObjectiveError, match="Only an active objective"):
        end_objective(acting=alice, objective=jobs, state=ObjectiveState.REACHED)
    with pytest.raises(PermissionDenied):
        end_objective(acting=bob, objective=jobs, state=ObjectiveState.DROPPED)
    end_objective(acting=alice, objective=jobs, state=ObjectiveState.DROPPED)
    with pytest.raises(ObjectiveError, match="has ended: dropped"):
        yes(emma, jobs)


def test_trail_says_who_said_yes_and_what_became_active(
    here: Cast, bob: Acting, emma: Acting
) -> None:
    jobs = yes(emma, propose_objective(acting=bob, wording=JOBS))
    lines = AuditLine.objects.filter(subject_id=jobs.public_id).order_by("id")
    assert [line.act for line in lines] == ["propose", "endorse", "endorse", "activate"]


def test_periphery_endorses_but_proposes_nothing(here: Cast, alice: Acting, bob: Acting) -> None:
    rival = Membership.objects.get(organisation=here.rival)
    change_tier(acting=alice, membership=rival, tier=Tier.PERIPHERY, starts_on=TODAY)
    emma = acting(here.emma, here.network)
    with pytest.raises(PermissionDenied):
        propose_objective(acting=emma, wording=JOBS)
    assert yes(emma, propose_objective(acting=bob, wording=JOBS)).state == "active"


def test_yes_to_an_older_version_counts_for_nothing(here: Cast, bob: Acting) -> None:
    jobs = propose_objective(acting=bob, wording=JOBS)
    Objective.objects.filter(pk=jobs.pk).update(version=2)
    assert support(here.network) == {}
