"""Declares the application to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PaymentsConfig(AppConfig):
    """The application `payments`."""

    name = "maillage.run.payments"
    label = "payments"
    verbose_name = _("Payments")
    tenant_guards = (
        ("DebitMandate", "organisation.register", "network.register"),
        ("Debit", "invoice.network", "mandate.network"),
        ("Debit", "order.network", "mandate.network"),
        ("Payment", "invoice.network", "movement.statement.network"),
        ("Payment", "debit.invoice", "invoice"),
        ("Reminder", "organisation.register", "network.register"),
    )
