"""Declares the area to Django."""

from django.apps import AppConfig


class WeekConfig(AppConfig):
    """The web area `week`."""

    name = "maillage.web.week"
    label = "web_week"
