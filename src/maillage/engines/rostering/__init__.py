"""Rostering: who works where and when, within the law and the charter?

    breaches = rostering.check(instance, plan)
    evaluation = rostering.evaluate(instance, plan)

`instance` holds the question, `plan` the answer. A *rule* (one module of `rules` each) finds what
a plan breaks; its *setting*, in the rule pack, decides what that means. Only `uncovered` and
`surplus` link workers: every other rule judges one worker's *line*. For the search, `model`
compiles an instance into the few *shapes* that `judging` weighs.
"""

from maillage.engines.kernel.errors import InstanceError, SolutionError
from maillage.engines.rostering.checks import Breach, check, verify
from maillage.engines.rostering.entities import (
    Assignment,
    Contract,
    Firm,
    History,
    Horizon,
    Need,
    Request,
    Worker,
)
from maillage.engines.rostering.evaluation import Evaluation, Term, evaluate
from maillage.engines.rostering.instance import Instance
from maillage.engines.rostering.plan import Plan
from maillage.engines.rostering.sentences import RosterError, Sentence
from maillage.engines.rostering.settings import RulePack, Setting, Severity
from maillage.engines.rostering.warming import warm_up

__all__ = [
    "Assignment",
    "Breach",
    "Contract",
    "Evaluation",
    "Firm",
    "History",
    "Horizon",
    "Instance",
    "InstanceError",
    "Need",
    "Plan",
    "Request",
    "RosterError",
    "RulePack",
    "Sentence",
    "Setting",
    "Severity",
    "SolutionError",
    "Term",
    "Worker",
    "check",
    "evaluate",
    "verify",
    "warm_up",
]
