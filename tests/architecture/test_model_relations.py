"""Relations between models go down the floors, like imports: a string label hides no edge."""

from django.apps import apps
from django.db import models

# From the bottom to the top, as in `.importlinter`; the order inside a floor counts too.
FLOORS = (
    "maillage.foundation.vocabularies",
    "maillage.foundation.audit",
    "maillage.foundation.jobs",
    "maillage.foundation.accounts",
    "maillage.foundation.notify",
    "maillage.foundation.organisations",
    "maillage.foundation.networks",
    "maillage.foundation.visibility",
    "maillage.bricks",
    "maillage.launch",
    "maillage.run",
)


def floor_of(model: type[models.Model]) -> int | None:
    """Return how high the application of a model stands, None for one that is not ours."""
    module = model.__module__
    if not module.startswith("maillage."):
        return None
    return next(i for i, floor in enumerate(FLOORS) if f"{module}.".startswith(f"{floor}."))


def test_relations_between_models_go_down_the_floors() -> None:
    upwards = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and (here := floor_of(model)) is not None
        and (there := floor_of(field.related_model)) is not None
        and there > here
    ]
    assert upwards == []


def test_no_model_has_more_than_25_fields() -> None:
    large = {
        model._meta.label: len(model._meta.concrete_fields)
        for model in apps.get_models()
        if model.__module__.startswith("maillage.") and len(model._meta.concrete_fields) > 25
    }
    assert large == {}


def test_every_model_has_an_order_and_says_what_it_is() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("maillage.")]
    silent = [model._meta.label for model in ours if "__str__" not in vars(model)]
    unordered = [model._meta.label for model in ours if not model._meta.ordering]
    assert (silent, unordered) == ([], [])
