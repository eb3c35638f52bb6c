"""A month as who keeps the hours sees it: what stands in the way first, then firm by firm."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from maillage.foundation.organisations.models import Organisation
from maillage.run.hours.closing import InTheWay, in_the_way
from maillage.run.hours.confirming import month_path
from maillage.run.hours.enums import SIGNED, EntryState
from maillage.run.hours.models import Expense, FirmMonth, HourEntry, PayCut
from maillage.run.hours.prefilling import bounds_of
from maillage.run.hours.queries import entries_of, is_closed
from maillage.run.planning.calling.wording import said_hours
from maillage.web.hours.shown import around, month_asked, shown, total
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date, number
from maillage.web.ui.gates import in_network

MOST_EXPENSES = 50


@dataclass(frozen=True, slots=True)
class FirmLine:
    """A firm in a month: its hours, and where its answer stands."""

    firm: Organisation
    hours: str
    signed: str
    state: str
    kind: str
    to_send: bool


@require_safe
@in_network("keep_hours", hidden=True)
def home(request: NetworkRequest) -> HttpResponse:
    """Show a month: what is still to be settled, the expenses to answer, each firm."""
    month = month_asked(request.GET.get("month", ""))
    first, last = bounds_of(month)
    entries = list(entries_of(request.network, month))
    before, after = around(month)
    expenses = Expense.objects.filter(
        network=request.network, day__gte=first, day__lte=last, approved_at=None, refused_why=""
    )
    closed = is_closed(request.network, month)
    context = {
        "network": request.network,
        "month": month,
        "before": before,
        "after": after,
        "lines": _lines(request, month, entries),
        "in_the_way": [] if closed else [_said(one) for one in in_the_way(request.network, month)],
        "closed": closed,
        "cut": PayCut.objects.filter(network=request.network, month=month).exists(),
        "total": total(entries),
        "expenses": list(
            expenses.select_related("worker")
            .prefetch_related("shares__organisation")
            .defer("receipt")[:MOST_EXPENSES]
        ),
    }
    return render(request, "hours/home.html", context)


@require_safe
@in_network("keep_hours", hidden=True)
def firm(request: NetworkRequest, firm_id: UUID) -> HttpResponse:
    """Show the hours of one firm in a month."""
    month = month_asked(request.GET.get("month", ""))
    rows = entries_of(request.network, month).filter(organisation__public_id=firm_id)
    entries = list(rows.prefetch_related("words"))
    known = HourEntry.objects.filter(
        network=request.network, organisation__public_id=firm_id
    ).select_related("organisation")
    some = known.first()
    if some is None:
        raise Http404
    sent = FirmMonth.objects.filter(
        network=request.network, organisation=some.organisation, month=month
    ).first()
    context = {
        "network": request.network,
        "month": month,
        "firm": some.organisation,
        "entries": [shown(entry) for entry in entries],
        "total": total(entries),
        "sent": sent,
        "link": request.build_absolute_uri(month_path(sent)) if sent is not None else "",
    }
    return render(request, "hours/firm.html", context)


def _lines(request: NetworkRequest, month: date, entries: list[HourEntry]) -> list[FirmLine]:
    sent = {
        row.organisation_id: row
        for row in FirmMonth.objects.filter(network=request.network, month=month)
    }
    by_firm: dict[int, list[HourEntry]] = defaultdict(list)
    for entry in entries:
        by_firm[entry.organisation_id].append(entry)
    lines = [_line(rows, sent.get(key)) for key, rows in by_firm.items()]
    return sorted(lines, key=lambda line: line.firm.folded_name)


def _line(rows: list[HourEntry], sent: FirmMonth | None) -> FirmLine:
    signed = [row for row in rows if row.state in SIGNED]
    disputed = sum(row.state == EntryState.DISPUTED for row in rows)
    if disputed:
        words = ngettext("%(n)s disputed", "%(n)s disputed", disputed)
        state, kind = words % {"n": number(disputed)}, "no"
    elif len(signed) == len(rows):
        tacit = any(row.state == EntryState.TACIT for row in rows)
        state, kind = _("approved by silence") if tacit else _("confirmed"), "ok"
    elif sent is not None and sent.sent_at is not None and sent.tacit_on is not None:
        state, kind = _("sent, silence on %(day)s") % {"day": nice_date(sent.tacit_on)}, "watch"
    else:
        state, kind = _("to send"), "plain"
    return FirmLine(
        firm=rows[0].organisation,
        hours=total(rows),
        signed=said_hours(sum(row.billed_minutes for row in signed)),
        state=state,
        kind=kind,
        to_send=len(signed) < len(rows),
    )


def _said(one: InTheWay) -> tuple[str, str]:
    """Return what keeps a month open in a sentence, and the public id of the firm concerned."""
    words = {"n": number(one.count), "firm": one.organisation.name if one.organisation else ""}
    firm_id = str(one.organisation.public_id) if one.organisation is not None else ""
    match one.cause:
        case "to_come":
            said = ngettext(
                "%(n)s day is still to come.", "%(n)s days are still to come.", one.count
            )
        case "disputed":
            said = ngettext(
                "%(firm)s disputes %(n)s line of hours.",
                "%(firm)s disputes %(n)s lines of hours.",
                one.count,
            )
        case "unsigned":
            said = ngettext(
                "%(firm)s has %(n)s line of hours to confirm.",
                "%(firm)s has %(n)s lines of hours to confirm.",
                one.count,
            )
        case _:
            said = ngettext(
                "%(n)s expense waits for its answer.",
                "%(n)s expenses wait for their answer.",
                one.count,
            )
    return said % words, firm_id
