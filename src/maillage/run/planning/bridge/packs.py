"""The rules in force: the law at its defaults, but for the days on which a text says otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

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


def _around(setting: Setting, change: RuleChange) -> Iterator[Setting]:
    """Yield a setting on the days that a change leaves to it."""
    if setting.rule != change.rule or setting.group:
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
