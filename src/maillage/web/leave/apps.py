"""Declares the area to Django."""

from django.apps import AppConfig


class LeaveConfig(AppConfig):
    """The web area `leave`."""

    name = "maillage.web.leave"
    label = "web_leave"
