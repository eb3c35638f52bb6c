"""Where the links around every page lead: names of addresses that the areas define.

The shell cannot import the areas, so it knows them by name. A name that no area defines makes the
link disappear instead of breaking every page; `missing` lists such names for the tests.
"""

from django.urls import NoReverseMatch, reverse

LINKS = {
    "home": "front:home",
    "network": "front:network",
    "privacy": "front:privacy",
    "accessibility": "front:accessibility",
    "firms": "front:firms",
    "desk": "desk:home",
    "notifications": "desk:notifications",
    "account": "account:home",
    "roles": "account:roles",
    "runs": "runs:mine",
    "sign_in": "account_login",
    "sign_out": "account_logout",
    "language": "ui:language",
}


def address(link: str) -> str:
    """Return the address of a link of the shell, or "" when no area defines it."""
    try:
        return reverse(LINKS[link])
    except NoReverseMatch:
        return ""


def missing() -> list[str]:
    """Return the names of addresses that the shell expects and nobody defines."""
    return [name for link, name in LINKS.items() if not address(link)]
