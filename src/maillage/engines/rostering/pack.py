"""Does a rule pack name rules there are, with the parameters they need?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.rules import RULES
from maillage.engines.rostering.sentences import RosterError, Sentence
from maillage.engines.rostering.settings import MISSING, Severity

if TYPE_CHECKING:
    from maillage.engines.rostering.settings import RulePack

NO_SUCH_RULE = Sentence(
    "there is no such rule; the rules are {known}",
    "cette règle n’existe pas\u00a0; les règles sont {known}",
)
CHOICE = Sentence(
    "choose one of {known}, not “{value}”", "choisissez parmi {known}, pas «\u00a0{value}\u00a0»"
)
TOLD_ONLY = Sentence(
    "this rule can only be told: “info”, not “{value}”",
    "cette règle ne peut être qu’une information\u00a0: «\u00a0info\u00a0», pas "
    "«\u00a0{value}\u00a0»",
)


def check_pack(pack: RulePack) -> None:
    """Raise `RosterError` at the first setting that no rule can use."""
    for setting in pack.settings:
        rule = RULES.get(setting.rule)
        row = f"rule {setting.rule}"
        if rule is None:
            raise RosterError(row, "rule", NO_SUCH_RULE, known=", ".join(sorted(RULES)))
        for name in rule.parameters:
            if name not in setting.parameters:
                raise RosterError(row, f"parameters.{name}", MISSING)
        for name, words in rule.choices.items():
            value = setting.parameters.get(name, words[0])
            if value not in words:
                known = ", ".join(words)
                raise RosterError(row, f"parameters.{name}", CHOICE, known=known, value=value)
        if rule.told_only and setting.severity is not Severity.INFO:
            raise RosterError(row, "severity", TOLD_ONLY, value=setting.severity.value)
    for rule_name, _worker_id in sorted(pack.documents):
        if rule_name not in RULES:
            row = f"document {rule_name}"
            raise RosterError(row, "rule", NO_SUCH_RULE, known=", ".join(sorted(RULES)))
