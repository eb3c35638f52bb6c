"""The living page of components."""

from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    """Every component with its name and a real example, for developers."""

    name = "maillage.web.components"
    label = "components"
    verbose_name = "Components"
