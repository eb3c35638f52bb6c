"""Rule packs in JSON: a base by name, settings that replace or add to it, documents on file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from maillage.engines.rostering.french_law import BASES
from maillage.engines.rostering.pack import CHOICE
from maillage.engines.rostering.reading.fields import NOT_A, Fields
from maillage.engines.rostering.sentences import RosterError
from maillage.engines.rostering.settings import RulePack, Setting, Severity

if TYPE_CHECKING:
    from maillage.engines.rostering.settings import Parameter


def read_pack(fields: Fields) -> RulePack:
    """Return a pack.

    A setting given for everybody replaces those of its rule in the base; one given for some
    workers replaces them for these workers only. What is meant for a group is replaced by what is
    meant for the same group alone: an agreement on long days says nothing of those under 18.
    """
    base = fields.text("base", "france")
    if base not in BASES:
        raise RosterError(fields.row, "base", CHOICE, known=", ".join(BASES), value=base)
    own = [_setting(row, item) for row, item in fields.objects("settings")]
    settings = [left for setting in BASES[base] if (left := _left(setting, own)) is not None]
    documents = frozenset(_document(row, item) for row, item in fields.objects("documents"))
    fields.done()
    return RulePack((*own, *settings), documents)


def _left(setting: Setting, own: list[Setting]) -> Setting | None:
    """What is left of a setting of the base beside those of the instance."""
    about = setting.rule, setting.group
    same = [other.workers for other in own if (other.rule, other.group) == about]
    if None in same:
        return None
    named = frozenset[str]().union(*(workers for workers in same if workers is not None))
    return replace(setting, spared=setting.spared | named)


def _setting(row: str, item: object) -> Setting:
    fields = Fields.of(row, item)
    severity = fields.text("severity")
    if severity not in {member.value for member in Severity}:
        known = ", ".join(member.value for member in Severity)
        raise RosterError(row, "severity", CHOICE, known=known, value=severity)
    workers = fields.texts("workers")
    setting = Setting(
        rule=fields.text("rule"),
        severity=Severity(severity),
        parameters=_parameters(fields.inner("parameters")),
        cost=fields.number("cost", 0),
        per=fields.number("per", 1),
        priority=fields.number("priority", 0),
        article=fields.text("article", ""),
        workers=None if workers is None else frozenset(workers),
        spared=frozenset(fields.texts("spared") or ()),
        group=fields.text("group", ""),
        valid_from=fields.day("valid_from"),
        valid_to=fields.day("valid_to"),
    )
    fields.done()
    return setting


def _parameters(fields: Fields) -> dict[str, Parameter]:
    found: dict[str, Parameter] = {}
    for name, value in fields.values.items():
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise RosterError(fields.row, name, NOT_A[int])
        found[name] = value
    return found


def _document(row: str, item: object) -> tuple[str, str]:
    fields = Fields.of(row, item)
    document = fields.text("rule"), fields.text("worker")
    fields.done()
    return document
