"""A module that members have not switched on does not exist, for anybody, by any address."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.models import NetworkModule
from maillage.foundation.networks.modules import MODULES
from maillage.foundation.networks.presets import presets
from maillage.web.ui.context import module_of
from tests.cast import Cast, inside

type ClientOf = Callable[[Person], Client]

PAGES = {
    "objectives": ("governance:objectives", "governance:propose"),
    "introductions": ("trust:introductions",),
    "group": ("group:home", "group:mine"),
    "contacts": ("contacts:log", "contacts:new", "contacts:mine"),
    "decisions": ("governance:decisions", "governance:new-decision"),
    "surveys": ("surveys:list",),
    "needs": ("needs:list", "needs:mine"),
    "shared_jobs": ("workshop:home", "workshop:mine"),
    "charter": ("charter:home",),
    "mobilisation": ("mobilisation:list", "mobilisation:mine"),
    "figures": ("trust:figures",),
    "planning": ("planning:board", "week:home"),
    "employment": ("staff:list", "staff:ours", "health:home", "leave:home", "leave:expiring"),
    "voice": ("voice:home",),
    "hours": ("hours:home", "hours:mine"),
    "billing": ("billing:home", "billing:payments", "billing:mine"),
}

# Firms do not know that some of these pages are.
UNKNOWN_TO_FIRMS = {"billing", "employment", "hours", "voice"}


def statuses(client: Client, cast: Cast, pages: tuple[str, ...]) -> list[int]:
    return [client.get(reverse(page, args=[cast.network.slug])).status_code for page in pages]


@pytest.mark.parametrize("module", PAGES)
def test_pages_of_a_module_that_is_off_do_not_exist(
    module: str, cast: Cast, client_of: ClientOf
) -> None:
    alice, bob = client_of(cast.alice), client_of(cast.bob)
    assert 404 not in statuses(alice, cast, PAGES[module])
    assert (404 in statuses(bob, cast, PAGES[module])) is (module in UNKNOWN_TO_FIRMS)
    with inside(cast.network):
        NetworkModule.objects.filter(key=module).delete()
    for client in (alice, bob, client_of(cast.farid)):
        assert set(statuses(client, cast, PAGES[module])) == {404}


def test_pages_of_one_firm_go_with_the_module(cast: Cast, client_of: ClientOf) -> None:
    with inside(cast.network):
        NetworkModule.objects.filter(key__in=("contacts", "introductions")).delete()
    garage = [cast.network.slug, cast.garage.public_id]
    assert client_of(cast.alice).get(reverse("contacts:firm", args=garage)).status_code == 404
    assert client_of(cast.alice).post(reverse("contacts:record", args=garage)).status_code == 404
    ask = reverse("trust:ask-introduction", args=garage)
    assert client_of(cast.bob).post(ask).status_code == 404


def test_every_module_has_its_pages_and_every_network_its_directory(cast: Cast) -> None:
    known = {
        module_of(reverse(page, args=[cast.network.slug]), cast.network)
        for pages in (*PAGES.values(), ("directory:firms",))
        for page in pages
    }
    assert known == set(MODULES)
    assert all("directory" in preset.modules for preset in presets().values())
