"""Shared workers: one employer, the group; a lending agreement for each firm they work in.

Times of the day are whole minutes from midnight, working time is minutes, pay is euros before
contributions.
"""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.foundation.networks.models import Network, Task
from maillage.foundation.organisations.models import Organisation, Site
from maillage.foundation.organisations.scoping import scoped_by
from maillage.launch.shared_jobs.models import JobProposal
from maillage.run.employment import models_of_contracts  # noqa: F401 -- models of the application
from maillage.run.employment.enums import (
    AbsenceKind,
    ContractKind,
    EndReason,
    LeaveKind,
    LeaveState,
    ShortHours,
    WeeklyKind,
)

ENDS_AFTER_START = models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on"))


class Worker(models.Model):
    """Somebody the group employs, or will; their home is known to whoever plans, to no firm.

    `link` counts the links to the worker's own page: a new one makes those before void.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="workers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="workers"
    )
    name = models.CharField(_("name"), max_length=120)
    folded_name = models.CharField(max_length=120, editable=False, db_index=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=5, default=settings.LANGUAGE_CODE)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    address = models.CharField(_("number and street"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=5, blank=True)
    commune = models.CharField(_("commune"), max_length=80, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    link = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1, editable=False)
    added_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Worker"]] = scoped_by(network="network")

    class Meta:
        ordering = ["folded_name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__isnull=False, longitude__isnull=False),
                name="worker_home_is_a_point",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WorkerSkill(models.Model):
    """An occupation (ROME code) that a worker can do, from level 1 (beginner) to 3 (expert)."""

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="skills")
    occupation = models.CharField(_("occupation (ROME code)"), max_length=5)
    occupation_label = models.CharField(_("occupation"), max_length=120)
    level = models.PositiveSmallIntegerField(_("level"), default=2)

    objects: ClassVar[models.Manager["WorkerSkill"]] = scoped_by(network="worker__network")

    class Meta:
        ordering = ["worker_id", "-level", "occupation"]
        constraints = [
            models.UniqueConstraint(fields=["worker", "occupation"], name="worker_skill_once"),
            models.CheckConstraint(
                condition=models.Q(level__gte=1, level__lte=3), name="worker_skill_level_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.occupation_label


class EmploymentContract(models.Model):
    """A contract between a worker and the group, their one employer (Code du travail L1253-9).

    `annual_minutes` is set when working time is counted over the year. `declared_on` is the day of
    the declaration before hiring. `hired_by` is the member that took the worker on at the end.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="contracts")
    job = models.ForeignKey(
        JobProposal, models.SET_NULL, null=True, blank=True, related_name="contracts"
    )
    kind = models.CharField(_("kind of contract"), max_length=12, choices=ContractKind)
    title = models.CharField(_("job title"), max_length=120)
    occupation = models.CharField(_("occupation (ROME code)"), max_length=5, blank=True)
    qualification = models.CharField(_("qualification"), max_length=120)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day, as agreed"), null=True, blank=True)
    reason = models.CharField(_("why it is not permanent"), max_length=300, blank=True)
    week_minutes = models.PositiveIntegerField(_("working time a week"))
    annual_minutes = models.PositiveIntegerField(_("working time a year"), null=True, blank=True)
    hourly_pay = models.DecimalField(_("gross pay an hour"), max_digits=7, decimal_places=2)
    mobility_premium = models.DecimalField(
        _("pay for moving between firms, a month"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
    )
    short_hours = models.CharField(
        _("why it is under 24 hours"), max_length=14, choices=ShortHours, blank=True
    )
    trial_ends_on = models.DateField(_("end of the trial period"), null=True, blank=True)
    trial_renewed_on = models.DateField(_("trial period renewed on"), null=True, blank=True)
    declared_on = models.DateField(_("declared before hiring on"), null=True, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("how it ended"), max_length=16, choices=EndReason, blank=True)
    hired_by = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="workers_hired"
    )

    objects: ClassVar[models.Manager["EmploymentContract"]] = scoped_by(network="worker__network")

    class Meta:
        ordering = ["worker_id", "-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="contract_ends_after_start"),
            models.CheckConstraint(
                condition=models.Q(ended_on=None, end_reason="")
                | (models.Q(ended_on__isnull=False) & ~models.Q(end_reason="")),
                name="contract_end_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.starts_on})"


class HoursAmendment(models.Model):
    """For a time, a contract counts other weekly hours (Code du travail L3123-22).

    `allowed_by` is the clause of the branch agreement that allows it. One that makes up for
    somebody away, named in `replaces`, is not among those that a year may have.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contract = models.ForeignKey(EmploymentContract, models.CASCADE, related_name="amendments")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"))
    week_minutes = models.PositiveIntegerField(_("working time a week"))
    reason = models.CharField(_("why"), max_length=200)
    allowed_by = models.CharField(_("text that allows it"), max_length=200, blank=True)
    replaces = models.CharField(_("who is replaced"), max_length=120, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)

    objects: ClassVar[models.Manager["HoursAmendment"]] = scoped_by(
        network="contract__worker__network"
    )

    class Meta:
        ordering = ["contract_id", "starts_on"]
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="amendment_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.starts_on}–{self.ends_on}"


class LendingAgreement(models.Model):
    """The group lends a worker to a member firm: no placement without it, once it is signed.

    `week_minutes` is what the firm commits to. It holds from its first day to `ended_on`, else to
    its last day as agreed; `site` None is the firm's main site.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contract = models.ForeignKey(EmploymentContract, models.CASCADE, related_name="lendings")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="lendings")
    site = models.ForeignKey(Site, models.SET_NULL, null=True, blank=True, related_name="lendings")
    post = models.CharField(_("post"), max_length=120)
    occupation = models.CharField(_("occupation (ROME code)"), max_length=5)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day, as agreed"), null=True, blank=True)
    week_minutes = models.PositiveIntegerField(_("hours a week"))
    rhythm = models.CharField(_("days and times"), max_length=300)
    cost_terms = models.CharField(_("price and how it changes"), max_length=500)
    notice_days = models.PositiveSmallIntegerField(_("days of notice"), default=90)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    notice_given_on = models.DateField(_("notice given on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("how it ended"), max_length=200, blank=True)

    objects: ClassVar[models.Manager["LendingAgreement"]] = scoped_by(
        network="contract__worker__network"
    )

    class Meta:
        ordering = ["contract_id", "starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="lending_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} at {self.organisation_id}"


class Recruitment(models.Model):
    """Somebody to recruit before a departure that is known or forecast, then to settle in.

    `contract` is the one that ends, None for a departure that only the forecast expects; the two
    tasks recall the recruitment, then the first days in the firms.
    """

    network = models.ForeignKey(Network, models.CASCADE, related_name="recruitments")
    contract = models.OneToOneField(
        EmploymentContract, models.CASCADE, null=True, blank=True, related_name="replacement"
    )
    post = models.CharField(_("post"), max_length=120, blank=True)
    needed_on = models.DateField(_("needed on"))
    task = models.OneToOneField(Task, models.CASCADE, related_name="recruitment")
    induction = models.OneToOneField(Task, models.CASCADE, related_name="induction")
    opened_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Recruitment"]] = scoped_by(network="network")

    class Meta:
        ordering = ["needed_on", "id"]

    def __str__(self) -> str:
        return f"{self.post or 'somebody'} before {self.needed_on}"


class Certificate(models.Model):
    """A licence or certificate that a worker holds, and until when."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="certificates")
    title = models.CharField(_("licence or certificate"), max_length=120)
    number = models.CharField(_("number"), max_length=60, blank=True)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)

    objects: ClassVar[models.Manager["Certificate"]] = scoped_by(network="worker__network")

    class Meta:
        ordering = ["worker_id", "expires_on", "title"]

    def __str__(self) -> str:
        return self.title


class WeeklyTime(models.Model):
    """What a worker does at the same time every week, elsewhere: another job counts as work."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="weekly_times")
    kind = models.CharField(_("what"), max_length=12, choices=WeeklyKind)
    weekday = models.PositiveSmallIntegerField(_("day"))
    start_minute = models.PositiveSmallIntegerField(_("from"))
    end_minute = models.PositiveSmallIntegerField(_("to"))
    starts_on = models.DateField(_("since"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    objects: ClassVar[models.Manager["WeeklyTime"]] = scoped_by(network="worker__network")

    class Meta:
        ordering = ["worker_id", "weekday", "start_minute"]
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="weekly_time_ends_after_start"),
            models.CheckConstraint(
                condition=models.Q(weekday__lte=6, end_minute__gt=models.F("start_minute")),
                name="weekly_time_is_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id}, day {self.weekday}"


class Authorisation(models.Model):
    """A paper that lets a worker do what a rule forbids without it (night, Sunday, long days…).

    `rule` is the rule's name in the rule pack; `content` the paper itself.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="authorisations")
    rule = models.CharField(_("rule"), max_length=40)
    title = models.CharField(_("document"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    media_type = models.CharField(max_length=40, blank=True)
    content = models.BinaryField(null=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by_id = models.UUIDField()

    objects: ClassVar[models.Manager["Authorisation"]] = scoped_by(network="worker__network")

    class Meta:
        ordering = ["worker_id", "rule", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=ENDS_AFTER_START, name="authorisation_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.title}"


class Leave(models.Model):
    """Leave asked for, then granted or refused; both days are included.

    `from_noon`: the morning of the first day is worked; `until_noon`: the afternoon of the last is.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="leaves")
    kind = models.CharField(_("kind of leave"), max_length=10, choices=LeaveKind)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    from_noon = models.BooleanField(_("from noon"), default=False)
    until_noon = models.BooleanField(_("until noon"), default=False)
    state = models.CharField(max_length=10, choices=LeaveState, default=LeaveState.ASKED)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.UUIDField(null=True)

    objects: ClassVar[models.Manager["Leave"]] = scoped_by(network="worker__network")

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="leave_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id}: {self.starts_on}–{self.ends_on}"


class Absence(models.Model):
    """Somebody is away without having asked; no diagnosis is ever kept.

    It lasts from `starts_at` until the day before `back_on`, else before `expected_on`; while
    neither is known, until somebody says so.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="absences")
    kind = models.CharField(_("why"), max_length=10, choices=AbsenceKind)
    starts_at = models.DateTimeField(_("from"))
    expected_on = models.DateField(_("expected back on"), null=True, blank=True)
    back_on = models.DateField(_("back on"), null=True, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="accidents"
    )
    paper_received_on = models.DateField(_("sick note received on"), null=True, blank=True)
    declared_on = models.DateField(_("accident declared on"), null=True, blank=True)
    reported_on = models.DateField(_("accident reported by the firm on"), null=True, blank=True)
    said_by = models.CharField(_("said by"), max_length=120)
    said_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Absence"]] = scoped_by(network="worker__network")

    class Meta:
        ordering = ["-starts_at", "-id"]

    def __str__(self) -> str:
        return f"{self.worker_id} from {self.starts_at}"
