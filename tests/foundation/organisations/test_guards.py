"""The database refuses rows that join two tenants, whatever the code above it does."""

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from maillage.foundation.networks.models import Membership
from maillage.foundation.organisations.guards import all_guards
from maillage.foundation.visibility.models import Competition
from tests.cast import Cast, cast_of, inside


@pytest.fixture
def other(cast: Cast) -> Cast:
    """Another association, with a network of its own, on the same server."""
    return cast_of("artisans-du-cher")


def test_membership_of_an_organisation_of_another_register_is_refused(
    cast: Cast, other: Cast
) -> None:
    with inside(cast.network), pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            network=cast.network, organisation=other.bakery, listed_on="2026-01-01"
        )


def test_moving_a_row_to_another_tenant_is_refused(cast: Cast, other: Cast) -> None:
    with inside(cast.network), pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(organisation=cast.bakery).update(organisation=other.bakery)


def test_competitors_belong_to_one_register(cast: Cast, other: Cast) -> None:
    with inside(cast.network), pytest.raises(IntegrityError), transaction.atomic():
        Competition.objects.create(first=cast.garage, second=other.garage, source="declared")


def test_rows_of_one_tenant_pass(cast: Cast) -> None:
    with inside(cast.network):
        assert Membership.objects.count() == 3


def _roots(model: type[models.Model]) -> list[str]:
    """Return the foreign keys of a model that lead to something a tenant owns."""
    owned = ("maillage.foundation.organisations", "maillage.foundation.networks")
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.related_model.__module__.startswith((*owned, "maillage.foundation.visibility"))
    ]


def test_every_model_that_joins_two_rows_of_tenants_is_guarded() -> None:
    guarded: dict[str, int] = {}
    for app, (model, _one, _other) in all_guards():
        guarded[f"{app.label}.{model}"] = guarded.get(f"{app.label}.{model}", 0) + 1
    missing = {
        model._meta.label: _roots(model)
        for model in apps.get_models()
        if model.__module__.startswith("maillage.")
        and len(_roots(model)) > 1 + guarded.get(model._meta.label, 0)
    }
    assert missing == {}
