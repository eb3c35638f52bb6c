"""Kinds of contract, of leave, of absence; how a contract ends."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ContractKind(models.TextChoices):
    """The form of an employment contract with the group."""

    PERMANENT = "permanent", _("Permanent")
    FIXED_TERM = "fixed_term", _("Fixed-term")
    SEASONAL = "seasonal", _("Seasonal")
    REPLACEMENT = "replacement", _("Replacement of somebody away")
    APPRENTICE = "apprentice", _("Apprenticeship or work-linked training")
    SUBSIDISED = "subsidised", _("Subsidised")


# Contracts that end by themselves on a day, or when somebody comes back.
SHORT = frozenset({ContractKind.FIXED_TERM, ContractKind.SEASONAL, ContractKind.REPLACEMENT})


class Grade(models.TextChoices):
    """The level of a post, which sets the length of a trial period (Code du travail L1221-19)."""

    WORKER = "worker", _("Worker or employee")
    TECHNICIAN = "technician", _("Technician or supervisor")
    MANAGER = "manager", _("Manager")


class PaperKind(models.TextChoices):
    """A document that is drawn up and signed; its names stand in the texts kept for ever."""

    CONTRACT = "contract", _("Employment contract")
    LENDING = "lending", _("Lending agreement")
    HOURS = "hours", _("Amendment: working time")
    USERS = "users", _("Amendment: list of firms")
    RENEWAL = "renewal", _("Amendment: renewal")
    ENDING = "ending", _("End of contract")


class ShortHours(models.TextChoices):
    """Why a part-time contract may be under the legal minimum (Code du travail L3123-7, -27)."""

    REQUEST = "request", _("Written request of the worker, with reasons")
    STUDENT = "student", _("Student under 26")
    RETIREMENT = "retirement", _("Phased retirement")
    SHORT_CONTRACT = "short_contract", _("Contract of seven days at most")
    REPLACEMENT = "replacement", _("Replacement of somebody away")
    BRANCH = "branch", _("Extended agreement of the branch")


class NoWait(models.TextChoices):
    """Why a fixed term follows another in the same post without waiting (L1244-4, L1244-4-1)."""

    OTHER_POST = "other_post", _("Another post than the one held before")
    URGENT = "urgent", _("Urgent safety work (L1244-4-1, 2°)")
    USUAL = "usual", _("A job for which fixed terms are the custom (L1244-4-1, 3°)")
    HEAD = "head", _("Replaces the head of a firm or farm (L1244-4-1, 4°)")
    POLICY = "policy", _("Contract of the employment policy (L1244-4-1, 5°)")
    REFUSED = "refused", _("The worker refused a renewal, for as long as it (L1244-4-1, 7°)")
    BRANCH = "branch", _("Extended agreement of the branch (L1244-4)")


class EndReason(models.TextChoices):
    """Why a contract ended."""

    HIRED_BY_MEMBER = "hired_by_member", _("Hired by a member firm")
    STABLE_JOB = "stable_job", _("Stable job elsewhere")
    TERM = "term", _("Came to its term")
    RESIGNED = "resigned", _("Resigned")
    AGREED = "agreed", _("Ended by agreement")
    TRIAL = "trial", _("Ended during the trial period")
    DISMISSED = "dismissed", _("Dismissed")
    RETIRED = "retired", _("Retired")
    OTHER = "other", _("Other reason")


# A stable job is in a way the success of a shared one (report of 1999, lesson L57).
SUCCESSES = frozenset({EndReason.HIRED_BY_MEMBER, EndReason.STABLE_JOB})


class LeaveKind(models.TextChoices):
    """What kind of leave is asked for."""

    PAID = "paid", _("Paid leave")
    RECOVERY = "recovery", _("Hours to be taken back")
    FAMILY = "family", _("Family event")
    TRAINING = "training", _("Training")
    UNPAID = "unpaid", _("Unpaid leave")


class LeaveState(models.TextChoices):
    """What became of a request for leave."""

    ASKED = "asked", pgettext_lazy("leave", "Asked")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("leave", "Withdrawn")


class AbsenceKind(models.TextChoices):
    """Why somebody is away without having asked; never a diagnosis."""

    SICKNESS = "sickness", _("Sick")
    ACCIDENT = "accident", _("Accident at work or on the way")
    FAMILY = "family", _("Sick child or family emergency")
    OTHER = "other", _("Other reason")


class WeeklyKind(models.TextChoices):
    """What a worker does at the same time every week, that a plan must leave free."""

    OUTSIDE_JOB = "outside_job", _("Job for another employer")
    UNAVAILABLE = "unavailable", _("Not available")


class DocumentRule(models.TextChoices):
    """The rules that a worker's paper may lift, by their names in the rule pack."""

    NIGHT = "night_work", _("Night work (L3122-1)")
    SUNDAY = "sunday_work", _("Sunday work (L3132-12 and following)")
    DAY = "daily_maximum", _("More than ten hours a day (L3121-18, -19)")
    REST = "daily_rest", _("Less than eleven hours of rest (L3131-2, -3)")
