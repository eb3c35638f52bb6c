"""Links that open something to whoever holds them, without an account.

A token names what it opens and proves that this installation made it; nothing of it is kept, so
that the same link can be printed or sent again. What it opens counts its links: a new count makes
those before void.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from typing import Final
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

PROOF: Final = 16  # characters of base 64: 96 bits
IDENTITY: Final = 22  # characters of base 64 that hold the 16 bytes of an identifier


def token_of(public_id: UUID, *, salt: str, kind: str) -> str:
    """Return the token that opens a thing; `salt` and `kind` say what sort of thing it is."""
    identity = urlsafe_b64encode(public_id.bytes).decode().rstrip("=")
    return identity + _proof(public_id, salt, kind)


def identity_in(token: str) -> UUID | None:
    """Return what a token says it opens, None when it names nothing; not yet proved."""
    try:
        return UUID(bytes=urlsafe_b64decode(token[:IDENTITY] + "=="))
    except (ValueError, Error):
        return None


def is_proved(token: str, public_id: UUID, *, salt: str, kind: str) -> bool:
    """Whether this installation made the token, for that thing."""
    return constant_time_compare(token[IDENTITY:], _proof(public_id, salt, kind))


def _proof(public_id: UUID, salt: str, kind: str) -> str:
    digest = salted_hmac(salt, f"{kind} {public_id}", algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode()[:PROOF]
