"""Declares the application to Django."""

from django.apps import AppConfig


class AccountConfig(AppConfig):
    """The web area `account`."""

    name = "maillage.web.account"
    label = "web_account"
