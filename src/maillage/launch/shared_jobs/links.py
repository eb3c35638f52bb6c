"""Links by which a firm answers a proposal without an account."""

from typing import Final

from django_scopes import scopes_disabled

from maillage.foundation.notify import bearer
from maillage.launch.shared_jobs.models import JobShare

SALT: Final = "maillage.proposal"


def path_of(share: JobShare) -> str:
    """Return the path where a firm answers; a new count of `share.link` makes it void."""
    return f"/p/{bearer.token_of(share.public_id, salt=SALT, kind=_kind(share))}/"


def opened_by(token: str) -> JobShare | None:
    """Return the part in a job that a token opens, None when it opens nothing."""
    public_id = bearer.identity_in(token)
    if public_id is None:
        return None
    with scopes_disabled():
        related = ("organisation", "need", "job__composition__network__register")
        found = JobShare.objects.filter(public_id=public_id).select_related(*related).first()
    if found is None or not bearer.is_proved(token, public_id, salt=SALT, kind=_kind(found)):
        return None
    return found


def _kind(share: JobShare) -> str:
    return f"share {share.link}"
