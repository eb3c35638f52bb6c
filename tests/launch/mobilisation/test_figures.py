"""What the figures of the mobilisation tell, and what each watch finds."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils.timezone import localdate, make_aware, now

from maillage.foundation.networks.enums import BodyInvolvementKind
from maillage.foundation.networks.models import BodyInvolvement, MembershipPeriod
from maillage.foundation.notify.enums import ContactChannel
from maillage.foundation.notify.models import Contact
from maillage.foundation.organisations.enums import TerritoryKind
from maillage.foundation.organisations.models import Organisation, Territory, TerritoryCommune
from maillage.foundation.visibility.models import Competition, CompetitionLift
from maillage.launch.mobilisation.actions.noting import (
    name_relay,
    note_motive,
    note_obstacle,
    say_reason,
)
from maillage.launch.mobilisation.brakes import (
    brakes_of,
    fears_of,
    reasons_of,
)
from maillage.launch.mobilisation.enums import Stage
from maillage.launch.mobilisation.models import Approach, Obstacle, StagePassage
from maillage.launch.mobilisation.progress import (
    Segment,
    by_segment,
    groups_of,
    journeys_in,
    steps_of,
)
from maillage.launch.mobilisation.queries import (
    WATCHES,
    contacts_with_firm,
    proposed_relay,
    stage_counts,
    waiting_firms,
    watched,
    with_stage,
)
from maillage.launch.mobilisation.voice import quarter_ends, voice_of
from tests.cast import Cast, acting, cast_of, inside, more_firms
from tests.launch.mobilisation.stories import attempted, listed_since, moved, never_member, visit


def ago(days: int) -> date:
    return localdate() - timedelta(days=days)


def contacts(cast: Cast, firm: Organisation, body: str, count: int, *, useful: bool) -> None:
    """Let a body have visited a firm."""
    for rank in range(count):
        Contact.objects.create(
            firm_key=firm.siren,
            organisation_id=firm.public_id,
            network_id=cast.network.public_id,
            body_name=body,
            channel=ContactChannel.VISIT,
            subject="Conseil",
            useful=useful,
            at=now() - timedelta(days=rank + 1),
        )


def found(cast: Cast, key: str) -> list[str]:
    """Return the firms that a watch finds."""
    firms = with_stage(Organisation.objects.all(), cast.network)
    return list(firms.filter(watched(cast.network, key)).values_list("name", flat=True))


def test_firms_without_a_record_are_not_aware(cast: Cast) -> None:
    with inside(cast.network):
        moved(cast, cast.bakery, Stage.PROSPECT)
        moved(cast, cast.garage, Stage.REFUSED, code="no_time")
        counts = stage_counts(cast.network)
        assert counts["not_aware"] == counts["prospect"] == counts["refused"] == 1
        assert sum(counts.values()) == 3
        assert list(counts) == Stage.values


def test_another_network_counts_its_own_firms_only(cast: Cast) -> None:
    other = cast_of("autre-reseau")
    with inside(other.network):
        moved(other, other.bakery, Stage.PROSPECT)
    with inside(cast.network):
        assert stage_counts(cast.network)["prospect"] == 0
        assert stage_counts(cast.network)["not_aware"] == 3


def test_a_median_wait_is_that_of_firms_that_went_on(cast: Cast) -> None:
    with inside(cast.network):
        listed_since(cast, 100)
        moved(cast, cast.bakery, Stage.PROSPECT, on=ago(80))
        moved(cast, cast.bakery, Stage.MET, meeting=visit(50))
        moved(cast, cast.garage, Stage.MET, meeting=visit(40))
        moved(cast, cast.garage, Stage.COMMITTED, on=ago(10))
        not_aware, prospect, met, _interested, committed = steps_of(journeys_in(cast.network))
        assert (not_aware.reached, not_aware.went_on, not_aware.median_days) == (3, 2, 40)
        assert (prospect.reached, prospect.went_on, prospect.median_days) == (1, 1, 30)
        assert (met.reached, met.went_on, met.median_days) == (2, 1, 30)
        assert (committed.reached, committed.went_on) == (1, 0)


def test_two_relays_and_two_trades_show_their_own_rates(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    with inside(cast.network):
        bank = BodyInvolvement.objects.create(
            network=cast.network,
            organisation=cast.rival,
            kind=BodyInvolvementKind.RELAY,
            starts_on=localdate(),
        ).organisation
        moved(cast, cast.bakery, Stage.MET, meeting=visit(30))
        moved(cast, cast.bakery, Stage.COMMITTED, on=ago(10))
        moved(cast, cast.garage, Stage.MET, meeting=visit(30))
        name_relay(acting=alice, organisation=cast.bakery, relay=bank)
        journeys = journeys_in(cast.network)
        trades = groups_of(by_segment(journeys, Segment.SECTOR))
        relays = groups_of(by_segment(journeys, Segment.RELAY))
    told = [(one.name, one.firms, one.met, one.committed, one.rate) for one in trades]
    assert told == [("Boulangerie", 2, 1, 1, 1.0), ("Garage", 1, 1, 0, 0.0)]
    assert trades[0].median_days == 20
    told = [(one.name, one.firms, one.met, one.committed, one.rate) for one in relays]
    assert told == [("", 2, 1, 0, 0.0), ("Fournil Durand", 1, 1, 1, 1.0)]


def test_a_firm_counts_in_each_territory_that_holds_its_commune(cast: Cast) -> None:
    with inside(cast.network):
        for name in ("Bassin de Blois", "Val de Loire"):
            territory = Territory.objects.create(
                register=cast.register, kind=TerritoryKind.BASIN, name=name
            )
            TerritoryCommune.objects.create(territory=territory, insee="41018")
        segments = by_segment(journeys_in(cast.network), Segment.TERRITORY)
        assert {name: len(rows) for name, rows in segments.items()} == {
            "Bassin de Blois": 2,
            "Val de Loire": 2,
            "": 1,
        }


def test_brakes_are_ranked_with_what_worked(cast: Cast) -> None:
    with inside(cast.network):
        attempted(cast, cast.bakery, "time", "short_meetings", "lifted")
        attempted(cast, cast.garage, "time", "short_meetings", "no_effect")
        attempted(cast, cast.rival, "time", "paperwork_done")
        attempted(cast, cast.rival, "cost", "figures", "lessened")
        time, cost = brakes_of(cast.network)
    assert (time.kind, time.firms, time.open) == ("time", 3, 2)
    told = [(one.countermeasure, one.tried, one.known, one.rate) for one in time.tried]
    assert told == [("short_meetings", 2, 2, 0.5), ("paperwork_done", 1, 0, None)]
    assert (cost.kind, cost.firms, cost.open) == ("cost", 1, 1)
    assert [(one.countermeasure, one.rate) for one in cost.tried] == [("figures", 1.0)]


@pytest.mark.parametrize(("aided", "flagged"), [(6, True), (5, False)])
def test_a_network_that_lives_on_an_aid_is_told(cast: Cast, aided: int, *, flagged: bool) -> None:
    firms = more_firms(cast, 20)[::2]
    alice = acting(cast.alice, cast.network)
    with inside(cast.network):
        for rank, firm in enumerate(firms):
            kind = "aid" if rank < aided else "staff"
            note_motive(acting=alice, organisation=firm, kind=kind, main=True)
        reasons = reasons_of(cast.network)
    assert (reasons.members, reasons.known, reasons.aid) == (13, 10, aided)
    assert reasons.depends_on_aid is flagged


def test_members_without_a_reason_or_with_an_old_one_are_counted(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    with inside(cast.network):
        for firm in (cast.bakery, cast.garage):
            say_reason(acting=alice, organisation=firm, reason="Garder Chloé")
        Approach.objects.filter(organisation=cast.garage).update(reason_on=ago(366))
        reasons = reasons_of(cast.network)
        assert (reasons.members, reasons.without, reasons.old) == (3, 1, 1)
        assert found(cast, "no_reason") == ["Fournil Durand"]
        assert found(cast, "old_reason") == ["Garage Lemoine"]
        never_member(cast.garage)
        assert found(cast, "old_reason") == []


def test_firms_never_heard_are_found(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    with inside(cast.network):
        everybody = ["Boulangerie Martin", "Fournil Durand", "Garage Lemoine"]
        assert found(cast, "unheard") == everybody
        note_obstacle(acting=alice, organisation=cast.bakery, kind="time")
        assert found(cast, "unheard") == everybody
        note_obstacle(acting=alice, organisation=cast.bakery, kind="time", words="Trop tôt")
        moved(cast, cast.rival, Stage.MET, meeting=visit())
        assert found(cast, "unheard") == ["Garage Lemoine"]
        contacts(cast, cast.garage, "CCI", 1, useful=True)
        assert found(cast, "unheard") == []


def test_a_share_of_voice_is_dated(cast: Cast) -> None:
    with inside(cast.network):
        listed_since(cast, 800)
        contacts(cast, cast.garage, "CCI", 1, useful=True)
        moved(cast, cast.bakery, Stage.MET, meeting=visit(300))
        moved(cast, cast.rival, Stage.MET, meeting=visit())
        voice = voice_of(cast.network, journeys_in(cast.network))
    assert [one.day for one in voice] == quarter_ends(localdate())
    assert (voice[-1].heard, voice[-1].share) == (3, 1)
    assert (voice[0].heard, voice[0].listed) == (0 if voice[0].day < ago(300) else 1, 3)


def test_quarters_end_on_their_last_day() -> None:
    assert quarter_ends(date(2026, 11, 23)) == [
        date(2025, 12, 31),
        date(2026, 3, 31),
        date(2026, 6, 30),
        date(2026, 9, 30),
        date(2026, 11, 23),
    ]
    assert quarter_ends(date(2026, 1, 1))[0] == date(2025, 3, 31)


def test_fears_of_competitors_fade_beside_lifted_pairs(cast: Cast) -> None:
    with inside(cast.network):
        for firm in (cast.bakery, cast.rival):
            attempted(cast, firm, "competition", "one_topic")
        Obstacle.objects.update(noted_on=ago(800))
        Obstacle.objects.filter(approach__organisation=cast.rival).update(lifted_on=ago(1))
        agreed = make_aware(datetime.combine(ago(2), time(12)))
        CompetitionLift.objects.create(
            competition=Competition.objects.get(),
            topic="Farine",
            proposed_by_id=cast.alice.public_id,
            proposed_at=agreed,
            first_agreed_at=agreed,
            second_agreed_at=agreed,
        )
        fears = fears_of(cast.network)
    assert (fears[0].open, fears[0].lifted_pairs) == (2, 0)
    assert (fears[-1].open, fears[-1].lifted_pairs) == (1, 1)


def test_a_firm_met_and_left_alone_for_sixty_days_waits(cast: Cast) -> None:
    with inside(cast.network):
        moved(cast, cast.bakery, Stage.MET, meeting=visit(60))
        moved(cast, cast.garage, Stage.MET, meeting=visit(59))
        moved(cast, cast.rival, Stage.MET, meeting=visit(90))
        contacts(cast, cast.rival, "CCI", 1, useful=True)
        assert found(cast, "waiting") == ["Boulangerie Martin"]
        waiting = waiting_firms(cast.network)
        assert [one.organisation.name for one in waiting] == ["Boulangerie Martin"]
        assert set(StagePassage.objects.values_list("to_stage", flat=True)) == {"met"}


def test_stages_and_memberships_that_disagree_are_told_and_changed_by_nobody(cast: Cast) -> None:
    with inside(cast.network):
        moved(cast, cast.bakery, Stage.ACTIVE)
        assert found(cast, "joined") == ["Fournil Durand", "Garage Lemoine"]
        MembershipPeriod.objects.filter(membership__organisation=cast.bakery).update(ends_on=ago(1))
        assert found(cast, "gone") == ["Boulangerie Martin"]
        assert Approach.objects.get().stage == "active"


def test_a_bad_past_is_found_while_it_lasts(cast: Cast) -> None:
    with inside(cast.network):
        attempted(cast, cast.bakery, "bad_past", "heard_out")
        attempted(cast, cast.garage, "bad_past", "heard_out", "lifted")
        assert found(cast, "bad_past") == ["Boulangerie Martin"]
        assert all(isinstance(found(cast, key), list) for key in WATCHES)


def test_the_bank_is_proposed_as_relay_after_five_useful_contacts(cast: Cast) -> None:
    with inside(cast.network):
        contacts(cast, cast.bakery, "Banque du Val", 4, useful=True)
        contacts(cast, cast.bakery, cast.network.name, 9, useful=True)
        read = contacts_with_firm(cast.network, cast.bakery)
        assert proposed_relay(cast.network, read) is None
        contacts(cast, cast.bakery, "Banque du Val", 1, useful=True)
        relay = proposed_relay(cast.network, contacts_with_firm(cast.network, cast.bakery))
        assert relay is not None
        assert (relay.name, relay.useful) == ("Banque du Val", 5)
