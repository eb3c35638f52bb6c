"""Alice writes questionnaires, alone or with somebody else, and publishes them."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied

from maillage.bricks.questionnaires import presets
from maillage.bricks.questionnaires.actions import (
    QuestionnaireError,
    copy_preset,
    version_to_ask,
)
from maillage.bricks.questionnaires.definition import Choice, Condition, read
from maillage.bricks.questionnaires.drafting import Words, words_of
from maillage.bricks.questionnaires.drafts import (
    DraftChangedError,
    DraftError,
    add_contact_question,
    add_question,
    change_head,
    change_question,
    duplicate_question,
    head_of,
    mark_of,
    move_question,
    put_question_back,
    raise_answer,
    remove_question,
)
from maillage.bricks.questionnaires.enums import Kind
from maillage.bricks.questionnaires.models import Questionnaire, QuestionnaireVersion
from maillage.bricks.questionnaires.versions import (
    begin_draft,
    begin_questionnaire,
    copy_questionnaire,
    give_up_draft,
    origin_now,
    publish,
)
from maillage.foundation.audit.models import AuditLine
from maillage.foundation.networks.acting import Acting
from tests.cast import Cast, acting, cast_of, inside

NEEDS = "employer-group-needs"
CONTENT = presets.contents()[NEEDS]


@pytest.fixture
def alice(cast: Cast) -> Iterator[Acting]:
    """Alice, inside her network."""
    with inside(cast.network):
        yield acting(cast.alice, cast.network)


@pytest.fixture
def copy(alice: Acting) -> QuestionnaireVersion:
    """Her copy of the questionnaire of an employers' group."""
    return copy_questionnaire(acting=alice, title={"fr": "Les nôtres"}, source=NEEDS)


def again(version: QuestionnaireVersion) -> QuestionnaireVersion:
    return QuestionnaireVersion.objects.get(pk=version.pk)


def asked(version: QuestionnaireVersion) -> list[str]:
    return [one["key"] for one in again(version).content["questions"]]


def one_of(version: QuestionnaireVersion, key: str) -> dict[str, object]:
    found = again(version).content["questions"]
    return next(one for one in found if one["key"] == key)


def both(text: str) -> dict[str, str]:
    return {"fr": text, "en": text}


def published(alice: Acting, draft: QuestionnaireVersion) -> QuestionnaireVersion:
    return publish(acting=alice, draft=draft, read_as=mark_of(again(draft).content))


def complete(alice: Acting, copy: QuestionnaireVersion) -> QuestionnaireVersion:
    """Give the copy the title that it lacks."""
    head = head_of(copy.content)
    return change_head(
        acting=alice,
        draft=copy,
        read_as=mark_of(head),
        title=both("Les nôtres"),
        intro=head["intro"],
        thanks=head["thanks"],
    )


def test_a_copy_keeps_its_keys_and_what_they_are_used_for(copy: QuestionnaireVersion) -> None:
    assert copy.content["questions"] == CONTENT["questions"]
    assert one_of(copy, "contact")["feeds"] == "contact"
    assert copy.questionnaire.title == "Les nôtres"
    assert (copy.questionnaire.copied_preset, copy.questionnaire.preset) == (NEEDS, "")


def test_a_copy_knows_what_changed_where_it_came_from(
    alice: Acting, copy: QuestionnaireVersion
) -> None:
    first = published(alice, complete(alice, copy))
    second = copy_questionnaire(acting=alice, title={}, source=first.questionnaire)
    assert second.content == again(first).content
    draft = begin_draft(acting=alice, questionnaire=first.questionnaire)
    remove_question(acting=alice, draft=draft, key="brakes")
    questionnaire = Questionnaire.objects.get(pk=second.questionnaire_id)
    assert origin_now(questionnaire) == again(first).content  # a draft is not what it became
    published(alice, draft)
    now = origin_now(Questionnaire.objects.get(pk=second.questionnaire_id))
    assert now == again(draft).content
    assert questionnaire.copied_content == again(first).content


def test_a_published_version_never_changes(alice: Acting, copy: QuestionnaireVersion) -> None:
    version = published(alice, complete(alice, copy))
    content = again(version).content
    words = words_of(content["questions"][0])
    acts = [
        lambda: change_head(acting=alice, draft=version, read_as=mark_of(head_of(content)),
                            title=both("Autre"), intro={}, thanks={}),
        lambda: add_question(acting=alice, draft=version, kind=Kind.TEXT, words=words),
        lambda: add_contact_question(acting=alice, draft=version),
        lambda: change_question(acting=alice, draft=version, key="peaks",
                                read_as=mark_of(content["questions"][0]), words=words),
        lambda: raise_answer(acting=alice, draft=version, key="peaks", choice="no"),
        lambda: move_question(acting=alice, draft=version, key="brakes", up=True),
        lambda: duplicate_question(acting=alice, draft=version, key="peaks",
                                   read_as=mark_of(content)),
        lambda: remove_question(acting=alice, draft=version, key="brakes"),
        lambda: put_question_back(acting=alice, draft=version, key="brakes"),
        lambda: publish(acting=alice, draft=version, read_as=mark_of(content)),
        lambda: give_up_draft(acting=alice, draft=version),
    ]  # fmt: skip
    for act in acts:
        with pytest.raises(DraftError, match="This version was published meanwhile"):
            act()
    assert again(version).content == content
    assert again(version).published_at == version.published_at


