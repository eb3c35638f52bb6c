"""Kinds of group, what is sent to the authority, how debts are shared, what is compared."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GroupKind(models.TextChoices):
    """The kinds of employer group that the Code du travail knows; `kinds.toml` explains them."""

    SAME_AGREEMENT = "a", _("All members under one collective agreement")
    SEVERAL_AGREEMENTS = "b", _("Members under several collective agreements")
    MIXED = "c", _("Firms and public bodies")
    REPLACEMENT = "d", _("Replacement of people who are away")
    COOPERATIVE = "e", _("Cooperative acting as an employer group")
    INTEGRATION = "f", _("Integration and qualification (GEIQ)")


class LegalForm(models.TextChoices):
    """The forms that a group may take (Code du travail L1253-2)."""

    ASSOCIATION = "association", _("Association (law of 1901)")
    COOPERATIVE = "cooperative", _("Cooperative company")
    LOCAL_ASSOCIATION = "local_association", _("Association of local law (Alsace-Moselle)")
    CRAFT_COOPERATIVE = "craft_cooperative", _("Craft cooperative (Alsace-Moselle)")


class FilingKind(models.TextChoices):
    """What is sent to the authority."""

    LETTER = "letter", _("Letter of information")
    DECLARATION = "declaration", _("Declaration")
    APPROVAL = "approval", _("Request for approval")
    NOTICE = "notice", _("Notice of changes")


class FilingAnswer(models.TextChoices):
    """What the authority answered."""

    NONE = "", _("No answer yet")
    ACCEPTED = "accepted", _("It agrees")
    OPPOSED = "opposed", _("It opposes or refuses")


class ChangeKind(models.TextChoices):
    """What changed since the authority was last told."""

    MEMBER_JOINED = "member_joined", _("A member joined")
    MEMBER_LEFT = "member_left", _("A member left")
    MEMBER_ADDRESS = "member_address", _("The seat or a place of a member changed")
    MEMBER_ACTIVITY = "member_activity", _("The activity of a member changed")
    MEMBER_STAFF = "member_staff", _("The number of employees of a member changed")
    MEMBER_AGREEMENT = "member_agreement", _("The collective agreement of a member changed")
    MANAGERS = "managers", _("The managers changed")
    IDENTITY = "identity", _("The name, the seat or the legal form of the group changed")
    STATUTES = "statutes", _("The statutes changed")
    AGREEMENT = "agreement", _("The collective agreement of the group changed")


class KeyBasis(models.TextChoices):
    """How the statutes share the debts of the group between its members (L1253-8)."""

    ALL = "all", _("Each member may be asked for all of them")
    EQUAL = "equal", _("In equal parts")
    HOURS = "hours", _("By the hours used over twelve months")
    WAGE_COST = "wage_cost", _("By the wages billed over twelve months")


class VatRegime(models.TextChoices):
    """Whether somebody charges value added tax."""

    LIABLE = "liable", _("Charges VAT")
    EXEMPT = "exempt", _("Exempt from VAT")


class ComparedItem(models.TextChoices):
    """What is compared between collective agreements, for one post."""

    PAY = "pay", _("Gross pay")
    HOURS = "hours", _("Weekly hours")
    LEAVE = "leave", _("Paid leave")
    NOTICE = "notice", _("Notice")
    TRIAL = "trial", _("Trial period")
    PREMIUMS = "premiums", _("Premiums")


class ComparisonState(models.TextChoices):
    """Where a comparison of collective agreements stands."""

    DRAFT = "draft", _("Being filled in")
    OPEN = "open", _("Members are voting")
    CLOSED = "closed", _("Decided")
