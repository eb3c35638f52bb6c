"""The survey of the demonstration: 460 firms answered it, in every way there is.

What they say of peaks, interest and jobs is the territory's; what would hold them back, and how
each answered, are made up here from a seed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Final

from django.utils.timezone import localdate, now

from maillage.bricks.questionnaires.actions import copy_preset
from maillage.bricks.questionnaires.definition import Value, read
from maillage.bricks.questionnaires.enums import AnswerChannel
from maillage.bricks.questionnaires.models import Answer as KeptAnswer
from maillage.bricks.questionnaires.models import Response
from maillage.demo.mobilisation import load_mobilisation
from maillage.demo.territory import Answer, StatedNeed, Territory
from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.launch.needs.actions import Harvest, state_harvest
from maillage.launch.needs.models import Need
from maillage.launch.surveys.models import Invitee, Survey
from maillage.launch.surveys.stating import harvest_of

PRESET: Final = "employer-group-needs"
LASTED: Final = 45  # days
MOST_JOBS: Final = 3
BATCH: Final = 500
CHANNELS: Final[Mapping[AnswerChannel, int]] = {
    AnswerChannel.WEB: 46,
    AnswerChannel.PHONE: 28,
    AnswerChannel.PAPER: 16,
    AnswerChannel.VISIT: 10,
}
BRAKES: Final[Mapping[str, float]] = {
    "time": 0.42,
    "competition": 0.31,
    "cost": 0.37,
    "formalities": 0.25,
    "alone": 0.22,
    "past": 0.06,
}
CALLED_ANYWAY: Final = 0.3  # of the firms that are not interested agree to be called


def load_survey(
    network: Network, territory: Territory, firms: Mapping[str, Organisation], *, asked_by: Person
) -> Survey:
    """Put the survey and its answers into the network; its scope must be open."""
    opened = network.opened_on + timedelta(days=20)
    survey = Survey.objects.create(
        network=network,
        title="Enquête de départ : le travail partagé".replace(" :", "\N{NO-BREAK SPACE}:"),
        version=copy_preset(network=network, preset=PRESET),
        opens_on=opened,
        closes_on=opened + timedelta(days=LASTED),
    )
    random = Random("how firms answer")
    answered = list(_responses(survey, territory, firms, random, asked_by))
    Response.objects.bulk_create((one for one, _values in answered), batch_size=BATCH)
    KeptAnswer.objects.bulk_create(
        (
            KeptAnswer(response=response, question=key, value=value)
            for response, values in answered
            for key, value in values.items()
        ),
        batch_size=BATCH,
    )
    Invitee.objects.bulk_create(
        (
            Invitee(survey=survey, organisation=one.organisation, response=one)
            for one, _values in answered
        ),
        batch_size=BATCH,
    )
    load_mobilisation(network, answered)
    definition = read(survey.version.content)
    codes = {need.label: need.occupation for need in territory.needs}
    needs = state_harvest(
        network=network,
        harvests=[
            _with_codes(harvest_of(response, definition, values), codes)
            for response, values in answered
        ],
    )
    finished = {str(one.public_id): one.finished_at for one, _values in answered}
    for need in needs:
        need.stated_at = finished[str(need.came_from)] or now()  # as said then, not as loaded now
    Need.objects.bulk_update(needs, ["stated_at"], batch_size=BATCH)
    return survey


def _with_codes(harvest: Harvest, codes: Mapping[str, str]) -> Harvest:
    """Give each job its ROME code, as an animator does when reading the answers."""
    stated = [replace(one, occupation=codes[one.title]) for one in harvest.stated]
    return replace(harvest, stated=stated)


def _responses(
    survey: Survey,
    territory: Territory,
    firms: Mapping[str, Organisation],
    random: Random,
    asked_by: Person,
) -> Iterator[tuple[Response, dict[str, Value]]]:
    needs: dict[str, list[StatedNeed]] = {}
    for need in territory.needs:
        needs.setdefault(need.firm_id, []).append(need)
    ago = (localdate() - survey.opens_on).days
    for answer in territory.answers:
        channel = random.choices(list(CHANNELS), list(CHANNELS.values()))[0]
        moment = now() - timedelta(
            days=ago - random.randrange(LASTED), minutes=random.randrange(480)
        )
        response = Response(
            network=survey.network,
            version=survey.version,
            organisation=firms[answer.firm_id],
            asked_in=survey.public_id,
            channel=channel,
            entered_by_id=None if channel == AnswerChannel.WEB else asked_by.public_id,
            started_at=moment - timedelta(minutes=2),
            finished_at=moment,
        )
        yield response, values_of(answer, needs.get(answer.firm_id, ()), random)


def values_of(
    answer: Answer, needs: tuple[StatedNeed, ...] | list[StatedNeed], random: Random
) -> dict[str, Value]:
    """Return the answers of a firm of the territory, by the key of their question."""
    values: dict[str, Value] = {"peaks": "yes" if answer.has_peaks else "no"}
    if answer.peak_months:
        values["peak_months"] = [f"m{month}" for month in answer.peak_months]
    values["interested"] = "yes" if answer.interested else "no"
    for rank, need in enumerate(needs[:MOST_JOBS], 1):
        values[f"job{rank}"] = need.label
        values[f"job{rank}_hours"] = {"half_hours": list(need.half_hours)}
        if rank < MOST_JOBS:
            values[f"more{rank}"] = "yes" if len(needs) > rank else "no"
    brakes = [brake for brake, share in BRAKES.items() if random.random() < share]
    values["brakes"] = brakes or ["nothing"]
    called = answer.interested or random.random() < CALLED_ANYWAY
    values["contact"] = "yes" if called else "no"
    return values
