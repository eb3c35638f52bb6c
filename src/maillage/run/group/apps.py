"""Registers the application."""

from django.apps import AppConfig
from django.core.checks import register

from maillage.run.group.checks import rules_can_be_read


class GroupConfig(AppConfig):
    """The employer group of a network."""

    name = "maillage.run.group"
    label = "group"
    tenant_guards = (
        ("NotedChange", "organisation.register", "group.network.register"),
        ("Deadline", "firm.register", "group.network.register"),
        ("Deadline", "task.network", "group.network"),
        ("KeyWeight", "organisation.register", "key.group.network.register"),
        ("VatStatus", "organisation.register", "group.network.register"),
        ("Comparison", "decision.network", "group.network"),
        ("AgreementVote", "organisation.register", "comparison.group.network.register"),
    )

    def ready(self) -> None:
        """Have the kinds, the limits and the clock checked when the program starts."""
        register(rules_can_be_read)
