"""Declares the application to Django."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """The web area `governance`."""

    name = "maillage.web.governance"
    label = "web_governance"
