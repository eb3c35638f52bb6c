"""The fixed terms that ended in the post of a contract, for what judges how long it waits."""

from datetime import date, timedelta
from typing import Final

from django.db.models import Q

from maillage.foundation.vocabularies.folding import plain
from maillage.run.employment.checks import ContractWords
from maillage.run.employment.enums import SHORT
from maillage.run.employment.models import EmploymentContract, Worker
from maillage.run.employment.waiting import Former

# Half of 18 months, in days on which a firm opens, and room for what an agreement allows.
FAR: Final = timedelta(days=3 * 366)


def formers_of(worker: Worker, words: ContractWords) -> list[Former]:
    """Return the signed fixed terms of a group that ended before, in the same post. One query.

    It is the same post when the occupation, else the title, is the same and a firm is in common.
    """
    if words.kind not in SHORT:
        return []
    since = words.starts_on - FAR
    ended = Q(ended_on__lt=words.starts_on, ended_on__gte=since) | Q(
        ended_on=None, ends_on__lt=words.starts_on, ends_on__gte=since
    )
    rows = EmploymentContract.objects.filter(
        ended,
        worker__network=worker.network_id,
        kind__in=SHORT,
        signed_on__isnull=False,
        terms__users__in=words.users,
    )
    if words.occupation:
        rows = rows.filter(occupation=words.occupation)
    return [
        Former(
            kind=row.kind,
            starts_on=row.starts_on,
            ends_on=_end(row),
            end_reason=row.end_reason,
            same=row.worker_id == worker.pk,
        )
        for row in rows.distinct()
        if words.occupation or plain(row.title) == plain(words.title)
    ]


def _end(contract: EmploymentContract) -> date:
    end = contract.ended_on or contract.ends_on
    assert end is not None  # noqa: S101 -- the query asks for one
    return end
