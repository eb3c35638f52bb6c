"""Alice writes what firms are asked, in her browser, without JavaScript."""

from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from maillage.bricks.questionnaires.models import Answer, QuestionnaireVersion, Response
from maillage.bricks.questionnaires.presets import contents
from maillage.foundation.accounts.models import Person
from maillage.launch.surveys.links import path_of
from maillage.launch.surveys.models import Survey
from tests.cast import Cast, inside
from tests.launch.surveys.stories import asked, opened

type ClientOf = Callable[[Person], Client]
SURVEYS = "/n/metiers-partages/surveys/"
AREA = f"{SURVEYS}questionnaires/"
NEEDS = "employer-group-needs"
MEANWHILE = "Somebody changed this meanwhile."


@pytest.fixture
def alice(cast: Cast, client_of: ClientOf) -> Client:
    """Alice's browser."""
    return client_of(cast.alice)


@pytest.fixture
def copy(alice: Client) -> str:
    """The page of her copy of the questionnaire of an employers' group."""
    answer = alice.post(f"{AREA}new/", {"source": NEEDS, "title_en": ""})
    assert answer.status_code == 302
    return str(answer["Location"])


def text_of(client: Client, path: str) -> str:
    """Return what a page says."""
    return unescape(client.get(path, follow=True).content.decode())


def form_at(client: Client, path: str, **typed: object) -> dict[str, Any]:
    """Return what a browser sends of the form of a page, with what is typed over it."""
    form = client.get(path).context["form"]
    values = {bound.html_name: bound.value() for bound in form}
    standing = {name: value for name, value in values.items() if value not in (None, False)}
    return {**standing, **typed}


def publish(client: Client, page: str) -> None:
    """Publish what is written."""
    mark = client.get(f"{page}publish/").context["mark"]
    assert client.post(f"{page}publish/", {"read_as": mark}).status_code == 302


def draft(cast: Cast) -> QuestionnaireVersion:
    """Return what is being written."""
    with inside(cast.network):
        return QuestionnaireVersion.objects.get(questionnaire__preset="", published_at__isnull=True)


def question(cast: Cast, key: str) -> dict[str, Any]:
    """Return a question as it is being written."""
    questions = draft(cast).content["questions"]
    return next(one for one in questions if one["key"] == key)


def keys(cast: Cast) -> list[str]:
    """Return the keys of the questions that are being written."""
    return [one["key"] for one in draft(cast).content["questions"]]


def test_alice_writes_a_questionnaire_from_nothing_and_asks_it(
    cast: Cast, alice: Client, visitor: Client
) -> None:
    refused = alice.post(f"{AREA}new/", {"source": "blank", "title_en": " "})
    assert refused.status_code == 422
    assert "Give the questionnaire a title." in refused.content.decode()
    page = alice.post(f"{AREA}new/", {"source": "blank", "title_en": "Transport"})["Location"]
    assert "It asks nothing yet: add a first question below." in text_of(alice, page)
    van = {"text_en": "Have you a van?", "more_en": "Yes\n\nNo\n", "more_fr": "Oui"}
    added = alice.post(f"{page}add/choice/", van)
    assert added["Location"] == f"{page}#q-have_you_a_van"
    said = text_of(alice, page)
    assert "The title is missing in French." in said
    assert "The question is missing in French." in said
    assert "The answer “No” is missing in French." in said
    assert "Publish this version" not in text_of(alice, f"{page}publish/")
    when = {"text_en": "When?", "text_fr": "Quand ?", "if_have_you_a_van": ["oui"]}
    assert alice.post(f"{page}add/text/", when).status_code == 302
    assert "Asked only after “Yes” to question 1." in text_of(alice, page)
    path = f"{page}questions/have_you_a_van/"
    whole = form_at(alice, path, text_fr="Une camionnette ?", choice_no_fr="Non")
    assert alice.post(path, whole).status_code == 302
    alice.post(f"{page}head/", form_at(alice, f"{page}head/", title_fr="Transport"))
    assert "It asks 2 questions, complete in each language." in text_of(alice, f"{page}publish/")
    publish(alice, page)
    assert "Version 1, published on" in text_of(alice, page)
    which = page.removeprefix(AREA).strip("/")
    survey = {"questions": which, "title": "Camionnettes", "opens_on": "2026-01-05"}
    assert alice.post(f"{SURVEYS}new/", survey).status_code == 302
    with inside(cast.network):
        (invitee,) = asked(cast, Survey.objects.get(), cast.bakery)
    visitor.post(path_of(invitee))
    assert "Have you a van?" in text_of(visitor, f"{path_of(invitee)}have_you_a_van/")


