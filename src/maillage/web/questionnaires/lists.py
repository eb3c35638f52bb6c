"""The questionnaires that a network may ask, and beginning one."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from maillage.bricks.questionnaires.definition import said, sketched
from maillage.bricks.questionnaires.drafting import DraftError
from maillage.bricks.questionnaires.models import Questionnaire, QuestionnaireVersion
from maillage.bricks.questionnaires.presets import contents
from maillage.bricks.questionnaires.queries import own_questionnaires
from maillage.bricks.questionnaires.versions import begin_questionnaire, copy_questionnaire
from maillage.web.questionnaires.forms import BLANK, Start
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date, number
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.lists import Column, Empty, Listing, QuerySetRows
from maillage.web.ui.toasts import said as told

FORM = ["GET", "HEAD", "POST"]
SORTS = {"title": "title", "last_change": "last_change"}


def questionnaires_listing(slug: str) -> Listing:
    """Return the list of the questionnaires that a network wrote itself."""
    return Listing(
        name="questionnaires",
        columns=(
            Column(
                "title",
                gettext_lazy("Questionnaire"),
                lambda row: row.title,
                sort=True,
                main=True,
                link=lambda row: reverse(
                    "questionnaires:questionnaire", args=[slug, row.public_id]
                ),
            ),
            Column("state", gettext_lazy("Where it stands"), standing),
            Column(
                "last_change",
                gettext_lazy("Last change"),
                lambda row: row.last_change,
                sort=True,
                text=nice_date,
            ),
        ),
        default_sort="title",
        search=gettext_lazy("Search a questionnaire"),
        caption=lambda n: (
            ngettext("%(count)s questionnaire of yours", "%(count)s questionnaires of yours", n)
            % {"count": number(n)}
        ),
        empty=Empty(
            gettext_lazy("You have written none yet"),
            gettext_lazy("Those that come with Maillage are ready: ask them as they are, or copy."),
            url=reverse("questionnaires:new", args=[slug]),
            label=gettext_lazy("Write a questionnaire"),
        ),
    )


def standing(row: Questionnaire) -> str:
    """Return where a questionnaire stands, in words; the row is of `own_questionnaires`."""
    last = row.last_published  # type: ignore[attr-defined]  # annotated
    if last is None:
        return _("Being written")
    words = {"number": last, "next": last + 1}
    if row.drafting:  # type: ignore[attr-defined]  # annotated
        return _("Version %(number)s published, version %(next)s being written") % words
    return _("Version %(number)s published") % words


@require_safe
@in_network("run_surveys")
def questionnaires(request: NetworkRequest) -> HttpResponseBase:
    """List the questionnaires of the network, and those that come with Maillage."""

    def rows(wanted: dict[str, str]) -> QuerySetRows[Questionnaire]:
        found = own_questionnaires().filter(title__icontains=wanted.get("q") or "")
        return QuerySetRows(found, sorts=SORTS)

    presets = [
        (key, said(preset.title), len(preset.questions))
        for key, content in contents().items()
        for preset in (sketched(content),)
    ]
    page = questionnaires_listing(request.network.slug).read(request, rows)
    context = {"network": request.network, "presets": presets}
    return page.respond("questionnaires/questionnaires.html", context)


@require_http_methods(FORM)
@in_network("run_surveys")
def new(request: NetworkRequest) -> HttpResponse:
    """Begin a questionnaire: from nothing, or as a copy of one that is there."""
    slug = request.network.slug
    own = {str(one.public_id): one for one in own_questionnaires()}
    form = Start(
        request.POST or None,
        presets=[(key, said(content["title"])) for key, content in contents().items()],
        own=[(key, one.title) for key, one in own.items()],
        initial={"source": request.GET.get("from", BLANK)},
    )
    if request.method == "POST" and form.is_valid():
        source = form.cleaned_data["source"]
        try:
            draft = _begun(request, form, own.get(source, source))
        except DraftError as error:
            form.refuse(str(error), error.field)
        else:
            told(request, _("It is begun: no firm sees it until you publish it."))
            which = draft.questionnaire.public_id
            return redirect("questionnaires:questionnaire", slug, which)
    context = {
        "title": _("Write a questionnaire"),
        "form": form,
        "submit": _("Begin"),
        "cancel": reverse("questionnaires:list", args=[slug]),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


def _begun(
    request: NetworkRequest, form: Start, source: Questionnaire | str
) -> QuestionnaireVersion:
    title = form.texts("title")
    if source == BLANK:
        return begin_questionnaire(acting=request.acting, title=title)
    return copy_questionnaire(acting=request.acting, title=title, source=source)
