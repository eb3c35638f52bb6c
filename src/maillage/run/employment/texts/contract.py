"""The employment contract: what the law asks a contract of a group to hold (L1253-9, L1221-5-1)."""

from django.utils.translation import gettext as _

from maillage.bricks.agreements.clauses import Clause
from maillage.run.employment.checks import hours_in_words
from maillage.run.employment.contracts import users_on
from maillage.run.employment.enums import ContractKind
from maillage.run.employment.law import Figures, figures_on
from maillage.run.employment.models import EmploymentContract
from maillage.run.employment.models_of_contracts import ContractTerms
from maillage.run.employment.texts.words import (
    clause,
    day,
    euros,
    names_of,
    the_group,
    the_worker,
)


def contract_clauses(contract: EmploymentContract) -> tuple[Clause, ...]:
    """Return the clauses of an employment contract, in the language in use."""
    network = contract.worker.network
    figures = figures_on(network, contract.starts_on)
    terms = ContractTerms.objects.get(contract=contract)
    return (
        clause(
            "parties",
            _("Between"),
            the_group(network),
            the_worker(contract.worker),
            _("The group is the one employer of the worker, wherever they work."),
        ),
        _post(contract, terms),
        _length(contract, terms),
        _trial(contract),
        _places(contract, terms),
        _time(contract, terms, figures),
        _pay(contract),
        _who_answers(),
        _rights(),
        _end(contract),
    )


def _post(contract: EmploymentContract, terms: ContractTerms) -> Clause:
    words = {
        "title": contract.title,
        "occupation": contract.occupation,
        "qualification": contract.qualification,
        "grade": terms.get_grade_display().lower(),
    }
    return clause(
        "post",
        _("Post and qualification"),
        _("The worker is hired as %(title)s. Qualification: %(qualification)s (%(grade)s).")
        % words,
        _("Occupation in the national list (ROME): %(occupation)s.") % words
        if contract.occupation
        else "",
    )


def _length(contract: EmploymentContract, terms: ContractTerms) -> Clause:
    words = {"kind": contract.get_kind_display().lower(), "first": day(contract.starts_on)}
    if contract.ends_on is not None:
        words["last"] = day(contract.ends_on)
        length = _("This contract (%(kind)s) runs from %(first)s to %(last)s.") % words
    elif terms.least_days:
        words["days"] = str(terms.least_days)
        length = (
            _(
                "This contract (%(kind)s) begins on %(first)s. It lasts until the reason below has"
                " gone, and %(days)s days at least."
            )
            % words
        )
    else:
        length = _("This contract (%(kind)s) begins on %(first)s, without a last day.") % words
    why = ""
    if contract.reason:
        why = _("Reason: %(reason)s.") % {"reason": contract.reason.rstrip(".")}
    return clause("length", _("Kind of contract and length"), length, why)


def _trial(contract: EmploymentContract) -> Clause:
    if contract.trial_ends_on is None:
        text = _("This contract has no trial period.")
    else:
        text = _(
            "The trial period ends on %(day)s. Until then either side may end the contract, within"
            " the notice that the law sets for it."
        ) % {"day": day(contract.trial_ends_on)}
    return clause("trial", _("Trial period"), text)


def _places(contract: EmploymentContract, terms: ContractTerms) -> Clause:
    return clause(
        "places",
        _("Firms and places of work"),
        _("The group may lend the worker to these member firms:"),
        names_of(users_on(contract, contract.starts_on)),
        _("Places of work: %(places)s.") % {"places": terms.places.rstrip(".")},
        _("This list changes by an amendment only."),
    )


def _time(contract: EmploymentContract, terms: ContractTerms, figures: Figures) -> Clause:
    hours = hours_in_words(contract.week_minutes)
    full = contract.week_minutes >= figures.of("full_time_minutes").value
    paragraphs = [
        (_("Full time: %(hours)s a week.") if full else _("Part time: %(hours)s a week."))
        % {"hours": hours},
        _("How they are spread: %(rhythm)s.") % {"rhythm": terms.rhythm.rstrip(".")},
    ]
    if contract.annual_minutes is not None:
        year = hours_in_words(contract.annual_minutes)
        paragraphs.append(_("Hours are counted over the year: %(hours)s.") % {"hours": year})
    if not full:
        paragraphs.append(
            _(
                "Extra hours stay within a tenth of these, and within what an agreement of the"
                " branch allows. A change of days is told seven working days ahead. The worker may"
                " refuse it for the reasons that the law lists, another employer among them."
            )
        )
    if contract.short_hours:
        why = contract.get_short_hours_display().lower()
        paragraphs.append(_("Why the week is short: %(why)s.") % {"why": why})
    paragraphs.append(
        _(
            "Going from one firm to another on the same day is working time. Hours in every firm,"
            " and for any other employer, are added up to keep within the limits of the law."
        )
    )
    return clause("time", _("Working time"), *paragraphs)


def _pay(contract: EmploymentContract) -> Clause:
    words = {"pay": euros(contract.hourly_pay)}
    first = _("Gross pay is %(pay)s for an hour, paid every month.")
    if contract.kind == ContractKind.APPRENTICE:
        first = _(
            "Gross pay is %(pay)s for an hour at first, then as the law sets by age and year."
        )
    return clause(
        "pay",
        _("Pay"),
        first % words,
        _(
            "In each firm the worker is paid no less than its own people in the same post. They"
            " have the same profit sharing, savings, canteen and transport."
        ),
    )


def _who_answers() -> Clause:
    return clause(
        "answers",
        _("Who answers for what"),
        _("The group answers for the contract, the pay, leave, discipline and health checks."),
        _(
            "Each firm answers, while the worker is there, for the times of work, night work, rest,"
            " public holidays, health and safety. It gives the orders of the day."
        ),
        _("A firm sees the days worked there, never the pay, the home or what is done elsewhere."),
    )


def _rights() -> Clause:
    return clause(
        "rights",
        _("Leave, training, protection"),
        _("Paid leave: two and a half working days for each month of work."),
        _("The worker has the right to training that the law gives, kept by the group."),
        _(
            "The collective agreement that the group applies and the bodies that cover sickness,"
            " accidents, pension and unemployment are named on each payslip."
        ),
    )


def _end(contract: EmploymentContract) -> Clause:
    if contract.kind == ContractKind.PERMANENT:
        text = _(
            "Either side may end this contract, in writing, with the notice that the law and the"
            " collective agreement set. Being hired by a member firm is welcome: the group helps."
        )
    else:
        text = _(
            "This contract ends as said above. Before, it ends by agreement, for a permanent job"
            " elsewhere, or in the other cases of the law."
        )
    return clause("end", _("End of the contract"), text)