def test_the_form_of_every_question_of_the_preset_gives_it_back_unchanged(
    cast: Cast, alice: Client, copy: str
) -> None:
    for one in contents()[NEEDS]["questions"]:
        path = f"{copy}questions/{one['key']}/"
        assert alice.post(path, form_at(alice, path)).status_code == 302
    alice.post(f"{copy}head/", form_at(alice, f"{copy}head/"))
    assert draft(cast).content == contents()[NEEDS]


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("several", {"more_en": "A\nB"}, {"choices": ["a", "b"]}),
        ("ranking", {"more_en": "A\nB"}, {"choices": ["a", "b"]}),
        ("number", {"least": "1", "unit_en": "km"}, {"least": 1, "unit": {"en": "km"}}),
        ("scale", {"least": "1", "most": "10"}, {"least": 1, "most": 10}),
        ("text", {"not_now": "on"}, {"not_now": True}),
        ("months", {"required": "on"}, {"required": True}),
    ],
)
def test_alice_adds_a_question_of_each_kind(
    cast: Cast, alice: Client, copy: str, kind: str, typed: dict[str, str], kept: dict[str, Any]
) -> None:
    text = {"text_en": "How far?", "help_en": "Roughly.", "after": "peaks"}
    assert alice.post(f"{copy}add/{kind}/", {**text, **typed}).status_code == 302
    assert keys(cast)[:3] == ["peaks", "how_far", "peak_months"]
    found = question(cast, "how_far")
    if "choices" in found:
        found["choices"] = [one["key"] for one in found["choices"]]
    fixed = {"key": "how_far", "kind": kind, "text": {"en": "How far?"}, "help": {"en": "Roughly."}}
    assert found == {**fixed, **kept}
    assert kind == found["kind"]


def test_what_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost(
    cast: Cast, alice: Client, copy: str
) -> None:
    before = draft(cast).content
    for kind, typed, field, sentence in (
        ("scale", {"least": "1", "most": "30"}, "most", "A scale has from 2 to 10 marks."),
        ("text", {"text_en": ""}, "text_en", "This field is required."),
        ("choice", {"more_en": "x" * 121}, "more_en", "is too long: 120 characters at most."),
        (
            "text",
            {"if_peaks": ["yes"], "if_interested": ["yes"]},
            "if_interested",
            "Tick answers of one question only",
        ),
        ("text", {"if_peaks": ["yes"], "after": "nowhere"}, "after", "nowhere"),
    ):
        answer = alice.post(f"{copy}add/{kind}/", {"text_en": "How far?", **typed})
        assert answer.status_code == 422
        assert sentence in " ".join(answer.context["form"].errors[field])
        assert answer.context["form"].data["text_en"] == typed.get("text_en", "How far?")
    assert draft(cast).content == before
    assert alice.get(f"{copy}add/guess/").status_code == 404


def test_a_condition_on_a_later_question_is_refused(cast: Cast, alice: Client, copy: str) -> None:
    typed = {"text_en": "Why?", "if_contact": ["no"], "after": "peaks"}
    answer = alice.post(f"{copy}add/text/", typed)
    assert answer.status_code == 422
    said = unescape(answer.content.decode())
    assert "It can only depend on a question of one answer that stands before it." in said
    assert "why" not in keys(cast)


