"""Links by which a survey is answered without an account.

A token names what it opens and proves that this installation made it; nothing of it is kept. The
personal link of a firm can be printed again at any time, and made void by counting a new one
(`Invitee.link`).
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from typing import Final
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac
from django_scopes import scopes_disabled

from maillage.launch.surveys.models import Invitee, Survey

SALT: Final = "maillage.survey"
PROOF: Final = 16  # characters of base 64: 96 bits
IDENTITY: Final = 22  # characters of base 64 that hold the 16 bytes of an identifier


def path_of(asked: Invitee | Survey) -> str:
    """Return the path where somebody answers: a firm's own, or everybody's when anonymous."""
    return f"/s/{token_of(asked)}/"


def token_of(asked: Invitee | Survey) -> str:
    """Return the token of a personal link, or of the one link of an anonymous survey."""
    identity = urlsafe_b64encode(asked.public_id.bytes).decode().rstrip("=")
    return identity + _proof(asked)


def opened_by(token: str) -> Invitee | Survey | None:
    """Return what a token opens, None when it opens nothing; for whoever holds the link."""
    try:
        public_id = UUID(bytes=urlsafe_b64decode(token[:IDENTITY] + "=="))
    except (ValueError, Error):
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
    if found is None or not constant_time_compare(token[IDENTITY:], _proof(found)):
        return None
    return found


def _proof(asked: Invitee | Survey) -> str:
    kind = f"invitee {asked.link}" if isinstance(asked, Invitee) else "survey"
    digest = salted_hmac(SALT, f"{kind} {asked.public_id}", algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode()[:PROOF]
