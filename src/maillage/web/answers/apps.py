"""Declares the application to Django."""

from django.apps import AppConfig


class AnswersConfig(AppConfig):
    """The web area `answers`."""

    name = "maillage.web.answers"
    label = "web_answers"
