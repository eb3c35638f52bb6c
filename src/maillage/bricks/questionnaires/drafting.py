"""Writing a questionnaire: each act takes the content of a draft and returns the next one.

A content is what `definition.read` reads; in a draft, texts and answers may still be missing, and
nothing else is ever wrong. Nothing here knows the database.
"""

from collections.abc import Collection, Iterable, Mapping, Sized
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from maillage.bricks.questionnaires.definition import (
    LONGEST_SCALE,
    MOST_CHOICES,
    MOST_QUESTIONS,
    WITH_CHOICES,
    Choice,
    Condition,
    Texts,
    said,
)
from maillage.bricks.questionnaires.enums import Kind
from maillage.bricks.questionnaires.keys import known_key, new_key

type Content = Mapping[str, Any]

HEAD: Final = ("title", "intro", "thanks")
BOUNDED: Final = frozenset({Kind.NUMBER, Kind.SCALE})


class DraftError(Exception):
    """Something that cannot be done with a draft: a sentence says why; `field` says where."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What somebody says of a question; its key and its kind never change.

    An answer offered whose key is "" is new; one without any text is taken away.
    """

    text: Texts
    help: Texts = field(default_factory=dict)
    unit: Texts = field(default_factory=dict)
    required: bool = False
    not_now: bool = False
    choices: tuple[Choice, ...] = ()
    least: int = 0
    most: int = 0
    only_if: Condition | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """A question that was taken away, and the one it stood after ("" for the first)."""

    question: Content
    after: str


def blank(title: Texts) -> Content:
    """Return a questionnaire that asks nothing yet; raises DraftError without a title."""
    return with_head({"title": {}, "questions": []}, title=title, intro={}, thanks={})


def with_head(content: Content, *, title: Texts, intro: Texts, thanks: Texts) -> Content:
    """Return the content with another title, introduction and thanks."""
    texts = {"title": _tidy(title), "intro": _tidy(intro), "thanks": _tidy(thanks)}
    if not texts["title"]:
        raise DraftError(_("Give the questionnaire a title."), "title")
    given = {name: text for name, text in texts.items() if text}
    return {**given, "questions": content["questions"]}


def with_question(
    content: Content, *, kind: Kind, words: Words, after: str = "", taken: Collection[str] = ()
) -> tuple[Content, str]:
    """Return the content with one more question, and its key.

    It stands after the question of key `after`, at the end when there is none of that key. `taken`
    are keys that must not be given again. The same question sent twice is added once.
    """
    questions = list(content["questions"])
    _refuse_full(questions)
    keys = keys_of(content)
    place = keys.index(after) + 1 if after in keys else len(questions)
    key = new_key(_tidy(words.text), {*keys, *taken}, otherwise="question")
    question = _composed({"key": key, "kind": kind}, words, {})
    _refuse_condition(question, questions[:place])
    for beside in questions[max(place - 1, 0) : place + 1]:
        if {**beside, "key": key} == question:
            return content, beside["key"]
    return {**content, "questions": [*questions[:place], question, *questions[place:]]}, key


def with_ready_made(content: Content, question: Content, taken: Collection[str] = ()) -> Content:
    """Return the content with a question of another questionnaire at its end.

    It keeps its key, unless that is taken, and what its answers are used for.
    """
    questions = list(content["questions"])
    _refuse_full(questions)
    used = {*keys_of(content), *taken}
    added = {name: value for name, value in question.items() if name != "only_if"}
    if added["key"] in used:
        added["key"] = new_key(added["text"], used, otherwise="question")
    return {**content, "questions": [*questions, added]}


def with_changed(
    content: Content, key: str, words: Words, retired: Mapping[str, Texts] | None = None
) -> Content:
    """Return the content with one question changed.

    `retired` are the answers that earlier versions offered to it: their keys come back with their
    words, and are given to no others.
    """
    place = place_of(content, key)
    questions = list(content["questions"])
    changed = _composed(questions[place], words, retired or {})
    _refuse_condition(changed, questions[:place])
    left = {choice["key"] for choice in changed.get("choices", ())}
    offered = {choice["key"] for choice in questions[place].get("choices", ())}
    if changed.get("feeds") and offered - left:
        text = _("Answers to this question say which firms may be called: all of them stay.")
        raise DraftError(text, "choices")
    for one in dependents(content, key):
        lost = set(one["only_if"]["choices"]) - left
        if lost:
            raise DraftError(
                _("“%(question)s” is asked after an answer you take away: change it first.")
                % {"question": said(one["text"])},
                "choices",
            )
    questions[place] = changed
    return {**content, "questions": questions}


