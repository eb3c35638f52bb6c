"""A question by another, or by groups of firms; the demonstration; how long it takes."""

import pytest

from maillage.bricks.questionnaires.definition import Question, read
from maillage.bricks.questionnaires.enums import Kind
from maillage.demo.survey import load_survey
from maillage.demo.territory import territory
from maillage.launch.surveys.actions import note_refusal
from maillage.launch.surveys.crosstabs import (
    MOST_GROUPS,
    by_question,
    by_segment,
    crossable,
    tabulate,
)
from maillage.launch.surveys.models import Survey
from maillage.launch.surveys.progress import Advance, advance_by
from maillage.launch.surveys.prospects import prospects_of
from maillage.launch.surveys.results import results_of
from maillage.launch.surveys.segments import Segment
from tests.cast import Cast, acting, inside, more_firms
from tests.launch.surveys.stories import answered, asked, opened


def question_of(survey: Survey, key: str) -> Question:
    """Return a question of a survey."""
    found = read(survey.version.content).question(key)
    assert found is not None
    return found


@pytest.fixture
def survey(cast: Cast) -> Survey:
    """Bob's bakery and its rival are interested, the garage is not; a fourth firm is silent."""
    with inside(cast.network):
        made = opened(cast)
        invitees = asked(cast, made, cast.bakery, cast.rival, cast.garage, *more_firms(cast, 1))
        answered(made, invitees[0], peaks="yes", interested="yes", contact="yes")
        answered(made, invitees[1], peaks="no", interested="yes", contact="no")
        answered(made, invitees[2], peaks="no", interested="no", contact="no")
    return made


def test_a_question_by_another(cast: Cast, survey: Survey) -> None:
    with inside(cast.network):
        found = by_question(survey, question_of(survey, "interested"), question_of(survey, "peaks"))
    assert found.answers == ("Yes", "No", "Not now")
    assert [(one.label, one.answered, one.counts) for one in found.lines] == [
        ("Yes", 1, (1, 0, 0)),
        ("No", 2, (1, 1, 0)),
    ]
    assert (found.total.answered, found.total.counts) == (3, (2, 1, 0))
    assert not found.overlapping


def test_a_question_by_activity_and_by_place(cast: Cast, survey: Survey) -> None:
    with inside(cast.network):
        interested = question_of(survey, "interested")
        activity = by_segment(survey, interested, Segment.ACTIVITY)
        place = by_segment(survey, interested, Segment.COMMUNE)
        wave = by_segment(survey, interested, Segment.WAVE)
    assert {one.label: one.counts for one in activity.lines} == {
        "Boulangerie": (2, 0, 0),
        "Garage": (0, 1, 0),
    }
    assert {one.label: one.answered for one in place.lines} == {"Blois": 2, "Vendôme": 1}
    assert {one.label: one.answered for one in wave.lines} == {"Wave 1": 3}


def test_only_answers_offered_beforehand_are_crossed(survey: Survey) -> None:
    kinds = {question.kind for question in crossable(survey)}
    assert kinds == {Kind.CHOICE, Kind.SEVERAL}


def test_small_groups_of_many_are_put_together() -> None:
    question = Question("mark", Kind.SCALE, {"en": "?"}, least=1, most=2)
    groups = {pk: (f"g{pk % 30:02}",) for pk in range(95)}
    labels = {f"g{rank:02}": f"G{rank}" for rank in range(30)}
    found = tabulate(question, dict.fromkeys(range(95), 2), groups, labels)
    assert len(found.lines) == MOST_GROUPS + 1
    assert found.lines[-1].label == "Others, put together"
    assert sum(one.answered for one in found.lines) == found.total.answered == 95


def test_how_far_each_group_is(cast: Cast, survey: Survey) -> None:
    with inside(cast.network):
        silent = survey.invitees.get(response=None)
        note_refusal(acting=acting(cast.alice, cast.network), invitee=silent, because="")
        assert advance_by(survey, Segment.ACTIVITY) == [
            Advance("Boulangerie", 2, 2, 0),
            Advance("Garage", 1, 1, 0),
            Advance("Menuiserie", 1, 0, 1),
        ]


def test_the_demonstration_gives_43_and_23_per_cent(cast: Cast) -> None:
    made_up = territory()
    with inside(cast.network):
        firms = more_firms(cast, len(made_up.firms))
        known = dict(zip((one.firm_id for one in made_up.firms), firms, strict=True))
        survey = load_survey(cast.network, made_up, known, asked_by=cast.alice)
        shown = {one.question.key: one for one in results_of(survey, everything=True).shown}
        rates = {
            key: (shown[key].cells[0].count, shown[key].asked) for key in ("peaks", "interested")
        }
        assert rates == {"peaks": (198, 460), "interested": (106, 460)}
        prospects = prospects_of(survey, shown["interested"].question, "yes")
        assert (prospects.responses.count(), prospects.silent) == (106, 0)
        crossed = by_question(survey, shown["interested"].question, shown["peaks"].question)
        assert [one.answered for one in crossed.lines] == [198, 262]
        assert crossed.total.counts == (106, 354, 0)
