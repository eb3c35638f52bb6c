"""Slots that firms need filled, who works in each, what was published, and calls for help.

A slot belongs to the day on which it starts; its times are whole minutes from midnight of that
day, and its end may pass midnight (up to 48 hours).
"""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation, Site
from maillage.foundation.organisations.scoping import scoped_by
from maillage.run.employment.models import ENDS_AFTER_START, Absence, Worker
from maillage.run.planning.enums import (
    CallCause,
    CallState,
    HolidayOpening,
    HolidayPay,
    OfferState,
    ProposalState,
    RuleSource,
)

DAY_MINUTES = 24 * 60
IS_A_TIME = models.Q(
    start_minute__lt=DAY_MINUTES,
    end_minute__gt=models.F("start_minute"),
    end_minute__lte=2 * DAY_MINUTES,
)


class SlotSeries(models.Model):
    """A slot that comes back: every `every` weeks, on one day of the week."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="slot_series")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="slot_series")
    site = models.ForeignKey(Site, models.SET_NULL, null=True, blank=True, related_name="+")
    occupation = models.CharField(_("occupation (ROME code)"), max_length=5)
    occupation_label = models.CharField(_("occupation"), max_length=120)
    level = models.PositiveSmallIntegerField(_("level"), default=1)
    weekday = models.PositiveSmallIntegerField(_("day"))
    every = models.PositiveSmallIntegerField(_("every how many weeks"), default=1)
    start_minute = models.PositiveSmallIntegerField(_("from"))
    end_minute = models.PositiveSmallIntegerField(_("to"))
    break_minutes = models.PositiveSmallIntegerField(_("unpaid break"), default=0)
    people = models.PositiveSmallIntegerField(_("how many people"), default=1)
    importance = models.PositiveSmallIntegerField(_("how important"), default=3)
    wished_worker = models.ForeignKey(
        Worker, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    objects: ClassVar[models.Manager["SlotSeries"]] = scoped_by(network="network")

    class Meta:
        ordering = ["organisation_id", "weekday", "start_minute", "id"]
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="series_ends_after_start"),
            models.CheckConstraint(
                condition=IS_A_TIME & models.Q(weekday__lte=6, every__gte=1, people__gte=1),
                name="series_is_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}, day {self.weekday}"


class Slot(models.Model):
    """A time at which a firm needs `people`; `series` when it comes back.

    A slot that its firm no longer needs keeps its row, `cancelled_at` and the reason why.
    `importance` goes from 1 to 5; `urgent` came as a call.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="slots")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="slots")
    series = models.ForeignKey(
        SlotSeries, models.SET_NULL, null=True, blank=True, related_name="slots"
    )
    site = models.ForeignKey(Site, models.SET_NULL, null=True, blank=True, related_name="+")
    occupation = models.CharField(_("occupation (ROME code)"), max_length=5)
    occupation_label = models.CharField(_("occupation"), max_length=120)
    level = models.PositiveSmallIntegerField(_("level"), default=1)
    day = models.DateField(_("day"))
    start_minute = models.PositiveSmallIntegerField(_("from"))
    end_minute = models.PositiveSmallIntegerField(_("to"))
    break_minutes = models.PositiveSmallIntegerField(_("unpaid break"), default=0)
    people = models.PositiveSmallIntegerField(_("how many people"), default=1)
    importance = models.PositiveSmallIntegerField(_("how important"), default=3)
    wished_worker = models.ForeignKey(
        Worker, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    urgent = models.BooleanField(_("urgent"), default=False)
    unpleasant = models.BooleanField(_("unpleasant"), default=False)
    note = models.CharField(_("what to know"), max_length=200, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_why = models.CharField(_("why it is no longer needed"), max_length=200, blank=True)

    objects: ClassVar[models.Manager["Slot"]] = scoped_by(network="network")

    class Meta:
        ordering = ["day", "start_minute", "organisation_id", "id"]
        indexes = [models.Index(fields=["network", "day"], name="slot_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["series", "day"], name="slot_once_per_series_and_day"),
            models.CheckConstraint(
                condition=IS_A_TIME & models.Q(people__gte=1, importance__gte=1, importance__lte=5),
                name="slot_is_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}, {self.day}"

    @property
    def minutes(self) -> int:
        """Working time of one person in the slot."""
        return self.end_minute - self.start_minute - self.break_minutes


class Closure(models.Model):
    """A firm is closed, both days included: its slots are not to be filled."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="closures")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="closures")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    reason = models.CharField(_("why"), max_length=120, blank=True)

    objects: ClassVar[models.Manager["Closure"]] = scoped_by(network="network")

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="closure_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.starts_on}–{self.ends_on}"


class HolidayRule(models.Model):
    """What a firm does on public holidays, and who bears the hours when nobody is taken.

    `day` None is the firm's rule for all of them but 1 May; a day has its own. `reason` says why
    the firm cannot stop on 1 May (L3133-6).
    """

    network = models.ForeignKey(Network, models.CASCADE, related_name="holiday_rules")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="holiday_rules")
    day = models.DateField(_("public holiday"), null=True, blank=True)
    opening = models.CharField(
        _("what the firm does"),
        max_length=6,
        choices=HolidayOpening,
        default=HolidayOpening.CLOSED,
    )
    pay = models.CharField(_("who pays"), max_length=5, choices=HolidayPay)
    reason = models.CharField(_("why work cannot stop"), max_length=200, blank=True)

    objects: ClassVar[models.Manager["HolidayRule"]] = scoped_by(network="network")

    class Meta:
        ordering = ["organisation_id", "day"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "network", "day"], name="holiday_rule_once_per_day"
            ),
            models.UniqueConstraint(
                fields=["organisation", "network"],
                condition=models.Q(day=None),
                name="holiday_rule_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.day or 'all'}"


class RuleChange(models.Model):
    """An agreement, an authorisation or the charter gives a rule other limits, between two days.

    `rule` and `parameters` are those of the rule pack of the rostering engine; what is not given
    stays as the law says. `reference` names the text that allows it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="rule_changes")
    rule = models.CharField(_("rule"), max_length=40)
    parameters = models.JSONField(_("limits"))
    severity = models.CharField(_("severity"), max_length=14, blank=True)
    source = models.CharField(max_length=9, choices=RuleSource, default=RuleSource.AGREEMENT)
    reference = models.CharField(_("text that allows it"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by_id = models.UUIDField()

    objects: ClassVar[models.Manager["RuleChange"]] = scoped_by(network="network")

    class Meta:
        ordering = ["rule", "starts_on"]
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="rule_change_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} from {self.starts_on}"


class Assignment(models.Model):
    """A worker in a slot, in the plan as it stands now (the draft that publishing tells of).

    `fixed` is not to be moved by the software. `overrides` lists the rules that were passed over,
    each with its document and reason; no blocking rule is ever among them.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slot = models.ForeignKey(Slot, models.CASCADE, related_name="assignments")
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="assignments")
    fixed = models.BooleanField(_("not to be moved"), default=False)
    overrides = models.JSONField(default=list, blank=True)
    made_by_id = models.UUIDField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Assignment"]] = scoped_by(network="slot__network")

    class Meta:
        ordering = ["slot_id", "worker_id"]
        constraints = [
            models.UniqueConstraint(fields=["slot", "worker"], name="assignment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} in {self.slot_id}"


class PlanProposal(models.Model):
    """A plan that a search proposes for some weeks: nothing changes until somebody applies it.

    `best` lists pairs of public ids, slot then worker; `figures` what that plan is worth; `curve`
    the steps of the search: seconds, people missing.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="plan_proposals")
    monday = models.DateField(_("from the week of"))
    weeks = models.PositiveSmallIntegerField(_("weeks"))
    seconds = models.PositiveSmallIntegerField(_("how long to search"))
    made_by_id = models.UUIDField()
    made_at = models.DateTimeField(auto_now_add=True)
    run_id = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.SEARCHING)
    best = models.JSONField(null=True)
    figures = models.JSONField(default=dict)
    curve = models.JSONField(default=list)
    applied_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["PlanProposal"]] = scoped_by(network="network")

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"plan from {self.monday}"


class Publication(models.Model):
    """A week of the plan as it was published; a later number replaces the one before."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="publications")
    monday = models.DateField(_("week of"))
    number = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField(auto_now_add=True)
    published_by_id = models.UUIDField(null=True)

    objects: ClassVar[models.Manager["Publication"]] = scoped_by(network="network")

    class Meta:
        ordering = ["monday", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "monday", "number"], name="publication_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.monday}, {self.number}"


class PublishedShift(models.Model):
    """What a publication told a worker: where and when, as it was told."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="shifts")
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="published_shifts")
    slot = models.ForeignKey(Slot, models.CASCADE, related_name="published_shifts")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    day = models.DateField()
    start_minute = models.PositiveSmallIntegerField()
    end_minute = models.PositiveSmallIntegerField()
    break_minutes = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager["PublishedShift"]] = scoped_by(network="publication__network")

    class Meta:
        ordering = ["day", "start_minute", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "worker", "slot"], name="published_shift_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id}, {self.day}"


class Acknowledgement(models.Model):
    """A worker was told of a published week, and said so."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="acknowledgements")
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="acknowledgements")
    told_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Acknowledgement"]] = scoped_by(network="publication__network")

    class Meta:
        ordering = ["publication_id", "worker_id"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "worker"], name="acknowledgement_once"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} of {self.publication_id}"


class Call(models.Model):
    """Somebody is looked for at once: an absence left a slot, or a firm asked for help.

    `answers` keeps who could come, in order, and who could not, as they stood at `looked_at`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="calls")
    slot = models.ForeignKey(Slot, models.CASCADE, related_name="calls")
    absence = models.ForeignKey(
        Absence, models.SET_NULL, null=True, blank=True, related_name="calls"
    )
    cause = models.CharField(max_length=8, choices=CallCause)
    state = models.CharField(max_length=10, choices=CallState, default=CallState.OPEN)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by_id = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)
    because = models.CharField(_("why nobody was found"), max_length=300, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    looked_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Call"]] = scoped_by(network="network")

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["network", "state"], name="call_by_state")]

    def __str__(self) -> str:
        return f"call for {self.slot_id}"


