"""Declares the application to Django."""

from django.apps import AppConfig


class MobilisationPagesConfig(AppConfig):
    """The web area `mobilisation`."""

    name = "maillage.web.mobilisation"
    label = "web_mobilisation"
