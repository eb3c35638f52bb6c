"""The record of a worker: contract, firms, documents, deadlines, history, on one page.

Other areas add sections of their own: each is a link of `BESIDE`, shown while its area is there.
"""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from maillage.run.employment.checks import hours_in_words
from maillage.run.employment.enums import SUCCESSES, ContractKind, PaperKind
from maillage.run.employment.law import law_on
from maillage.run.employment.models import EmploymentContract, LendingAgreement
from maillage.run.employment.models_of_contracts import ContractTerms
from maillage.run.employment.record import Amendment, record_of, state_of
from maillage.web.staff.reading import access_worker
from maillage.web.staff.words import STATES, act_in_words
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date
from maillage.web.ui.gates import in_network

# Pages of other areas about one worker: the name of the address and what it is called. Each takes
# the network and the worker, and is left out where its area is not.
BESIDE: Final[tuple[tuple[str, Promise], ...]] = (
    ("leave:of-worker", gettext_lazy("Leave, absences, hours over the year")),
    ("leave:papers", gettext_lazy("Licences, authorisations, times not available")),
)


@require_safe
@in_network("manage_staff")
def worker(request: NetworkRequest, worker_id: UUID) -> HttpResponse:
    """Show everything that is known of a worker."""
    found = access_worker(worker_id)
    slug, today = request.network.slug, localdate()
    record = record_of(found)
    contracts = [
        _contract(
            slug,
            one,
            record.lendings.get(one.pk, ()),
            record.amendments.get(one.pk, ()),
            today,
        )
        for one in record.contracts
    ]
    current = [one for one in contracts if not one["over"]]
    context = {
        "network": request.network,
        "worker": found,
        "skills": found.skills.all(),
        "facts": _facts(found),
        "contracts": current,
        "past": [one for one in contracts if one["over"]],
        "tasks": record.tasks,
        "today": today,
        "history": [(one.at, act_in_words(one.act), one.who) for one in record.history],
        "beside": _beside(slug, worker_id),
    }
    return render(request, "staff/worker.html", context)


def _facts(found: Any) -> list[tuple[str, str]]:
    home = ", ".join(
        part for part in (found.address, f"{found.postcode} {found.commune}".strip()) if part
    )
    return [
        (_("E-mail address"), found.email),
        (_("Telephone"), found.phone),
        (_("Date of birth"), nice_date(found.born_on, "year") if found.born_on else ""),
        (_("Home"), home),
    ]


def _contract(
    slug: str,
    contract: EmploymentContract,
    lendings: Any,
    amendments: Any,
    today: date,
) -> dict[str, Any]:
    terms = getattr(contract, "terms", None)
    last = contract.ended_on or contract.ends_on
    state = state_of(contract.signed_on, contract.drawn, contract.signatures)  # type: ignore[attr-defined]  # of record_of
    return {
        "contract": contract,
        "terms": terms,
        "facts": _contract_facts(contract, terms),
        "over": last is not None and last < today,
        "signed": contract.signed_on is not None,
        "ended": contract.ended_on is not None,
        "success": contract.end_reason in SUCCESSES,
        "in_trial": contract.trial_ends_on is not None and contract.trial_ends_on >= today,
        "is_short": contract.ends_on is not None and contract.kind != ContractKind.PERMANENT,
        "is_part_time": contract.week_minutes < law_on("full_time_minutes", today).value,
        "paper": _paper(slug, PaperKind.CONTRACT, contract.public_id, state),
        "ending": reverse("staff:paper", args=[slug, PaperKind.ENDING, contract.public_id]),
        "lendings": [_lending(slug, one, today) for one in lendings],
        "lent_minutes": hours_in_words(
            sum(one.week_minutes for one in lendings if _runs(one, today))
        ),
        "amendments": [_amendment(slug, one) for one in amendments],
    }


def _contract_facts(
    contract: EmploymentContract, terms: ContractTerms | None
) -> list[tuple[str, str]]:
    facts = [
        (_("Kind of contract"), contract.get_kind_display()),
        (_("Why it is not permanent"), contract.reason) if contract.reason else ("", ""),
        (_("From"), nice_date(contract.starts_on, "year")),
        (_("Last day, as agreed"), nice_date(contract.ends_on, "year") if contract.ends_on else ""),
        (_("Qualification"), contract.qualification),
        (_("Hours"), _("%(hours)s a week") % {"hours": hours_in_words(contract.week_minutes)}),
        (_("Hours a year"), hours_in_words(contract.annual_minutes or 0)),
        (_("Days and times"), terms.rhythm if terms else ""),
        (_("Places of work"), terms.places if terms else ""),
        (
            _("Trial period until"),
            nice_date(contract.trial_ends_on, "year") if contract.trial_ends_on else _("none"),
        ),
        (
            _("Hiring declared on"),
            nice_date(contract.declared_on, "year") if contract.declared_on else _("not yet"),
        ),
    ]
    optional = {_("Last day, as agreed"), _("Hours a year"), ""}
    empty = {"", hours_in_words(0)}
    return [(label, value) for label, value in facts if label not in optional or value not in empty]


def _paper(slug: str, kind: PaperKind, subject_id: UUID, state: str) -> dict[str, str]:
    label, badge = STATES[state]
    return {
        "url": reverse("staff:paper", args=[slug, kind, subject_id]),
        "state": str(label),
        "badge": badge,
    }


def _runs(lending: LendingAgreement, today: date) -> bool:
    last = lending.ended_on or lending.ends_on
    return last is None or last >= today


def _lending(slug: str, lending: LendingAgreement, today: date) -> dict[str, Any]:
    found: Any = lending
    state = state_of(lending.signed_on, found.drawn, found.signatures)
    return {
        "lending": lending,
        "hours": hours_in_words(lending.week_minutes),
        "runs": _runs(lending, today),
        "signed": lending.signed_on is not None,
        "paper": _paper(slug, PaperKind.LENDING, lending.public_id, state),
    }


def _amendment(slug: str, one: Amendment) -> dict[str, Any]:
    state = state_of(one.signed_on, one.drawn, None)
    return {
        "kind": one.kind,
        "label": one.kind.label,
        "day": one.day,
        "public_id": one.public_id,
        "signed": one.signed_on is not None,
        "paper": _paper(slug, one.kind, one.public_id, state),
    }


def _beside(slug: str, worker_id: UUID) -> list[tuple[str, str]]:
    """Return the pages of other areas about a worker, those that are there."""
    found = []
    for name, label in BESIDE:
        try:
            found.append((reverse(name, args=[slug, worker_id]), str(label)))
        except NoReverseMatch:
            continue
    return found