def test_the_next_version_starts_from_the_last_and_leaves_it_alone(
    alice: Acting, copy: QuestionnaireVersion
) -> None:
    first = published(alice, complete(alice, copy))
    content = again(first).content
    draft = begin_draft(acting=alice, questionnaire=first.questionnaire)
    assert begin_draft(acting=alice, questionnaire=first.questionnaire) == draft
    assert (draft.number, draft.content) == (2, content)
    move_question(acting=alice, draft=draft, key="contact", up=True)
    second = published(alice, draft)
    assert again(first).content == content
    assert asked(second)[-2:] == ["contact", "brakes"]
    asks = version_to_ask(
        network=first.questionnaire.network, chosen=str(first.questionnaire.public_id)
    )
    assert asks == second


def test_a_draft_that_lacks_something_is_not_published(
    alice: Acting, copy: QuestionnaireVersion
) -> None:
    with pytest.raises(DraftError, match="Something is still missing"):
        published(alice, copy)
    network, chosen = copy.questionnaire.network, str(copy.questionnaire.public_id)
    with pytest.raises(QuestionnaireError, match="Choose a questionnaire in the list"):
        version_to_ask(network=network, chosen=chosen)


def test_who_comes_second_is_told_and_changes_nothing(
    alice: Acting, copy: QuestionnaireVersion
) -> None:
    read_as = mark_of(one_of(copy, "peaks"))
    words = words_of(one_of(copy, "peaks"))
    mine = Words(text=both("À moi"), choices=words.choices)
    theirs = Words(text=both("À eux"), choices=words.choices)
    change_question(acting=alice, draft=copy, key="peaks", read_as=read_as, words=theirs)
    with pytest.raises(DraftChangedError) as refused:
        change_question(acting=alice, draft=copy, key="peaks", read_as=read_as, words=mine)
    assert refused.value.now["questions"][0]["text"] == both("À eux")
    assert one_of(copy, "peaks")["text"] == both("À eux")
    head = head_of(copy.content)
    given = {"title": both("Ailleurs"), "intro": {}, "thanks": {}}
    with pytest.raises(DraftChangedError):
        change_head(acting=alice, draft=copy, read_as=mark_of({**head, "intro": {}}), **given)
    with pytest.raises(DraftChangedError):
        duplicate_question(acting=alice, draft=copy, key="peaks", read_as=mark_of(copy.content))
    with pytest.raises(DraftChangedError):
        publish(acting=alice, draft=copy, read_as=mark_of(copy.content))


def test_two_people_change_two_questions_and_both_are_kept(
    alice: Acting, copy: QuestionnaireVersion
) -> None:
    marks = {key: mark_of(one_of(copy, key)) for key in ("job1", "job2")}
    for key, read_as in marks.items():
        words = Words(text=both(key))
        change_question(acting=alice, draft=copy, key=key, read_as=read_as, words=words)
    assert [one_of(copy, key)["text"] for key in marks] == [both("job1"), both("job2")]


def test_a_question_taken_away_comes_back_until_it_is_published(
    alice: Acting, copy: QuestionnaireVersion
) -> None:
    remove_question(acting=alice, draft=copy, key="brakes")
    assert "brakes" not in asked(copy)
    for _twice in range(2):
        put_question_back(acting=alice, draft=copy, key="brakes")
    assert again(copy).content == copy.content
    remove_question(acting=alice, draft=copy, key="brakes")
    published(alice, complete(alice, copy))
    assert again(copy).removed == []
    draft = begin_draft(acting=alice, questionnaire=copy.questionnaire)
    with pytest.raises(DraftError, match="no longer in the questionnaire"):
        put_question_back(acting=alice, draft=draft, key="brakes")


