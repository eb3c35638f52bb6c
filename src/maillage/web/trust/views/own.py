"""A firm and its own data: how far it is seen, what it agreed to, who looked."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.foundation.audit.models import ReadLine
from maillage.foundation.audit.queries import reads_of
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.actions.consents import give_consent, withdraw_consent
from maillage.foundation.visibility.actions.levels import set_levels
from maillage.foundation.visibility.entry import default_levels
from maillage.foundation.visibility.enums import ConsentPurpose, Level
from maillage.foundation.visibility.models import Consent, FieldLevels
from maillage.foundation.visibility.queries import names_of_readers, part_names
from maillage.foundation.visibility.refusals import ConsentError, LevelError
from maillage.foundation.visibility.seen import PARTS
from maillage.web.trust.forms import LevelsForm
from maillage.web.trust.gates import own_firm
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_datetime, number
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import access_own_record, in_network
from maillage.web.ui.lists import Column, Empty, Listing, QuerySetRows
from maillage.web.ui.toasts import refused, said


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("edit_own_firm")
def levels(request: NetworkRequest) -> HttpResponse:
    """Choose how far each part of one's own record is seen."""
    return _levels_page(request, own_firm(request), reverse("directory:mine", args=_here(request)))


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("edit_organisations")
def levels_of(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Choose how far each part of a record is seen, for the firm."""
    organisation = access_own_record(request, public_id)
    back = reverse("directory:organisation", args=[*_here(request), public_id])
    return _levels_page(request, organisation, back)


def _here(request: NetworkRequest) -> list[str]:
    return [request.network.slug]


def _levels_page(request: NetworkRequest, organisation: Organisation, back: str) -> HttpResponse:
    kept = FieldLevels.objects.filter(organisation=organisation).first()
    defaults = default_levels(request.network)
    now = {part: getattr(kept, part) for part in PARTS} if kept else defaults
    form = LevelsForm(request.POST or None, now)
    if request.method == "POST" and form.is_valid():
        wanted = {part: Level(form.cleaned_data[part]) for part in PARTS}
        try:
            set_levels(acting=request.acting, organisation=organisation, levels=wanted)
        except LevelError as error:
            form.add_error(error.field or None, str(error))
        else:
            said(request, _("Kept. It holds from now on, everywhere."))
            return redirect(back)
    context = {"form": form, "organisation": organisation, "back": back}
    return render(request, "trust/levels.html", context, status=invalid_status(form))


@require_safe
@in_network("edit_own_firm")
def consents(request: NetworkRequest) -> HttpResponse:
    """Show what one's firm agreed to, and what it may agree to."""
    firm = own_firm(request)
    rows = list(Consent.objects.filter(organisation=firm))
    given = {row.purpose: row for row in rows if row.revoked_at is None}
    context = {
        "purposes": [(purpose, given.get(purpose.value)) for purpose in ConsentPurpose],
        "past": [row for row in rows if row.revoked_at is not None],
    }
    return render(request, "trust/consents.html", context)


@require_POST
@in_network("edit_own_firm")
def give(request: NetworkRequest, purpose: str) -> HttpResponse:
    """Agree to a purpose."""
    if purpose not in ConsentPurpose.values:
        raise Http404
    consent = give_consent(acting=request.acting, organisation=own_firm(request), purpose=purpose)
    said(
        request,
        _("Agreed. You may withdraw it at any time."),
        undo=reverse("trust:withdraw-consent", args=[*_here(request), consent.public_id]),
    )
    return redirect("trust:consents", *_here(request))


@require_POST
@in_network("edit_own_firm")
def withdraw(request: NetworkRequest, consent_id: UUID) -> HttpResponse:
    """Withdraw an agreement."""
    firm = own_firm(request)
    consent = get_object_or_404(Consent.objects.filter(organisation=firm), public_id=consent_id)
    try:
        withdraw_consent(acting=request.acting, consent=consent)
    except ConsentError as error:
        refused(request, str(error))
    else:
        said(
            request,
            _("Withdrawn. It takes effect at once."),
            undo=reverse("trust:give-consent", args=[*_here(request), consent.purpose]),
        )
    return redirect("trust:consents", *_here(request))


def _caption(count: int) -> str:
    return ngettext("%(count)s look at your data", "%(count)s looks at your data", count) % {
        "count": number(count)
    }


READS = Listing(
    name="reads",
    columns=(
        Column(
            "at",
            gettext_lazy("When"),
            lambda line: line.at,
            sort=True,
            main=True,
            text=nice_datetime,
        ),
        Column("who", gettext_lazy("Who"), lambda line: line.reader),
        Column("parts", gettext_lazy("What"), lambda line: line.parts),
        Column("refused", gettext_lazy("Answer"), lambda line: line.answer),
    ),
    default_sort="-at",
    caption=_caption,
    empty=Empty(
        gettext_lazy("Nobody has looked at your protected data"),
        gettext_lazy(
            "Each look at a part that is not open to the whole network leaves a line here."
        ),
    ),
)


class ReadRows(QuerySetRows[ReadLine]):
    """Lines of the log, with the names of those who looked."""

    def slice(self, start: int, stop: int) -> list[ReadLine]:
        """Return one page of lines, in words."""
        return in_words(list(super().slice(start, stop)))

    def all(self) -> list[ReadLine]:
        """Return every line, in words."""
        return in_words(list(super().all()))

    def sorted(self, key: str, *, descending: bool) -> "ReadRows":
        """Return the same lines in the order of time."""
        return ReadRows(self.queryset.order_by("-at" if descending else "at", "pk"))


def in_words(lines: list[ReadLine]) -> list[ReadLine]:
    """Add to lines of the log who looked, at what, and how it was answered, in words."""
    names = names_of_readers({line.reader_id for line in lines if line.reader_id})
    called = {
        **part_names(),
        "answers": _("Answers to a survey"),
        "needs": _("Needs and offers"),
        "charter": _("Signatures of the charter"),
        "group": _("Employer group"),
        "mobilisation": _("Mobilisation"),
    }
    for line in lines:
        known = names.get(line.reader_id) if line.reader_id else None
        # Whoever was refused is as hidden from this firm as the firm is from them.
        stranger = _("Somebody who may not know of you")
        line.reader = stranger if line.refused else known or _("Somebody who has left")  # type: ignore[attr-defined]  # shown on the page
        line.parts = ", ".join(called[part] for part in line.fields) or _("The whole record")  # type: ignore[attr-defined]  # same
        line.answer = _("Refused") if line.refused else _("Shown")  # type: ignore[attr-defined]  # same
    return lines


@require_safe
@in_network("edit_own_firm")
def reads(request: NetworkRequest) -> HttpResponseBase:
    """Show who looked at the protected data of one's firm."""
    firm = own_firm(request)
    listing = READS.read(request, lambda _wanted: ReadRows(reads_of(firm.public_id)))
    return listing.respond("trust/reads.html")
