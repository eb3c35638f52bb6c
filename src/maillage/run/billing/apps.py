"""Declares the application to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BillingConfig(AppConfig):
    """The application `billing`."""

    name = "maillage.run.billing"
    label = "billing"
    verbose_name = _("Invoices")
    tenant_guards = (
        ("CustomerProfile", "organisation.register", "network.register"),
        ("FirmRate", "contract.worker.network", "network"),
        ("FirmRate", "organisation.register", "network.register"),
        ("Invoice", "organisation.register", "network.register"),
        ("Invoice", "corrects.network", "network"),
        ("Invoice", "corrects.organisation", "organisation"),
        ("InvoiceLine", "worker.network", "invoice.network"),
        ("Billed", "entry.network", "line.invoice.network"),
        ("Billed", "share.expense.network", "line.invoice.network"),
        ("Billed", "adjustment.network", "line.invoice.network"),
    )
