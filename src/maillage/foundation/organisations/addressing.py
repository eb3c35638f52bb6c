"""How a firm is named in the log of contacts, and where mail to it goes.

The address serves to send, never to be shown: who may read it is decided by visibility.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localdate

from maillage.foundation.notify.pressure import FirmAddress, firm_key
from maillage.foundation.organisations.enums import RoleKind
from maillage.foundation.organisations.models import Organisation, Role

ANSWER_FOR_FIRM = (RoleKind.OWNER, RoleKind.CORRESPONDENT)


def firm_address(organisation: int) -> FirmAddress:
    """Return the address of an organisation (its row number), for the send function.

    Raises Organisation.DoesNotExist outside the open register.
    """
    return address_among(Organisation.objects.all(), pk=organisation)


def address_among(organisations: QuerySet[Organisation], **wanted: object) -> FirmAddress:
    """Return the address of one of these organisations, for the send function. One query.

    Without an address of its own, mail goes to its head or its contact person. Raises
    Organisation.DoesNotExist when none is as wanted.
    """
    found = _with_people(organisations.filter(**wanted)).get()
    return _address(found)


def firm_addresses(organisations: Iterable[int]) -> dict[int, FirmAddress]:
    """Return the addresses of organisations by their row numbers, for a round of mails. One query.

    Those outside the open register are left out.
    """
    found = _with_people(Organisation.objects.filter(pk__in=list(organisations)))
    return {one["pk"]: _address(one) for one in found}


def _with_people(organisations: QuerySet[Organisation]) -> QuerySet[Any, Any]:
    today = localdate()
    people = (
        Role.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=today),
            organisation=OuterRef("pk"),
            kind__in=ANSWER_FOR_FIRM,
            starts_on__lte=today,
        )
        .exclude(email="")
        .order_by("-kind", "id")  # the head of the firm before the contact person
        .values("email")[:1]
    )
    return (
        organisations.order_by()
        .annotate(person_email=Subquery(people))
        .values("pk", "public_id", "siren", "name", "email", "person_email")
    )


def _address(found: dict[str, Any]) -> FirmAddress:
    return FirmAddress(
        firm_key=firm_key(found["public_id"], found["siren"]),
        organisation_id=found["public_id"],
        name=found["name"],
        email=found["email"] or found["person_email"] or "",
    )
