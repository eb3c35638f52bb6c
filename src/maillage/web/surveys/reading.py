"""Finding what an address of the area names."""

from uuid import UUID

from django.http import Http404

from maillage.launch.surveys.models import Invitee, Survey


def access_survey(survey_id: UUID) -> Survey:
    """Return a survey of the open network; 404 when there is none."""
    found = Survey.objects.filter(public_id=survey_id).select_related("version", "network").first()
    if found is None:
        raise Http404
    return found


def access_invitee(survey: Survey, invitee_id: UUID) -> Invitee:
    """Return a firm that a survey asks; 404 when it asks no such firm."""
    found = (
        Invitee.objects.filter(survey=survey, public_id=invitee_id)
        .select_related("organisation", "response", "survey__network")
        .first()
    )
    if found is None:
        raise Http404
    return found
