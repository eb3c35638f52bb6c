"""Keeping the values of indicators, voting their thresholds, answering their alerts."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import override

from maillage.bricks.indicators.enums import Unit
from maillage.bricks.indicators.measures import (
    Measure,
    in_words,
    is_past,
    may_clear,
    month_of,
    months_before,
)
from maillage.bricks.indicators.models import Alert, MonthValue, Threshold
from maillage.bricks.indicators.queries import (
    MONTHS,
    limit_of,
    readings,
    thresholds_of,
    told_outside,
)
from maillage.bricks.indicators.registry import INDICATORS, Indicator
from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.decisions import (
    Minutes,
    is_adopted,
    record_decision,
)
from maillage.foundation.networks.models import Network, NetworkModule, Task

PLAN_DAYS: Final = 30
HIGHEST: Final = {Unit.PERCENT: Decimal(100), Unit.DAYS: Decimal(3660), Unit.NUMBER: Decimal(1000)}
LONGEST_PLAN: Final = 4000


class IndicatorError(Exception):
    """Something that cannot be done with an indicator: a sentence says why; `field` where."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


def keep_values(*, network: Network, day: date) -> None:
    """Work out and keep every indicator of a network on a day, and judge its alerts.

    The months before that have no value yet are worked out as they ended.
    """
    modules = set(NetworkModule.objects.filter(network=network).values_list("key", flat=True))
    wanted = [one for one in INDICATORS.values() if one.module in modules]
    month = month_of(day)
    first = months_before(month, MONTHS - 1)
    known = set(
        MonthValue.objects.filter(network=network, month__gte=first).values_list("key", "month")
    )
    rows = []
    for indicator in wanted:
        for back in range(MONTHS - 1, 0, -1):
            past = months_before(month, back)
            if (indicator.key, past) not in known:
                end = months_before(past, -1) - timedelta(days=1)
                rows.append(_row(network, indicator, past, indicator.measure(network, end)))
        rows.append(_row(network, indicator, month, indicator.measure(network, day)))
    MonthValue.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["network", "key", "month"],
        update_fields=["value", "part", "whole", "missing", "kept_at"],
    )
    _judge(network, wanted, day)


@transaction.atomic
def look_again(*, acting: Acting) -> None:
    """Work the indicators out now, without waiting for the night."""
    keep_values(network=_network(acting, "see_staff_health"), day=localdate())


@transaction.atomic
def vote_threshold(*, acting: Acting, key: str, value: Decimal, minutes: Minutes) -> Threshold:
    """Write down the threshold that the members voted; it holds at once.

    Raises IndicatorError, DecisionError.
    """
    network = _network(acting, "see_staff_health")
    indicator = INDICATORS[key]
    if not 0 <= value <= HIGHEST[indicator.unit]:
        words = {"most": in_words(indicator.unit, HIGHEST[indicator.unit])}
        raise IndicatorError(_("Choose a threshold from 0 to %(most)s.") % words, "value")
    words = {"name": str(indicator.name), "limit": in_words(indicator.unit, value)}
    title = _("Threshold of “%(name)s”: %(limit)s") % words
    decision = record_decision(acting=acting, minutes=replace(minutes, title=title))
    if not is_adopted(decision):
        raise IndicatorError(
            _("The members said no: the threshold stays what it was. Record that as a decision.")
        )
    before = limit_of(network, key)
    threshold = Threshold.objects.create(network=network, key=key, value=value, decision=decision)
    record(
        actor_id=acting.person.public_id,
        act="vote_threshold",
        subject_type="Decision",
        subject_id=decision.public_id,
        network_id=network.public_id,
        before={key: str(before)},
        after={key: str(value)},
    )
    _judge(network, [indicator], localdate())
    return threshold


@transaction.atomic
def write_plan(*, acting: Acting, alert: Alert, plan: str) -> Alert:
    """Write the plan that will be put to the members. Raises IndicatorError."""
    network = _network(acting, "see_staff_health")
    kept = _open_alert(network, alert)
    plan = plan.strip()
    if not plan:
        raise IndicatorError(_("Say what you propose to do, by whom and when."), "plan")
    before, kept.plan, kept.plan_written_on = kept.plan, plan[:LONGEST_PLAN], localdate()
    kept.decision = None
    kept.save(update_fields=["plan", "plan_written_on", "decision"])
    _trail(acting, "write_plan", kept, {"plan": before}, {"plan": kept.plan})
    return kept


