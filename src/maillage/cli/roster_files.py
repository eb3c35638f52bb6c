"""The files of `maillage roster`: questions and plans in JSON, faults told with their place."""

import json
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maillage.cli.errors import Refusal
from maillage.engines.rostering.instance import Instance
from maillage.engines.rostering.plan import Plan, lines_of
from maillage.engines.rostering.reading.instances import read_instance
from maillage.engines.rostering.reading.plans import PLAN_SCHEMA, read_plan
from maillage.engines.rostering.sentences import RosterError

RESULT_SCHEMA = "maillage.roster-result/1"


def read_question(path: Path) -> Instance:
    """Return the instance in a file; raises `Refusal` with a sentence that says where it fails."""
    try:
        return read_instance(_json(path))
    except RosterError as error:
        raise refused(error, path) from error


def read_assignments(path: Path | None, instance: Instance) -> Plan:
    """Return the plan in a file, a plan or a result of ours; without one, what was published."""
    if path is None:
        if not instance.published:
            raise Refusal(
                _(
                    "The question has no published plan: give the file of a plan after it, such "
                    "as the one that “maillage roster solve --plan” writes."
                )
            )
        return Plan(instance.published)
    value = _json(path)
    if isinstance(value, dict) and value.get("schema") == RESULT_SCHEMA:
        value = {"schema": PLAN_SCHEMA, "assignments": value.get("assignments")}
    try:
        plan = read_plan(value)
        lines_of(instance, plan)  # raises when the plan names what is not there
    except RosterError as error:
        raise refused(error, path) from error
    return plan


def refused(error: RosterError, path: Path | None = None) -> Refusal:
    """Return the refusal that says a fault of a roster, in the language in use."""
    text = error.text(get_language() or "fr")
    if path is None:
        return Refusal(_("This cannot be used: %(fault)s.") % {"fault": text})
    return Refusal(_("%(file)s cannot be used: %(fault)s.") % {"file": path.name, "fault": text})


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        raise Refusal(
            _("%(file)s is not JSON: line %(line)d, column %(column)d cannot be read.")
            % {"file": path.name, "line": error.lineno, "column": error.colno}
        ) from error
    except UnicodeDecodeError as error:
        raise Refusal(
            _("%(file)s is not a text in UTF-8: save it as JSON again.") % {"file": path.name}
        ) from error
    except RecursionError as error:
        raise Refusal(
            _("%(file)s holds too many things inside each other.") % {"file": path.name}
        ) from error
    except OSError as error:
        raise Refusal(
            _("%(file)s cannot be read: %(reason)s.")
            % {"file": path, "reason": error.strerror or error}
        ) from error
