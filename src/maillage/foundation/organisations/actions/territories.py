"""Territories of a register: named sets of communes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from maillage.foundation.organisations.actions.trail import write_line
from maillage.foundation.organisations.enums import TerritoryKind
from maillage.foundation.organisations.errors import TerritoryError
from maillage.foundation.organisations.models import (
    Coverage,
    Register,
    Territory,
    TerritoryCommune,
)
from maillage.foundation.organisations.places import Place, locate, present_code
from maillage.foundation.organisations.problems import Problem
from maillage.foundation.vocabularies.folding import plain
from maillage.foundation.vocabularies.gazetteer import communes_of, find_commune

NAME_LENGTH: Final = 120
MOST_COMMUNES: Final = 40_000
# Codes of the districts of the three largest towns, which firms there bear.
DISTRICTS: Final = {
    "75056": [f"751{number:02}" for number in range(1, 21)],
    "13055": [f"132{number:02}" for number in range(1, 17)],
    "69123": [f"6938{number}" for number in range(1, 10)],
}
_LINE = re.compile(r"^(?P<name>.*?)[\s,;(]*(?P<code>\d[\dAB]\d{3})?\)?$", re.IGNORECASE)
_SPLIT = re.compile(r"[\n;]|,(?!\s*\d)")


@dataclass(frozen=True, slots=True)
class ReadCommunes:
    """Communes read from a text: their INSEE codes, and one sentence per line that is not one."""

    codes: tuple[str, ...]
    problems: tuple[str, ...]


def read_communes(text: str, department: str = "") -> ReadCommunes:
    """Read communes, one a line: a name, a name and a postcode, or an INSEE code.

    `department` adds all of a department's.
    """
    codes, problems = [], []
    if department := department.strip().upper():
        there = communes_of(department.zfill(2))
        codes += [commune.insee for commune in there]
        if not there:
            problems.append(
                _("“%(code)s” is not the number of a department.") % {"code": department}
            )
    for line in filter(None, (part.strip() for part in _SPLIT.split(text))):
        found = _read(line)
        if isinstance(found, Problem):
            problems.append(str(found))
        else:
            codes.append(found)
    return ReadCommunes(tuple(dict.fromkeys(codes)), tuple(problems))


def _read(line: str) -> str | Problem:
    parts = _LINE.match(line)
    name, code = (parts["name"].strip(), parts["code"] or "") if parts else (line, "")
    if code and not name:
        by_code = locate(insee=code)
        place = by_code if by_code.commune else locate(postcode=code)
    else:
        place = locate(name=name, postcode=code)
        coded = find_commune(insee=code) if code and place.commune is None else None
        if coded is not None and plain(coded.name) == plain(name):
            place = Place(coded)
    if place.problem is not None or place.commune is None:
        return place.problem or Problem("communes", "commune_unknown", {"commune": line})
    return present_code(place.commune)


@transaction.atomic
def create_territory(
    *,
    register: Register,
    kind: str,
    name: str,
    codes: Sequence[str],
    actor_id: UUID | None,
    network_id: UUID | None = None,
) -> Territory:
    """Create a territory from the INSEE codes of its communes.

    Raises TerritoryError when it has no name or no commune, or when the name is taken.
    """
    name = _checked(kind, name, codes)
    territory = Territory(register=register, kind=kind, name=name)
    _save(territory)
    _add(territory, codes)
    _trail(territory, "create", actor_id, network_id, {}, _values(territory, codes))
    return territory


@transaction.atomic
def change_territory(
    *,
    territory: Territory,
    kind: str,
    name: str,
    codes: Sequence[str],
    actor_id: UUID | None,
    network_id: UUID | None = None,
) -> Territory:
    """Change the name, the kind or the communes of a territory; raises TerritoryError."""
    name = _checked(kind, name, codes)
    there = set(territory.communes.values_list("insee", flat=True))
    before = _values(territory, there)
    territory.kind, territory.name = kind, name
    _save(territory)
    wanted = set(_with_districts(codes))
    territory.communes.filter(insee__in=there - wanted).delete()
    _add(territory, sorted(wanted - there))
    _trail(territory, "change", actor_id, network_id, before, _values(territory, wanted))
    return territory


@transaction.atomic
def remove_territory(
    *, territory: Territory, actor_id: UUID | None, network_id: UUID | None = None
) -> None:
    """Remove a territory that nobody serves; raises TerritoryError when somebody does."""
    if Coverage.objects.filter(territory=territory).exists():
        raise TerritoryError(
            _("Organisations serve this territory: take it out of their coverage first.")
        )
    codes = territory.communes.values_list("insee", flat=True)
    _trail(territory, "remove", actor_id, network_id, _values(territory, codes), {})
    territory.delete()


def _checked(kind: str, name: str, codes: Sequence[str]) -> str:
    name = " ".join(name.split())
    if not name:
        raise TerritoryError(_("Give the territory a name."))
    if len(name) > NAME_LENGTH:
        raise TerritoryError(_("This name is too long: 120 characters at most."))
    if kind not in TerritoryKind.values:
        raise TerritoryError(_("Choose what kind of territory it is."))
    if not codes:
        raise TerritoryError(_("Give at least one commune."))
    if len(codes) > MOST_COMMUNES:
        raise TerritoryError(_("France has fewer communes than that."))
    return name


def _save(territory: Territory) -> None:
    try:
        with transaction.atomic():
            territory.save()
    except IntegrityError as error:
        raise TerritoryError(
            _("Another territory has this name: choose a different one.")
        ) from error


def _with_districts(codes: Iterable[str]) -> list[str]:
    return [one for code in codes for one in (code, *DISTRICTS.get(code, ()))]


def _add(territory: Territory, codes: Iterable[str]) -> None:
    TerritoryCommune.objects.bulk_create(
        [
            TerritoryCommune(territory=territory, insee=code)
            for code in dict.fromkeys(_with_districts(codes))
        ],
        batch_size=500,
        ignore_conflicts=True,
    )


def _values(territory: Territory, codes: Iterable[str]) -> dict[str, object]:
    return {"name": territory.name, "kind": territory.kind, "communes": len(set(codes))}


def _trail(
    territory: Territory,
    act: str,
    actor_id: UUID | None,
    network_id: UUID | None,
    before: dict[str, object],
    after: dict[str, object],
) -> None:
    write_line(
        act,
        "territory",
        territory.public_id,
        actor_id=actor_id,
        network_id=network_id,
        before=before,
        after=after,
    )
