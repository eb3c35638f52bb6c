"""The employer group of a network, what it sent, what it must do, who answers for its debts."""

import uuid
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.foundation.networks.models import Decision, Network, Task
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.organisations.scoping import scoped_by
from maillage.run.group.enums import (
    ChangeKind,
    ComparedItem,
    ComparisonState,
    FilingAnswer,
    FilingKind,
    GroupKind,
    KeyBasis,
    LegalForm,
    VatRegime,
)

DIGITS, CENTS = 12, 2  # of an amount of money, or of hours


class EmployerGroup(models.Model):
    """The legal person that employs the shared workers: one for a network.

    `seen` holds how things stood when they were last looked at, as prints that name nobody (see
    `changes`); empty until the first paper is sent. `link` counts the addresses of the calendar.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.OneToOneField(Network, models.CASCADE, related_name="employer_group")
    kind = models.CharField(_("kind of group"), max_length=1, choices=GroupKind)
    name = models.CharField(_("name"), max_length=160)
    legal_form = models.CharField(_("legal form"), max_length=20, choices=LegalForm)
    address = models.CharField(_("seat: number and street"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=5, blank=True)
    commune = models.CharField(_("commune"), max_length=80, blank=True)
    created_on = models.DateField(_("created on"))
    starts_on = models.DateField(_("first worker lent on"), null=True, blank=True)
    statutes_on = models.DateField(_("statutes signed on"), null=True, blank=True)
    published_in = models.CharField(
        _("publication in the Journal officiel, or number in the register"),
        max_length=120,
        blank=True,
    )
    agreement = models.CharField(_("collective agreement (IDCC)"), max_length=4, blank=True)
    planned_staff = models.TextField(_("workers planned"), max_length=1000, blank=True)
    guarantee = models.TextField(_("how debts are guaranteed"), max_length=1000, blank=True)
    area = models.CharField(_("area served"), max_length=200, blank=True)
    exit_terms = models.TextField(_("how a member leaves"), max_length=1000, blank=True)
    year_end_month = models.PositiveSmallIntegerField(
        _("last month of the financial year"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    seen = models.JSONField(default=dict)
    link = models.PositiveIntegerField(default=1)
    set_up_on = models.DateField(_("kept here since"))

    objects: ClassVar[models.Manager["EmployerGroup"]] = scoped_by(network="network")

    class Meta:
        ordering = ["network_id"]

    def __str__(self) -> str:
        return self.name


class GroupManager(models.Model):
    """Somebody who manages the group, with the home address that the authority asks for."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(EmployerGroup, models.CASCADE, related_name="managers")
    name = models.CharField(_("name"), max_length=120)
    function = models.CharField(_("function"), max_length=80)
    address = models.CharField(_("home address"), max_length=300)

    objects: ClassVar[models.Manager["GroupManager"]] = scoped_by(network="group__network")

    class Meta:
        ordering = ["group_id", "id"]

    def __str__(self) -> str:
        return self.function


class Filing(models.Model):
    """What was sent to the authority, and what it answered."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(EmployerGroup, models.CASCADE, related_name="filings")
    kind = models.CharField(_("what was sent"), max_length=12, choices=FilingKind)
    sent_on = models.DateField(_("sent on"))
    registered_number = models.CharField(_("number of the registered letter"), max_length=40)
    answer = models.CharField(_("answer"), max_length=10, choices=FilingAnswer, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Filing"]] = scoped_by(network="group__network")

    class Meta:
        ordering = ["-sent_on", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.sent_on}"


class NotedChange(models.Model):
    """Something that the authority must be told within a month; `filing` is what told it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(EmployerGroup, models.CASCADE, related_name="changes")
    kind = models.CharField(_("what changed"), max_length=20, choices=ChangeKind)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    happened_on = models.DateField(_("on"))
    filing = models.ForeignKey(
        Filing, models.SET_NULL, null=True, blank=True, related_name="changes"
    )
    noted_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["NotedChange"]] = scoped_by(network="group__network")

    class Meta:
        ordering = ["happened_on", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_on}"


