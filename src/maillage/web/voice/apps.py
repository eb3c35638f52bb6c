"""Declares the area to Django."""

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    """The web area `voice`."""

    name = "maillage.web.voice"
    label = "web_voice"
