"""Every address of the site, found by walking the resolver, and how to fill its places in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

# Parts of the site that are not pages of ours to protect: files served as they are.
# The root of the interface for programs only names the others: nobody finds anything there.
NOT_PAGES = frozenset({"api:api-root"})


@dataclass(frozen=True)
class Address:
    """An address: its full name, and the names of the places to fill in."""

    name: str
    places: tuple[str, ...]


def every_address() -> list[Address]:
    """Return every address of the site, in the order of their names."""
    found = {address.name: address for address in _walk(get_resolver(), "", ())}
    return [found[name] for name in sorted(found) if name not in NOT_PAGES]


def _walk(resolver: URLResolver, namespace: str, places: tuple[str, ...]) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        here = (*places, *entry.pattern.converters)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, inner, here)
        elif isinstance(entry, URLPattern):
            yield Address(f"{namespace}{entry.name}", here)


def filled(address: Address, values: Mapping[str, object]) -> dict[str, object]:
    """Return the places of an address with their values; KeyError for one nobody gave."""
    return {place: values[place] for place in address.places}
