"""Declares the application to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BillingConfig(AppConfig):
    """The application `billing`."""

    name = "maillage.run.billing"
    label = "billing"
    verbose_name = _("Invoices")
    tenant_guards = (("InvoiceLine", "invoice.network", "worker.network"),)
