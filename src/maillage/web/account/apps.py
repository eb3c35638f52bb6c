"""Declares the application to Django."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class AccountConfig(AppConfig):
    """The web area `account`."""

    name = "maillage.web.account"
    label = "web_account"

    def ready(self) -> None:
        """Load what listens to new recovery codes."""
        import_string("maillage.web.account.recovery.note_viewed")
