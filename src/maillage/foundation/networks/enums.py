"""What a network is made for, who belongs to it and how."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NetworkAim(models.TextChoices):
    """What a network is created for."""

    SHARED_EMPLOYMENT = "shared_employment", _("Sharing staff")
    SAME_TRADE = "same_trade", _("Working together in one trade")
    THEME = "theme", _("Working on one theme")
    LOCAL_DEVELOPMENT = "local_development", _("Developing a territory")
    LEARNING = "learning", _("Learning together")
    CREATION = "creation", _("Creating firms")


class Composition(models.TextChoices):
    """Which firms a network brings together."""

    SMALL_ONLY = "small_only", _("Small firms only")
    SMALL_WITH_LARGE = "small_with_large", _("Small firms with large ones")
    MIXED = "mixed", _("Firms and other bodies")


class Tier(models.TextChoices):
    """How close a member is; the rights of each tier are those of the preset."""

    CORE = "core", _("Core")
    PERIPHERY = "periphery", _("Periphery")
    OBSERVER = "observer", _("Observer")


class NetworkRoleKind(models.TextChoices):
    """What a person does in a network."""

    ANIMATOR = "animator", _("Animator")
    TREASURER = "treasurer", _("Treasurer")
    BOARD = "board", _("Board member")
    ADVISER = "adviser", _("Adviser")
    TRAINER = "trainer", _("Trainer")
    FUNDER = "funder", _("Funder")


class BodyInvolvementKind(models.TextChoices):
    """What an outside body does in a network."""

    IMPULSE = "impulse", _("Gave the impulse")
    CARRIER = "carrier", _("Carries the project")
    PROVIDER = "provider", _("Provides services")
    RELAY = "relay", _("Relays to firms")
    ACTIVE = "active", _("Takes part")
    FUNDER = "funder", _("Funds")


class ObjectiveState(models.TextChoices):
    """Where an objective stands."""

    PROPOSED = "proposed", _("Proposed")
    ACTIVE = "active", _("Active")
    REACHED = "reached", _("Reached")
    DROPPED = "dropped", _("Dropped")
