"""Hours of a month: entries, what is said of them, expenses, signatures, closings, adjustments.

Times are whole minutes from midnight of the day, which may pass midnight, as in the plan. A month
is named by its first day. Once a month is closed nothing of it changes: what was wrong is put
right by an adjustment, dated and counted in a month that is open.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.organisations.scoping import scoped_by
from maillage.run.employment.models import EmploymentContract, Worker
from maillage.run.hours.enums import EntryKind, EntryState, ExpenseKind, Voice
from maillage.run.planning.models import IS_A_TIME, Slot

IS_A_MONTH = models.Q(month__day=1)


class HourRules(models.Model):
    """How a network counts: days after which silence approves, the day on which pay is prepared.

    What is worked after the cut-off is estimated as planned, and put right with the next pay.
    """

    network = models.OneToOneField(Network, models.CASCADE, related_name="hour_rules")
    tacit_days = models.PositiveSmallIntegerField(_("days after which silence approves"), default=5)
    cut_off_day = models.PositiveSmallIntegerField(_("day on which pay is prepared"), default=25)

    objects: ClassVar[models.Manager["HourRules"]] = scoped_by(network="network")

    class Meta:
        ordering = ["network_id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    tacit_days__gte=1,
                    tacit_days__lte=31,
                    cut_off_day__gte=1,
                    cut_off_day__lte=31,
                ),
                name="hour_rules_are_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.network_id}: {self.tacit_days}, {self.cut_off_day}"


class HourEntry(models.Model):
    """Hours of a worker for a firm on a day: as planned, as declared, as the firm says.

    `planned_*` is what the plan said when the entry was made or brought up to date; None when it
    never was in the plan. Presence is what the worker gave (none for a cancelled slot or a public
    holiday), `billed_minutes` what the firm bears; a price may bill part of a cancelled slot.
    Travel belongs to the slot it leads to: half is borne by each of the two firms. `told_key` is
    the key of the telephone that declared it: the same one twice changes nothing.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="hour_entries")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="hour_entries")
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="hour_entries")
    contract = models.ForeignKey(EmploymentContract, models.PROTECT, related_name="hour_entries")
    slot = models.ForeignKey(
        Slot, models.SET_NULL, null=True, blank=True, related_name="hour_entries"
    )
    kind = models.CharField(max_length=9, choices=EntryKind, default=EntryKind.WORKED)
    state = models.CharField(max_length=9, choices=EntryState, default=EntryState.PLANNED)
    occupation_label = models.CharField(_("occupation"), max_length=120)
    day = models.DateField(_("day"))
    planned_start = models.PositiveSmallIntegerField(null=True)
    planned_end = models.PositiveSmallIntegerField(null=True)
    planned_break = models.PositiveSmallIntegerField(null=True)
    start_minute = models.PositiveSmallIntegerField(_("from"))
    end_minute = models.PositiveSmallIntegerField(_("to"))
    break_minutes = models.PositiveSmallIntegerField(_("unpaid break"), default=0)
    billed_minutes = models.PositiveSmallIntegerField(_("billed time"))
    cancelled_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(_("why it differs"), max_length=200, blank=True)
    told_key = models.UUIDField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["HourEntry"]] = scoped_by(network="network")

    class Meta:
        ordering = ["day", "start_minute", "worker_id", "id"]
        indexes = [models.Index(fields=["network", "day"], name="hours_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "slot", "kind", "organisation"],
                condition=models.Q(slot__isnull=False),
                name="hours_once_per_slot",
            ),
            models.CheckConstraint(condition=IS_A_TIME, name="hours_are_a_time"),
            models.CheckConstraint(
                condition=models.Q(
                    break_minutes__lte=models.F("end_minute") - models.F("start_minute")
                ),
                name="hours_hold_their_break",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id}, {self.day}"

    @property
    def presence_minutes(self) -> int:
        """Paid time that the worker gave; none of a cancelled slot or a public holiday."""
        if self.kind in {EntryKind.CANCELLED, EntryKind.HOLIDAY}:
            return 0
        return self.end_minute - self.start_minute - self.break_minutes

    @property
    def planned_minutes(self) -> int:
        """What the plan held; none when it never was in the plan."""
        if self.planned_start is None or self.planned_end is None:
            return 0
        return self.planned_end - self.planned_start - (self.planned_break or 0)


class HourWord(models.Model):
    """What a worker, a firm or the group says about an entry: never changed, never deleted."""

    entry = models.ForeignKey(HourEntry, models.PROTECT, related_name="words")
    voice = models.CharField(max_length=6, choices=Voice)
    author = models.CharField(_("who"), max_length=120, blank=True)
    text = models.CharField(_("what is said"), max_length=500)
    at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["HourWord"]] = scoped_by(network="entry__network")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.voice} on {self.entry_id}"


