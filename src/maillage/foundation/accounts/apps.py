"""Declares the application to Django."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class AccountsConfig(AppConfig):
    """The application `accounts`."""

    name = "maillage.foundation.accounts"

    def ready(self) -> None:
        """Load what listens to sign-ins and to new superusers."""
        import_string("maillage.foundation.accounts.addresses.keep_address_at_sign_in")
