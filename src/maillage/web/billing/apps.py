"""Declares the area to Django."""

from django.apps import AppConfig


class BillingPagesConfig(AppConfig):
    """The web area `billing`."""

    name = "maillage.web.billing"
    label = "web_billing"
