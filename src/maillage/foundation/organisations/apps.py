"""Declares the application to Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from maillage.foundation.organisations.guards import install


class OrganisationsConfig(AppConfig):
    """The application `organisations`."""

    name = "maillage.foundation.organisations"
    tenant_guards = (
        ("Coverage", "organisation.register", "territory.register"),
        ("ImportRow", "organisation.register", "source.register"),
    )

    def ready(self) -> None:
        """Put the guards between tenants back after every migration."""
        post_migrate.connect(install, dispatch_uid="tenant_guards")
