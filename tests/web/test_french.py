"""A French page says nothing in English, whoever reads it."""

from copy import deepcopy

import pytest

from tests.web.french import english_left
from tests.web.world import World, areas, opened_pages


@pytest.fixture
def world(usual_world: World, db: None) -> World:
    return deepcopy(usual_world)


# The living page of components is for developers, who read English.
@pytest.mark.parametrize("area", [area for area in areas() if area != "components"])
def test_french_pages_hold_no_english(world: World, area: str) -> None:
    faults = []
    for page in opened_pages(world, area, language="fr"):
        html = page.response.content.decode()
        faults += [f"{page}: {text}" for text in english_left(html)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<html lang="fr"><p>Se connecter</p>', []),
        ('<html lang="en"><p>Se connecter</p>', ["lang='en'"]),
        ('<html lang="fr"><p>Sign in</p><b lang="en">Sign in</b>', ["Sign in"]),
        ('<html lang="fr"><img alt="Sign in"><script>the</script>', ["Sign in"]),
        ('<html lang="fr"><p>Ask the mayor', ["Ask the mayor (an English word)"]),
    ],
)
def test_english_is_found_wherever_it_hides(html: str, found: list[str]) -> None:
    assert english_left(html) == found
