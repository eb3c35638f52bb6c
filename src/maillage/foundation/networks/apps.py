"""Declares the application to Django."""

from django.apps import AppConfig
from django.core.checks import register

from maillage.foundation.networks.checks import presets_can_be_read


class NetworksConfig(AppConfig):
    """The application `networks`."""

    name = "maillage.foundation.networks"
    tenant_guards = (
        ("NetworkModule", "decision.network", "network"),
        ("Membership", "organisation.register", "network.register"),
        ("NetworkRole", "organisation.register", "network.register"),
        ("Invitation", "organisation.register", "network.register"),
        ("BodyInvolvement", "organisation.register", "network.register"),
        ("Objective", "proposing.register", "network.register"),
        ("Endorsement", "organisation.register", "objective.network.register"),
        ("Task", "condition.network", "network"),
    )

    def ready(self) -> None:
        """Have the presets checked when the program starts."""
        register(presets_can_be_read)
