"""Declares the application to Django."""

from django.apps import AppConfig


class TrustConfig(AppConfig):
    """The web area `trust`."""

    name = "maillage.web.trust"
    label = "web_trust"
