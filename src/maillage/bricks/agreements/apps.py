"""Declares the application to Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from maillage.bricks.agreements.freezing import install


class AgreementsConfig(AppConfig):
    """The application `agreements`."""

    name = "maillage.bricks.agreements"
    tenant_guards = (
        ("Signature", "organisation.register", "version.agreement.network.register"),
        ("SigningLink", "organisation.register", "version.agreement.network.register"),
    )

    def ready(self) -> None:
        """Have the database refuse changes to what was published or signed."""
        post_migrate.connect(install, sender=self, dispatch_uid="agreements_freeze")
