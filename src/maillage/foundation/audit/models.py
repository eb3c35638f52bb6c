"""Lines that are written once and never changed.

A line holds ids only, so that it can be kept for as long as the law asks; the values, which may
name people, sit beside it in rows that can be erased.
"""

import uuid
from typing import Any, NoReturn

from django.db import models


class AppendOnlyError(TypeError):
    """Raised when somebody tries to change or delete what is written once."""


class AppendOnlyQuerySet[Line: models.Model](models.QuerySet[Line]):
    """Refuses what would rewrite history."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: a line is never changed."""
        raise AppendOnlyError(f"{self.model.__name__} lines are never changed: {sorted(kwargs)}")

    def delete(self) -> NoReturn:
        """Refuse: a line is never deleted here."""
        raise AppendOnlyError(f"{self.model.__name__} lines are never deleted.")


class WrittenOnce(models.Model):
    """A row that is saved once, and then neither changes nor goes."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a new line; an old one raises AppendOnlyError."""
        if self.pk is not None:
            raise AppendOnlyError(f"{type(self).__name__} lines are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse: a line is never deleted here."""
        raise AppendOnlyError(f"{type(self).__name__} lines are never deleted.")


class AppendOnly(WrittenOnce):
    """A line of the trail."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(db_index=True)
    network_id = models.UUIDField(null=True, db_index=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True


class AuditLine(AppendOnly):
    """One business act: who did what to what, and when."""

    actor_id = models.UUIDField(null=True, db_index=True)
    act = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField(db_index=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.act} {self.subject_type} {self.subject_id}"


class AuditValue(models.Model):
    """What a field held before and after an act; erasable, because it may name a person."""

    line = models.ForeignKey(AuditLine, models.CASCADE, related_name="values_changed")
    field = models.CharField(max_length=60)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ["line_id", "field"]

    def __str__(self) -> str:
        return self.field


class ReadLine(AppendOnly):
    """One look at protected data of an organisation, or a look that was refused."""

    reader_id = models.UUIDField(null=True, db_index=True)
    organisation_id = models.UUIDField(db_index=True)
    fields = models.JSONField(default=list)
    page = models.CharField(max_length=60)
    refused = models.BooleanField(default=False)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.reader_id} → {self.organisation_id}"