def moved(content: Content, key: str, *, up: bool) -> Content:
    """Return the content with a question one place higher or lower; the first stays first.

    Raises DraftError when a question would come before the one whose answer opens it.
    """
    place = place_of(content, key)
    questions = list(content["questions"])
    other = place - 1 if up else place + 1
    if not 0 <= other < len(questions):
        return content
    first, second = sorted((place, other))
    source, follower = questions[first], questions[second]
    if follower.get("only_if", {}).get("question") == source["key"]:
        words = {"question": said(follower["text"]), "source": said(source["text"])}
        raise DraftError(
            _("“%(question)s” is asked after an answer to “%(source)s”: it stays below.") % words
        )
    questions[first], questions[second] = follower, source
    return {**content, "questions": questions}


def with_twin(content: Content, key: str, taken: Collection[str] = ()) -> tuple[Content, str]:
    """Return the content with a question asked once more, just below; and the key of the new one.

    What the answers of the first are used for beside the survey stays with the first.
    """
    questions = list(content["questions"])
    _refuse_full(questions)
    place = place_of(content, key)
    twin = {name: value for name, value in questions[place].items() if name != "feeds"}
    twin["key"] = new_key(twin["text"], {*keys_of(content), *taken}, otherwise="question")
    questions.insert(place + 1, twin)
    return {**content, "questions": questions}, twin["key"]


def without(content: Content, key: str) -> tuple[Content, Removed]:
    """Return the content without a question, and what it takes to put it back."""
    place = place_of(content, key)
    for one in dependents(content, key):
        raise DraftError(
            _("“%(question)s” is asked after an answer to this question: change it first.")
            % {"question": said(one["text"])}
        )
    questions = list(content["questions"])
    question = questions.pop(place)
    after = questions[place - 1]["key"] if place else ""
    return {**content, "questions": questions}, Removed(question, after)


def put_back(content: Content, removed: Removed) -> Content:
    """Return the content with a question where it stood, or as near as it still can.

    When the answers that opened it are no longer there, it is asked of everybody.
    """
    questions = list(content["questions"])
    _refuse_full(questions)
    question = dict(removed.question)
    keys = keys_of(content)
    place = len(questions)
    if not removed.after or removed.after in keys:
        place = keys.index(removed.after) + 1 if removed.after else 0
    if condition := question.pop("only_if", None):
        source = next((one for one in questions if one["key"] == condition["question"]), None)
        offered = {choice["key"] for choice in (source or {}).get("choices", ())}
        kept = [choice for choice in condition["choices"] if choice in offered]
        if source is not None and kept:
            question["only_if"] = {"question": source["key"], "choices": kept}
            place = max(place, keys.index(source["key"]) + 1)
    return {**content, "questions": [*questions[:place], question, *questions[place:]]}


def with_answer_raised(content: Content, key: str, choice: str) -> Content:
    """Return the content with an answer offered one place higher in its question."""
    place = place_of(content, key)
    questions = list(content["questions"])
    choices = list(questions[place].get("choices", ()))
    rank = next((rank for rank, one in enumerate(choices) if one["key"] == choice), 0)
    if rank:
        choices[rank - 1], choices[rank] = choices[rank], choices[rank - 1]
        questions[place] = {**questions[place], "choices": choices}
    return {**content, "questions": questions}


def keys_of(content: Content) -> list[str]:
    """Return the keys of the questions, in order."""
    return [one["key"] for one in content["questions"]]


def place_of(content: Content, key: str) -> int:
    """Return the rank of a question, from 0; raises DraftError when it is not there."""
    keys = keys_of(content)
    if key not in keys:
        raise DraftError(_("This question is no longer in the questionnaire."))
    return keys.index(key)


def dependents(content: Content, key: str) -> list[Content]:
    """Return the questions that are asked only after an answer to one."""
    return [one for one in content["questions"] if one.get("only_if", {}).get("question") == key]


