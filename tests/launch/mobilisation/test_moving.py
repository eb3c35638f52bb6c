"""A firm is moved from stage to stage: dated, by somebody, with the reason."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate, now
from hypothesis import given
from hypothesis import strategies as st

from maillage.foundation.audit.models import AuditLine, AuditValue
from maillage.foundation.networks.models import Membership, MembershipPeriod
from maillage.foundation.notify.actions import log_contact
from maillage.foundation.notify.enums import ContactChannel
from maillage.foundation.notify.models import Contact
from maillage.foundation.organisations.addressing import firm_address
from maillage.foundation.organisations.enums import OrganisationKind
from maillage.foundation.organisations.models import Organisation
from maillage.launch.mobilisation.actions.guarding import MobilisationError
from maillage.launch.mobilisation.actions.moving import CautionError, move_firm
from maillage.launch.mobilisation.actions.noting import note_obstacle, record_result
from maillage.launch.mobilisation.cautions import cautions_before
from maillage.launch.mobilisation.enums import ASIDE, ROAD, Stage, is_step_back
from maillage.launch.mobilisation.models import Approach, StagePassage
from tests.cast import Cast, acting, inside
from tests.launch.mobilisation.stories import attempted, listed_since, moved, never_member, visit

NOT_AWARE = (
    "Boulangerie Martin is not aware yet of what the network is for. Propose a visit first, to "
    "explain and to listen, without asking for anything."
)


def told_before(cast: Cast) -> list[str]:
    """Return what to think of before the bakery is committed, in sentences."""
    return [one.sentence for one in cautions_before(cast.network, cast.bakery)]


def test_a_firm_goes_on_stage_by_stage_each_passage_dated_and_signed(cast: Cast) -> None:
    with inside(cast.network):
        moved(cast, cast.bakery, Stage.PROSPECT, on=localdate() - timedelta(days=30))
        moved(cast, cast.bakery, Stage.MET, meeting=visit(10))
        moved(cast, cast.bakery, Stage.INTERESTED, on=localdate() - timedelta(days=5))
        moved(cast, cast.bakery, Stage.COMMITTED)
        approach = moved(cast, cast.bakery, Stage.ACTIVE)
        assert (approach.stage, approach.since) == ("active", localdate())
        assert approach.commitment == "Une heure pour la réunion de mars"
        passages = StagePassage.objects.values_list("from_stage", "to_stage", "on", "by_id")
        ago = [30, 10, 5, 0, 0]
        assert list(passages) == [
            (ROAD[rank], ROAD[rank + 1], localdate() - timedelta(days=days), cast.alice.public_id)
            for rank, days in enumerate(ago)
        ]
        lines = AuditLine.objects.filter(subject_id=approach.public_id, act="move")
        assert lines.count() == 5


def test_meeting_a_firm_writes_one_line_in_the_log_of_contacts(cast: Cast) -> None:
    with inside(cast.network):
        moved(cast, cast.bakery, Stage.MET, meeting=visit(3))
        contact = Contact.objects.get()
        passage = StagePassage.objects.get()
    assert (contact.channel, contact.subject) == ("visit", "Présentation du réseau")
    assert (contact.organisation_id, contact.counts) == (cast.bakery.public_id, True)
    assert contact.body_name == cast.network.name
    assert (passage.contact_id, passage.on) == (
        contact.public_id,
        localdate() - timedelta(days=3),
    )


def test_a_visit_that_the_firm_asked_for_does_not_count(cast: Cast) -> None:
    with inside(cast.network):
        moved(cast, cast.bakery, Stage.MET, meeting=visit(asked=True))
        assert not Contact.objects.get().counts


def test_a_contact_logged_already_is_not_logged_twice(cast: Cast) -> None:
    with inside(cast.network):
        logged = log_contact(
            firm=firm_address(cast.bakery.pk),
            sender=cast.alice,
            body_name=cast.network.name,
            network_id=cast.network.public_id,
            channel=ContactChannel.CALL,
            subject="Premier appel",
            at=now() - timedelta(days=2),
        )
        moved(cast, cast.bakery, Stage.MET, contact_id=logged.public_id)
        assert Contact.objects.count() == 1
        assert StagePassage.objects.get().on == localdate() - timedelta(days=2)
        with pytest.raises(MobilisationError, match="no longer in the log"):
            moved(cast, cast.garage, Stage.MET, contact_id=logged.public_id)
        assert not Approach.objects.filter(organisation=cast.garage).exists()


def test_a_firm_is_not_met_without_saying_when(cast: Cast) -> None:
    with inside(cast.network):
        with pytest.raises(MobilisationError) as refusal:
            moved(cast, cast.bakery, Stage.MET)
        assert str(refusal.value) == "Say in which call or visit it was met."
        with pytest.raises(MobilisationError, match="Log a contact once it has taken place"):
            moved(cast, cast.bakery, Stage.MET, meeting=visit(-2))
        assert not StagePassage.objects.exists()
        assert not Contact.objects.exists()


def test_a_step_back_says_why(cast: Cast) -> None:
    with inside(cast.network):
        moved(cast, cast.bakery, Stage.MET, meeting=visit(3))
        moved(cast, cast.bakery, Stage.INTERESTED)
        with pytest.raises(MobilisationError, match="Say why"):
            moved(cast, cast.bakery, Stage.MET, reason=" ")
        moved(cast, cast.bakery, Stage.MET, reason="Le repreneur veut réfléchir")
        last = StagePassage.objects.last()
        assert last is not None
        assert (last.to_stage, last.reason) == ("met", "Le repreneur veut réfléchir")
        assert Contact.objects.count() == 1


def test_a_firm_that_says_no_gives_a_reason_and_may_come_back(cast: Cast) -> None:
    with inside(cast.network):
        for to in ASIDE:
            with pytest.raises(MobilisationError, match="Choose the reason"):
                moved(cast, cast.bakery, to)
            with pytest.raises(MobilisationError, match="Say the reason in a few words"):
                moved(cast, cast.bakery, to, code="other")
        moved(cast, cast.bakery, Stage.REFUSED, code="bad_past", reason="Groupement de 2019")
        passage = StagePassage.objects.get()
        assert (passage.code, passage.reason) == ("bad_past", "Groupement de 2019")
        with pytest.raises(MobilisationError, match="Say why"):
            moved(cast, cast.bakery, Stage.PROSPECT)
        back = moved(cast, cast.bakery, Stage.PROSPECT, reason="Elle a rappelé")
        assert back.stage == "prospect"


def test_no_delay_ever_closes_a_firm(cast: Cast) -> None:
    with inside(cast.network):
        listed_since(cast, 900)
        moved(cast, cast.bakery, Stage.PROSPECT, on=localdate() - timedelta(days=800))
        assert Approach.objects.get().stage == "prospect"


def test_a_firm_that_is_not_aware_is_not_committed_without_a_second_thought(cast: Cast) -> None:
    with inside(cast.network):
        never_member(cast.bakery)
        with pytest.raises(CautionError) as caution:
            moved(cast, cast.bakery, Stage.COMMITTED)
        assert str(caution.value) == NOT_AWARE
        assert not StagePassage.objects.exists()
        approach = moved(cast, cast.bakery, Stage.COMMITTED, confirmed=True)
        assert approach.stage == "committed"
        line = AuditLine.objects.get(subject_id=approach.public_id, act="move")
        assert AuditValue.objects.get(line=line, field="in_spite_of").after == ["not_aware"]


def test_a_bad_past_takes_three_visits_and_a_small_result_first(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    with inside(cast.network):
        never_member(cast.bakery)
        moved(cast, cast.bakery, Stage.PROSPECT)
        past = attempted(cast, cast.bakery, "bad_past", "heard_out")
        time = attempted(cast, cast.bakery, "time", "short_meetings")
        told = "A bad experience holds it back: 0 visits of 3 since it said so, and no small "
        assert told_before(cast) == [f"{told}result yet."]
        moved(cast, cast.bakery, Stage.MET, meeting=visit())
        told = "A bad experience holds it back: 1 visit of 3 since it said so, and no small "
        assert told_before(cast) == [f"{told}result yet."]
        record_result(acting=alice, attempt=time, result="lessened")
        told = "A bad experience holds it back: 1 visit of 3 since it said so, and a small "
        assert told_before(cast) == [f"{told}result is there."]
        with pytest.raises(CautionError):
            moved(cast, cast.bakery, Stage.COMMITTED)
        record_result(acting=alice, attempt=past, result="lifted")
        assert told_before(cast) == []
        assert moved(cast, cast.bakery, Stage.COMMITTED).stage == "committed"


def test_three_visits_and_a_small_result_are_enough(cast: Cast) -> None:
    with inside(cast.network):
        never_member(cast.bakery)
        moved(cast, cast.bakery, Stage.PROSPECT)
        note_obstacle(
            acting=acting(cast.alice, cast.network), organisation=cast.bakery, kind="bad_past"
        )
        attempted(cast, cast.bakery, "cost", "figures", "lessened")
        for _time in range(3):
            assert len(told_before(cast)) == 1
            log_contact(
                firm=firm_address(cast.bakery.pk),
                sender=cast.alice,
                body_name=cast.network.name,
                network_id=cast.network.public_id,
                channel=ContactChannel.VISIT,
                subject="Visite",
                at=now(),
            )
        assert told_before(cast) == []


def test_a_commitment_is_a_small_thing_that_is_said(cast: Cast) -> None:
    with inside(cast.network), pytest.raises(MobilisationError, match="Say the small thing"):
        moved(cast, cast.bakery, Stage.COMMITTED, commitment="  ")


def test_only_a_member_is_active(cast: Cast) -> None:
    with inside(cast.network):
        never_member(cast.bakery)
        with pytest.raises(MobilisationError, match="It is not a member"):
            moved(cast, cast.bakery, Stage.ACTIVE)
        MembershipPeriod.objects.create(
            membership=Membership.objects.get(organisation=cast.bakery),
            tier="core",
            starts_on=localdate(),
        )
        assert moved(cast, cast.bakery, Stage.ACTIVE).stage == "active"


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (-1, "This day is still to come: write down what has happened."),
        (20_000, "Check the year of this day."),
        (40, "Choose the day of what came before, or a later one."),
    ],
)
def test_an_impossible_day_is_refused(cast: Cast, days: int, sentence: str) -> None:
    with inside(cast.network):
        moved(cast, cast.bakery, Stage.PROSPECT, on=localdate() - timedelta(days=30))
        with pytest.raises(MobilisationError) as refusal:
            moved(cast, cast.bakery, Stage.INTERESTED, on=localdate() - timedelta(days=days))
        assert str(refusal.value) == sentence
        assert Approach.objects.get().stage == "prospect"


def test_a_stage_said_twice_is_told(cast: Cast) -> None:
    with inside(cast.network):
        moved(cast, cast.bakery, Stage.PROSPECT)
        with pytest.raises(MobilisationError) as refusal:
            moved(cast, cast.bakery, Stage.PROSPECT)
        assert str(refusal.value) == "It is at “Prospect” already."
        assert StagePassage.objects.count() == 1


def test_only_the_animator_moves_a_firm(cast: Cast) -> None:
    with inside(cast.network):
        for person in (cast.bob, cast.chloe, cast.emma, cast.farid):
            with pytest.raises(PermissionDenied):
                move_firm(
                    acting=acting(person, cast.network),
                    organisation=cast.bakery,
                    to=Stage.PROSPECT,
                )
        assert not Approach.objects.exists()


def test_what_is_not_a_firm_of_the_directory_is_not_mobilised(cast: Cast) -> None:
    with inside(cast.network):
        Organisation.objects.filter(pk=cast.garage.pk).update(kind=OrganisationKind.BANK)
        Organisation.objects.filter(pk=cast.rival.pk).update(closed_on=localdate())
        Membership.objects.filter(organisation=cast.bakery).delete()
        for firm, sentence in (
            (cast.garage, "this is an outside body"),
            (cast.rival, "This firm is closed"),
            (cast.bakery, "not in the directory"),
        ):
            with pytest.raises(MobilisationError, match=sentence):
                moved(cast, Organisation.objects.get(pk=firm.pk), Stage.PROSPECT)


@given(st.sampled_from(Stage), st.sampled_from(Stage))
def test_going_back_is_never_going_on(stage: Stage, to: Stage) -> None:
    if stage in ROAD and to in ROAD:
        assert is_step_back(stage, to) is (ROAD.index(to) < ROAD.index(stage))
    else:
        assert is_step_back(stage, to) is (to in ROAD)
