"""Registers the application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningConfig(AppConfig):
    """Slots, assignments and published weeks."""

    name = "maillage.run.planning"
    label = "planning"
    verbose_name = _("Planning")
    tenant_guards = (
        ("SlotSeries", "organisation.register", "network.register"),
        ("SlotSeries", "site.organisation", "organisation"),
        ("SlotSeries", "wished_worker.network", "network"),
        ("Slot", "organisation.register", "network.register"),
        ("Slot", "series.network", "network"),
        ("Slot", "site.organisation", "organisation"),
        ("Slot", "wished_worker.network", "network"),
        ("Closure", "organisation.register", "network.register"),
        ("HolidayRule", "organisation.register", "network.register"),
        ("Assignment", "worker.network", "slot.network"),
        ("PublishedShift", "worker.network", "publication.network"),
        ("PublishedShift", "slot.network", "publication.network"),
        ("PublishedShift", "organisation.register", "publication.network.register"),
        ("Acknowledgement", "worker.network", "publication.network"),
        ("Call", "slot.network", "network"),
        ("Call", "absence.worker.network", "network"),
        ("CallOffer", "worker.network", "call.network"),
        ("Hand", "giver.register", "network.register"),
        ("Hand", "receiver.register", "network.register"),
    )