def test_keys_of_earlier_versions_come_back_for_the_same_only(
    alice: Acting, copy: QuestionnaireVersion
) -> None:
    draft = begin_questionnaire(acting=alice, title=both("Transport"))
    choices = (Choice("", both("Oui")), Choice("", both("Non")))
    when = Words(text=both("Quand ?"), choices=choices)
    add_question(acting=alice, draft=draft, kind=Kind.CHOICE, words=when)
    add_question(acting=alice, draft=draft, kind=Kind.TEXT, words=Words(text=both("Où ?")))
    published(alice, draft)
    second = begin_draft(acting=alice, questionnaire=draft.questionnaire)
    remove_question(acting=alice, draft=second, key="ou")
    made = add_question(
        acting=alice, draft=second, kind=Kind.NUMBER, words=Words(text=both("Où ?"))
    )
    assert made == "ou_2"  # another question: the answers to the first are not its own
    kept = Words(text=both("Quand ?"), choices=(Choice("oui", both("Oui")),))
    read_as = mark_of(one_of(second, "quand"))
    change_question(acting=alice, draft=second, key="quand", read_as=read_as, words=kept)
    again_no = (Choice("oui", both("Oui")), Choice("", both("non")), Choice("", both("Non !")))
    read_as = mark_of(one_of(second, "quand"))
    words = Words(text=both("Quand ?"), choices=again_no)
    change_question(acting=alice, draft=second, key="quand", read_as=read_as, words=words)
    question = one_of(second, "quand")
    assert [one["key"] for one in question["choices"]] == ["oui", "non", "non_2"]  # type: ignore[attr-defined]  # a list


def test_the_question_on_being_called_is_added_once(alice: Acting) -> None:
    draft = begin_questionnaire(acting=alice, title=both("Transport"))
    assert add_contact_question(acting=alice, draft=draft) == "contact"
    assert again(draft).content["questions"] == [CONTENT["questions"][-1]]
    with pytest.raises(DraftError, match="already asks whether"):
        add_contact_question(acting=alice, draft=draft)
    words = Words(text=both("Peut-on ?"), choices=(Choice("no", both("Non")),))
    with pytest.raises(DraftError, match="all of them stay"):
        change_question(
            acting=alice,
            draft=draft,
            key="contact",
            read_as=mark_of(one_of(draft, "contact")),
            words=words,
        )


def test_a_condition_on_a_question_taken_away_is_refused(
    alice: Acting, copy: QuestionnaireVersion
) -> None:
    remove_question(acting=alice, draft=copy, key="peak_months")
    remove_question(acting=alice, draft=copy, key="peaks")
    words = Words(text=both("Pourquoi ?"), only_if=Condition("peaks", ("yes",)))
    with pytest.raises(DraftError, match="stands before it"):
        add_question(acting=alice, draft=copy, kind=Kind.TEXT, words=words)
    put_question_back(acting=alice, draft=copy, key="peak_months")
    assert "only_if" not in one_of(copy, "peak_months")


def test_giving_a_draft_up_leaves_what_was_published(
    alice: Acting, copy: QuestionnaireVersion
) -> None:
    other = begin_questionnaire(acting=alice, title=both("Essai"))
    assert give_up_draft(acting=alice, draft=other) is False
    assert not Questionnaire.objects.filter(pk=other.questionnaire_id).exists()
    first = published(alice, complete(alice, copy))
    draft = begin_draft(acting=alice, questionnaire=first.questionnaire)
    assert give_up_draft(acting=alice, draft=draft) is True
    assert list(QuestionnaireVersion.objects.filter(questionnaire=copy.questionnaire)) == [first]
    with pytest.raises(DraftError, match="This draft is no longer there"):
        give_up_draft(acting=alice, draft=draft)


def test_a_preset_that_changed_is_asked_as_it_is_now(
    cast: Cast, alice: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = copy_preset(network=cast.network, preset=NEEDS)
    assert copy_preset(network=cast.network, preset=NEEDS) == first
    changed = {**CONTENT, "questions": CONTENT["questions"][-1:]}
    monkeypatch.setattr("maillage.bricks.questionnaires.actions.contents", lambda: {NEEDS: changed})
    second = copy_preset(network=cast.network, preset=NEEDS)
    assert (second.number, asked(second)) == (2, ["contact"])
    assert second.questionnaire_id == first.questionnaire_id
    assert again(first).content == CONTENT
    assert len(read(again(first).content).questions) == len(CONTENT["questions"])


def test_only_who_runs_surveys_writes_and_only_in_their_network(
    cast: Cast, alice: Acting, copy: QuestionnaireVersion
) -> None:
    bob = acting(cast.bob, cast.network)
    with pytest.raises(PermissionDenied):
        begin_questionnaire(acting=bob, title=both("Les miens"))
    with pytest.raises(PermissionDenied):
        remove_question(acting=bob, draft=copy, key="brakes")
    other = cast_of("ailleurs")
    stranger = acting(other.alice, other.network)
    with pytest.raises(DraftError, match="no longer there"):
        remove_question(acting=stranger, draft=copy, key="brakes")
    assert "brakes" in asked(copy)


def test_each_act_leaves_a_line_in_the_trail(alice: Acting, copy: QuestionnaireVersion) -> None:
    remove_question(acting=alice, draft=copy, key="brakes")
    published(alice, complete(alice, copy))
    lines = AuditLine.objects.filter(subject_id=copy.questionnaire.public_id).order_by("id")
    assert [line.act for line in lines] == [
        "begin questionnaire", "remove question", "change", "publish version",
    ]  # fmt: skip
    assert {line.actor_id for line in lines} == {alice.person.public_id}
