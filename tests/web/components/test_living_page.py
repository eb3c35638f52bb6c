"""The living page: for developers, and complete."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import maillage.web.components
from maillage.web.ui.icons import ICONS
from maillage.web.ui.templatetags import ui

pytestmark = pytest.mark.django_db
ADDRESS = "/composants/"
# Pieces of other components, and of what stands around every page.
PARTS_OF_OTHERS = {
    "entry",
    "filter_fields",
    "form_errors",
    "form_of_page",
    "form_page_head",
    "listing_exports",
    "listing_filters",
    "listing_pager",
    "listing_table",
    "map_assets",
    "map_picker",
    "other_languages",
    "place_map",
    "printed_on",
    "public_links",
    "scroll",
    "shell_address",
    "fields",
    "help",
}


def test_visitors_do_not_find_it(visitor: Client) -> None:
    assert visitor.get(ADDRESS).status_code == 404


def test_developers_see_every_component(visitor: Client, settings: Any) -> None:
    settings.DEBUG = True
    page = visitor.get(ADDRESS).content.decode()
    assert [name for name in ICONS if f">{name}</span>" not in page] == []


def test_it_speaks_french_too(client: Client, settings: Any) -> None:
    settings.DEBUG = True
    page = client.get(ADDRESS, headers={"accept-language": "fr"}).content.decode()
    assert "<h1>Composants</h1>" in page


def test_no_component_is_forgotten() -> None:
    folder = Path(maillage.web.components.__file__).parent / "templates"
    used = {
        name
        for template in folder.rglob("*.html")
        for name in re.findall(r"\{% (\w+)", template.read_text(encoding="utf-8"))
    }
    assert set(ui.register.tags) - used - PARTS_OF_OTHERS == set()


def test_its_list_answers_like_any_other(visitor: Client, settings: Any) -> None:
    settings.DEBUG = True
    assert "Garage Lemoine" in visitor.get(f"{ADDRESS}?q=garage").content.decode()
    assert visitor.get(f"{ADDRESS}?export=xlsx").status_code == 200
