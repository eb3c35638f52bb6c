"""Asking firms, answering for one or for nobody in particular, reading what was answered."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate, localtime

from maillage.bricks.questionnaires.definition import read
from maillage.bricks.questionnaires.enums import AnswerChannel
from maillage.bricks.questionnaires.queries import values_of
from maillage.foundation.audit.models import AuditLine
from maillage.launch.surveys.actions import (
    SurveyError,
    answer,
    ask_firms,
    begin,
    change_last_day,
    finish,
    new_link,
    note_refusal,
    open_survey,
)
from maillage.launch.surveys.links import opened_by, token_of
from maillage.launch.surveys.models import Invitee, Survey
from maillage.launch.surveys.prospects import prospects_of
from maillage.launch.surveys.queries import InviteeState, invitees_of, progress_of
from maillage.launch.surveys.results import results_of
from tests.cast import Cast, acting, inside, more_firms
from tests.launch.surveys.stories import NEEDS, answered, asked, end, opened


def test_a_firm_is_asked_once_and_a_later_one_makes_a_wave(cast: Cast) -> None:
    with inside(cast.network):
        survey = opened(cast)
        alice = acting(cast.alice, cast.network)
        twice = [cast.bakery.pk, cast.bakery.pk, 10**9]
        assert ask_firms(acting=alice, survey=survey, organisation_ids=twice) == 1
        assert ask_firms(acting=alice, survey=survey, organisation_ids=twice) == 0
        answered(survey, Invitee.objects.get(), peaks="yes", interested="no", contact="no")
        assert ask_firms(acting=alice, survey=survey, organisation_ids=[cast.garage.pk]) == 1
        assert Invitee.objects.get(organisation=cast.garage).wave == 2


def test_only_who_runs_surveys_opens_one(cast: Cast) -> None:
    with inside(cast.network), pytest.raises(PermissionDenied):
        open_survey(
            acting=acting(cast.bob, cast.network),
            questions=NEEDS,
            title="x",
            opens_on=localdate(),
            closes_on=None,
        )


def test_a_firm_that_begins_twice_gives_one_answer(cast: Cast) -> None:
    with inside(cast.network):
        survey = opened(cast)
        (invitee,) = asked(cast, survey, cast.bakery)
        first = begin(survey=survey, invitee=invitee)
        second = begin(survey=survey, invitee=Invitee.objects.get(pk=invitee.pk))
        assert first.pk == second.pk
        for _tap in range(2):
            answer(survey=survey, response=first, question="peaks", value="yes")
            finish(survey=survey, response=first)
        assert values_of(first) == {"peaks": "yes"}
        assert progress_of(survey).answered == 1


def test_what_is_no_longer_asked_is_dropped_at_the_end(cast: Cast) -> None:
    with inside(cast.network):
        survey = opened(cast)
        (invitee,) = asked(cast, survey, cast.bakery)
        response = answered(
            survey, invitee, peaks="no", peak_months=["m3"], interested="no", contact="no"
        )
        assert values_of(response) == {"peaks": "no", "interested": "no", "contact": "no"}


def test_a_link_opens_for_its_firm_until_another_is_made(cast: Cast) -> None:
    with inside(cast.network):
        survey = opened(cast)
        invitee, other = asked(cast, survey, cast.bakery, cast.rival)
        token = token_of(invitee)
        assert opened_by(token) == invitee
        assert opened_by(token[:-1]) is None
        assert opened_by(token_of(other)[:22] + token[22:]) is None
        new_link(acting=acting(cast.alice, cast.network), invitee=invitee)
        assert opened_by(token) is None
        assert opened_by(token_of(invitee)) == invitee
        assert opened_by(token_of(survey)) is None  # it is not anonymous


@pytest.mark.parametrize("token", ["", "x", "é" * 40, "A" * 22, "=" * 50, "A" * 200])
def test_a_link_that_never_was_opens_nothing(cast: Cast, token: str) -> None:
    assert opened_by(token) is None


def test_an_anonymous_answer_keeps_neither_the_firm_nor_the_hour(cast: Cast) -> None:
    with inside(cast.network):
        survey = opened(cast, anonymous=True)
        assert opened_by(token_of(survey)) == survey
        response = answered(survey, None, peaks="yes", interested="no", contact="no")
        assert response.organisation is None
        assert response.entered_by_id is None
        for moment in (response.started_at, response.finished_at):
            assert moment is not None
            assert localtime(moment).strftime("%H:%M:%S.%f") == "00:00:00.000000"
        with pytest.raises(SurveyError, match="no list of firms"):
            asked(cast, survey, cast.bakery)


def test_a_survey_that_has_ended_takes_nothing_and_keeps_everything(cast: Cast) -> None:
    with inside(cast.network):
        survey = opened(cast, closes_on=localdate())
        (invitee,) = asked(cast, survey, cast.bakery)
        response = begin(survey=survey, invitee=invitee)
        answer(survey=survey, response=response, question="peaks", value="yes")
        Survey.objects.update(
            opens_on=localdate() - timedelta(days=9), closes_on=localdate() - timedelta(days=1)
        )
        survey.refresh_from_db()
        with pytest.raises(SurveyError, match="has ended"):
            answer(survey=survey, response=response, question="peaks", value="no")
        assert values_of(response) == {"peaks": "yes"}
        change_last_day(
            acting=acting(cast.alice, cast.network), survey=survey, closes_on=localdate()
        )
        answer(survey=survey, response=response, question="peaks", value="no")
        assert values_of(response) == {"peaks": "no"}


def states_of(survey: Survey) -> list[str]:
    """Return where each firm asked stands."""
    return list(invitees_of(survey).values_list("state", flat=True))  # type: ignore[misc]  # annotated


def test_a_refusal_is_kept_until_the_firm_changes_its_mind(cast: Cast) -> None:
    with inside(cast.network):
        survey = opened(cast)
        (invitee,) = asked(cast, survey, cast.bakery)
        alice = acting(cast.alice, cast.network)
        note_refusal(acting=alice, invitee=invitee, because="  Pas le   temps ")
        assert states_of(survey) == [InviteeState.REFUSED]
        assert invitees_of(survey).get().refused_because == "Pas le temps"
        answered(survey, invitee, peaks="yes", interested="no", contact="no")
        assert states_of(survey) == [InviteeState.DONE]
        with pytest.raises(SurveyError, match="has answered"):
            note_refusal(acting=alice, invitee=Invitee.objects.get(), because="")


def answers_of(cast: Cast, survey: Survey, interested: int, not_interested: int) -> None:
    """Let that many firms answer; all have peaks, the interested agree to be called."""
    firms = more_firms(cast, interested + not_interested)
    for rank, invitee in enumerate(asked(cast, survey, *firms)):
        says = "yes" if rank < interested else "no"
        answered(survey, invitee, peaks="yes", interested=says, contact=says)


def test_results_have_a_numerator_and_a_denominator(cast: Cast) -> None:
    with inside(cast.network):
        survey = opened(cast)
        answers_of(cast, survey, 6, 8)
        begin(survey=survey, invitee=asked(cast, survey, cast.bakery)[0])  # never finished
        found = results_of(survey, everything=True)
        assert found.finished == 14
        by_key = {result.question.key: result for result in found.shown}
        interested = by_key["interested"]
        assert (interested.asked, interested.answered) == (14, 14)
        assert [(cell.key, cell.count) for cell in interested.cells] == [
            ("yes", 6), ("no", 8), ("not_now", 0),
        ]  # fmt: skip
        assert (by_key["job1"].asked, by_key["job1"].answered) == (6, 0)


def test_figures_that_would_tell_of_one_firm_are_kept_from_members(cast: Cast) -> None:
    with inside(cast.network):
        survey = opened(cast)
        answers_of(cast, survey, 3, 9)
        found = results_of(end(survey), everything=False)
        # Three are interested: too few, and so are the jobs that only they were asked about. All
        # have peaks: the figure would tell it of each.
        assert found.shown == ()
        assert found.withheld == len(read(survey.version.content).questions)


def test_members_read_figures_that_rest_on_five_answers_on_both_sides(cast: Cast) -> None:
    with inside(cast.network):
        survey = opened(cast)
        answers_of(cast, survey, 5, 8)
        shown = {one.question.key: one for one in results_of(end(survey), everything=False).shown}
        assert set(shown) == {"interested", "contact"}
        cells = [(cell.key, cell.count) for cell in shown["interested"].cells]
        assert cells == [("yes", 5), ("no", 8)]


def test_nothing_is_told_of_fewer_than_five_answers(cast: Cast) -> None:
    with inside(cast.network):
        survey = opened(cast)
        answers_of(cast, survey, 2, 2)
        assert results_of(end(survey), everything=False).shown == ()


def test_members_read_nothing_while_the_survey_is_open(cast: Cast) -> None:
    with inside(cast.network):
        survey = opened(cast)
        answers_of(cast, survey, 5, 8)
        found = results_of(survey, everything=False)
        assert (found.finished, found.shown) == (None, ())


def test_corrections_of_finished_answers_count_at_once(cast: Cast) -> None:
    with inside(cast.network):
        survey = opened(cast)
        (invitee,) = asked(cast, survey, cast.bakery)
        response = answered(
            survey, invitee, peaks="yes", peak_months=["m3"], interested="no", contact="no"
        )
        answer(survey=survey, response=response, question="peaks", value="no")
        assert values_of(response) == {"peaks": "no", "interested": "no", "contact": "no"}


def test_an_anonymous_answer_leaves_no_line_in_the_trail(cast: Cast) -> None:
    with inside(cast.network):
        survey = opened(cast, anonymous=True)
        answered(survey, None, peaks="yes", interested="no", contact="no")
        assert not AuditLine.objects.filter(act="answer").exists()


def test_last_day_is_neither_past_nor_before_the_first(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        later = opened(cast, opens_on=localdate() + timedelta(days=9))
        with pytest.raises(SurveyError, match="would end before it opens"):
            change_last_day(acting=alice, survey=later, closes_on=localdate())
        with pytest.raises(SurveyError, match="is past"):
            change_last_day(acting=alice, survey=later, closes_on=localdate() - timedelta(days=1))
        with pytest.raises(SurveyError, match="a year at most"):
            change_last_day(acting=alice, survey=later, closes_on=localdate() + timedelta(days=900))


def test_prospects_are_those_who_agreed_to_be_called(cast: Cast) -> None:
    with inside(cast.network):
        survey = opened(cast)
        invitees = asked(cast, survey, cast.bakery, cast.rival, cast.garage)
        answered(survey, invitees[0], peaks="yes", interested="yes", contact="yes")
        answered(survey, invitees[1], peaks="yes", interested="yes", contact="no")
        answered(survey, invitees[2], peaks="yes", interested="no", contact="yes")
        question = read(survey.version.content).question("interested")
        assert question is not None
        found = prospects_of(survey, question, "yes")
        assert [one.organisation for one in found.responses] == [cast.bakery]
        assert found.silent == 1


def test_answers_taken_by_telephone_are_counted_as_such(cast: Cast) -> None:
    with inside(cast.network):
        survey = opened(cast)
        (invitee,) = asked(cast, survey, cast.bakery)
        response = begin(
            survey=survey,
            invitee=invitee,
            channel=AnswerChannel.PHONE,
            entered_by_id=cast.alice.public_id,
        )
        finish(survey=survey, response=response)
        assert progress_of(survey).by_channel == {"phone": 1}
