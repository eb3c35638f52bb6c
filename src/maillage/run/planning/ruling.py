"""The limits of working time in force, and the texts that set them otherwise than the law."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.run.planning.bridge.packs import InForce, fault_of, in_force, limit_on, rule_in_words
from maillage.run.planning.enums import RuleSource
from maillage.run.planning.margins import Margin, margin_on
from maillage.run.planning.models import RuleChange
from maillage.run.planning.permissions import can_plan_work
from maillage.run.planning.settling import Effect, lock_plan, settle

LONGEST_TEXT = 200


class RuleError(Exception):
    """A change of rule that cannot be: a sentence says why; `field` says where."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text that gives a rule another limit, in the unit of the rule (minutes, days, percent)."""

    rule: str
    value: int
    source: RuleSource
    name: str
    clause: str
    starts_on: date
    ends_on: date | None = None


def changes_to_come(network: Network, day: date) -> QuerySet[RuleChange]:
    """Return the texts that hold on a day or later, for whoever reads the plan."""
    rows = RuleChange.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), network=network)
    return rows.order_by("starts_on", "rule", "pk")


def limits_in_force(network: Network, day: date) -> tuple[InForce, ...]:
    """Return every limit that holds in a network on a day, for whoever reads the plan."""
    rows = changes_to_come(network, day).filter(starts_on__lte=day)
    return in_force(rows, day)


def notice_on(network: Network, day: date) -> int:
    """Return how many working days ahead a change is to be told, by what holds on a day."""
    rows = changes_to_come(network, day).filter(rule="notice", starts_on__lte=day)
    return limit_on(rows, "notice", "days", day)


def may_be_changed(day: date) -> Mapping[str, str]:
    """Return the rules that a text may change on a day, with their names."""
    return {rule: rule_in_words(rule) for rule in _changeable(day)}


@transaction.atomic
def record_change(*, acting: Acting, text: Text) -> tuple[RuleChange, Effect]:
    """Write down a text that changes a rule; who may no longer stay in a slot leaves it.

    Raises RuleError for what the law lets no text set.
    """
    network = _network(acting)
    margin = _refuse_outside(text)
    made = RuleChange(
        network=network,
        rule=text.rule,
        parameters={margin.limit: text.value},
        source=text.source,
        reference=_reference(text),
        starts_on=text.starts_on,
        ends_on=text.ends_on,
        recorded_by_id=acting.person.public_id,
    )
    lock_plan(network)
    _refuse_twice(made)
    fault = fault_of(made)
    if fault:
        raise RuleError(_("This rule has no such limit: %(name)s.") % {"name": fault}, "rule")
    made.save()
    _trail(acting, "change rule", made, after=_values(made))
    return made, _settled(acting, network, made.rule)


@transaction.atomic
def end_change(*, acting: Acting, change: RuleChange, last_day: date) -> Effect:
    """Let a text hold no longer than a day; one that had not begun by then is removed.

    What is past stays judged as it was. Raises RuleError.
    """
    network = _network(acting)
    lock_plan(network)
    kept = RuleChange.objects.filter(network=network, pk=change.pk).first()
    if kept is None:
        raise RuleError(_("Somebody removed this text in the meantime."))
    yesterday = localdate() - timedelta(days=1)
    if last_day < yesterday:
        raise RuleError(_("What is past stays as it was: choose a day to come."), "last_day")
    if kept.ends_on is not None and kept.ends_on < last_day:
        raise RuleError(_("This text ends before that day already."), "last_day")
    before = _values(kept)
    if last_day < kept.starts_on:
        kept.delete()
        after = None
    else:
        kept.ends_on = last_day
        kept.save(update_fields=["ends_on"])
        after = _values(kept)
    _trail(acting, "end rule change", change, before=before, after=after)
    return _settled(acting, network, change.rule)


def _settled(acting: Acting, network: Network, rule: str) -> Effect:
    gone = settle(
        network=network,
        actor_id=acting.person.public_id,
        why=_("A rule has changed."),
        rules={rule},
    )
    return Effect(gone=gone, to_fill=len(gone))


def _changeable(day: date) -> list[str]:
    rules = dict.fromkeys(one.rule for one in in_force((), day))
    return [rule for rule in rules if margin_on(rule, day) is not None]


def _refuse_outside(text: Text) -> Margin:
    margin = margin_on(text.rule, text.starts_on)
    if margin is None:
        raise RuleError(_("No text may set this rule otherwise than the law."), "rule")
    if not text.name.strip():
        raise RuleError(_("Name the text."), "name")
    if not text.clause.strip():
        raise RuleError(_("Say which clause or article of it."), "clause")
    if text.ends_on is not None and text.ends_on < text.starts_on:
        raise RuleError(_("It ends before it begins."), "ends_on")
    if text.source not in margin.sources:
        raise RuleError(_wrong_source(margin), "source")
    if text.source == RuleSource.AUTHORITY and text.ends_on is None:
        raise RuleError(
            _("The labour inspectorate decides for some time: give the last day (%(article)s).")
            % {"article": margin.article},
            "ends_on",
        )
    if not margin.lowest <= text.value <= margin.highest:
        raise RuleError(_outside(margin, text.value), "value")
    return margin


def _wrong_source(margin: Margin) -> str:
    if RuleSource.AUTHORITY in margin.sources:
        sentence = _("Only the labour inspectorate may change this rule (%(article)s).")
    else:
        sentence = _("Only a collective agreement may change this rule (%(article)s).")
    return sentence % {"article": margin.article}


def _outside(margin: Margin, value: int) -> str:
    if value > margin.highest:
        sentence = _("No text may go above %(limit)s (%(article)s).")
        limit = margin.highest
    else:
        sentence = _("No text may go below %(limit)s (%(article)s).")
        limit = margin.lowest
    return sentence % {"limit": in_its_unit(margin.limit, limit), "article": margin.article}


def in_its_unit(limit: str, value: int) -> str:
    """Return a limit as people say it: "12 h", "33 %", "3 working days"."""
    if limit.endswith("percent"):
        return f"{value}\u00a0%"
    if limit == "days":
        return _("%(n)s days") % {"n": value}
    hours, minutes = divmod(value, 60)
    return f"{hours}\u00a0h\u00a0{minutes:02}" if minutes else f"{hours}\u00a0h"


def _refuse_twice(made: RuleChange) -> None:
    there = RuleChange.objects.filter(network=made.network, rule=made.rule)
    there = there.filter(Q(ends_on=None) | Q(ends_on__gte=made.starts_on))
    if made.ends_on is not None:
        there = there.filter(starts_on__lte=made.ends_on)
    other = there.first()
    if other is not None:
        raise RuleError(
            _("Another text changes this rule on those days: %(name)s. End it first.")
            % {"name": other.reference},
            "starts_on",
        )


def _reference(text: Text) -> str:
    return f"{' '.join(text.name.split())}, {' '.join(text.clause.split())}"[:LONGEST_TEXT]


def _values(change: RuleChange) -> dict[str, object]:
    return {
        "rule": change.rule,
        "limits": change.parameters,
        "text": change.reference,
        "from": change.starts_on.isoformat(),
        "to": None if change.ends_on is None else change.ends_on.isoformat(),
    }


def _trail(
    acting: Acting,
    act: str,
    change: RuleChange,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type="RuleChange",
        subject_id=change.public_id,
        network_id=acting.network.public_id if acting.network is not None else None,
        before=before,
        after=after,
    )


def _network(acting: Acting) -> Network:
    if acting.network is None or not can_plan_work(acting):
        raise PermissionDenied
    return acting.network
