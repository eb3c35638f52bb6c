"""What firms have in common: its core, whom it covers; stakes that are safe; one small action."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from maillage.foundation.audit.models import AuditLine
from maillage.foundation.networks.models import Task
from maillage.foundation.organisations.enums import OrganisationKind, TerritoryKind
from maillage.foundation.organisations.models import Organisation, Territory
from maillage.launch.needs.commons import Commons, commons_of, kept_of, situation_of
from maillage.launch.needs.commons_actions import ProposalError, set_aside, take_up, undo_proposal
from maillage.launch.needs.commons_rules import TOPIC_RULES, safe_between_competitors
from maillage.launch.needs.enums import NeedState, Topic
from maillage.launch.needs.models import CommonNeed, Need
from maillage.launch.needs.stakes import Stake, stakes_of
from tests.cast import Cast, acting, cast_of, inside, more_firms
from tests.launch.needs.stories import SUMMER, stated

GONE = "This is proposed no more: needs have changed since."
DECIDED = "This proposal was taken up or set aside already."


def commons(cast: Cast) -> Commons:
    """Return the common needs of the network."""
    return commons_of(situation_of(cast.network), kept_of(cast.network))


def stakes(cast: Cast) -> list[Stake]:
    """Return the stakes of the network."""
    return stakes_of(situation_of(cast.network), kept_of(cast.network))


def accountants(cast: Cast, count: int = 4) -> list[Need]:
    """Let some firms of Contres need an accountant."""
    firms = more_firms(cast, count)
    with inside(cast.network):
        return [
            stated(
                cast,
                firm,
                title="Comptable à mi-temps",
                occupation_label="Comptable",
                half_hours=SUMMER,
                sector="Bois",
                state=NeedState.EXPRESSED if firm == firms[0] else NeedState.FELT,
                strength=5 if firm == firms[1] else 3,
            )
            for firm in firms
        ]


def test_a_common_need_states_its_core_and_its_coverage(cast: Cast) -> None:
    needs = accountants(cast)
    with inside(cast.network):
        (found,) = commons(cast).proposals
    assert (found.topic, found.occupation, found.core) == ("staff", "Comptable", "Comptable")
    assert found.words == ("comptable",)
    assert (found.sector, found.territory, found.public) == ("Bois", None, "")
    together = found.together
    assert set(together.needs) == set(needs)
    assert (together.firms, together.around) == (4, "Contres")
    assert (together.strongest.label, together.at_survival, together.voiced) == (
        "The firm’s survival",
        1,
        1,
    )
    assert together.half_hours == tuple(4 * half for half in SUMMER)
    assert (together.rivals, together.left_out) == (0, 0)


def test_a_need_without_coverage_cannot_be_grouped(cast: Cast) -> None:
    firms = more_firms(cast, 2)
    with inside(cast.network):
        for firm in firms:
            stated(cast, firm, title="Anglais technique", topic="training", detail="Le soir")
        found = commons(cast)
        assert found.proposals == ()
        assert len(found.uncovered) == 2
        Need.objects.update(public="Apprentis")
        found = commons(cast)
        assert found.uncovered == ()
        (common,) = found.proposals
        assert (common.core, common.public) == ("anglais, technique", "Apprentis")


def test_firms_far_apart_are_grouped_in_one_territory(cast: Cast) -> None:
    with inside(cast.network):
        for firm in (cast.bakery, cast.garage):
            stated(cast, firm, title="Anglais", topic="training", public="Apprentis")
        assert commons(cast).proposals == ()  # Blois and Vendôme are more than 30 km apart
        basin = Territory.objects.create(
            register=cast.register, kind=TerritoryKind.BASIN, name="Bassin de Blois"
        )
        Need.objects.update(territory=basin)
        (common,) = commons(cast).proposals
        assert common.territory == basin


def test_competitors_share_no_staff_and_may_learn_together(cast: Cast) -> None:
    with inside(cast.network):
        for firm in (cast.bakery, cast.rival):
            stated(cast, firm, title="Boulanger", occupation_label="Boulanger", strength=4)
        assert commons(cast).proposals == ()
        Need.objects.update(topic="training")
        (common,) = commons(cast).proposals
        assert common.together.rivals == 1


def test_what_is_slight_closed_or_offered_is_not_proposed(cast: Cast) -> None:
    needs = accountants(cast, 2)
    with inside(cast.network):
        Need.objects.update(strength=1)
        assert commons(cast).proposals == ()
        Need.objects.update(strength=2)
        assert len(commons(cast).proposals) == 1
        Need.objects.filter(pk=needs[0].pk).update(kind="offer")
        assert commons(cast).proposals == ()
        Need.objects.filter(pk=needs[0].pk).update(kind="need", state=NeedState.SERVED)
        assert commons(cast).proposals == ()


def test_a_stake_is_one_from_three_firms_and_survival_ranks_first(cast: Cast) -> None:
    firms = more_firms(cast, 6)
    with inside(cast.network):
        for firm in firms[:3]:
            stated(cast, firm, title="Tri des chutes", topic="environment", strength=2)
        for firm in firms[3:]:
            stated(cast, firm, title="Échafaudages", topic="safety", strength=3)
        stated(cast, firms[0], title="Devis", topic="digital", strength=5)
        found = stakes(cast)
        assert [(one.topic, one.interested, one.proposed) for one in found] == [
            ("safety", 3, True),
            ("environment", 3, True),
            ("digital", 1, False),
        ]
        Need.objects.filter(topic="environment").update(strength=5)
        assert [one.topic for one in stakes(cast)] == ["environment", "safety", "digital"]
        # 4 parts of firms, 3 of strength, 2 of safety, 1 of quick gain.
        assert stakes(cast)[0].score == (4 * 1000 + 3 * 1000 + 2 * 1000 + 1000) // 10


def test_topics_are_ranked_by_firms_and_not_by_whoever_promotes_them(cast: Cast) -> None:
    firms = more_firms(cast, 4)
    with inside(cast.network):
        for firm in firms:
            stated(cast, firm, title="Tri", topic="environment")
        Organisation.objects.filter(pk=firms[0].pk).update(kind=OrganisationKind.values[-1])
        (found,) = stakes(cast)
        assert found.interested == 3


def test_two_competitors_are_proposed_the_environment_and_never_customers(cast: Cast) -> None:
    with inside(cast.network):
        for firm in (cast.bakery, cast.rival, cast.garage):
            for topic in ("environment", "customers"):
                stated(cast, firm, title="Cartons", topic=topic, strength=3)
        basin = Territory.objects.create(
            register=cast.register, kind=TerritoryKind.BASIN, name="Loir-et-Cher"
        )
        Need.objects.update(territory=basin)
        environment, customers = stakes(cast)
        assert (environment.topic, environment.proposed, environment.safe) == (
            "environment",
            True,
            True,
        )
        assert environment.together.rivals == 1
        assert (customers.topic, customers.proposed, customers.safe) == ("customers", False, False)
        assert (customers.together.firms, customers.together.left_out) == (2, 1)


def test_every_topic_has_its_rule() -> None:
    assert set(TOPIC_RULES) == set(Topic.values)
    assert [topic for topic in Topic.values if safe_between_competitors(topic)] == [
        "training",
        "safety",
        "environment",
        "quality",
        "digital",
    ]


def test_a_proposal_taken_up_is_a_task_in_two_weeks(cast: Cast) -> None:
    accountants(cast, 5)
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        (found,) = commons(cast).proposals
        kept = take_up(acting=alice, key=found.key)
        task = Task.objects.get()
        assert (task.title, task.assignee) == ("Meet the 5 firms concerned: Staff", cast.alice)
        assert task.due_on == localdate() + timedelta(days=14)
        assert (kept.state, kept.core, kept.firms, kept.task) == ("acted", "Comptable", 5, task)
        assert kept.needs.count() == 5
        assert commons(cast).proposals == ()
        with pytest.raises(ProposalError, match=DECIDED):
            take_up(acting=alice, key=found.key)
        assert Task.objects.count() == 1
        assert AuditLine.objects.filter(act="take up", subject_id=kept.public_id).exists()
        undo_proposal(acting=alice, common=kept)
        assert (Task.objects.count(), CommonNeed.objects.count()) == (0, 0)
        assert [one.key for one in commons(cast).proposals] == [found.key]


def test_few_firms_are_not_counted_where_others_read(cast: Cast) -> None:
    accountants(cast, 4)
    with inside(cast.network):
        (found,) = commons(cast).proposals
        take_up(acting=acting(cast.alice, cast.network), key=found.key)
        assert Task.objects.get().title == "Meet the firms concerned: Staff"
        assert CommonNeed.objects.get().firms == 4


def test_a_proposal_set_aside_keeps_its_reason_and_comes_back_with_other_needs(cast: Cast) -> None:
    needs = accountants(cast, 3)
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        (found,) = commons(cast).proposals
        with pytest.raises(ProposalError, match="Say why, in a few words"):
            set_aside(acting=alice, key=found.key, reason=" ")
        kept = set_aside(acting=alice, key=found.key, reason="Un cabinet  s’en occupe")
        assert (kept.state, kept.reason, kept.task) == ("dismissed", "Un cabinet s’en occupe", None)
        assert commons(cast).proposals == ()
        kept.needs.set(needs[:1])
        assert len(commons(cast).proposals) == 1  # two of the three are others


def test_a_stake_taken_up_is_proposed_no_more(cast: Cast) -> None:
    firms = more_firms(cast, 3)
    with inside(cast.network):
        for firm in firms:
            stated(cast, firm, title="Tri", topic="environment")
        alice = acting(cast.alice, cast.network)
        kept = take_up(acting=alice, key="stake-environment")
        assert (kept.kind, kept.core) == ("stake", "")
        assert stakes(cast) == []
        Task.objects.update(done_at="2026-11-23T10:00:00Z")
        with pytest.raises(ProposalError, match="The meeting is done"):
            undo_proposal(acting=alice, common=kept)


def test_a_topic_below_its_thresholds_is_not_taken_up(cast: Cast) -> None:
    with inside(cast.network):
        stated(cast, cast.bakery, title="Tri", topic="environment")
        alice = acting(cast.alice, cast.network)
        with pytest.raises(ProposalError, match=GONE):
            take_up(acting=alice, key="stake-environment")


def test_only_who_follows_needs_acts_and_in_its_own_network(cast: Cast) -> None:
    accountants(cast, 2)
    other = cast_of("autre-reseau")
    with inside(cast.network):
        (found,) = commons(cast).proposals
        for person in (cast.bob, cast.farid):
            with pytest.raises(PermissionDenied):
                take_up(acting=acting(person, cast.network), key=found.key)
    with inside(other.network):
        assert commons(other).proposals == ()
        with pytest.raises(ProposalError, match=GONE):
            take_up(acting=acting(other.alice, other.network), key=found.key)
