"""Declares the application to Django."""

from django.apps import AppConfig


class VisibilityConfig(AppConfig):
    """The application `visibility`."""

    name = "maillage.foundation.visibility"
    tenant_guards = (
        ("Competition", "second.register", "first.register"),
        ("Competition", "declared_by_firm.register", "first.register"),
        ("CompetitorClaim", "competition.first.register", "organisation.register"),
        ("Introduction", "asking.register", "network.register"),
        ("Introduction", "asked.register", "network.register"),
    )
