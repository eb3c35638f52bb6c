"""The rules in force: the law at its defaults, but for the days on which a text says otherwise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from maillage.engines.rostering.explaining.names import rule_name
from maillage.engines.rostering.french_law import FRANCE
from maillage.engines.rostering.pack import check_pack
from maillage.engines.rostering.rules import RULES
from maillage.engines.rostering.sentences import RosterError
from maillage.engines.rostering.settings import RulePack, Setting, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from maillage.run.planning.models import RuleChange

# The setting of each rule that holds for everybody: those of a group of workers stay as they are.
BY_RULE: dict[str, Setting] = {
    setting.rule: setting for setting in reversed(FRANCE) if not setting.group
}


def pack_with(changes: Iterable[RuleChange]) -> RulePack:
    """Return the law with the changes of a network, each on its days."""
    settings: list[Setting] = list(FRANCE)
    for change in changes:
        settings = [piece for setting in settings for piece in _around(setting, change)] + _changed(
            change
        )
    return RulePack(settings=tuple(settings))


def fault_of(change: RuleChange) -> str:
    """Return the name of what the engine cannot use in a change ("rule" or a limit), "" if none."""
    if change.rule not in RULES or change.rule not in BY_RULE:
        return "rule"
    unknown = set(change.parameters) - set(BY_RULE[change.rule].parameters)
    if unknown:
        return str(min(unknown))
    try:
        check_pack(RulePack(settings=tuple(_changed(change))))
    except RosterError as error:
        return error.field.removeprefix("parameters.")
    return ""


def limits_of(rule: str) -> dict[str, int]:
    """Return the limits that the law gives a rule, by name, in whole units; none for no rule."""
    setting = BY_RULE.get(rule)
    if setting is None:
        return {}
    return {name: value for name, value in setting.parameters.items() if isinstance(value, int)}


@dataclass(frozen=True, slots=True)
class InForce:
    """A limit that holds on a day; `group` names the workers it is for, "" for all.

    `law` is what the law says by itself; `changed` tells that a text says otherwise.
    """

    rule: str
    limit: str
    group: str
    value: int
    law: int
    article: str
    severity: str
    changed: bool


def in_force(changes: Iterable[RuleChange], day: date) -> tuple[InForce, ...]:
    """Return every limit in whole units that holds on a day, in the order of the law."""
    law = {_key(setting): setting for setting in FRANCE}
    order = {key: rank for rank, key in enumerate(law)}
    held = [one for one in pack_with(changes).settings if one.holds_on(day) and _key(one) in law]
    return tuple(
        InForce(
            rule=setting.rule,
            limit=name,
            group=setting.group,
            value=value,
            law=law[_key(setting)].number(name),
            article=setting.article,
            severity=setting.severity.value,
            changed=setting.article != law[_key(setting)].article,
        )
        for setting in sorted(held, key=lambda one: order[_key(one)])
        for name, value in setting.parameters.items()
        if isinstance(value, int)
    )


def limit_on(changes: Iterable[RuleChange], rule: str, limit: str, day: date) -> int:
    """Return a limit of a rule for everybody on a day."""
    return next(
        one.value
        for one in in_force(changes, day)
        if (one.rule, one.limit, one.group) == (rule, limit, "")
    )


def rule_in_words(rule: str) -> str:
    """Return what people call a rule, in the language in use."""
    return rule_name(rule, "fr" if (get_language() or "").startswith("fr") else "en")


def _key(setting: Setting) -> tuple[str, str, frozenset[str]]:
    return setting.rule, setting.group, frozenset(setting.parameters)


def _around(setting: Setting, change: RuleChange) -> Iterator[Setting]:
    """Yield a setting on the days that a change leaves to it."""
    if not _is_changed(setting, change):
        yield setting
        return
    before = _latest(setting.valid_to, change.starts_on - timedelta(days=1))
    if setting.valid_from is None or setting.valid_from <= before:
        yield replace(setting, valid_to=before)
    if change.ends_on is None:
        return
    after = max(change.ends_on + timedelta(days=1), setting.valid_from or change.ends_on)
    if setting.valid_to is None or after <= setting.valid_to:
        yield replace(setting, valid_from=after)


def _is_changed(setting: Setting, change: RuleChange) -> bool:
    """Whether a change takes the place of a setting: another of the same rule has other limits."""
    base = BY_RULE.get(change.rule)
    return (
        setting.rule == change.rule
        and not setting.group
        and (base is None or set(setting.parameters) == set(base.parameters))
    )


def _latest(valid_to: date | None, day: date) -> date:
    return day if valid_to is None else min(valid_to, day)


def _changed(change: RuleChange) -> list[Setting]:
    base = BY_RULE.get(change.rule)
    if base is None:
        return [Setting(rule=change.rule, severity=Severity.WARN)]
    return [
        replace(
            base,
            parameters={**base.parameters, **change.parameters},
            severity=Severity(change.severity) if change.severity else base.severity,
            article=f"{base.article}, {change.reference}" if base.article else change.reference,
            valid_from=change.starts_on,
            valid_to=change.ends_on,
        )
    ]
