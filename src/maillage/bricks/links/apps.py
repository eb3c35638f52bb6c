"""Declares the application to Django."""

from django.apps import AppConfig


class LinksConfig(AppConfig):
    """The application `links`."""

    name = "maillage.bricks.links"
    tenant_guards = (("Link", "target.register", "source.register"),)
