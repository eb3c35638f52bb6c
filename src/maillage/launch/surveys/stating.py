"""Needs that answers state: the jobs a firm says it would share, with their hours."""

from collections.abc import Iterator, Mapping
from typing import Final

from django.utils.timezone import localdate

from maillage.bricks.questionnaires.definition import Definition, Value, read
from maillage.bricks.questionnaires.models import Response
from maillage.bricks.questionnaires.queries import values_of
from maillage.launch.needs.actions import Harvest, SaidNeed, restate_needs
from maillage.launch.needs.enums import NeedState
from maillage.launch.surveys.models import Survey
from maillage.launch.surveys.prospects import CONTACT

# What feeds a need of staff (`Question.feeds`): the job, then its hours.
JOB: Final = "staff"
HOURS: Final = "staff_hours"
LONGEST_TITLE: Final = 120


def state_needs_of(*, survey: Survey, response: Response) -> None:
    """State the needs of staff that finished answers speak of; corrected ones follow them.

    A firm that agrees to be called asks for them; another one only says what they are.
    """
    if response.organisation is None:
        return
    definition = read(response.version.content)
    values = values_of(response)
    stated = list(jobs_in(definition, values))
    state = NeedState.EXPRESSED if _agrees(definition, values) else NeedState.CHARACTERISED
    restate_needs(
        network=survey.network,
        organisation=response.organisation,
        came_from=response.public_id,
        stated=stated,
        state=state,
        actor_id=response.entered_by_id,
    )


def harvest_of(response: Response, definition: Definition, values: Mapping[str, Value]) -> Harvest:
    """Return the needs that answers brought from elsewhere speak of."""
    agrees = _agrees(definition, values)
    return Harvest(
        organisation_id=response.organisation_id or 0,
        came_from=response.public_id,
        stated=list(jobs_in(definition, values)),
        state=NeedState.EXPRESSED if agrees else NeedState.CHARACTERISED,
        on=localdate(response.finished_at),
        by_id=response.entered_by_id,
    )


def jobs_in(definition: Definition, values: Mapping[str, Value]) -> Iterator[SaidNeed]:
    """Yield the jobs that answers name with some hours; a job named twice counts once."""
    named: str = ""
    seen: set[str] = set()
    for question in definition.asked(values):
        value = values.get(question.key)
        if question.feeds == JOB:
            named = value.strip()[:LONGEST_TITLE] if isinstance(value, str) else ""
        elif question.feeds == HOURS and named and isinstance(value, dict):
            half_hours = tuple(value.get("half_hours", ()))
            if any(half_hours) and named.casefold() not in seen:
                seen.add(named.casefold())
                yield SaidNeed(named, half_hours)
            named = ""


def _agrees(definition: Definition, values: Mapping[str, Value]) -> bool:
    asked = next((one for one in definition.questions if one.feeds == CONTACT), None)
    return asked is None or values.get(asked.key) == "yes"
