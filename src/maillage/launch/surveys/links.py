"""Links by which a survey is answered without an account.

The personal link of a firm can be printed again at any time, and made void by counting a new one
(`Invitee.link`).
"""

from typing import Final

from django_scopes import scopes_disabled

from maillage.foundation.notify import bearer
from maillage.launch.surveys.models import Invitee, Survey

SALT: Final = "maillage.survey"


def path_of(asked: Invitee | Survey) -> str:
    """Return the path where somebody answers: a firm's own, or everybody's when anonymous."""
    return f"/s/{token_of(asked)}/"


def token_of(asked: Invitee | Survey) -> str:
    """Return the token of a personal link, or of the one link of an anonymous survey."""
    return bearer.token_of(asked.public_id, salt=SALT, kind=_kind(asked))


def opened_by(token: str) -> Invitee | Survey | None:
    """Return what a token opens, None when it opens nothing; for whoever holds the link."""
    public_id = bearer.identity_in(token)
    if public_id is None:
        return None
    with scopes_disabled():
        related = ("network", "network__register", "version", "version__questionnaire")
        found: Invitee | Survey | None = (
            Invitee.objects.filter(public_id=public_id)
            .select_related(
                "organisation", "response__version", *(f"survey__{name}" for name in related)
            )
            .first()
        ) or Survey.objects.filter(public_id=public_id, anonymous=True).select_related(
            *related
        ).first()
    if found is None or not bearer.is_proved(token, public_id, salt=SALT, kind=_kind(found)):
        return None
    return found


def _kind(asked: Invitee | Survey) -> str:
    return f"invitee {asked.link}" if isinstance(asked, Invitee) else "survey"
