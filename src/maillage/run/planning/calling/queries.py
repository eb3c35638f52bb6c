"""Reads of calls; each function says for whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.models import Absence, Worker, WorkerSkill
from maillage.run.employment.queries import in_force
from maillage.run.planning.enums import CallState, OfferState
from maillage.run.planning.models import (
    Assignment,
    Call,
    CallOffer,
    Hand,
    Publication,
    PublishedShift,
    Slot,
)


def open_calls(network: Network) -> QuerySet[Call]:
    """Return the calls that wait, the nearest slot first, for whoever plans; offers read too."""
    return (
        Call.objects.filter(network=network, state=CallState.OPEN)
        .select_related("slot__organisation", "absence__worker")
        .prefetch_related(_offers())
        .order_by("slot__day", "slot__start_minute", "pk")
    )


def settled_calls(network: Network, since: date) -> QuerySet[Call]:
    """Return the calls settled since a day, the last first, for whoever plans."""
    return (
        Call.objects.filter(network=network, settled_at__date__gte=since)
        .exclude(state=CallState.OPEN)
        .select_related("slot__organisation", "absence__worker")
        .prefetch_related(_offers())
        .order_by("-settled_at", "-pk")
    )


def call_of(network: Network, public_id: UUID) -> Call | None:
    """Return a call with its offers, for whoever plans."""
    return (
        Call.objects.filter(network=network, public_id=public_id)
        .select_related("network", "slot__organisation", "slot__network", "absence__worker")
        .prefetch_related(_offers())
        .first()
    )


def calls_of_absence(absence: Absence) -> QuerySet[Call]:
    """Return the calls that an absence opened, by time, for whoever plans."""
    return (
        Call.objects.filter(absence=absence)
        .select_related("slot__organisation")
        .prefetch_related(_offers())
        .order_by("slot__day", "slot__start_minute", "pk")
    )


def still_held(worker: Worker, since: date) -> QuerySet[Assignment]:
    """Return what somebody away still has in the plan from a day on, for whoever plans."""
    return (
        Assignment.objects.filter(worker=worker, slot__day__gte=since, slot__cancelled_at=None)
        .select_related("slot__organisation")
        .order_by("slot__day", "slot__start_minute", "pk")
    )


def workers_on(network: Network, day: date) -> QuerySet[Worker]:
    """Return who has a contract on a day, by name, for whoever plans."""
    rows = Worker.objects.filter(in_force(day, day, path="contracts__"), network=network)
    return rows.distinct().order_by("folded_name", "pk")


def occupations_in(network: Network) -> list[tuple[str, str]]:
    """Return the occupations of the workers, code and words, for whoever asks for somebody."""
    rows = WorkerSkill.objects.filter(worker__network=network).order_by()
    found = dict(rows.values_list("occupation", "occupation_label").distinct())
    return sorted(found.items(), key=lambda each: each[1])


@dataclass(frozen=True, slots=True)
class Named:
    """The workers and slots that answers name, by public id."""

    workers: Mapping[str, Worker]
    slots: Mapping[str, Slot]


def named_in(network: Network, calls: Iterable[Call]) -> Named:
    """Return whom the answers of calls name, for whoever plans. Two queries, whatever they are."""
    kept = [call.answers for call in calls]
    answers = [each for answer in kept for each in answer.get("answers", ())]
    people = {each["worker_id"] for each in answers}
    people |= {each["worker_id"] for answer in kept for each in answer.get("excluded", ())}
    people |= {name for answer in kept for name in answer.get("to_sign", ())}
    people |= {m[end] for each in answers for m in each["moves"] for end in ("from_id", "to_id")}
    moved = {m["slot_id"] for each in answers for m in each["moves"]}
    workers = Worker.objects.filter(network=network, public_id__in=people)
    slots = Slot.objects.filter(network=network, public_id__in=moved)
    return Named(
        {str(worker.public_id): worker for worker in workers},
        {str(slot.public_id): slot for slot in slots.select_related("organisation")},
    )


def waiting_counts(network: Network) -> Mapping[str, int]:
    """Return how many calls wait, and how many offers have no answer yet. One query."""
    waiting = Q(offers__state=OfferState.PROPOSED)
    return Call.objects.filter(network=network, state=CallState.OPEN).aggregate(
        calls=Count("pk", distinct=True), offers=Count("offers", filter=waiting, distinct=True)
    )


def offers_to(worker: Worker, since: date) -> QuerySet[CallOffer]:
    """Return what is proposed to a worker and waits for their answer, for that worker."""
    return (
        CallOffer.objects.filter(
            worker=worker,
            state=OfferState.PROPOSED,
            call__state=CallState.OPEN,
            call__slot__day__gte=since,
        )
        .select_related("call__slot__organisation")
        .order_by("call__slot__day", "call__slot__start_minute")
    )


def told_to(worker: Worker, first: date, last: date) -> QuerySet[PublishedShift]:
    """Return the shifts of a worker as last published, days included, for that worker."""
    return (
        _latest(PublishedShift.objects.filter(worker=worker, day__gte=first, day__lte=last))
        .select_related("organisation", "slot__site", "publication")
        .order_by("day", "start_minute", "pk")
    )


def told_of_firm(
    network: Network, firm: Organisation, first: date, last: date
) -> QuerySet[PublishedShift]:
    """Return who was announced at a firm, days included, for that firm: its own slots only."""
    rows = PublishedShift.objects.filter(
        publication__network=network, organisation=firm, day__gte=first, day__lte=last
    )
    return _latest(rows).select_related("worker").order_by("day", "start_minute", "pk")


def told_between(
    network: Network, first: date, last: date, workers: Any
) -> QuerySet[PublishedShift]:
    """Return what some workers were last told of these days, where the charter opens timetables."""
    rows = PublishedShift.objects.filter(
        publication__network=network, worker__in=workers, day__gte=first, day__lte=last
    )
    return _latest(rows).select_related("worker", "organisation").order_by("day", "start_minute")


def _latest(rows: QuerySet[PublishedShift]) -> QuerySet[PublishedShift]:
    newest = Publication.objects.filter(
        network=OuterRef("publication__network"), monday=OuterRef("publication__monday")
    )
    last = Subquery(newest.order_by("-number").values("number")[:1])
    return rows.annotate(newest=last).filter(publication__number=F("newest"))


def slots_of_firm(network: Network, firm: Organisation, first: date, last: date) -> QuerySet[Slot]:
    """Return the slots of a firm that are not cancelled, with the state of its open call."""
    calls = Call.objects.filter(slot=OuterRef("pk"), state=CallState.OPEN).order_by("-made_at")
    return (
        Slot.objects.filter(
            network=network, organisation=firm, day__gte=first, day__lte=last, cancelled_at=None
        )
        .annotate(call_id=Subquery(calls.values("public_id")[:1]))
        .order_by("day", "start_minute", "pk")
    )


def hands_of(network: Network, firm: Organisation | None = None) -> QuerySet[Hand]:
    """Return the hands lent in a network, the last first: all for whoever plans, else a firm's."""
    rows = Hand.objects.filter(network=network).select_related("giver", "receiver")
    return rows if firm is None else rows.filter(Q(giver=firm) | Q(receiver=firm))


def _offers() -> Prefetch[str, QuerySet[CallOffer], str]:
    return Prefetch(
        "offers", queryset=CallOffer.objects.select_related("worker").order_by("rank", "pk")
    )
