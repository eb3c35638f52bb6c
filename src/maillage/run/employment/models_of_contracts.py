"""What goes with a contract: what it says besides, its renewals, its firms, opinions, tasks.

The contract itself is in `models`, which gives these too.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.foundation.networks.models import ENDS_AFTER_START, Network, Task
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.organisations.scoping import scoped_by
from maillage.run.employment.enums import Grade, NoWait


class ContractTerms(models.Model):
    """What a contract says besides, as the law asks: in which firms and places one may work.

    `users` are the firms that the worker may be lent to, `places` the communes or the area of work,
    `rhythm` how the hours are spread. `least_days` is the shortest length of a contract whose last
    day is not known. `opens_on` holds the weekdays on which the firm opens (0 is Monday), by which
    a waiting time is counted; `no_wait` says why there is none.
    """

    contract = models.OneToOneField(
        "employment.EmploymentContract", models.CASCADE, related_name="terms"
    )
    grade = models.CharField(_("level of the post"), max_length=10, choices=Grade)
    rhythm = models.CharField(_("days and times"), max_length=300)
    places = models.CharField(_("places of work"), max_length=300)
    users = models.ManyToManyField(Organisation, related_name="contracts_open_to")
    least_days = models.PositiveSmallIntegerField(_("shortest length"), null=True, blank=True)
    opens_on = models.CharField(_("days on which the firm opens"), max_length=7, default="01234")
    no_wait = models.CharField(
        _("why there is no waiting time"), max_length=10, choices=NoWait, blank=True
    )

    objects: ClassVar[models.Manager["ContractTerms"]] = scoped_by(
        network="contract__worker__network"
    )

    class Meta:
        ordering = ["contract_id"]
        verbose_name_plural = "contract terms"

    def __str__(self) -> str:
        return f"terms of {self.contract_id}"


class ContractRenewal(models.Model):
    """A contract that was to end goes on to another day, once the worker and the group signed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contract = models.ForeignKey(
        "employment.EmploymentContract", models.CASCADE, related_name="renewals"
    )
    ends_on = models.DateField(_("new last day"))
    reason = models.CharField(_("why"), max_length=300)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)

    objects: ClassVar[models.Manager["ContractRenewal"]] = scoped_by(
        network="contract__worker__network"
    )

    class Meta:
        ordering = ["contract_id", "ends_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract"], condition=models.Q(signed_on=None), name="renewal_one_at_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} to {self.ends_on}"


class UsersChange(models.Model):
    """A firm enters or leaves the list of those where a worker may work, once the change is signed.

    A firm that left the group is on no list any more, signed or not: `takes_effect_on` says when.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contract = models.ForeignKey(
        "employment.EmploymentContract", models.CASCADE, related_name="changes_of_users"
    )
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    joins = models.BooleanField(_("the firm joins the list"))
    takes_effect_on = models.DateField(_("from"))
    signed_on = models.DateField(_("signed on"), null=True, blank=True)

    objects: ClassVar[models.Manager["UsersChange"]] = scoped_by(
        network="contract__worker__network"
    )

    class Meta:
        ordering = ["contract_id", "takes_effect_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "organisation"],
                condition=models.Q(signed_on=None),
                name="users_change_one_at_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.contract_id}"


class TrialOpinion(models.Model):
    """What a firm says of a worker before the trial period ends; None while it has not answered."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contract = models.ForeignKey(
        "employment.EmploymentContract", models.CASCADE, related_name="opinions"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="opinions_of_workers"
    )
    asked_on = models.DateField(_("asked on"))
    answer_by = models.DateField(_("answer by"))
    in_favour = models.BooleanField(_("the firm would go on"), null=True)
    words = models.CharField(_("in its words"), max_length=500, blank=True)
    given_on = models.DateField(_("given on"), null=True, blank=True)

    objects: ClassVar[models.Manager["TrialOpinion"]] = scoped_by(
        network="contract__worker__network"
    )

    class Meta:
        ordering = ["contract_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "organisation"], name="opinion_once"),
            models.CheckConstraint(
                condition=models.Q(in_favour=None, given_on=None)
                | models.Q(in_favour__isnull=False, given_on__isnull=False),
                name="opinion_given_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} on {self.contract_id}"


class ContractTask(models.Model):
    """Something to do for a contract before a day; `key` says which, once for each contract."""

    contract = models.ForeignKey(
        "employment.EmploymentContract", models.CASCADE, related_name="tasks"
    )
    key = models.CharField(max_length=60)
    task = models.OneToOneField(Task, models.CASCADE, related_name="of_contract")

    objects: ClassVar[models.Manager["ContractTask"]] = scoped_by(
        network="contract__worker__network"
    )

    class Meta:
        ordering = ["contract_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "key"], name="contract_task_once"),
        ]

    def __str__(self) -> str:
        return self.key


class ContractFigure(models.Model):
    """A collective agreement gives a rule of contracts another figure, between two days.

    `rule` is a key of `law`; `reference` names the text that allows it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="contract_figures")
    rule = models.CharField(_("rule"), max_length=40)
    value = models.PositiveIntegerField(_("figure"))
    reference = models.CharField(_("text that allows it"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by_id = models.UUIDField()

    objects: ClassVar[models.Manager["ContractFigure"]] = scoped_by(network="network")

    class Meta:
        ordering = ["rule", "starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=ENDS_AFTER_START, name="contract_figure_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} from {self.starts_on}"
