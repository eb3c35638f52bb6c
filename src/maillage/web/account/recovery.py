"""Recovery codes: that they were shown is written when they are made, not when they are read."""

import time
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models.signals import pre_save
from django.dispatch import receiver


@receiver(pre_save, sender=Authenticator)
def note_viewed(sender: type, instance: Authenticator, **_rest: Any) -> None:
    """Spare the page of the codes its only write: a page that is read writes nothing."""
    if instance.pk is None and instance.type == Authenticator.Type.RECOVERY_CODES:
        instance.data.setdefault("viewed_at", time.time())