@transaction.atomic
def decide_plan(*, acting: Acting, alert: Alert, minutes: Minutes) -> Alert:
    """Write down what the members said of the plan; with a yes, nothing more is due.

    Raises IndicatorError, DecisionError.
    """
    network = _network(acting, "see_staff_health")
    kept = _open_alert(network, alert)
    if not kept.plan:
        raise IndicatorError(_("Write the plan first: the members decide on it."))
    indicator = INDICATORS[kept.key]
    modules = {indicator.module}
    [reading] = readings(network, modules, localdate(), [kept.key])
    title = _("Corrective plan: %(name)s") % {"name": indicator.name}
    texts = (told_outside(reading), kept.plan, minutes.minutes.strip())
    text = "\n\n".join(one for one in texts if one)
    decision = record_decision(acting=acting, minutes=replace(minutes, title=title, minutes=text))
    kept.decision = decision
    kept.save(update_fields=["decision"])
    adopted = is_adopted(decision)
    if adopted:
        Task.objects.filter(alerts=kept, done_at=None).update(done_at=now())
    _trail(acting, "decide_plan", kept, {}, {"adopted": adopted})
    return kept


def _row(network: Network, indicator: Indicator, month: date, measure: Measure) -> MonthValue:
    return MonthValue(
        network=network,
        key=indicator.key,
        month=month,
        value=measure.value,
        part=measure.part,
        whole=measure.whole,
        missing=measure.missing,
    )


def _judge(network: Network, indicators: Sequence[Indicator], day: date) -> None:
    """Open the alerts of the indicators that are past their threshold, end those that are over."""
    month = month_of(day)
    values: dict[str, dict[date, Decimal | None]] = defaultdict(dict)
    for row in MonthValue.objects.filter(network=network, month__lte=month).order_by("month"):
        values[row.key][row.month] = row.value
    voted = thresholds_of(network)
    rows = Alert.objects.select_for_update().filter(network=network, cleared_on=None)
    alerts = {alert.key: alert for alert in rows}
    over = []
    for indicator in indicators:
        key, side = indicator.key, indicator.side
        limit = voted[key].value if key in voted else indicator.threshold
        value, alert = values[key].get(month), alerts.get(key)
        past = is_past(side, value, limit)
        if alert is None:
            if value is not None and past:
                _open(network, indicator, day, value, limit)
        elif not past:
            # Whole months since: neither the one in which it began, nor the present one.
            since = [one for on, one in values[key].items() if alert.opened_on < on < month]
            if may_clear(side, since, limit, indicator.clears_after):
                over.append(alert)
    Alert.objects.filter(pk__in=[one.pk for one in over]).update(cleared_on=day)
    tasks = Task.objects.filter(pk__in=[one.task_id for one in over], done_at=None)
    tasks.update(done_at=now())


def _open(
    network: Network, indicator: Indicator, day: date, value: Decimal, limit: Decimal
) -> None:
    due = day + timedelta(days=PLAN_DAYS)
    with override(settings.LANGUAGE_CODE):
        title = _("Put a corrective plan to the members: %(name)s") % {"name": indicator.name}
    task = Task.objects.create(network=network, title=title[:200], due_on=due)
    Alert.objects.create(
        network=network,
        key=indicator.key,
        opened_on=day,
        value=value,
        limit=limit,
        plan_due_on=due,
        task=task,
    )


def _network(acting: Acting, permission: str) -> Network:
    if acting.network is None or not acting.can(permission):
        raise PermissionDenied
    return acting.network


def _open_alert(network: Network, alert: Alert) -> Alert:
    kept = Alert.objects.select_for_update(of=("self",)).get(pk=alert.pk, network=network)
    if kept.cleared_on is not None:
        raise IndicatorError(_("This alert has ended: nothing more is to be done."))
    return kept


def _trail(
    acting: Acting, act: str, alert: Alert, before: dict[str, object], after: dict[str, object]
) -> None:
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type="Alert",
        subject_id=alert.public_id,
        network_id=acting.network.public_id if acting.network else None,
        before=before,
        after=after,
    )
