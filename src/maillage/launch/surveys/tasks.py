"""What surveys do in the background."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_scopes import scope

from maillage.foundation.jobs.handle import RunHandle
from maillage.foundation.jobs.registry import Outcome, background
from maillage.foundation.networks.models import Network
from maillage.launch.surveys.actions import SurveyError
from maillage.launch.surveys.models import Survey
from maillage.launch.surveys.reminders import REMIND, write_round


@background(
    REMIND,
    title=_("Mails about a survey"),
    refusals=(SurveyError,),
    again=True,
    kept=_("The firms already written to are not written to again: start once more for the rest."),
)
def remind(run: RunHandle, *, survey_id: str, wave: int | None) -> Outcome:
    """Write to the firms that have not answered a survey."""
    network = Network.objects.select_related("register").get(public_id=str(run.network_id))
    with scope(network=network, register=network.register):
        survey = Survey.objects.select_related("version").get(public_id=survey_id)
        sent = write_round(
            survey=survey,
            network=network,
            owner_id=UUID(str(run.owner_id)),
            wave=wave,
            run=run,
        )
    return Outcome(
        summary=lambda: (
            ngettext(
                "%(count)s firm was written to.", "%(count)s firms were written to.", sent.written
            )
            % {"count": sent.written}
        ),
        data={"survey": survey_id, "network": network.slug, "left": sent.left},
    )
