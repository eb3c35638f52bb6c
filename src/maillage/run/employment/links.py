"""Links by which workers open their own pages: they have no account.

A link names the worker and proves that this installation made it. Nothing of it is kept: the same
one can be printed or sent again, until `new_link` makes those before void.
"""

from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django_scopes import scopes_disabled

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.notify import bearer
from maillage.run.employment.models import Worker

SALT: Final = "maillage.worker"
LONGEST_COUNT: Final = 32_767  # a PositiveSmallIntegerField


def page_token(worker: Worker) -> str:
    """Return the token that opens a worker's own pages."""
    return bearer.token_of(worker.public_id, salt=SALT, kind=_kind(worker))


def page_path(worker: Worker) -> str:
    """Return the path of a worker's own pages."""
    return f"/w/{page_token(worker)}/"


def worker_of(token: str) -> Worker | None:
    """Return the worker whose pages a token opens, None when it opens nothing.

    For whoever holds the link; no network has to be open, and the caller opens the worker's.
    """
    public_id = bearer.identity_in(token)
    if public_id is None:
        return None
    with scopes_disabled():
        found = (
            Worker.objects.filter(public_id=public_id, network__closed_on=None)
            .select_related("network__register", "person")
            .first()
        )
    if found is None or not bearer.is_proved(token, public_id, salt=SALT, kind=_kind(found)):
        return None
    return found


@transaction.atomic
def new_link(*, acting: Acting, worker: Worker) -> str:
    """Make the links of a worker before this one void (a telephone is lost); return the path."""
    if acting.network != worker.network or not acting.can("manage_staff"):
        raise PermissionDenied
    kept = Worker.objects.select_for_update(of=("self",)).get(pk=worker.pk)
    kept.link = kept.link % LONGEST_COUNT + 1
    kept.save(update_fields=["link"])
    worker.link = kept.link
    record(
        actor_id=acting.person.public_id,
        act="renew_link",
        subject_type="Worker",
        subject_id=kept.public_id,
        network_id=worker.network.public_id,
    )
    return page_path(kept)


def _kind(worker: Worker) -> str:
    return f"worker {worker.link}"
