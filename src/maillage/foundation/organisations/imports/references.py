"""What else speaks of the records that an import made.

The models of the higher floors are found through Django's own map of relations, so that one that
is added tomorrow protects records from the day it exists.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import models

from maillage.foundation.organisations.imports.door import Door
from maillage.foundation.organisations.models import Organisation

# Rows that an import itself writes, or that only keep the story of one.
OWN: Final = frozenset({"organisations.Organisation", "organisations.Site", "organisations.Role"})
STORY: Final = "organisations.ImportRow"
NETWORK: Final = "network"
# The reason of each kind of reference; any other is “other records speak of it”.
REASONS: Final[Mapping[str, str]] = {
    "networks.Invitation": "invited",
    "networks.MembershipPeriod": "bound",
    "links.Link": "linked",
    "visibility.Competition": "competitor",
    "visibility.CompetitorClaim": "competitor",
}


@dataclass(frozen=True, slots=True)
class Path:
    """A model that refers to organisations, and the lookup that leads to them.

    `through` is the lookup of what stands between, such as the place in a network; "" for none.
    """

    model: type[models.Model]
    lookup: str
    through: str

    @property
    def code(self) -> str:
        """The reason of such a reference."""
        return REASONS.get(_label(self.model), "referred")

    @property
    def network(self) -> str:
        """The lookup of the network that such a row belongs to, "" when it belongs to none."""
        if self.through and _has_network(self.model, self.through):
            return f"{self.through}__{NETWORK}"
        names = {one.name for one in self.model._meta.get_fields()}  # noqa: SLF001 -- Django's documented API
        return NETWORK if NETWORK in names else ""


def referred(organisation_ids: Collection[int], door: Door) -> dict[int, str]:
    """Return why each of these organisations cannot be removed, where something refers to it."""
    return _search(organisation_ids, ((path, {}) for path in _paths(door)))


def bound(organisation_ids: Collection[int], door: Door) -> dict[int, str]:
    """Return why each of these organisations cannot leave the directory of the network."""
    here = ((path, {path.network: door.network_pk}) for path in _paths(door) if path.network)
    return _search(organisation_ids, here)


def referred_parts(model: type[models.Model], ids: Collection[int]) -> set[int]:
    """Return those of these rows (sites, people) that something refers to."""
    found: set[int] = set()
    for relation in _relations(model):
        name = relation.field.name
        rows = relation.related_model._base_manager.filter(**{f"{name}__in": ids}).order_by()  # noqa: SLF001 -- Django's documented API
        found.update(rows.values_list(name, flat=True))
    return found


def _search(
    organisation_ids: Collection[int], paths: Iterable[tuple[Path, dict[str, int]]]
) -> dict[int, str]:
    """Return the reason for each organisation that is referred to. One query per path."""
    found: dict[int, str] = {}
    for path, more in paths:
        wanted: dict[str, Any] = {f"{path.lookup}__in": organisation_ids, **more}
        # The base manager looks beyond the scope of the open network.
        rows = path.model._base_manager.filter(**wanted).order_by()  # noqa: SLF001 -- Django's documented API
        for pk in rows.values_list(path.lookup, flat=True).distinct():
            found.setdefault(pk, path.code)
    return found


def _paths(door: Door) -> Iterator[Path]:
    """Yield what refers to organisations.

    What refers to a site or to a person of an organisation, or to its place in a network, refers to
    the organisation.
    """
    ignored = {*OWN, *door.made_by_entering(), STORY}
    for relation in _relations(Organisation):
        model, name = relation.related_model, relation.field.name
        if _label(model) not in ignored:
            yield Path(model, name, "")
        elif _label(model) != STORY:
            for further in _relations(model):
                if _label(further.related_model) not in ignored:
                    through = further.field.name
                    yield Path(further.related_model, f"{through}__{name}", through)


def _relations(model: type[models.Model]) -> list[Any]:
    """Return the foreign keys that lead to a model, those without a way back too."""
    every = model._meta.get_fields(include_hidden=True)  # noqa: SLF001 -- Django's documented API
    return [one for one in every if one.auto_created and not one.concrete]


def _label(model: type[models.Model]) -> str:
    return model._meta.label  # noqa: SLF001 -- Django's documented API


def _has_network(model: type[models.Model], through: str) -> bool:
    between: Any = model._meta.get_field(through).related_model  # noqa: SLF001 -- Django's documented API
    return any(one.name == NETWORK for one in between._meta.get_fields())  # noqa: SLF001 -- same
