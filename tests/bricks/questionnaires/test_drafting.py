"""Writing a questionnaire: whatever is done to it, it can be read or says exactly what it lacks."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.bricks.questionnaires.comparing import differences
from maillage.bricks.questionnaires.definition import (
    KEY,
    Choice,
    Condition,
    faults_of,
    read,
    sketched,
)
from maillage.bricks.questionnaires.drafting import (
    Content,
    DraftError,
    Removed,
    Words,
    blank,
    moved,
    put_back,
    with_answer_raised,
    with_changed,
    with_head,
    with_question,
    with_ready_made,
    with_twin,
    without,
    words_of,
)
from maillage.bricks.questionnaires.enums import Kind
from maillage.bricks.questionnaires.presets import contents

NEEDS = contents()["employer-group-needs"]


def both(text: str) -> dict[str, str]:
    return {"fr": text, "en": text}


def choice(text: str, key: str = "") -> Choice:
    return Choice(key, both(text))


YES_NO = (choice("Oui"), choice("Non"))


def asking(*questions: tuple[Kind, Words]) -> Content:
    content = blank(both("Transport"))
    for kind, words in questions:
        content, _key = with_question(content, kind=kind, words=words)
    return content


def keys(content: Content) -> list[str]:
    return [one["key"] for one in content["questions"]]


def said_of(content: Content) -> list[str]:
    return [str(fault) for fault in faults_of(content)]


CAR = (Kind.CHOICE, Words(text=both("Avez-vous une camionnette ?"), choices=YES_NO))
WHEN = (
    Kind.TEXT,
    Words(text=both("Quand ?"), only_if=Condition("avez_vous_une", ("oui",))),
)


def test_keys_are_made_from_the_text_and_stay_when_it_changes() -> None:
    content = asking(CAR)
    assert keys(content) == ["avez_vous_une"]
    (question,) = content["questions"]
    assert [one["key"] for one in question["choices"]] == ["oui", "non"]
    renamed = (Choice("non", both("Pas du tout")), Choice("oui", both("Bien sûr")))
    changed = with_changed(
        content, "avez_vous_une", Words(text=both("Une fourgonnette ?"), choices=renamed)
    )
    assert keys(changed) == ["avez_vous_une"]
    assert [one["key"] for one in changed["questions"][0]["choices"]] == ["non", "oui"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Œuvrez-vous à plusieurs ?", "oeuvrez_vous_a_plusieurs"),
        ("3 salariés ou plus ?", "question_3_salaries_ou_plus"),
        ("你好", "question"),
        ("check", "check_2"),
        ("Anticonstitutionnellement parlant", "anticonstitutionnellemen"),
    ],
)
def test_any_text_makes_a_key(text: str, key: str) -> None:
    content = asking((Kind.TEXT, Words(text=both(text))))
    assert keys(content) == [key]
    assert said_of(content) == []


def test_a_key_that_was_used_is_not_given_to_another_question() -> None:
    content, key = with_question(
        blank(both("Transport")),
        kind=Kind.TEXT,
        words=Words(text=both("Quand ?")),
        taken={"quand", "quand_2"},
    )
    assert (keys(content), key) == (["quand_3"], "quand_3")


def test_an_answer_that_comes_back_has_its_key_and_a_new_one_another() -> None:
    content = asking(CAR)
    retired = {"peut_etre": both("Peut-être"), "jamais": both("Jamais")}
    offered = (choice("Oui", "oui"), choice("Non", "non"), choice("Jamais"), choice("Peut être !"))
    changed = with_changed(
        content, "avez_vous_une", Words(text=both("Camionnette ?"), choices=offered), retired
    )
    found = [one["key"] for one in changed["questions"][0]["choices"]]
    assert found == ["oui", "non", "jamais", "peut_etre_2"]


def test_a_question_sent_twice_is_added_once() -> None:
    content = asking(CAR, WHEN)
    twice, key = with_question(content, kind=WHEN[0], words=WHEN[1])
    assert (twice, key) == (content, "quand")


def test_every_question_of_a_preset_goes_through_its_form_unchanged() -> None:
    for question in NEEDS["questions"]:
        words = words_of(question)
        assert with_changed(NEEDS, question["key"], words) == NEEDS
    head = {name: NEEDS[name] for name in ("title", "intro", "thanks")}
    assert with_head(NEEDS, **head) == NEEDS


def test_what_is_missing_is_said_at_its_question() -> None:
    content = with_head(asking(CAR), title={"fr": "Transport"}, intro={}, thanks={"en": "Thanks"})
    words = Words(text={"fr": "Vos % de trajets ?"}, choices=(Choice("", {"fr": "100 %"}),))
    content, _key = with_question(content, kind=Kind.SEVERAL, words=words)
    assert [(fault.question, fault.text) for fault in faults_of(content)] == [
        ("", "The title is missing in English."),
        ("", "The thanks are missing in French."),
        ("vos_de_trajets", "The question is missing in English."),
        ("vos_de_trajets", "Offer from 2 to 30 answers."),
        ("vos_de_trajets", "The answer “100 %” is missing in English."),
    ]
    assert sketched(content).questions[1].key == "vos_de_trajets"


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises(DraftError) as error:
        act()
    return str(error.value)


def test_a_question_others_depend_on_stays() -> None:
    content = asking(CAR, WHEN)
    assert refused(lambda: without(content, "avez_vous_une")) == (
        "“Quand ?” is asked after an answer to this question: change it first."
    )
    assert refused(lambda: moved(content, "quand", up=True)) == (
        "“Quand ?” is asked after an answer to “Avez-vous une camionnette ?”: it stays below."
    )
    assert refused(lambda: moved(content, "avez_vous_une", up=False)).endswith("it stays below.")
    no_yes = Words(text=both("Camionnette ?"), choices=(choice("Non", "non"), choice("Si")))
    assert refused(lambda: with_changed(content, "avez_vous_une", no_yes)) == (
        "“Quand ?” is asked after an answer you take away: change it first."
    )


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        (
            Condition("removed", ("oui",)),
            "It can only depend on a question of one answer that stands before it.",
        ),
        (
            Condition("quand", ("oui",)),
            "It can only depend on a question of one answer that stands before it.",
        ),
        (
            Condition("avez_vous_une", ("removed",)),
            "It depends on an answer that the other question does not offer.",
        ),
        (
            Condition("avez_vous_une", ()),
            "It depends on an answer that the other question does not offer.",
        ),
    ],
)
def test_a_condition_on_what_is_not_there_is_refused(condition: Condition, sentence: str) -> None:
    content = asking(CAR, WHEN)
    words = Words(text=both("Où ?"), only_if=condition)
    assert refused(lambda: with_question(content, kind=Kind.TEXT, words=words)) == sentence
    assert refused(lambda: with_changed(content, "quand", words)) == sentence


def test_a_condition_on_a_question_that_stands_after_is_refused() -> None:
    content = asking((Kind.TEXT, Words(text=both("Bonjour ?"))), CAR)
    words = Words(text=both("Où ?"), only_if=Condition("avez_vous_une", ("oui",)))
    sentence = "It can only depend on a question of one answer that stands before it."
    said = refused(lambda: with_question(content, kind=Kind.TEXT, words=words, after="bonjour"))
    assert said == sentence


def test_a_question_taken_away_comes_back_where_it_was() -> None:
    content = asking(CAR, WHEN, (Kind.TEXT, Words(text=both("Où ?"))))
    left, removed = without(content, "quand")
    assert keys(left) == ["avez_vous_une", "ou"]
    assert put_back(left, removed) == content


def test_a_question_comes_back_below_the_one_that_opens_it() -> None:
    content = asking((Kind.TEXT, Words(text=both("Où ?"))), CAR, WHEN)
    upside_down = {**content, "questions": [content["questions"][one] for one in (1, 2, 0)]}
    left, removed = without(upside_down, "quand")
    moved_down = moved(left, "avez_vous_une", up=False)
    assert keys(put_back(moved_down, Removed(removed.question, ""))) == [
        "ou", "avez_vous_une", "quand",
    ]  # fmt: skip


def test_a_question_comes_back_without_the_condition_that_is_gone() -> None:
    content = asking(CAR, WHEN)
    left, removed = without(content, "quand")
    alone, _car = without(left, "avez_vous_une")
    assert put_back(alone, removed)["questions"] == [
        {"key": "quand", "kind": "text", "text": both("Quand ?")}
    ]


def test_a_copied_question_has_its_own_key_and_does_not_feed_anything() -> None:
    content, key = with_twin(NEEDS, "contact")
    twin = content["questions"][-1]
    assert (twin["key"], "feeds" in twin) == (key, False)
    assert twin["choices"] == content["questions"][-2]["choices"]
    assert read(content).questions[-1].key == "l_animateur_peut_il_vous"


def test_bounds_that_nothing_fits_are_refused() -> None:
    scale = Words(text=both("Note ?"), least=1, most=11)
    assert refused(lambda: asking((Kind.SCALE, scale))) == "A scale has from 2 to 10 marks."
    number = Words(text=both("Combien ?"), least=5, most=3)
    assert refused(lambda: asking((Kind.NUMBER, number))) == (
        "From 5 to 3 is not a possible range."
    )
    unbounded = asking((Kind.NUMBER, Words(text=both("Combien ?"), least=5)))
    assert said_of(unbounded) == []


def test_a_copy_says_what_changed_since() -> None:
    copy = with_head(NEEDS, title=both("Les nôtres"), intro=NEEDS["intro"], thanks=NEEDS["thanks"])
    copy, _removed = without(copy, "brakes")
    copy, _key = with_question(copy, kind=Kind.TEXT, words=Words(text=both("Pourquoi ?")))
    contact = words_of(next(one for one in copy["questions"] if one["key"] == "contact"))
    copy = with_changed(copy, "contact", Words(text=both("Peut-on ?"), choices=contact.choices))
    found = differences(NEEDS, copy)
    assert found.head == ("title",)
    assert [texts["en"] for texts in found.added] == ["Pourquoi ?"]
    assert [texts["en"] for texts in found.removed] == ["What would hold you back?"]
    assert [(one.text["en"], one.parts) for one in found.changed] == [
        ("Peut-on ?", ("text", "help", "required"))
    ]
    assert not found.reordered
    assert differences(copy, moved(copy, "contact", up=True)).reordered
    assert not differences(NEEDS, NEEDS)


# Whatever somebody does, in any order: each act is a number for what, and some for where.
type Act = tuple[int, int, int, dict[str, str], bool]
PUT_BACK, TAKE_AWAY = 7, 8
SOME_TEXTS = st.dictionaries(
    st.sampled_from(["fr", "en"]), st.text(alphabet="aé1 ?%", max_size=4), max_size=2
)
ACTS = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 20), st.integers(0, 20), SOME_TEXTS, st.booleans()),
    max_size=25,
)
STARTS = st.sampled_from([NEEDS, blank(both("Rien")), asking(CAR, WHEN)])
# What a draft may still lack; everything else is refused when it is done.
MAY_LACK = ("is missing in", "are missing in", "Offer from", "A questionnaire has from")


def words_for(content: Content, where: int, how: int, texts: dict[str, str], flag: bool) -> Words:
    questions: Sequence[Content] = content["questions"]
    condition = None
    if flag and questions:
        source = questions[how % len(questions)]
        offered = tuple(one["key"] for one in source.get("choices", ()))
        condition = Condition(source["key"], offered[: 1 + where % 3])
    choices = tuple(Choice("", {language: text + "b"}) for language, text in texts.items())
    return Words(
        text=texts, help=texts, unit=texts, required=flag, not_now=not flag,
        choices=choices, least=where, most=how, only_if=condition,
    )  # fmt: skip


def done(content: Content, removed: list[Removed], act: Act) -> Content:
    """Do one of the acts."""
    what, where, how, texts, flag = act
    there = keys(content) or ["none"]
    key = there[where % len(there)]
    words = words_for(content, where, how, texts, flag)
    gone = [one.question["key"] for one in removed]
    if what == TAKE_AWAY:
        content, taken_away = without(content, key)
        removed.append(taken_away)
        return content
    if what == PUT_BACK:
        return put_back(content, removed.pop()) if removed else content
    kind = list(Kind)[how % len(Kind)]
    acts: list[Callable[[], Content]] = [
        lambda: with_question(content, kind=kind, words=words, after=key, taken=gone)[0],
        lambda: with_question(content, kind=Kind.CHOICE, words=words, taken=gone)[0],
        lambda: with_changed(content, key, words),
        lambda: moved(content, key, up=flag),
        lambda: with_twin(content, key, gone)[0],
        lambda: with_head(content, title=texts, intro=texts, thanks={}),
        lambda: with_ready_made(content, NEEDS["questions"][-1], gone),
    ]
    return acts[what]()


@given(STARTS, ACTS)
def test_whatever_is_done_gives_what_can_be_read_or_says_what_it_lacks(
    start: Content, acts: list[Act]
) -> None:
    content, removed = start, list[Removed]()
    for act in acts:
        with suppress(DraftError):  # what is refused leaves everything as it was
            content = done(content, removed, act)
    faults = faults_of(content)
    assert [fault.text for fault in faults if not any(one in fault.text for one in MAY_LACK)] == []
    found = keys(content)
    assert len(set(found)) == len(found)
    assert all(KEY.fullmatch(key) for key in found)
    assert {fault.question for fault in faults} <= {"", *found}
    definition = sketched(content) if faults else read(content)
    assert [question.key for question in definition.questions] == found
    assert definition.asked({})[:1] == list(definition.questions[:1])
    for question in content["questions"]:
        if question.get("choices"):
            raised = with_answer_raised(content, question["key"], question["choices"][-1]["key"])
            assert len(raised["questions"]) == len(found)
