"""What Alice does with a survey, for the tests that come after."""

from datetime import timedelta

from django.utils.timezone import localdate

from maillage.bricks.questionnaires.models import Response
from maillage.foundation.organisations.models import Organisation
from maillage.launch.surveys.actions import answer, ask_firms, begin, finish, open_survey
from maillage.launch.surveys.models import Invitee, Survey
from tests.cast import Cast, acting

NEEDS = "employer-group-needs"


def opened(cast: Cast, **given: object) -> Survey:
    """Open a survey as Alice; the scope of the network is open."""
    wanted: dict[str, object] = {
        "questions": NEEDS,
        "title": "Besoins",
        "opens_on": localdate(),
        "closes_on": None,
    }
    return open_survey(acting=acting(cast.alice, cast.network), **{**wanted, **given})  # type: ignore[arg-type]  # given by name


def asked(cast: Cast, survey: Survey, *firms: Organisation) -> list[Invitee]:
    """Ask firms as Alice and return them as they are asked."""
    ids = [firm.pk for firm in firms]
    ask_firms(acting=acting(cast.alice, cast.network), survey=survey, organisation_ids=ids)
    return [Invitee.objects.get(survey=survey, organisation_id=pk) for pk in ids]


def end(survey: Survey) -> Survey:
    """Let the last day of a survey pass."""
    past = localdate() - timedelta(days=1)
    Survey.objects.filter(pk=survey.pk).update(opens_on=past, closes_on=past)
    survey.refresh_from_db()
    return survey


def answered(survey: Survey, invitee: Invitee | None, **values: object) -> Response:
    """Answer and finish."""
    response = begin(survey=survey, invitee=invitee)
    for question, value in values.items():
        answer(survey=survey, response=response, question=question, value=value)
    finish(survey=survey, response=response)
    return response
