"""Declares the application to Django."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """The web area `contacts`."""

    name = "maillage.web.contacts"
    label = "web_contacts"
