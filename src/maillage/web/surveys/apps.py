"""Declares the application to Django."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """The web area `surveys`."""

    name = "maillage.web.surveys"
    label = "web_surveys"
