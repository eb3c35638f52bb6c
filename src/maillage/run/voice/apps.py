"""Declares the application to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VoiceConfig(AppConfig):
    """The application `voice`."""

    name = "maillage.run.voice"
    label = "voice"
    verbose_name = _("Voice of the workers")
    tenant_guards = (("MeetingSupport", "worker.network", "meeting.worker.network"),)
