"""The firms that a survey asks: the list, each one's link, its paper form, answers taken for it."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from qrcode import QRCode
from qrcode.image.svg import SvgPathImage

from maillage.bricks.questionnaires.answering import in_words
from maillage.bricks.questionnaires.definition import read, said
from maillage.bricks.questionnaires.enums import AnswerChannel
from maillage.bricks.questionnaires.queries import values_of
from maillage.foundation.audit.actions import record_reads
from maillage.foundation.notify.pressure import PressureError
from maillage.foundation.notify.sending import SendingError
from maillage.launch.surveys.actions import (
    SurveyError,
    begin,
    new_link,
    note_refusal,
    write_link,
)
from maillage.launch.surveys.links import path_of
from maillage.launch.surveys.models import Invitee, Survey
from maillage.launch.surveys.queries import InviteeState, invitees_of
from maillage.web.surveys.forms import Entering, Refusal
from maillage.web.surveys.reading import access_invitee, access_survey
from maillage.web.surveys.results import ANSWERS
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import number
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.lists import Column, Empty, Listing, QuerySetRows
from maillage.web.ui.toasts import refused
from maillage.web.ui.toasts import said as told

FORM = ["GET", "HEAD", "POST"]


class FirmFilters(forms.Form):
    """Which of the firms asked are listed."""

    state = forms.ChoiceField(
        label=gettext_lazy("Where it stands"),
        required=False,
        choices=[("", gettext_lazy("All")), *InviteeState.choices],
    )


def firms_listing(slug: str, survey: Survey) -> Listing:
    """Return the list of the firms that a survey asks."""
    return Listing(
        name="asked",
        columns=(
            Column(
                "name",
                gettext_lazy("Firm"),
                lambda row: row.organisation.name,
                sort=True,
                main=True,
                link=lambda row: reverse(
                    "surveys:firm", args=[slug, survey.public_id, row.public_id]
                ),
            ),
            Column(
                "state",
                gettext_lazy("Where it stands"),
                lambda row: InviteeState(row.state).label,
                sort=True,
            ),
            Column(
                "channel",
                gettext_lazy("How it answered"),
                lambda row: AnswerChannel(row.response.channel).label if row.response else "",
            ),
            Column("wave", gettext_lazy("Wave"), lambda row: row.wave, sort=True, numeric=True),
        ),
        default_sort="name",
        filters=FirmFilters,
        search=gettext_lazy("Search a firm"),
        caption=lambda n: (
            ngettext("%(count)s firm asked", "%(count)s firms asked", n) % {"count": number(n)}
        ),
        empty=Empty(
            gettext_lazy("No firm is asked yet"),
            gettext_lazy("Choose them in the directory: nothing is sent by that."),
            url=reverse("surveys:ask", args=[slug, survey.public_id]),
            label=gettext_lazy("Choose the firms"),
        ),
    )


@require_safe
@in_network("run_surveys")
def firms(request: NetworkRequest, survey_id: UUID) -> HttpResponseBase:
    """List the firms that a survey asks."""
    survey = access_survey(survey_id)

    def rows(wanted: dict[str, str]) -> QuerySetRows[Invitee]:
        found = invitees_of(survey).filter(organisation__name__icontains=wanted.get("q") or "")
        if state := wanted.get("state"):
            found = found.filter(state=state)  # type: ignore[misc]  # annotated by `invitees_of`
        sorts = {"name": "organisation__folded_name", "state": "state", "wave": "wave"}
        return QuerySetRows(found, sorts=sorts)

    page = firms_listing(request.network.slug, survey).read(request, rows)
    return page.respond("surveys/firms.html", {"network": request.network, "survey": survey})


@require_safe
@in_network("run_surveys")
def firm(request: NetworkRequest, survey_id: UUID, invitee_id: UUID) -> HttpResponse:
    """Show where a firm stands, its link, and what it answered."""
    survey = access_survey(survey_id)
    invitee = access_invitee(survey, invitee_id)
    response = invitee.response
    definition = read((response.version if response else survey.version).content)
    values = values_of(response) if response else {}
    if values:
        record_reads(
            reader_id=request.acting.person.public_id,
            network_id=request.network.public_id,
            organisation_ids=[invitee.organisation.public_id],
            fields=[ANSWERS],
            page="surveys",
        )
    context = {
        "network": request.network,
        "survey": survey,
        "invitee": invitee,
        "response": response,
        "done": response is not None and response.finished_at is not None,
        "address": f"{settings.ADDRESS}{path_of(invitee)}",
        "answers": [
            (said(one.text), in_words(one, values.get(one.key)))
            for one in definition.asked(values)
            if one.key in values
        ],
        "form": Entering(),
    }
    return render(request, "surveys/firm.html", context)


@require_POST
@in_network("run_surveys")
def enter(request: NetworkRequest, survey_id: UUID, invitee_id: UUID) -> HttpResponse:
    """Answer for a firm, during a call or a visit, or from its paper: the same pages."""
    survey = access_survey(survey_id)
    invitee = access_invitee(survey, invitee_id)
    form = Entering(request.POST)
    if not form.is_valid():
        refused(request, _("Say how the firm answers."))
        return _back(request, survey, invitee)
    try:
        begin(
            survey=survey,
            invitee=invitee,
            channel=AnswerChannel(form.cleaned_data["channel"]),
            entered_by_id=request.acting.person.public_id,
        )
    except SurveyError as error:
        refused(request, str(error))
        return _back(request, survey, invitee)
    return redirect(path_of(invitee))


@require_http_methods(FORM)
@in_network("run_surveys")
def refusal(request: NetworkRequest, survey_id: UUID, invitee_id: UUID) -> HttpResponse:
    """Write down that a firm would rather not answer."""
    survey = access_survey(survey_id)
    invitee = access_invitee(survey, invitee_id)
    form = Refusal(request.POST or None)
    back = reverse("surveys:firm", args=[request.network.slug, survey.public_id, invitee.public_id])
    if request.method == "POST" and form.is_valid():
        try:
            note_refusal(acting=request.acting, invitee=invitee, **form.cleaned_data)
        except SurveyError as error:
            form.add_error(None, str(error))
        else:
            told(request, _("It is written down: this firm is asked no more."))
            return redirect(back)
    context = {
        "title": _("%(firm)s would rather not answer") % {"firm": invitee.organisation.name},
        "eyebrow": survey.title,
        "form": form,
        "submit": _("Write it down"),
        "cancel": back,
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


@require_POST
@in_network("run_surveys")
def renew(request: NetworkRequest, survey_id: UUID, invitee_id: UUID) -> HttpResponse:
    """Make another link for a firm; the one before no longer works."""
    survey = access_survey(survey_id)
    invitee = access_invitee(survey, invitee_id)
    new_link(acting=request.acting, invitee=invitee)
    told(request, _("Here is another link: the one before no longer works."))
    return _back(request, survey, invitee)


@require_POST
@in_network("run_surveys")
def write(request: NetworkRequest, survey_id: UUID, invitee_id: UUID) -> HttpResponse:
    """Send a firm its link by mail."""
    survey = access_survey(survey_id)
    invitee = access_invitee(survey, invitee_id)
    try:
        write_link(acting=request.acting, invitee=invitee)
    except (SurveyError, PressureError, SendingError) as error:
        refused(request, str(error))
    else:
        told(request, _("The link is leaving by mail."))
    return _back(request, survey, invitee)


@require_safe
@in_network("run_surveys")
def paper(request: NetworkRequest, survey_id: UUID, invitee_id: UUID) -> HttpResponse:
    """Print the questions for one firm, with the picture that opens them on a telephone."""
    survey = access_survey(survey_id)
    invitee = access_invitee(survey, invitee_id)
    return _paper(request, survey, path_of(invitee), invitee.organisation.name)


@require_safe
@in_network("run_surveys")
def open_paper(request: NetworkRequest, survey_id: UUID) -> HttpResponse:
    """Print the questions of an anonymous survey; those of another have no common link."""
    survey = access_survey(survey_id)
    return _paper(request, survey, path_of(survey) if survey.anonymous else "", "")


def _paper(request: NetworkRequest, survey: Survey, path: str, firm: str) -> HttpResponse:
    definition = read(survey.version.content)
    address = f"{settings.ADDRESS}{path}" if path else ""
    context = {
        "network": request.network,
        "survey": survey,
        "firm": firm,
        "title": said(definition.title),
        "intro": said(definition.intro),
        "address": address,
        "picture": _picture(address) if address else "",
        "questions": [
            (one, said(one.text), said(one.unit), [said(choice.text) for choice in one.choices])
            for one in definition.questions
        ],
    }
    return render(request, "surveys/paper.html", context)


def _picture(address: str) -> SafeString:
    """Return an address as a picture that a telephone reads."""
    code = QRCode(border=0)
    code.add_data(address)
    image = code.make_image(image_factory=SvgPathImage)
    return SafeString(image.to_string(encoding="unicode"))  # drawn here, from our own address


def _back(request: NetworkRequest, survey: Survey, invitee: Invitee) -> HttpResponse:
    return redirect("surveys:firm", request.network.slug, survey.public_id, invitee.public_id)
