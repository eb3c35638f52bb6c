"""Alice runs a survey; the board and the members read what names nobody."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from maillage.bricks.questionnaires.models import Response
from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.models import ReadLine
from maillage.foundation.jobs.worker import work_off
from maillage.foundation.networks.models import NetworkModule
from maillage.launch.surveys.links import path_of
from maillage.launch.surveys.models import Invitee, Survey
from tests.cast import Cast, inside, more_firms
from tests.launch.surveys.stories import answered, asked, end, opened

type ClientOf = Callable[[Person], Client]
AREA = "/n/metiers-partages/surveys/"


@pytest.fixture
def alice(cast: Cast, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(cast.alice)


def text_of(client: Client, path: str) -> str:
    """Return what a page says."""
    return client.get(path).content.decode()


def test_alice_opens_a_survey_and_chooses_the_firms(cast: Cast, alice: Client) -> None:
    typed = {"questions": "employer-group-needs", "title": "Besoins", "opens_on": "2026-01-05"}
    refused = alice.post(f"{AREA}new/", {**typed, "closes_on": "2026-01-04"})
    assert refused.status_code == 422
    assert "The last day is past: choose another." in refused.content.decode()
    answer = alice.post(f"{AREA}new/", typed)
    with inside(cast.network):
        survey = Survey.objects.get()
    page = answer["Location"]
    assert page == f"{AREA}{survey.public_id}/"
    assert "Choose the firms" in text_of(alice, page)
    alice.post(f"{page}ask/", {"who": "member", "commune": "Blois"})
    listed = text_of(alice, f"{page}firms/")
    assert "Boulangerie Martin" in listed
    assert "Garage Lemoine" not in listed  # it is in Vendôme
    assert "2 firms asked" in listed


def test_alice_sends_a_link_that_is_answered(cast: Cast, alice: Client, visitor: Client) -> None:
    with inside(cast.network):
        (invitee,) = asked(cast, opened(cast), cast.bakery)
    firm = f"{AREA}{invitee.survey.public_id}/firms/{invitee.public_id}/"
    alice.post(f"{firm}write/")
    work_off()
    sent = mail.outbox[-1]
    assert sent.to == ["contact@boulangerie-martin.example"]
    assert path_of(invitee) in sent.body
    assert visitor.get(path_of(invitee)).status_code == 200
    for _again in range(3):
        alice.post(f"{firm}write/")
    work_off()
    assert len(mail.outbox) == 3  # what a firm accepts in a month
    assert "Link sent" in text_of(alice, f"{AREA}{invitee.survey.public_id}/firms/")


def test_alice_takes_answers_by_telephone(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        (invitee,) = asked(cast, opened(cast), cast.bakery)
    firm = f"{AREA}{invitee.survey.public_id}/firms/{invitee.public_id}/"
    assert alice.post(f"{firm}enter/", {"channel": "phone"})["Location"] == path_of(invitee)
    for key in ("peaks", "interested", "contact"):
        alice.post(f"{path_of(invitee)}{key}/", {"answer": "no"})
    alice.post(f"{path_of(invitee)}check/")
    assert firm in text_of(alice, path_of(invitee))  # the way back to the survey
    with inside(cast.network):
        response = Response.objects.get()
        assert (response.channel, response.entered_by_id) == ("phone", cast.alice.public_id)
        assert response.finished_at is not None
    assert "Do you have regular work peaks?" in text_of(alice, firm)
    read = ReadLine.objects.get()
    assert (read.organisation_id, read.fields) == (cast.bakery.public_id, ["answers"])


def test_owner_reads_who_looked_at_the_answers(
    cast: Cast, alice: Client, client_of: ClientOf
) -> None:
    with inside(cast.network):
        survey = opened(cast)
        (invitee,) = asked(cast, survey, cast.bakery)
        answered(survey, invitee, peaks="no", interested="no", contact="no")
    alice.get(f"{AREA}{survey.public_id}/firms/{invitee.public_id}/")
    said = text_of(client_of(cast.bob), "/n/metiers-partages/trust/reads/")
    assert "Answers to a survey" in said


def test_paper_carries_the_questions_and_the_link_as_a_picture(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        (invitee,) = asked(cast, opened(cast), cast.bakery)
    said = text_of(alice, f"{AREA}{invitee.survey.public_id}/firms/{invitee.public_id}/paper/")
    assert path_of(invitee) in said
    assert "<svg" in said.split('class="m-paper__code"')[1]
    assert "Do you have regular work peaks?" in said


def test_a_refusal_stops_the_mails(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        (invitee,) = asked(cast, opened(cast), cast.bakery)
    firm = f"{AREA}{invitee.survey.public_id}/firms/{invitee.public_id}/"
    alice.post(f"{firm}refusal/", {"because": "Pas le temps"})
    said = text_of(alice, firm)
    assert "Pas le temps" in said
    assert "Send the link by mail" not in said
    alice.post(f"{firm}write/")
    work_off()
    assert mail.outbox == []


def test_members_read_figures_and_never_a_name(
    cast: Cast, alice: Client, client_of: ClientOf
) -> None:
    with inside(cast.network):
        survey = opened(cast)
        firms = more_firms(cast, 12)
    with inside(cast.network):
        for rank, invitee in enumerate(asked(cast, survey, *firms)):
            says = "yes" if rank < 5 else "no"
            answered(survey, invitee, peaks=says, interested=says, contact="yes")
    results = f"{AREA}{survey.public_id}/results/"
    assert "once the survey has ended" in text_of(client_of(cast.bob), results)
    with inside(cast.network):
        end(survey)
    mine, theirs = text_of(alice, results), text_of(client_of(cast.bob), results)
    assert "5 of 12, 42%" in mine
    assert "5 of 12, 42%" in theirs
    assert "Firms to call" in mine
    assert "Firms to call" not in theirs
    assert "Menuiserie" not in theirs
    named = text_of(alice, f"{results}interested/yes/")
    assert "5 firms agree to be called" in named
    assert "Menuiserie 00000" in named
    assert client_of(cast.bob).get(f"{results}interested/yes/").status_code == 403


def test_every_firm_of_a_downloaded_list_reads_that_it_was_looked_at(
    cast: Cast, alice: Client
) -> None:
    with inside(cast.network):
        survey = opened(cast)
        for invitee in asked(cast, survey, *more_firms(cast, 60)):
            answered(survey, invitee, peaks="no", interested="yes", contact="yes")
    listed = f"{AREA}{survey.public_id}/results/interested/yes/"
    assert alice.get(f"{listed}?export=csv").status_code == 200
    assert ReadLine.objects.count() == 60


def test_unknown_figures_and_firms_do_not_exist(cast: Cast, alice: Client) -> None:
    with inside(cast.network):
        survey = opened(cast)
        (invitee,) = asked(cast, survey, cast.bakery)
        other = opened(cast)
    for path in ("results/job1/yes/", "results/interested/maybe/", "results/nothing/yes/"):
        assert alice.get(f"{AREA}{survey.public_id}/{path}").status_code == 404
    assert alice.get(f"{AREA}{other.public_id}/firms/{invitee.public_id}/").status_code == 404


def test_surveys_are_of_one_network(cast: Cast, alice: Client, client_of: ClientOf) -> None:
    with inside(cast.network):
        survey = opened(cast)
        NetworkModule.objects.filter(key="surveys").delete()
    for path in (AREA, f"{AREA}{survey.public_id}/"):
        assert alice.get(path).status_code == 404  # the module is off
        assert client_of(cast.denis).get(path).status_code == 404


def test_another_link_makes_the_first_void(cast: Cast, alice: Client, visitor: Client) -> None:
    with inside(cast.network):
        (invitee,) = asked(cast, opened(cast), cast.bakery)
    first = path_of(invitee)
    alice.post(f"{AREA}{invitee.survey.public_id}/firms/{invitee.public_id}/new-link/")
    assert visitor.get(first).status_code == 410
    with inside(cast.network):
        assert visitor.get(path_of(Invitee.objects.get())).status_code == 200
