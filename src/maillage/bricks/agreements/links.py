"""Links by which somebody signs without an account: once, before a day, from one browser.

Only the fingerprint of the token is kept. A link that was opened belongs to the browser that opened
it: one forwarded afterwards opens nothing.
"""

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.timezone import now
from django_scopes import scopes_disabled

from maillage.bricks.agreements.enums import LinkState
from maillage.bricks.agreements.models import AgreementVersion, SigningLink
from maillage.foundation.organisations.models import Organisation

VALID_DAYS: Final = 30
TOKEN_BYTES: Final = 24


@transaction.atomic
def make_link(
    *,
    version: AgreementVersion,
    organisation: Organisation | None = None,
    party_id: UUID | None = None,
) -> tuple[SigningLink, str]:
    """Make the link of an organisation or of a party; return it and its token.

    It replaces those made before for the same signer. The caller writes the trail of whatever it is
    made for.
    """
    SigningLink.objects.filter(
        version__agreement=version.agreement_id,
        organisation=organisation,
        party_id=party_id,
        used_at=None,
        voided_at=None,
    ).update(voided_at=now())
    token = token_urlsafe(TOKEN_BYTES)
    link = SigningLink.objects.create(
        version=version,
        organisation=organisation,
        party_id=party_id,
        fingerprint=fingerprint_of(token),
        expires_at=now() + timedelta(days=VALID_DAYS),
    )
    return link, token


def found(token: str, *kinds: str) -> SigningLink | None:
    """Return the link of a token, for whoever holds it, in no open network; None for none.

    `kinds` are those of the texts that the caller shows.
    """
    with scopes_disabled():
        return (
            SigningLink.objects.filter(
                fingerprint=fingerprint_of(token), version__agreement__kind__in=kinds
            )
            .select_related("organisation", "version__agreement__network__register")
            .first()
        )


def state_of(link: SigningLink, reader: str) -> LinkState:
    """Return what has become of a link, for the browser whose secret is `reader` ("" for none)."""
    if link.used_at is not None:
        return LinkState.USED
    if link.voided_at is not None:
        return LinkState.VOID
    if link.expires_at <= now():
        return LinkState.EXPIRED
    if link.reader and not is_reader(link, reader):
        return LinkState.ELSEWHERE
    return LinkState.OPEN


def is_reader(link: SigningLink, reader: str) -> bool:
    """Whether the browser whose secret is `reader` is the one that opened the link."""
    return bool(reader and link.reader) and constant_time_compare(
        link.reader, fingerprint_of(reader)
    )


def open_link(*, link: SigningLink) -> str | None:
    """Let one browser have a link; return the secret it keeps, None when another was faster."""
    secret = token_urlsafe(TOKEN_BYTES)
    taken = SigningLink.objects.filter(
        pk=link.pk, reader="", used_at=None, voided_at=None, expires_at__gt=now()
    ).update(reader=fingerprint_of(secret))
    return secret if taken else None


def fingerprint_of(token: str) -> str:
    """Return what is kept of a secret."""
    return sha256(token.encode()).hexdigest()
