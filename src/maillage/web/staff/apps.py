"""Declares the application to Django."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """The web area `staff`."""

    name = "maillage.web.staff"
    label = "web_staff"
