"""Writing down why a firm takes part and what holds it back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from maillage.foundation.audit.models import AuditLine
from maillage.foundation.networks.enums import BodyInvolvementKind
from maillage.foundation.networks.models import BodyInvolvement
from maillage.launch.mobilisation.actions.guarding import MobilisationError
from maillage.launch.mobilisation.actions.noting import (
    drop_motive,
    drop_obstacle,
    name_relay,
    note_motive,
    note_obstacle,
    record_result,
    say_reason,
    try_against,
)
from maillage.launch.mobilisation.countermeasures import PROPOSED, proposed_against
from maillage.launch.mobilisation.enums import ObstacleKind
from maillage.launch.mobilisation.models import Approach, Attempt, Motive, Obstacle
from tests.cast import Cast, acting, inside
from tests.launch.mobilisation.stories import attempted


def test_a_member_says_in_one_sentence_why_it_takes_part(cast: Cast) -> None:
    with inside(cast.network):
        bob = acting(cast.bob, cast.network)
        approach = say_reason(acting=bob, organisation=cast.bakery, reason=" Garder  Chloé ")
        assert (approach.reason, approach.reason_on) == ("Garder Chloé", localdate())
        Approach.objects.update(reason_on=localdate() - timedelta(days=400))
        same = say_reason(acting=bob, organisation=cast.bakery, reason="Garder Chloé")
        assert same.reason_on == localdate()
        taken_back = say_reason(acting=bob, organisation=cast.bakery, reason="")
        assert (taken_back.reason, taken_back.reason_on) == ("", None)
        assert AuditLine.objects.filter(act="say-reason").count() == 3


def test_nobody_says_why_another_firm_takes_part(cast: Cast) -> None:
    with inside(cast.network):
        for person in (cast.emma, cast.chloe, cast.farid):
            with pytest.raises(PermissionDenied):
                say_reason(
                    acting=acting(person, cast.network), organisation=cast.bakery, reason="x"
                )
        assert not Approach.objects.exists()


def test_a_firm_has_one_main_motive_at_most(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    with inside(cast.network):
        said = {"acting": alice, "organisation": cast.bakery}
        note_motive(**said, kind="aid", main=True)  # type: ignore[arg-type]  # given by name
        note_motive(**said, kind="staff", words="Un vendeur le samedi", main=True)  # type: ignore[arg-type]  # same
        note_motive(**said, kind="staff", words="Deux vendeurs", main=True)  # type: ignore[arg-type]  # same
        rows = Motive.objects.values_list("kind", "words", "is_main")
        assert list(rows) == [("staff", "Deux vendeurs", True), ("aid", "", False)]
        drop_motive(**said, kind="aid")  # type: ignore[arg-type]  # same
        assert Motive.objects.get().kind == "staff"
        with pytest.raises(MobilisationError, match="no longer there"):
            drop_motive(**said, kind="aid")  # type: ignore[arg-type]  # same
        with pytest.raises(MobilisationError, match="Say it in a few words"):
            note_motive(**said, kind="other")  # type: ignore[arg-type]  # same


def test_an_obstacle_is_kept_in_the_owner_s_own_words(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    with inside(cast.network):
        said = {"acting": alice, "organisation": cast.bakery}
        note_obstacle(**said, kind="time", words="Je pétris à 3 h")  # type: ignore[arg-type]  # given by name
        note_obstacle(**said, kind="time", words="Je pétris à 2 h")  # type: ignore[arg-type]  # same
        note_obstacle(**said, kind="other", words="Le voisin")  # type: ignore[arg-type]  # same
        note_obstacle(**said, kind="other", words="La route")  # type: ignore[arg-type]  # same
        rows = Obstacle.objects.values_list("kind", "words")
        assert list(rows) == [
            ("time", "Je pétris à 2 h"),
            ("other", "Le voisin"),
            ("other", "La route"),
        ]
        with pytest.raises(MobilisationError, match="Say it in a few words"):
            note_obstacle(**said, kind="other")  # type: ignore[arg-type]  # same


def test_every_obstacle_has_something_to_try(cast: Cast) -> None:
    assert set(PROPOSED) == set(ObstacleKind.values)
    for kind in ObstacleKind:
        assert len(proposed_against(kind)) >= 3
        assert proposed_against(kind)[-1] == "other"


def test_a_countermeasure_that_worked_lifts_the_obstacle(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    with inside(cast.network):
        attempt = attempted(cast, cast.bakery, "time", "short_meetings")
        assert (attempt.result, attempt.result_on) == ("none_yet", None)
        record_result(acting=alice, attempt=attempt, result="lessened")
        assert Obstacle.objects.get().lifted_on is None
        record_result(acting=alice, attempt=attempt, result="lifted")
        assert Obstacle.objects.get().lifted_on == localdate()
        with pytest.raises(MobilisationError, match="This obstacle is lifted"):
            try_against(acting=alice, obstacle=attempt.obstacle, countermeasure="paperwork_done")
        record_result(acting=alice, attempt=attempt, result="no_effect")
        assert Obstacle.objects.get().lifted_on is None
        assert Attempt.objects.get().result == "no_effect"


def test_an_obstacle_that_is_back_is_another_one(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    with inside(cast.network):
        attempt = attempted(cast, cast.bakery, "time", "short_meetings", "lifted")
        note_obstacle(acting=alice, organisation=cast.bakery, kind="time", words="Encore")
        assert Obstacle.objects.count() == 2
        with pytest.raises(MobilisationError, match="It was noted again since"):
            record_result(acting=alice, attempt=attempt, result="no_effect")
        assert Attempt.objects.get().result == "lifted"


@pytest.mark.parametrize(
    ("tried", "detail", "days", "sentence"),
    [
        ("aid_found", "", 0, "Choose what was tried."),
        ("other", " ", 0, "Say it in a few words."),
        ("replacement", "", -1, "This day is still to come: write down what has happened."),
    ],
)
def test_what_was_tried_must_make_sense(
    cast: Cast, tried: str, detail: str, days: int, sentence: str
) -> None:
    alice = acting(cast.alice, cast.network)
    with inside(cast.network):
        obstacle = note_obstacle(acting=alice, organisation=cast.bakery, kind="time")
        with pytest.raises(MobilisationError) as refusal:
            try_against(
                acting=alice,
                obstacle=obstacle,
                countermeasure=tried,
                detail=detail,
                tried_on=localdate() - timedelta(days=days),
            )
        assert str(refusal.value) == sentence
        assert not Attempt.objects.exists()


def test_a_result_does_not_come_before_the_attempt(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    with inside(cast.network):
        attempt = attempted(cast, cast.bakery, "time", "short_meetings")
        with pytest.raises(MobilisationError, match="Choose the day of what came before"):
            record_result(
                acting=alice,
                attempt=attempt,
                result="no_effect",
                result_on=localdate() - timedelta(days=1),
            )


def test_what_was_worked_on_is_not_erased(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    with inside(cast.network):
        slip = note_obstacle(acting=alice, organisation=cast.bakery, kind="cost")
        drop_obstacle(acting=alice, obstacle=slip)
        assert not Obstacle.objects.exists()
        attempt = attempted(cast, cast.bakery, "time", "short_meetings")
        with pytest.raises(MobilisationError, match="Something was tried against it"):
            drop_obstacle(acting=alice, obstacle=attempt.obstacle)


def test_a_relay_is_a_body_of_the_directory(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    with inside(cast.network):
        with pytest.raises(MobilisationError, match="Choose an outside body"):
            name_relay(acting=alice, organisation=cast.bakery, relay=cast.garage)
        BodyInvolvement.objects.create(
            network=cast.network,
            organisation=cast.garage,
            kind=BodyInvolvementKind.RELAY,
            starts_on=localdate(),
        )
        approach = name_relay(acting=alice, organisation=cast.bakery, relay=cast.garage)
        assert approach.relay == cast.garage
        assert name_relay(acting=alice, organisation=cast.bakery, relay=None).relay is None


def test_only_the_animator_writes_in_the_register(cast: Cast) -> None:
    with inside(cast.network):
        attempt = attempted(cast, cast.bakery, "time", "short_meetings")
        obstacle = attempt.obstacle
        for person in (cast.bob, cast.chloe, cast.emma, cast.farid):
            who = acting(person, cast.network)
            for act in (
                lambda who=who: note_motive(acting=who, organisation=cast.bakery, kind="aid"),
                lambda who=who: drop_motive(acting=who, organisation=cast.bakery, kind="aid"),
                lambda who=who: note_obstacle(acting=who, organisation=cast.bakery, kind="cost"),
                lambda who=who: drop_obstacle(acting=who, obstacle=obstacle),
                lambda who=who: try_against(
                    acting=who, obstacle=obstacle, countermeasure="replacement"
                ),
                lambda who=who: record_result(acting=who, attempt=attempt, result="lifted"),
                lambda who=who: name_relay(acting=who, organisation=cast.bakery, relay=None),
            ):
                with pytest.raises(PermissionDenied):
                    act()
