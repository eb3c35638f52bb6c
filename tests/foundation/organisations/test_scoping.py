"""Rows of a tenant cannot be read while no tenant is open."""

import pytest
from django_scopes import ScopeError, scope

from maillage.foundation.networks.models import Membership
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.organisations.scoping import HARMLESS
from tests.cast import Cast, cast_of, inside

# What each public method of a queryset needs to be called at all.
ARGUMENTS = {
    "contains": (object(),),
    "get_or_create": (),
    "bulk_create": ([],),
    "bulk_update": ([], []),
    "in_bulk": ([1],),
    "dates": ("listed_on", "day"),
    "datetimes": ("listed_on", "day"),
    "raw": ("SELECT 1",),
    "defer": ("id",),
    "union": (),
}


def public_methods() -> list[str]:
    plain = type(Organisation._base_manager.all())
    return sorted(
        name
        for name in dir(plain)
        if not name.startswith("_") and callable(getattr(plain, name)) and name not in HARMLESS
    )


@pytest.mark.parametrize("name", public_methods())
def test_every_use_of_a_queryset_outside_a_network_is_refused(name: str) -> None:
    rows = Organisation.objects.get_queryset()
    with pytest.raises(ScopeError):
        getattr(rows, name)(*ARGUMENTS.get(name, ()))


def test_manager_itself_is_refused_outside_a_network(db: None) -> None:
    with pytest.raises(ScopeError):
        Membership.objects.filter(pk=1)
    with pytest.raises(ScopeError):
        list(Membership.objects.all())
    with pytest.raises(ScopeError):
        Membership.objects.exists()


def test_related_rows_are_refused_outside_a_network(cast: Cast) -> None:
    with pytest.raises(ScopeError):
        cast.bakery.sites.count()


def test_scope_opened_on_nothing_is_refused(db: None) -> None:
    with scope(register=None), pytest.raises(ScopeError):
        Organisation.objects.count()


def test_rows_of_another_register_do_not_exist(cast: Cast) -> None:
    other = cast_of("artisans-du-cher")
    with inside(cast.network):
        assert Organisation.objects.count() == 3
        assert not Organisation.objects.filter(pk=other.bakery.pk).exists()
        assert set(Membership.objects.values_list("network_id", flat=True)) == {cast.network.pk}
