"""A firm answers on its telephone: no account, no JavaScript, nothing lost."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils.timezone import localdate

from maillage.bricks.questionnaires.models import Answer, Response
from maillage.bricks.questionnaires.queries import values_of
from maillage.foundation.accounts.models import Person
from maillage.launch.surveys.links import path_of
from maillage.launch.surveys.models import Invitee, Survey
from tests.cast import Cast, inside
from tests.launch.surveys.stories import asked, opened


@pytest.fixture
def link(cast: Cast) -> str:
    """The personal link of Bob's bakery."""
    with inside(cast.network):
        (invitee,) = asked(cast, opened(cast), cast.bakery)
        return path_of(invitee)


def test_firm_answers_in_a_few_taps(cast: Cast, visitor: Client, link: str) -> None:
    first = visitor.get(link)
    assert "Boulangerie Martin" in first.content.decode()
    assert "Only the animator of the network reads your answers" in first.content.decode()
    steps: tuple[tuple[str, dict[str, str | list[str]], str], ...] = (
        ("", {}, "peaks/"),
        ("peaks/", {"answer": "yes"}, "peak_months/"),
        ("peak_months/", {"answer": ["m3", "m12"]}, "interested/"),
        ("interested/", {"answer": "yes"}, "job1/"),
        ("job1/", {"answer": "  une   vendeuse "}, "job1_hours/"),
        ("job1_hours/", {"month": ["3", "12"], "hours": "12"}, "more1/"),
        ("more1/", {"answer": "no"}, "brakes/"),
        ("brakes/", {}, "contact/"),
        ("contact/", {"answer": "yes"}, "check/"),
        ("check/", {}, ""),
    )
    for here, typed, leads_to in steps:
        answer = visitor.post(f"{link}{here}", typed)
        assert answer.status_code == 302, here
        assert answer["Location"] == f"{link}{leads_to}"
        assert visitor.get(answer["Location"]).status_code == 200, leads_to
    assert "Thank you, it is sent" in visitor.get(link).content.decode()
    with inside(cast.network):
        response = Response.objects.get()
        assert response.finished_at is not None
        assert values_of(response) == {
            "peaks": "yes",
            "peak_months": ["m3", "m12"],
            "interested": "yes",
            "job1": "une vendeuse",
            "job1_hours": {"half_hours": [0, 0, 24, 0, 0, 0, 0, 0, 0, 0, 0, 24]},
            "more1": "no",
            "contact": "yes",
        }


def test_two_taps_and_a_lost_connection_give_one_answer(
    cast: Cast, visitor: Client, link: str
) -> None:
    for _tap in range(2):
        visitor.post(link)
        visitor.post(f"{link}peaks/", {"answer": "no"})
        visitor.post(f"{link}interested/", {"answer": "no"})
        visitor.post(f"{link}contact/", {"answer": "no"})
        assert visitor.post(f"{link}check/")["Location"] == link
    with inside(cast.network):
        assert Response.objects.count() == 1
        assert Answer.objects.count() == 3


def test_answers_are_resumed_on_another_device(cast: Cast, visitor: Client, link: str) -> None:
    visitor.post(link)
    visitor.post(f"{link}peaks/", {"answer": "no"})
    elsewhere = Client(headers={"accept-language": "en"})
    assert "Go on where I stopped" in elsewhere.get(link).content.decode()
    assert elsewhere.post(link)["Location"] == f"{link}interested/"
    shown = elsewhere.get(f"{link}peaks/").content.decode()
    assert 'value="no" checked' in shown


def test_what_was_typed_wrong_stays_and_is_explained(visitor: Client, link: str) -> None:
    visitor.post(link)
    visitor.post(f"{link}peaks/", {"answer": "no"})
    visitor.post(f"{link}interested/", {"answer": "yes"})
    typed = {"month": ["3"], "hours": "200", "hours_7": "abc"}
    refused = visitor.post(f"{link}job1_hours/", typed)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "There are 168 hours in a week: 200 is too many." in page
    assert 'value="200"' in page
    assert 'value="abc"' in page
    assert 'id="month-3" name="month" value="3" checked' in page


