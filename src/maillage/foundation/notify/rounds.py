"""Where many firms stand at once, before a round of mails: a few queries, whatever their number."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
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
    Quiet,
    first_free_day,
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
        firm.organisation_id: _pressure(firm, policies, quiets, contacts, usual) for firm in every
    }


def _contacts(every: list[FirmAddress], keys: set[str], days: int) -> ByKey[Contact]:
    """Return the contacts that may count, under the key of the firm and under its id."""
    ids = {firm.organisation_id for firm in every}
    found: ByKey[Contact] = defaultdict(list)
    rows = Contact.objects.filter(
        Q(firm_key__in=keys) | Q(organisation_id__in=ids),
        counts=True,
        at__gte=window_start(localdate(), days),
    )
    for contact in rows.order_by("at", "id"):
        for key in {contact.firm_key, str(contact.organisation_id)}:
            found[key].append(contact)
    return found


def _pressure(
    firm: FirmAddress,
    policies: Mapping[str, ContactPolicy],
    quiets: ByKey[QuietPeriod],
    contacts: ByKey[Contact],
    usual: Ceiling,
) -> Pressure:
    today = localdate()
    own = [policies[key] for key in firm.keys if key in policies]
    chosen = next((one for one in own if one.ceiling is not None), None)
    ceiling = usual
    if chosen is not None and chosen.ceiling is not None and chosen.days is not None:
        ceiling = Ceiling(chosen.ceiling, chosen.days)
    start = window_start(today, ceiling.days)
    known = {one.pk: one for key in firm.keys for one in contacts.get(key, ())}
    counted = tuple(
        Counted(localtime(one.at).date(), one.network_id, one.body_name, one.person_id)
        for one in sorted(known.values(), key=lambda one: (one.at, one.pk))
        if one.at >= start and localtime(one.at).date() <= today
    )
    asked = tuple(
        Quiet(one.starts_on, one.ends_on, one.reason, one.public_id)
        for key in firm.keys
        for one in quiets.get(key, ())
    )
    led = next((one for one in own if one.lead_name), None)
    return Pressure(
        name=firm.name,
        counted=counted,
        ceiling=ceiling,
        chosen=chosen is not None,
        set_by_firm=chosen is not None and chosen.set_by_firm,
        quiets=asked,
        quiet=next((one for one in asked if one.starts_on <= today), None),
        lead=led.lead_name if led else "",
        lead_person_id=led.lead_person_id if led else None,
        free_on=first_free_day([one.day for one in counted], ceiling, asked, today),
    )
