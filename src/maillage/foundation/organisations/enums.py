"""Lists that the law, the statistics office or the field give us."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganisationKind(models.TextChoices):
    """What an organisation is."""

    FIRM = "firm", _("Firm")
    LARGE_FIRM = "large_firm", _("Large firm")
    ASSOCIATION = "association", _("Association")
    COOPERATIVE = "cooperative", _("Cooperative")
    CHAMBER = "chamber", _("Chamber or trade body")
    AUTHORITY = "authority", _("Public authority")
    TRAINING_BODY = "training_body", _("Training body")
    BANK = "bank", _("Bank")


class SizeBand(models.TextChoices):
    """How many people a firm employs."""

    SELF_EMPLOYED = "self_employed", _("Self-employed, no employee")
    VERY_SMALL = "very_small", _("1 to 9 employees")
    SMALL = "small", _("10 to 49 employees")
    MEDIUM = "medium", _("50 to 249 employees")
    LARGE = "large", _("250 employees or more")


class ActivityScheme(models.TextChoices):
    """Which list an activity code belongs to; both are in use around 2027."""

    NAF_2 = "naf2", _("NAF rév. 2 (2008)")
    NAF_2025 = "naf2025", _("NAF 2025")


class BodyFamily(models.TextChoices):
    """The four families of outside bodies of the 1999 report."""

    AUTHORITY = "authority", _("Authority")
    CHAMBER = "chamber", _("Chamber or trade body")
    TRAINING_OR_ADVICE = "training", _("Training or advice body")
    ECONOMIC_OR_FINANCIAL = "financial", _("Economic or financial body")


class RoleKind(models.TextChoices):
    """What a person is in an organisation."""

    OWNER = "owner", _("Head of the firm")
    EMPLOYEE = "employee", _("Employee")
    CORRESPONDENT = "correspondent", _("Contact person")
    ADVISER = "adviser", _("Adviser")
    TRAINER = "trainer", _("Trainer")
    TUTOR = "tutor", _("Tutor")
    TRAINEE = "trainee", _("Trainee")
    CREATOR = "creator", _("Business creator")
    VOLUNTEER = "volunteer", _("Volunteer")
    ELECTED = "elected", _("Elected official")


class Channel(models.TextChoices):
    """How a person can be reached."""

    MAIL = "mail", _("E-mail")
    WEB = "web", _("Web page")
    SMS = "sms", _("Text message")
    PHONE = "phone", _("Telephone")
    LETTER = "letter", _("Letter")
    VISIT = "visit", _("Visit")


class Equipment(models.TextChoices):
    """What a firm has to work with on a screen."""

    NONE = "none", _("No computer or smartphone")
    PHONE = "phone", _("A smartphone")
    COMPUTER = "computer", _("A computer")
    BOTH = "both", _("A computer and smartphones")


class Connection(models.TextChoices):
    """How well a firm is connected."""

    NONE = "none", _("No connection")
    POOR = "poor", _("Slow or unreliable")
    GOOD = "good", _("Good")


class TerritoryKind(models.TextChoices):
    """What a territory is called; territories nest and overlap freely."""

    COMMUNE = "commune", _("Commune")
    TOWN_CENTRE = "town_centre", _("Town centre")
    BASIN = "basin", _("Employment basin")
    INTERCOMMUNALITY = "intercommunality", _("Group of communes")
    PARK = "park", _("Regional park")
    DEPARTMENT = "department", _("Department")
    REGION = "region", _("Region")
    OTHER = "other", _("Other area")


class ImportState(models.TextChoices):
    """Where an import stands."""

    READING = "reading", _("Being read")
    READY = "ready", _("Ready to apply")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    UNDONE = "undone", _("Undone")
    REFUSED = "refused", _("Refused")


class RowFate(models.TextChoices):
    """What becomes of a row of an import."""

    WAITING = "waiting", pgettext_lazy("line of an import", "Not judged yet")
    CREATE = "create", _("Will be created")
    CHANGE = "change", _("Will be changed")
    SAME = "same", _("Already there, nothing to change")
    DUPLICATE = "duplicate", _("Twice in the file")
    REFUSED = "refused", pgettext_lazy("line of an import", "Refused")
    CREATED = "created", _("Created")
    CHANGED = "changed", _("Changed")
    UNDONE = "undone", pgettext_lazy("line of an import", "Undone")
    KEPT = "kept", _("Kept: changed since")