class Deadline(models.Model):
    """One thing to do once: a rule of the clock (`rule`), for one `occurrence` (a year, a paper).

    `firm` is whom it is about, if anybody. Done once `done_on` is set, with what shows it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(EmployerGroup, models.CASCADE, related_name="deadlines")
    rule = models.CharField(max_length=40)
    occurrence = models.CharField(max_length=80)
    firm = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("to be done by"))
    task = models.OneToOneField(
        Task, models.SET_NULL, null=True, blank=True, related_name="deadline"
    )
    done_on = models.DateField(_("done on"), null=True, blank=True)
    proof = models.CharField(_("what shows it"), max_length=300, blank=True)
    done_by_id = models.UUIDField(null=True)

    objects: ClassVar[models.Manager["Deadline"]] = scoped_by(network="group__network")

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["group", "rule", "occurrence"], name="deadline_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.occurrence}"


class SolidarityKey(models.Model):
    """How the debts of the group are shared from a day on, as the statutes say (L1253-8).

    `cap` is the most one member may be asked for, `trial_cap` the most a trial member may; None
    when the statutes set no ceiling. Versions are kept: the one in force is the last begun.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(EmployerGroup, models.CASCADE, related_name="keys")
    number = models.PositiveIntegerField()
    basis = models.CharField(_("how debts are shared"), max_length=10, choices=KeyBasis)
    cap = models.DecimalField(
        _("ceiling for a member"), max_digits=DIGITS, decimal_places=CENTS, null=True, blank=True
    )
    trial_cap = models.DecimalField(
        _("ceiling for a trial member"),
        max_digits=DIGITS,
        decimal_places=CENTS,
        null=True,
        blank=True,
    )
    effective_from = models.DateField(_("in force from"))
    statutes_ref = models.CharField(_("where the statutes say it"), max_length=120)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["SolidarityKey"]] = scoped_by(network="group__network")

    class Meta:
        ordering = ["group_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="solidarity_key_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.basis} from {self.effective_from}"


class KeyWeight(models.Model):
    """What a member weighs in a key: hours, or euros of wages, over twelve months."""

    key = models.ForeignKey(SolidarityKey, models.CASCADE, related_name="weights")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    weight = models.DecimalField(
        max_digits=DIGITS, decimal_places=CENTS, validators=[MinValueValidator(0)]
    )

    objects: ClassVar[models.Manager["KeyWeight"]] = scoped_by(network="key__group__network")

    class Meta:
        ordering = ["key_id", "organisation_id"]
        constraints = [
            models.UniqueConstraint(fields=["key", "organisation"], name="key_weight_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.weight}"


class VatStatus(models.Model):
    """How value added tax stands in a year: for the group (`organisation` None) or a member.

    `taxable_share` is the part of the receipts that is taxed, in percent.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(EmployerGroup, models.CASCADE, related_name="vat")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    regime = models.CharField(_("regime"), max_length=8, choices=VatRegime)
    basis = models.CharField(_("basis of the exemption"), max_length=160, blank=True)
    taxable_share = models.DecimalField(
        _("taxed part of the receipts"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    evidence = models.CharField(_("what shows it"), max_length=300)
    recorded_on = models.DateField(_("noted on"))

    objects: ClassVar[models.Manager["VatStatus"]] = scoped_by(network="group__network")

    class Meta:
        ordering = ["-year", "organisation_id"]
        verbose_name_plural = "VAT statuses"
        constraints = [
            models.UniqueConstraint(
                fields=["group", "organisation", "year"], name="vat_once_per_member_and_year"
            ),
            models.UniqueConstraint(
                fields=["group", "year"],
                condition=models.Q(organisation=None),
                name="vat_once_per_group_and_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.regime} {self.year}"


class Comparison(models.Model):
    """Collective agreements side by side for chosen posts, put to the vote of the members."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(EmployerGroup, models.CASCADE, related_name="comparisons")
    title = models.CharField(_("question put to the members"), max_length=160)
    agreements = models.JSONField(_("collective agreements compared"))
    posts = models.JSONField(_("posts compared"))
    state = models.CharField(max_length=8, choices=ComparisonState, default=ComparisonState.DRAFT)
    votes_until = models.DateField(_("votes until"), null=True, blank=True)
    decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="comparison"
    )
    chosen = models.CharField(_("agreement chosen"), max_length=4, blank=True)
    begun_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Comparison"]] = scoped_by(network="group__network")

    class Meta:
        ordering = ["-begun_at", "-id"]

    def __str__(self) -> str:
        return self.title


class ComparedCell(models.Model):
    """What one agreement gives for one post: the value as typed, and where it was read."""

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="cells")
    post = models.CharField(max_length=120)
    agreement = models.CharField(max_length=4)
    item = models.CharField(max_length=10, choices=ComparedItem)
    value = models.CharField(max_length=160)
    source = models.CharField(max_length=200)

    objects: ClassVar[models.Manager["ComparedCell"]] = scoped_by(
        network="comparison__group__network"
    )

    class Meta:
        ordering = ["comparison_id", "post", "agreement", "item"]
        constraints = [
            models.UniqueConstraint(
                fields=["comparison", "post", "agreement", "item"], name="compared_cell_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post}, {self.agreement}: {self.item}"


class AgreementVote(models.Model):
    """The voice of a member for one agreement: one voice a member, changed until the vote ends."""

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="votes")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    agreement = models.CharField(max_length=4)
    person_id = models.UUIDField()
    voted_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[models.Manager["AgreementVote"]] = scoped_by(
        network="comparison__group__network"
    )

    class Meta:
        ordering = ["comparison_id", "organisation_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["comparison", "organisation"], name="agreement_vote_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.agreement}"
