"""Amendments to a contract, and the summary that is handed over when it ends."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from maillage.bricks.agreements.clauses import Clause
from maillage.run.employment.checks import hours_in_words
from maillage.run.employment.contracts import users_on
from maillage.run.employment.models import EmploymentContract, HoursAmendment
from maillage.run.employment.models_of_contracts import ContractRenewal, UsersChange
from maillage.run.employment.texts.words import clause, day, names_of, the_group, the_worker


def hours_clauses(amendment: HoursAmendment) -> tuple[Clause, ...]:
    """Return the clauses by which a contract counts other hours for a time."""
    contract = amendment.contract
    words = {
        "first": day(amendment.starts_on),
        "last": day(amendment.ends_on),
        "before": hours_in_words(contract.week_minutes),
        "after": hours_in_words(amendment.week_minutes),
    }
    allowed = _("Reason: %(reason)s. Text that allows it: %(text)s.") % {
        "reason": amendment.reason.rstrip("."),
        "text": amendment.allowed_by.rstrip("."),
    }
    if amendment.replaces:
        replaced = _("It makes up for somebody away: %(name)s.") % {"name": amendment.replaces}
    else:
        replaced = ""
    return (
        _parties(contract),
        clause(
            "hours",
            _("Working time"),
            _("From %(first)s to %(last)s, %(after)s a week instead of %(before)s.") % words,
            allowed,
            replaced,
        ),
        _rest(),
    )


def renewal_clauses(renewal: ContractRenewal) -> tuple[Clause, ...]:
    """Return the clauses by which a contract goes on to another day."""
    contract = renewal.contract
    before = day(contract.ends_on) if contract.ends_on is not None else ""
    return (
        _parties(contract),
        clause(
            "length",
            _("Length"),
            _(
                "The contract was to end on %(before)s. It goes on until %(after)s, on the same"
                " terms."
            )
            % {"before": before, "after": day(renewal.ends_on)},
            _("Reason: %(reason)s.") % {"reason": renewal.reason.rstrip(".")},
        ),
        _rest(),
    )


def users_clauses(change: UsersChange) -> tuple[Clause, ...]:
    """Return the clauses by which a firm enters or leaves the list of a contract."""
    contract = change.contract
    firms = [
        firm
        for firm in users_on(contract, change.takes_effect_on)
        if firm.pk != change.organisation_id
    ]
    if change.joins:
        firms = sorted([*firms, change.organisation], key=lambda one: (one.folded_name, one.pk))
        said = _("From %(day)s, the worker may work in %(firm)s too.")
    else:
        said = _("From %(day)s, the worker works in %(firm)s no more: it leaves the group.")
    return (
        _parties(contract),
        clause(
            "places",
            _("Firms and places of work"),
            said % {"day": day(change.takes_effect_on), "firm": change.organisation.name},
            _("The firms where the worker may work are then:"),
            names_of(firms),
        ),
        _rest(),
    )


def ending_clauses(contract: EmploymentContract, papers: Sequence[str]) -> tuple[Clause, ...]:
    """Return what is handed over at the end of a contract, for both to sign."""
    ended_on = contract.ended_on
    words = {
        "title": contract.title,
        "first": day(contract.starts_on),
        "last": day(ended_on) if ended_on is not None else "",
        "why": contract.get_end_reason_display().lower(),
    }
    hired = ""
    if contract.hired_by is not None:
        hired = _("Hired by %(firm)s.") % {"firm": contract.hired_by.name}
    return (
        _parties(contract),
        clause(
            "end",
            _("End of the contract"),
            _("The worker was employed as %(title)s from %(first)s to %(last)s.") % words,
            _("How it ended: %(why)s.") % words,
            hired,
        ),
        clause(
            "papers",
            _("Papers handed over"),
            "\n".join(f"– {one}" for one in papers),
            _("Signing says that they were received, and nothing about what they say."),
        ),
    )


def _parties(contract: EmploymentContract) -> Clause:
    return clause(
        "parties",
        _("Between"),
        the_group(contract.worker.network),
        the_worker(contract.worker),
        _("About the contract that began on %(day)s (%(title)s).")
        % {"day": day(contract.starts_on), "title": contract.title},
    )


def _rest() -> Clause:
    return clause("rest", _("The rest"), _("Nothing else of the contract changes."))