class FirmMonth(models.Model):
    """The hours of one firm in one month, sent to it to be confirmed by one tap.

    `link` counts the links that confirm it: a new one makes those before void. `tacit_on` is the
    day from which silence approves.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="firm_months")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="firm_months")
    month = models.DateField(_("month"))
    link = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    tacit_on = models.DateField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(_("confirmed by"), max_length=120, blank=True)
    tacit = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["FirmMonth"]] = scoped_by(network="network")

    class Meta:
        ordering = ["month", "organisation_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "organisation", "month"], name="firm_month_once"
            ),
            models.CheckConstraint(condition=IS_A_MONTH, name="firm_month_is_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}, {self.month:%Y-%m}"


class MonthClosing(models.Model):
    """A month whose hours change no more."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="month_closings")
    month = models.DateField(_("month"))
    closed_at = models.DateTimeField(auto_now_add=True)
    closed_by_id = models.UUIDField()

    objects: ClassVar[models.Manager["MonthClosing"]] = scoped_by(network="network")

    class Meta:
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["network", "month"], name="month_closed_once"),
            models.CheckConstraint(condition=IS_A_MONTH, name="closing_is_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class PayCut(models.Model):
    """What the pay of a month was prepared with at its cut-off, for each contract in each firm.

    `lines` holds public ids and minutes: contract, firm, of the month, of months before put right.
    Days to come then were estimated as planned; the next pay puts right what differs.
    """

    network = models.ForeignKey(Network, models.CASCADE, related_name="pay_cuts")
    month = models.DateField(_("month"))
    made_at = models.DateTimeField(auto_now_add=True)
    made_by_id = models.UUIDField()
    lines = models.JSONField()

    objects: ClassVar[models.Manager["PayCut"]] = scoped_by(network="network")

    class Meta:
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["network", "month"], name="pay_cut_once"),
            models.CheckConstraint(condition=IS_A_MONTH, name="pay_cut_is_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class Adjustment(models.Model):
    """Hours of a closed month put right: more or fewer minutes, counted in an open month.

    `day` is the day of the work, `month` the one that bears the difference. Adjustments add up:
    what holds for an entry is what it says and all of its adjustments, in any order.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="hour_adjustments")
    entry = models.ForeignKey(
        HourEntry, models.PROTECT, null=True, blank=True, related_name="adjustments"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="hour_adjustments")
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="hour_adjustments")
    contract = models.ForeignKey(
        EmploymentContract, models.PROTECT, related_name="hour_adjustments"
    )
    day = models.DateField(_("day of the work"))
    month = models.DateField(_("month that counts it"))
    presence_minutes = models.SmallIntegerField(_("paid time, more or less"))
    billed_minutes = models.SmallIntegerField(_("billed time, more or less"))
    why = models.CharField(_("why"), max_length=200)
    made_by_id = models.UUIDField()
    made_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Adjustment"]] = scoped_by(network="network")

    class Meta:
        ordering = ["day", "made_at", "id"]
        constraints = [
            models.CheckConstraint(condition=IS_A_MONTH, name="adjustment_counts_in_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id}, {self.day}: {self.billed_minutes}"


class Expense(models.Model):
    """What a worker spent for one firm or several; the shares add up to the amount.

    Kilometres keep the rate of their day, in euros a kilometre, and where it comes from.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="expenses")
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="expenses")
    day = models.DateField(_("day"))
    kind = models.CharField(_("what it is"), max_length=8, choices=ExpenseKind)
    label = models.CharField(_("what for"), max_length=120, blank=True)
    kilometres = models.DecimalField(
        _("kilometres"), max_digits=6, decimal_places=1, null=True, blank=True
    )
    rate = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    rate_source = models.CharField(max_length=120, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=8, decimal_places=2)
    receipt = models.BinaryField(null=True, blank=True)
    receipt_type = models.CharField(max_length=30, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    refused_why = models.CharField(_("why it is refused"), max_length=200, blank=True)
    told_key = models.UUIDField(null=True, blank=True, unique=True)

    objects: ClassVar[models.Manager["Expense"]] = scoped_by(network="network")

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="expense_is_an_amount"),
            models.CheckConstraint(
                condition=models.Q(kind=ExpenseKind.MILEAGE, kilometres__gt=0, rate__gt=0)
                | (~models.Q(kind=ExpenseKind.MILEAGE) & models.Q(kilometres=None, rate=None)),
                name="mileage_has_its_rate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id}, {self.day}"


class ExpenseShare(models.Model):
    """What one firm bears of an expense."""

    expense = models.ForeignKey(Expense, models.CASCADE, related_name="shares")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="expense_shares")
    amount = models.DecimalField(_("amount"), max_digits=8, decimal_places=2)

    objects: ClassVar[models.Manager["ExpenseShare"]] = scoped_by(network="expense__network")

    class Meta:
        ordering = ["expense_id", "organisation_id"]
        constraints = [
            models.UniqueConstraint(fields=["expense", "organisation"], name="expense_share_once"),
        ]

    def __str__(self) -> str:
        return f"{self.expense_id}: {self.amount}"
