"""Reads of texts and signatures, for the room that keeps them; it decides who may see what."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from maillage.bricks.agreements.models import Agreement, AgreementVersion, Signature, SigningLink
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation


def published_versions(network: Network, kind: str) -> QuerySet[AgreementVersion]:
    """Return the versions of a text that were published, the newest first; without documents."""
    return AgreementVersion.objects.filter(
        agreement__network=network, agreement__kind=kind, published_at__isnull=False
    ).select_related("agreement__network")


def latest_published(agreement: Agreement) -> AgreementVersion | None:
    """Return the version in force of a text, None before the first."""
    return (
        AgreementVersion.objects.filter(agreement=agreement, published_at__isnull=False)
        .select_related("agreement__network")
        .order_by("-number")
        .first()
    )


def in_force(network: Network, kind: str) -> AgreementVersion | None:
    """Return the version in force of the text of a kind, None when none was published."""
    return published_versions(network, kind).order_by("-number").first()


def latest_about(subject_ids: Iterable[UUID], kinds: Iterable[str]) -> list[AgreementVersion]:
    """Return the latest version of each text about some things, with its signatures. Two queries.

    The caller decides who may read them.
    """
    newest = AgreementVersion.objects.filter(
        agreement=OuterRef("agreement"), published_at__isnull=False
    ).order_by("-number")
    versions = AgreementVersion.objects.filter(
        agreement__subject_id__in=list(subject_ids),
        agreement__kind__in=list(kinds),
        pk=Subquery(newest.values("pk")[:1]),
    )
    return list(
        versions.select_related("agreement__network").prefetch_related("signatures").order_by("pk")
    )


def versions_about(subject_id: UUID, kind: str) -> QuerySet[AgreementVersion]:
    """Return the versions of the text of a kind about one thing, the newest first."""
    return (
        AgreementVersion.objects.filter(
            agreement__subject_id=subject_id, agreement__kind=kind, published_at__isnull=False
        )
        .select_related("agreement__network")
        .order_by("-number")
    )


def draft_of(network: Network, kind: str) -> AgreementVersion | None:
    """Return the version that is being written, if any."""
    return (
        AgreementVersion.objects.filter(
            agreement__network=network, agreement__kind=kind, published_at=None
        )
        .select_related("agreement__network")
        .first()
    )


def signatures_of(network: Network, kind: str) -> QuerySet[Signature]:
    """Return every signature of a text, the newest version first."""
    return (
        Signature.objects.filter(version__agreement__network=network, version__agreement__kind=kind)
        .select_related("version", "organisation")
        .order_by("-version__number", "-signed_at", "-id")
    )


def newest_signed(network: Network, kind: str, organisation: Any) -> QuerySet[Signature, Any]:
    """Return the last version that an organisation signed, by row number, for a subquery."""
    return (
        Signature.objects.filter(
            version__agreement__network=network,
            version__agreement__kind=kind,
            organisation=organisation,
        )
        .order_by("-version__number")
        .values("version")[:1]
    )


def firm_of(signed: Signature | SigningLink) -> Organisation:
    """Return the organisation of a signature, or of a link, that organisations alone give.

    Raises ValueError for one of a party.
    """
    if signed.organisation is None:
        raise ValueError("This was signed by a party.")
    return signed.organisation


def last_signed(network: Network, kind: str) -> Mapping[int, int]:
    """Return the last version each organisation signed, by row numbers of both. One query."""
    newest = newest_signed(network, kind, OuterRef("organisation"))
    rows = Signature.objects.filter(
        version__agreement__network=network, version__agreement__kind=kind, version=Subquery(newest)
    )
    return dict(rows.order_by().values_list("organisation", "version"))