def test_sending_waits_for_what_is_needed(cast: Cast, visitor: Client, link: str) -> None:
    visitor.post(link)
    visitor.post(f"{link}peaks/", {"answer": "no"})
    refused = visitor.post(f"{link}check/")
    assert refused.status_code == 422
    assert "2 questions still need an answer." in refused.content.decode()
    with inside(cast.network):
        assert Response.objects.get().finished_at is None


def test_finished_answers_are_corrected_in_their_place(
    cast: Cast, visitor: Client, link: str
) -> None:
    visitor.post(link)
    for key, value in (("peaks", "no"), ("interested", "no"), ("contact", "no")):
        visitor.post(f"{link}{key}/", {"answer": value})
    visitor.post(f"{link}check/")
    assert visitor.post(link)["Location"] == f"{link}peaks/"
    visitor.post(f"{link}peaks/", {"answer": "yes"})
    visitor.post(f"{link}check/")
    with inside(cast.network):
        assert values_of(Response.objects.get())["peaks"] == "yes"


def test_links_that_lead_nowhere_are_answered_alike(cast: Cast, visitor: Client, link: str) -> None:
    with inside(cast.network):
        Invitee.objects.update(link=2)
    paths = (link, "/s/never-was/", "/s/x/")
    pages = {re.findall("<main.*</main>", page_of(visitor, path), re.DOTALL)[0] for path in paths}
    assert len(pages) == 1
    assert visitor.get(link).status_code == 410
    assert "This link leads nowhere" in pages.pop()


def page_of(visitor: Client, path: str) -> str:
    """Return what a visitor reads."""
    return visitor.get(path).content.decode()


def test_a_survey_that_has_ended_says_so(cast: Cast, visitor: Client, link: str) -> None:
    visitor.post(link)
    with inside(cast.network):
        past = localdate() - timedelta(days=1)
        Survey.objects.update(opens_on=past, closes_on=past)
    for path in (link, f"{link}peaks/", f"{link}check/"):
        refused = visitor.post(path, {"answer": "yes"})
        assert refused.status_code == 410
        assert "This survey has ended" in refused.content.decode()
    with inside(cast.network):
        assert Answer.objects.count() == 0


def test_everybody_answers_an_anonymous_survey_once_in_a_browser(
    cast: Cast, visitor: Client
) -> None:
    with inside(cast.network):
        link = path_of(opened(cast, anonymous=True))
    page = visitor.get(link).content.decode()
    assert "Nobody can tell which firm answered." in page
    for browser in (visitor, Client(headers={"accept-language": "en"})):
        for _tap in range(2):
            browser.post(link)
            browser.post(f"{link}peaks/", {"answer": "yes"})
    with inside(cast.network):
        assert Response.objects.count() == 2
        assert {one.organisation for one in Response.objects.all()} == {None}


def test_nothing_in_the_database_ties_an_anonymous_answer_to_whoever_has_signed_in(
    cast: Cast, client_of: Callable[[Person], Client]
) -> None:
    with inside(cast.network):
        link = path_of(opened(cast, anonymous=True))
    bob = client_of(cast.bob)
    bob.post(link)
    bob.post(f"{link}peaks/", {"answer": "yes"})
    with inside(cast.network):
        response = Response.objects.get()
    kept = [session.get_decoded() for session in Session.objects.all()]
    assert str(response.public_id) not in str(kept)
    assert response.entered_by_id is None
    assert bob.get(f"{link}peaks/").status_code == 200  # his browser alone finds it again


def test_a_new_version_leaves_those_who_have_begun_with_theirs(
    cast: Cast, visitor: Client, link: str
) -> None:
    visitor.post(link)
    with inside(cast.network):
        version = Survey.objects.get().version
        content = {**version.content, "questions": version.content["questions"][-1:]}
        newer = type(version).objects.create(
            questionnaire=version.questionnaire,
            number=2,
            content=content,
            published_at=version.published_at,
        )
        Survey.objects.update(version=newer)
    assert visitor.get(f"{link}peaks/").status_code == 200
    assert visitor.post(f"{link}peaks/", {"answer": "yes"})["Location"] == f"{link}peak_months/"