class CallOffer(models.Model):
    """The slot of a call, proposed to one worker; `moves` is what else would change.

    `moves` lists the other assignments that pass from one worker to another if it is accepted.
    `reason` is what a worker chose to say with a no: whoever plans reads it, nothing counts it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, models.CASCADE, related_name="offers")
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="offers")
    rank = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=OfferState, default=OfferState.PROPOSED)
    moves = models.JSONField(default=list, blank=True)
    why = models.JSONField(default=dict, blank=True)
    proposed_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)
    reason = models.CharField(_("what was said with the no"), max_length=200, blank=True)
    link = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager["CallOffer"]] = scoped_by(network="call__network")

    class Meta:
        ordering = ["call_id", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["call", "worker"], name="call_offer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} for {self.call_id}"


class Hand(models.Model):
    """A firm lent another a hand at a peak: who, when, for how long, in one line."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="hands")
    giver = models.ForeignKey(Organisation, models.CASCADE, related_name="hands_given")
    receiver = models.ForeignKey(Organisation, models.CASCADE, related_name="hands_received")
    day = models.DateField(_("day"))
    minutes = models.PositiveIntegerField(_("how long"))
    what = models.CharField(_("what was done"), max_length=200)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by_id = models.UUIDField()

    objects: ClassVar[models.Manager["Hand"]] = scoped_by(network="network")

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("receiver")), name="hand_between_two_firms"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} → {self.receiver_id}"
