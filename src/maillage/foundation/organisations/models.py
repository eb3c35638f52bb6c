"""The register of organisations.

A *register* is the book of organisations that one association keeps; the networks of the
association share it, and nothing passes from one register to another. Queries outside a register
raise (django-scopes).
"""

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from maillage.foundation.organisations.enums import (
    ActivityScheme,
    BodyFamily,
    Connection,
    Equipment,
    ImportState,
    OrganisationKind,
    RoleKind,
    RowFate,
    SizeBand,
    TerritoryKind,
)
from maillage.foundation.organisations.scoping import scoped_by

models.CharField.register_lookup(Length)


class Register(models.Model):
    """The book of organisations that one association keeps."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name of the association"), max_length=160)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A firm or another body: one record per organisation in a register."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    register = models.ForeignKey(Register, models.CASCADE, related_name="organisations")
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    family = models.CharField(
        _("family of outside body"), max_length=20, choices=BodyFamily, blank=True
    )
    name = models.CharField(_("name"), max_length=160)
    folded_name = models.CharField(max_length=160, editable=False, db_index=True)
    legal_form = models.CharField(_("legal form"), max_length=80, blank=True)
    siren = models.CharField(_("SIREN number"), max_length=9, blank=True)
    activity_scheme = models.CharField(
        _("list of activities"), max_length=10, choices=ActivityScheme, blank=True
    )
    activity_code = models.CharField(_("activity code"), max_length=10, blank=True)
    activity = models.CharField(_("activity, in words"), max_length=120, blank=True)
    agreement = models.CharField(_("collective agreement (IDCC)"), max_length=4, blank=True)
    size_band = models.CharField(_("size"), max_length=20, choices=SizeBand, blank=True)
    headcount = models.PositiveIntegerField(_("number of employees"), null=True, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    website = models.URLField(_("web site"), blank=True)
    presentation = models.TextField(_("presentation"), max_length=2000, blank=True)
    offers = models.TextField(_("what it offers, one line each"), max_length=2000, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[models.Manager["Organisation"]] = scoped_by(register="register")

    class Meta:
        ordering = ["folded_name", "id"]
        indexes = [
            models.Index(fields=["register", "folded_name"], name="organisation_by_name"),
            models.Index(fields=["register", "activity_code"], name="organisation_by_activity"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "siren"],
                condition=~models.Q(siren=""),
                name="organisation_siren_once_per_register",
            ),
            models.UniqueConstraint(fields=["id", "register"], name="organisation_register_pair"),
            models.CheckConstraint(
                condition=models.Q(siren="") | models.Q(siren__length=9),
                name="organisation_siren_has_nine_digits",
            ),
            models.CheckConstraint(
                condition=models.Q(activity_code="", activity_scheme="")
                | (~models.Q(activity_code="") & ~models.Q(activity_scheme="")),
                name="organisation_code_and_scheme_together",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """A place where an organisation works."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="sites")
    name = models.CharField(_("name of the site"), max_length=120, blank=True)
    siret = models.CharField(_("SIRET number"), max_length=14, blank=True, db_index=True)
    address = models.CharField(_("number and street"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=5, blank=True)
    commune = models.CharField(_("commune"), max_length=80)
    insee = models.CharField(_("INSEE code of the commune"), max_length=5, db_index=True)
    latitude = models.FloatField(
        _("latitude"), validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    placed_by_hand = models.BooleanField(_("placed on the map by hand"), default=False)
    is_main = models.BooleanField(_("main site"), default=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects: ClassVar[models.Manager["Site"]] = scoped_by(register="organisation__register")

    class Meta:
        ordering = ["-is_main", "commune", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(is_main=True),
                name="site_one_main_per_organisation",
            ),
            models.UniqueConstraint(
                fields=["organisation", "siret"],
                condition=~models.Q(siret=""),
                name="site_siret_once_per_organisation",
            ),
            models.CheckConstraint(
                condition=models.Q(siret="") | models.Q(siret__length=14),
                name="site_siret_has_fourteen_digits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name or self.organisation_id}, {self.commune}"


class Role(models.Model):
    """What a person is in an organisation, from a day to a day, and how to reach them there.

    `person` is set once that person signs in; until then the organisation's book is all there is.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="roles")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="organisation_roles",
    )
    kind = models.CharField(_("role"), max_length=20, choices=RoleKind)
    title = models.CharField(_("function, in words"), max_length=80, blank=True)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    channels = models.JSONField(_("can be reached by"), default=list, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects: ClassVar[models.Manager["Role"]] = scoped_by(register="organisation__register")

    class Meta:
        ordering = ["organisation_id", "kind", "name", "id"]
        indexes = [models.Index(fields=["person", "ends_on"], name="role_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="role_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_kind_display()})"


class DigitalReadiness(models.Model):
    """What a firm can do on a screen, on the day it was noted."""

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, related_name="digital_readiness"
    )
    equipment = models.CharField(_("equipment"), max_length=20, choices=Equipment)
    connection = models.CharField(_("connection"), max_length=20, choices=Connection)
    trained_people = models.PositiveSmallIntegerField(_("people at ease with it"), default=0)
    noted_on = models.DateField(_("noted on"))

    objects: ClassVar[models.Manager["DigitalReadiness"]] = scoped_by(
        register="organisation__register"
    )

    class Meta:
        ordering = ["organisation_id"]
        verbose_name_plural = "digital readiness"

    def __str__(self) -> str:
        return f"{self.get_equipment_display()}, {self.get_connection_display()}"


class Territory(models.Model):
    """A named set of communes; territories nest and overlap as their communes do."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    register = models.ForeignKey(Register, models.CASCADE, related_name="territories")
    kind = models.CharField(_("kind"), max_length=20, choices=TerritoryKind)
    name = models.CharField(_("name"), max_length=120)

    objects: ClassVar[models.Manager["Territory"]] = scoped_by(register="register")

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "territories"
        constraints = [
            models.UniqueConstraint(fields=["register", "name"], name="territory_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class TerritoryCommune(models.Model):
    """A commune of a territory."""

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="communes")
    insee = models.CharField(max_length=5, db_index=True)

    objects: ClassVar[models.Manager["TerritoryCommune"]] = scoped_by(
        register="territory__register"
    )

    class Meta:
        ordering = ["territory_id", "insee"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "insee"], name="territory_commune_once"),
        ]

    def __str__(self) -> str:
        return self.insee


class Coverage(models.Model):
    """A territory that an organisation serves."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="coverage")
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="covered_by")

    objects: ClassVar[models.Manager["Coverage"]] = scoped_by(register="territory__register")

    class Meta:
        ordering = ["organisation_id", "territory_id"]
        verbose_name_plural = "coverage"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "territory"], name="coverage_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} → {self.territory_id}"


class OrganisationImport(models.Model):
    """A file of organisations: read, looked at, applied, perhaps undone."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    register = models.ForeignKey(Register, models.CASCADE, related_name="imports")
    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.READING)
    columns = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    started_by_id = models.UUIDField(null=True)
    network_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["OrganisationImport"]] = scoped_by(register="register")

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """One row of an import: what it said, what became of it and why."""

    source = models.ForeignKey(OrganisationImport, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    cells = models.JSONField()
    fate = models.CharField(max_length=10, choices=RowFate)
    reasons = models.JSONField(default=list)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="+")
    before = models.JSONField(null=True)
    version = models.PositiveIntegerField(null=True)

    objects: ClassVar[models.Manager["ImportRow"]] = scoped_by(register="source__register")

    class Meta:
        ordering = ["source_id", "line"]
        constraints = [
            models.UniqueConstraint(fields=["source", "line"], name="import_row_once"),
        ]
        indexes = [models.Index(fields=["source", "fate"], name="import_row_by_fate")]

    def __str__(self) -> str:
        return f"{self.source_id}:{self.line}"
