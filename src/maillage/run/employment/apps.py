"""Registers the application."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from maillage.run.employment.overlaps import install


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
        ("UsersChange", "organisation.register", "contract.worker.network.register"),
        ("TrialOpinion", "organisation.register", "contract.worker.network.register"),
        ("ContractTask", "task.network", "contract.worker.network"),
        ("Absence", "organisation.register", "worker.network.register"),
        ("Recruitment", "contract.worker.network", "network"),
        ("Recruitment", "task.network", "network"),
        ("Recruitment", "induction.network", "network"),
    )

    def ready(self) -> None:
        """Have the database refuse two contracts of one worker at the same time."""
        post_migrate.connect(install, sender=self, dispatch_uid="employment_overlaps")
