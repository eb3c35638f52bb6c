"""Reading the log of contacts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from maillage.foundation.accounts.models import Person
from maillage.foundation.notify.enums import ContactChannel, MailState
from maillage.foundation.notify.models import Contact, ContactPolicy, OutgoingMail
from maillage.foundation.notify.pressure import (
    USUAL,
    Ceiling,
    FirmAddress,
    of_firm,
    window_start,
)

TRUSTED_FROM: Final = 5  # useful contacts
# What is logged by hand; a mail logs itself when it is sent from here.
HAND_LOGGED: Final = tuple(one for one in ContactChannel if one != ContactChannel.MAIL)


@dataclass(frozen=True, slots=True)
class Relay:
    """A body that a firm found useful: a good one to reach it through."""

    name: str
    useful: int


def contacts_with(firm: FirmAddress) -> QuerySet[Contact]:
    """Return every contact with a firm, by all bodies, newest first, for the firm itself."""
    return _with_details(Contact.objects.filter(of_firm(firm)))


def contacts_in(network_id: UUID) -> QuerySet[Contact]:
    """Return the contacts made in a network, newest first, for whoever logs contacts there.

    Whoever shows them leaves out the firms that the reader may not know of.
    """
    return _with_details(Contact.objects.filter(network_id=network_id))


def trusted_relay(contacts: Iterable[Contact]) -> Relay | None:
    """Return the body whose contacts a firm found most useful, if any stands out.

    For whoever logs contacts; at least five of these contacts must have been useful.
    """
    useful = Counter(one.body_name for one in contacts if one.useful)
    best = max(useful.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return Relay(*best) if best[1] >= TRUSTED_FROM else None


def full_firms(known: Exists, *, usual: Ceiling = USUAL) -> int:
    """Return how many firms among these were contacted as often as they accept, or more.

    `known` is the condition that a contact was with one of them (`organisation_id`), for whoever
    logs contacts. A firm that chose a ceiling is judged by its own, over the days usual in the
    network.
    """
    chosen = ContactPolicy.objects.filter(firm_key=OuterRef("firm_key")).values("ceiling")[:1]
    return (
        Contact.objects.filter(known, counts=True, at__gte=window_start(localdate(), usual.days))
        .order_by()
        .values("firm_key")
        .annotate(contacts=Count("pk"), accepted=Coalesce(Subquery(chosen), Value(usual.contacts)))
        .filter(contacts__gte=F("accepted"))
        .count()
    )


def undelivered_in(network_id: UUID, *, days: int = 7) -> QuerySet[OutgoingMail]:
    """Return the recent mails to firms that did not arrive, for whoever logs contacts."""
    return OutgoingMail.objects.filter(
        contact__network_id=network_id,
        state__in=(MailState.REFUSED, MailState.UNSURE),
        written_at__gte=window_start(localdate(), days),
    )


def _with_details(contacts: QuerySet[Contact]) -> QuerySet[Contact]:
    person = Person.objects.filter(public_id=OuterRef("person_id")).values("name")[:1]
    state = OutgoingMail.objects.filter(contact=OuterRef("pk")).values("state")[:1]
    return contacts.annotate(person_name=Subquery(person), mail_state=Subquery(state))