def words_of(question: Content) -> Words:
    """Return what a question says now, as a form shows it."""
    condition = question.get("only_if")
    return Words(
        text=question["text"],
        help=question.get("help", {}),
        unit=question.get("unit", {}),
        required=question.get("required", False),
        not_now=question.get("not_now", False),
        choices=tuple(Choice(one["key"], one["text"]) for one in question.get("choices", ())),
        least=question.get("least", 0),
        most=question.get("most", 0),
        only_if=condition and Condition(condition["question"], tuple(condition["choices"])),
    )


def _composed(before: Content, words: Words, retired: Mapping[str, Texts]) -> Content:
    """Return a question as it is kept: what says nothing is left out."""
    kind = before["kind"]
    text = _tidy(words.text)
    if not text:
        raise DraftError(_("Write the question."), "text")
    said_of = {
        "text": text,
        "help": _tidy(words.help),
        "unit": _tidy(words.unit) if kind == Kind.NUMBER else {},
        "required": words.required,
        "not_now": words.not_now,
        "choices": _choices(before, words.choices, retired) if kind in WITH_CHOICES else [],
        "least": words.least if kind in BOUNDED else 0,
        "most": words.most if kind in BOUNDED else 0,
        "feeds": before.get("feeds", ""),
    }
    if condition := words.only_if:
        said_of["only_if"] = {"question": condition.question, "choices": list(condition.choices)}
    _refuse_range(kind, words)
    fixed = {"key": before["key"], "kind": str(before["kind"])}
    return {**fixed, **{name: value for name, value in said_of.items() if value}}


def _choices(
    before: Content, wanted: Iterable[Choice], retired: Mapping[str, Texts]
) -> list[dict[str, Any]]:
    """Return the answers offered: each keeps its key, new ones get one of their own."""
    kept = [Choice(one.key, tidy) for one in wanted if (tidy := _tidy(one.text))]
    if len(kept) > MOST_CHOICES:
        text = _("Offer %(most)s answers at most.") % {"most": MOST_CHOICES}
        raise DraftError(text, "choices")
    known = {choice["key"]: choice["text"] for choice in before.get("choices", ())}
    used = {one.key for one in kept if one.key}
    if used - set(known):
        raise DraftError(_("One of these answers is no longer there: look again."), "choices")
    ever = {**retired, **known}
    choices = []
    for one in kept:
        key = one.key
        if not key:
            free = {name: texts for name, texts in ever.items() if name not in used}
            taken = {*used, *ever}
            key = known_key(one.text, free) or new_key(one.text, taken, otherwise="answer")
            used.add(key)
        choices.append({"key": key, "text": dict(one.text)})
    return choices


def _refuse_full(questions: Sized) -> None:
    if len(questions) >= MOST_QUESTIONS:
        raise DraftError(_("There are %(most)s questions at most.") % {"most": MOST_QUESTIONS})


def _refuse_range(kind: str, words: Words) -> None:
    if kind == Kind.SCALE and not 1 <= words.most - words.least < LONGEST_SCALE:
        text = _("A scale has from 2 to %(most)s marks.") % {"most": LONGEST_SCALE}
        raise DraftError(text, "most")
    if kind == Kind.NUMBER and words.most and words.most < words.least:
        text = _("From %(least)s to %(most)s is not a possible range.")
        raise DraftError(text % {"least": words.least, "most": words.most}, "most")


def _refuse_condition(question: Content, before: Iterable[Content]) -> None:
    """Refuse a condition on a question that does not stand before, or on other answers."""
    condition = question.get("only_if")
    if condition is None:
        return
    source = next((one for one in before if one["key"] == condition["question"]), None)
    if source is None or source["kind"] != Kind.CHOICE:
        text = _("It can only depend on a question of one answer that stands before it.")
        raise DraftError(text, "only_if")
    offered = {choice["key"] for choice in source.get("choices", ())}
    if not condition["choices"] or not set(condition["choices"]) <= offered:
        text = _("It depends on an answer that the other question does not offer.")
        raise DraftError(text, "only_if")


def _tidy(texts: Texts) -> dict[str, str]:
    """Return texts without spaces around, and without the languages in which nothing is said."""
    lines = {language: text.strip().splitlines() for language, text in texts.items()}
    return {
        language: "\n".join(line.rstrip() for line in found)
        for language, found in lines.items()
        if found
    }
