"""What a link of a survey opens: which survey, for which firm, and what was answered so far."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from http import HTTPStatus
from typing import Concatenate
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django_scopes import scope

from maillage.bricks.questionnaires.definition import Definition, Question, Value, read
from maillage.bricks.questionnaires.models import Response
from maillage.bricks.questionnaires.queries import values_of
from maillage.launch.surveys.actions import SurveyError, refuse_shut
from maillage.launch.surveys.links import opened_by, path_of
from maillage.launch.surveys.models import Invitee, Survey


@dataclass
class Opening:
    """A survey opened by a link; `response` is None until somebody begins to answer."""

    token: str
    survey: Survey
    invitee: Invitee | None
    response: Response | None
    definition: Definition
    values: dict[str, Value] = field(default_factory=dict)

    @property
    def asked(self) -> list[Question]:
        """The questions asked of whoever gave these answers."""
        return self.definition.asked(self.values)

    def after(self, key: str) -> Question | None:
        """Return the question that follows one, None after the last."""
        keys = [question.key for question in self.asked]
        rank = keys.index(key) + 1 if key in keys else len(keys)
        return self.asked[rank] if rank < len(keys) else None

    def before(self, key: str) -> Question | None:
        """Return the question that comes before one, None before the first."""
        keys = [question.key for question in self.asked]
        rank = keys.index(key) if key in keys else 0
        return self.asked[rank - 1] if rank else None

    def missing(self) -> list[Question]:
        """Return the questions that still need an answer."""
        return [one for one in self.asked if one.required and one.key not in self.values]

    def next_to_answer(self) -> Question | None:
        """Return the first question without an answer, None when each has one."""
        return next((one for one in self.asked if one.key not in self.values), None)


type View[**P] = Callable[Concatenate[HttpRequest, Opening, P], HttpResponseBase]


def opened[**P](view: View[P]) -> Callable[..., HttpResponseBase]:
    """Open what the link leads to, for the time of the view; say so when it leads nowhere.

    A link that never was, one made void and one cut short are answered alike.
    """

    @wraps(view)
    def gate(
        request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        found = opened_by(token)
        if found is None:
            return closed(request, _("This link leads nowhere. Check that it is whole."))
        survey = found.survey if isinstance(found, Invitee) else found
        network = survey.network
        with scope(network=network, register=network.register):
            if network.closed_on is not None:
                return closed(request, _("This survey has ended: it takes no more answers."))
            try:
                refuse_shut(survey)
            except SurveyError as error:
                return closed(request, str(error))
            invitee = found if isinstance(found, Invitee) else None
            return view(request, _opening(request, token, survey, invitee), *args, **kwargs)

    return never_cache(gate)


def _opening(request: HttpRequest, token: str, survey: Survey, invitee: Invitee | None) -> Opening:
    response = invitee.response if invitee is not None else _anonymous(request, survey)
    version = response.version if response is not None else survey.version
    values = values_of(response) if response is not None else {}
    return Opening(token, survey, invitee, response, read(version.content), values)


def _anonymous(request: HttpRequest, survey: Survey) -> Response | None:
    """Return the answers begun in this browser, which alone remembers which they are."""
    known = request.get_signed_cookie(ANONYMOUS, default=None, salt=str(survey.public_id))
    if known is None:
        return None
    return (
        Response.objects.filter(public_id=UUID(known), asked_in=survey.public_id, organisation=None)
        .select_related("version")
        .first()
    )


def remember(page: HttpResponse, opening: Opening, response: Response) -> None:
    """Let this browser find its anonymous answers again.

    In a cookie and not in the session: a session names whoever has signed in.
    """
    if opening.invitee is None:
        page.set_signed_cookie(
            ANONYMOUS,
            str(response.public_id),
            salt=str(opening.survey.public_id),
            path=path_of(opening.survey),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def closed(request: HttpRequest, sentence: str) -> HttpResponseBase:
    """Say why a link does not lead to questions."""
    context = {"sentence": sentence}
    return render(request, "answers/closed.html", context, status=HTTPStatus.GONE)


ANONYMOUS = "maillage_answers"
