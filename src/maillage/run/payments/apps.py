"""Declares the application to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PaymentsConfig(AppConfig):
    """The application `payments`."""

    name = "maillage.run.payments"
    label = "payments"
    verbose_name = _("Payments")
    tenant_guards = (
        ("Debit", "invoice.network", "mandate.network"),
        ("Payment", "invoice.network", "movement.statement.network"),
    )