def test_changing_the_words_of_an_answer_keeps_its_key(
    cast: Cast, alice: Client, copy: str
) -> None:
    path = f"{copy}questions/brakes/"
    typed = form_at(
        alice, path, choice_cost_en="Its price", choice_cost_fr="Son prix",
        choice_time_en="", choice_time_fr="", more_en="The distance",
    )  # fmt: skip
    alice.post(path, typed)
    choices = question(cast, "brakes")["choices"]
    assert [one["key"] for one in choices] == [
        "competition", "cost", "formalities", "alone", "past", "nothing", "the_distance",
    ]  # fmt: skip
    assert choices[1]["text"] == {"en": "Its price", "fr": "Son prix"}
    again = alice.post(path, form_at(alice, path, up="the_distance"))
    assert again["Location"] == f"{path}#answers"
    assert [one["key"] for one in question(cast, "brakes")["choices"]][-2:] == [
        "the_distance", "nothing",
    ]  # fmt: skip


def test_questions_move_are_doubled_and_taken_away(cast: Cast, alice: Client, copy: str) -> None:
    alice.post(f"{copy}questions/brakes/down/")
    assert keys(cast)[-2:] == ["contact", "brakes"]
    alice.post(f"{copy}questions/brakes/up/")
    assert keys(cast)[-2:] == ["brakes", "contact"]
    refused = alice.post(f"{copy}questions/peak_months/up/", follow=True)
    assert "it stays below" in unescape(refused.content.decode())
    mark = alice.get(copy).context["mark"]
    for _two_taps in range(2):
        alice.post(f"{copy}questions/brakes/duplicate/", {"read_as": mark})
    assert keys(cast)[-3:] == ["brakes", "qu_est_ce_qui_vous", "contact"]
    removed = alice.post(f"{copy}questions/brakes/remove/", follow=True)
    said = unescape(removed.content.decode())
    assert "The question is taken away." in said
    assert f'action="{copy}questions/brakes/put-back/"' in said
    assert "brakes" not in keys(cast)
    alice.post(f"{copy}questions/brakes/put-back/")
    assert keys(cast)[-3:] == ["brakes", "qu_est_ce_qui_vous", "contact"]
    refused = alice.post(f"{copy}questions/peaks/remove/", follow=True)
    assert "is asked after an answer to this question" in unescape(refused.content.decode())


def test_the_question_on_being_called_is_offered_until_it_is_there(
    cast: Cast, alice: Client, copy: str
) -> None:
    assert "Ask whether they may be called" not in text_of(alice, copy)
    alice.post(f"{copy}questions/contact/remove/")
    assert "Ask whether they may be called" in text_of(alice, copy)
    alice.post(f"{copy}contact/")
    assert draft(cast).content["questions"][-1]["feeds"] == "contact"


def test_two_people_at_the_same_question_lose_nothing(
    cast: Cast, alice: Client, client_of: ClientOf, copy: str
) -> None:
    path = f"{copy}questions/brakes/"
    mine = form_at(alice, path, text_en="What stops you?", choice_time_en="Time")
    other = client_of(cast.alice)
    theirs = form_at(
        other, path, text_en="What worries you?", more_en="Fear",
        choice_past_en="", choice_past_fr="",
    )  # fmt: skip
    assert other.post(path, theirs).status_code == 302
    told = alice.post(path, {**mine, "choice_past_en": "A bad time"})
    said = unescape(told.content.decode())
    assert told.status_code == 422
    assert MEANWHILE in said
    assert "What worries you?" in said  # what is kept now
    assert "What stops you?" in said  # what she typed
    assert question(cast, "brakes")["text"]["en"] == "What worries you?"
    sent_again = {name: told.context["form"][name].value() for name in told.context["form"].fields}
    sent_again = {name: value for name, value in sent_again.items() if value not in (None, False)}
    assert alice.post(path, sent_again).status_code == 302
    found = question(cast, "brakes")
    assert found["text"]["en"] == "What stops you?"
    offered = {one["key"]: one["text"].get("en") for one in found["choices"]}
    assert (offered["time"], offered["fear"]) == ("Time", "Fear")  # hers, and what came meanwhile
    assert "A bad time" in offered.values()  # its words were sent: they are not lost


