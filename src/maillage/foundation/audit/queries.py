"""Reading the trail."""

from uuid import UUID

from django.db.models import QuerySet

from maillage.foundation.audit.models import AuditLine, ReadLine


def history_of(subject_id: UUID) -> QuerySet[AuditLine]:
    """Return the acts on one subject, newest first, for whoever may see the subject."""
    return AuditLine.objects.filter(subject_id=subject_id).prefetch_related("values_changed")


def reads_of(organisation_id: UUID) -> QuerySet[ReadLine]:
    """Return who looked at the protected data of an organisation, newest first, for its owner."""
    return ReadLine.objects.filter(organisation_id=organisation_id)
