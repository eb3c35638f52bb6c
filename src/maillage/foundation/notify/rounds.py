"""Where many firms stand at once, before a round of mails: a few queries, whatever their number."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import localdate, localtime

from maillage.foundation.notify.models import Contact, ContactPolicy, QuietPeriod
from maillage.foundation.notify.pressure import (
    USUAL,
    Ceiling,
    Counted,
    FirmAddress,
    Pressure,
    standing_of,
    window_start,
)

type ByKey[T] = Mapping[str, list[T]]


def pressures_of(firms: Iterable[FirmAddress], *, usual: Ceiling = USUAL) -> dict[UUID, Pressure]:
    """Return where firms stand today, by their ids, as `pressure.pressure_of` does for one.

    Three queries. It is what a sender shows beforehand: what is sent is decided firm by firm.
    """
    every = list(firms)
    keys = {key for firm in every for key in firm.keys}
    policies = {one.firm_key: one for one in ContactPolicy.objects.filter(firm_key__in=keys)}
    quiets: ByKey[QuietPeriod] = defaultdict(list)
    for period in QuietPeriod.objects.filter(firm_key__in=keys, ends_on__gte=localdate()):
        quiets[period.firm_key].append(period)
    longest = max([usual.days, *(one.days or 0 for one in policies.values())])
    contacts = _contacts(every, keys, longest)
    return {
        firm.organisation_id: standing_of(
            firm,
            policies=[policies[key] for key in firm.keys if key in policies],
            counted=partial(_counted, firm, contacts),
            quiets=[one for key in firm.keys for one in quiets.get(key, ())],
            usual=usual,
            today=localdate(),
        )
        for firm in every
    }


def _contacts(every: list[FirmAddress], keys: set[str], days: int) -> ByKey[Contact]:
    """Return the contacts that may count, under the key of the firm and under its id."""
    ids = {firm.organisation_id for firm in every}
    found: ByKey[Contact] = defaultdict(list)
    rows = Contact.objects.filter(
        Q(firm_key__in=keys) | Q(organisation_id__in=ids),
        counts=True,
        at__gte=window_start(localdate(), days),
        at__lt=window_start(localdate() + timedelta(days=1), 1),
    )
    for contact in rows.order_by("at", "id"):
        for key in {contact.firm_key, str(contact.organisation_id)}:
            found[key].append(contact)
    return found


def _counted(firm: FirmAddress, contacts: ByKey[Contact], ceiling: Ceiling) -> tuple[Counted, ...]:
    start = window_start(localdate(), ceiling.days)
    known = {one.pk: one for key in firm.keys for one in contacts.get(key, ()) if one.at >= start}
    return tuple(
        Counted(localtime(one.at).date(), one.network_id, one.body_name, one.person_id)
        for one in sorted(known.values(), key=lambda one: (one.at, one.pk))
    )
