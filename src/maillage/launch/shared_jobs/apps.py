"""Declares the application to Django."""

from django.apps import AppConfig


class SharedJobsConfig(AppConfig):
    """The application `shared_jobs`."""

    name = "maillage.launch.shared_jobs"
    tenant_guards = (
        ("JobShare", "organisation.register", "job.composition.network.register"),
        ("JobShare", "need.network", "job.composition.network"),
    )
