"""Declares the application to Django."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """The application `needs`."""

    name = "maillage.launch.needs"
    tenant_guards = (
        ("Need", "organisation.register", "network.register"),
        ("Need", "territory.register", "network.register"),
        ("Match", "need.network", "network"),
        ("Match", "offer.network", "network"),
        ("CommonNeed", "task.network", "network"),
    )