def test_two_people_at_the_title_lose_nothing(cast: Cast, alice: Client, copy: str) -> None:
    path = f"{copy}head/"
    mine = form_at(alice, path, title_en="Ours")
    alice.post(path, form_at(alice, path, title_en="Theirs"))
    told = alice.post(path, mine)
    said = unescape(told.content.decode())
    assert told.status_code == 422
    assert MEANWHILE in said
    assert "Theirs" in said
    assert 'value="Ours"' in said
    again = {**mine, "read_as": told.context["form"]["read_as"].value()}
    assert alice.post(path, again).status_code == 302
    assert draft(cast).content["title"]["en"] == "Ours"


def test_words_sent_once_it_is_published_or_taken_away_are_shown_again(
    cast: Cast, alice: Client, copy: str
) -> None:
    path = f"{copy}questions/brakes/"
    mine = form_at(alice, path, text_en="What stops you?")
    alice.post(f"{copy}questions/brakes/remove/")
    told = alice.post(path, mine)
    assert told.status_code == 422
    assert "This question is no longer in the questionnaire." in told.content.decode()
    assert "What stops you?" in told.content.decode()
    alice.post(f"{copy}questions/brakes/put-back/")
    publish(alice, copy)
    told = alice.post(path, mine)
    assert told.status_code == 422
    assert "This version was published meanwhile" in told.content.decode()
    assert "What stops you?" in told.content.decode()
    assert alice.get(path)["Location"] == copy
    assert alice.get(f"{copy}head/")["Location"] == copy
    assert alice.get(f"{copy}add/text/")["Location"] == copy


def test_what_is_published_is_what_was_read(cast: Cast, alice: Client, copy: str) -> None:
    mark = alice.get(f"{copy}publish/").context["mark"]
    alice.post(f"{copy}questions/brakes/down/")
    told = alice.post(f"{copy}publish/", {"read_as": mark}, follow=True)
    assert MEANWHILE in told.content.decode()
    assert draft(cast).number == 1


def test_changing_a_questionnaire_breaks_no_survey_under_way(
    cast: Cast, alice: Client, visitor: Client, copy: str
) -> None:
    publish(alice, copy)
    which = copy.removeprefix(AREA).strip("/")
    with inside(cast.network):
        survey = opened(cast, questions=which)
        (invitee,) = asked(cast, survey, cast.bakery)
    link = path_of(invitee)
    visitor.post(link)
    visitor.post(f"{link}peaks/", {"answer": "no"})
    alice.post(f"{copy}change/")
    alice.post(f"{copy}questions/brakes/remove/")
    alice.post(f"{copy}questions/peaks/remove/", follow=True)
    publish(alice, copy)
    for key, answer in (("interested", "no"), ("brakes", "cost"), ("contact", "no")):
        assert visitor.post(f"{link}{key}/", {"answer": answer}).status_code == 302
    visitor.post(f"{link}check/")
    with inside(cast.network):
        response = Response.objects.get()
        assert response.finished_at is not None
        assert response.version == Survey.objects.get(pk=survey.pk).version
        assert response.version.number == 1
        assert sorted(Answer.objects.values_list("question", flat=True)) == [
            "brakes", "contact", "interested", "peaks",
        ]  # fmt: skip


def test_a_preview_asks_what_the_answers_open_and_keeps_nothing(
    cast: Cast, alice: Client, copy: str
) -> None:
    for which in (copy, f"{AREA}{NEEDS}/"):
        preview = f"{which}preview/"
        assert "4 short questions, each on its own page." in text_of(alice, preview)
        first = f"{preview}questions/peaks/"
        refused = alice.post(first, {})
        assert refused.status_code == 422
        assert "Answer this question to go on." in refused.content.decode()
        yes = alice.post(first, {"answer": "yes"})["Location"]
        assert yes == f"{preview}questions/peak_months/?said=peaks%3Ayes"
        assert "Question 2 of 5" in text_of(alice, yes)
        no = alice.post(first, {"answer": "no"})["Location"]
        assert no == f"{preview}questions/interested/?said=peaks%3Ano"
        last = alice.post(f"{preview}questions/contact/", {"answer": "no"})["Location"]
        assert last == f"{preview}end/?said=contact%3Ano"
        assert "tells you what several firms have in common" in text_of(alice, last)
        assert alice.get(f"{preview}questions/nothing/").status_code == 404
        junk = f"{preview}questions/brakes/?said=peaks&said=peaks:later&said=x:y"
        assert "What would hold you back?" in text_of(alice, junk)
        on = alice.post(junk, {"answer": "cost"})["Location"]
        assert on == f"{preview}questions/contact/"
        cannot_say = f"{preview}questions/interested/?said=peaks:no&said=interested:yes"
        assert alice.post(cannot_say, {"answer": "not_now"})["Location"] == (
            f"{preview}questions/brakes/?said=peaks%3Ano"
        )
    with inside(cast.network):
        assert not Response.objects.exists()


