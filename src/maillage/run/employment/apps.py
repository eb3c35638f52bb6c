"""Registers the application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EmploymentConfig(AppConfig):
    """Workers, contracts and lending agreements."""

    name = "maillage.run.employment"
    label = "employment"
    verbose_name = _("Shared workers")
    tenant_guards = (
        ("EmploymentContract", "job.composition.network", "worker.network"),
        ("EmploymentContract", "hired_by.register", "worker.network.register"),
        ("LendingAgreement", "organisation.register", "contract.worker.network.register"),
        ("LendingAgreement", "site.organisation", "organisation"),
        ("Absence", "organisation.register", "worker.network.register"),
        ("Recruitment", "contract.worker.network", "network"),
        ("Recruitment", "task.network", "network"),
        ("Recruitment", "induction.network", "network"),
    )
