"""Declares the application to Django."""

from django.apps import AppConfig


class MobilisationConfig(AppConfig):
    """The application `mobilisation`."""

    name = "maillage.launch.mobilisation"
    tenant_guards = (
        ("Approach", "organisation.register", "network.register"),
        ("Approach", "relay.register", "network.register"),
    )
