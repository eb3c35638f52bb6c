"""Declares the application to Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The application `audit`."""

    name = "maillage.foundation.audit"