def test_a_draft_without_texts_can_be_previewed(alice: Client) -> None:
    page = alice.post(f"{AREA}new/", {"source": "blank", "title_en": "Transport"})["Location"]
    assert "It asks nothing yet." in text_of(alice, f"{page}preview/")
    alice.post(f"{page}add/choice/", {"text_en": "Have you a van?"})
    french = Client(headers={"accept-language": "fr"})
    french.cookies = alice.cookies
    assert "Have you a van?" in text_of(french, f"{page}preview/questions/have_you_a_van/")


def test_a_copy_says_what_changed_on_either_side(cast: Cast, alice: Client, copy: str) -> None:
    assert "Nothing changed." in text_of(alice, f"{copy}changes/")
    alice.post(f"{copy}questions/brakes/remove/")
    path = f"{copy}questions/peaks/"
    alice.post(path, form_at(alice, path, text_en="Busy weeks?", help_en="", help_fr=""))
    page = alice.get(f"{copy}changes/").context
    assert page["mine"] == [
        ("Removed", "What would hold you back?", ""),
        ("Changed", "Busy weeks?", "the question, the help"),
    ]
    assert page["theirs"] == []
    publish(alice, copy)
    which = copy.removeprefix(AREA).strip("/")
    second = alice.post(f"{AREA}new/", {"source": which, "title_en": "Second"})["Location"]
    alice.post(f"{copy}change/")
    alice.post(f"{copy}questions/contact/up/")
    publish(alice, copy)
    page = alice.get(f"{second}changes/").context
    assert page["mine"] == [("Changed", "Around the questions", "the title")]
    assert page["theirs"] == [("Changed", "The order of the questions", "")]
    assert [
        (newer.number, older.number)
        for newer, older, _lines in alice.get(f"{copy}changes/").context["versions"]
    ] == [(2, 1)]
    assert UUID(which)


def test_a_draft_is_deleted_and_what_was_published_stays(
    cast: Cast, alice: Client, copy: str
) -> None:
    publish(alice, copy)
    alice.post(f"{copy}change/")
    assert "Version 1 stays as it was published." in text_of(alice, f"{copy}delete/")
    assert alice.post(f"{copy}delete/")["Location"] == copy
    assert alice.get(f"{copy}delete/")["Location"] == copy
    page = alice.post(f"{AREA}new/", {"source": "blank", "title_en": "Essai"})["Location"]
    assert "the questionnaire goes with it" in text_of(alice, f"{page}delete/")
    assert alice.post(f"{page}delete/")["Location"] == AREA
    assert alice.get(page).status_code == 404


def test_a_preset_asked_as_it_is_is_not_among_those_of_the_network(
    cast: Cast, alice: Client
) -> None:
    with inside(cast.network):
        survey = opened(cast)
    own = survey.version.questionnaire.public_id
    assert "You have written none yet" in text_of(alice, AREA)
    assert alice.get(f"{AREA}{own}/").status_code == 404
    assert alice.get(f"{AREA}{own}/publish/").status_code == 404
    assert alice.get(f"{AREA}nothing-of-that-name/").status_code == 404


def test_addresses_that_nothing_in_the_draft_answers_are_refused(
    cast: Cast, alice: Client, copy: str
) -> None:
    assert alice.get(f"{copy}questions/nothing/").status_code == 404
    for act in ("up", "down", "duplicate", "remove", "put-back"):
        told = alice.post(f"{copy}questions/nothing/{act}/", follow=True)
        assert "m-toast" in told.content.decode()
    assert draft(cast).content == contents()[NEEDS]
