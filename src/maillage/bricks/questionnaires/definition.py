"""What a questionnaire asks: plain data, written in TOML or in the database, checked when read.

A question keeps its key from one version to the next, so that answers to both can be read together.
Texts are in every language of the site.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.utils.translation import get_language

from maillage.bricks.questionnaires.enums import Kind

type Texts = Mapping[str, str]
type Value = Any  # JSON: what an answer is depends on the kind of its question

KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
WITH_CHOICES: Final = frozenset({Kind.CHOICE, Kind.SEVERAL, Kind.RANKING})
FEWEST_CHOICES, MOST_CHOICES = 2, 30
MOST_QUESTIONS: Final = 60
LONGEST_SCALE: Final = 10
QUESTION_KEYS: Final = frozenset(
    {"key", "kind", "text", "help", "required", "choices", "unit", "least", "most", "not_now"}
    | {"only_if", "feeds"}
)


class DefinitionError(ValueError):
    """A questionnaire that cannot be used; says everything that is wrong with it."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers offered."""

    key: str
    text: Texts


@dataclass(frozen=True, slots=True)
class Condition:
    """A question is asked only when another was answered by one of these choices."""

    question: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `least` and `most` bound a number or a scale, `unit` follows a number.

    `feeds` says what the answer is used for beside the survey, under a name that the survey knows.
    """

    key: str
    kind: Kind
    text: Texts
    help: Texts = field(default_factory=dict)
    required: bool = False
    choices: tuple[Choice, ...] = ()
    unit: Texts = field(default_factory=dict)
    least: int = 0
    most: int = 0
    not_now: bool = False
    only_if: Condition | None = None
    feeds: str = ""

    def choice(self, key: str) -> Choice | None:
        """Return one of the answers offered, None when there is none of that key."""
        return next((choice for choice in self.choices if choice.key == key), None)


@dataclass(frozen=True, slots=True)
class Definition:
    """A questionnaire: its title, what stands before and after, its questions in order."""

    title: Texts
    intro: Texts
    thanks: Texts
    questions: tuple[Question, ...]

    def question(self, key: str) -> Question | None:
        """Return a question, None when the questionnaire has none of that key."""
        return next((question for question in self.questions if question.key == key), None)

    def asked(self, values: Mapping[str, Value]) -> list[Question]:
        """Return the questions that are asked of whoever answered `values`, in order."""
        asked: dict[str, Question] = {}
        for question in self.questions:
            condition = question.only_if
            # What was answered to a question that is no longer asked opens no other one.
            if condition is None or (
                condition.question in asked and values.get(condition.question) in condition.choices
            ):
                asked[question.key] = question
        return list(asked.values())


def said(texts: Texts) -> str:
    """Return a text in the language of the reader; "" when there is none."""
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    return texts.get(language) or texts.get(settings.LANGUAGE_CODE[:2], "")


def read(content: Mapping[str, Any]) -> Definition:
    """Return the questionnaire that a content describes; raises DefinitionError with every fault.

    The content is what `src/maillage/presets/questionnaires` and `QuestionnaireVersion.content`
    hold: title, intro, thanks (texts) and questions (tables).
    """
    faults = list(_faults(content))
    if faults:
        raise DefinitionError(faults)
    return Definition(
        title=content["title"],
        intro=content.get("intro", {}),
        thanks=content.get("thanks", {}),
        questions=tuple(_question(one) for one in content["questions"]),
    )


def _question(content: Mapping[str, Any]) -> Question:
    given = dict(content)
    given["kind"] = Kind(given["kind"])
    given["choices"] = tuple(Choice(**choice) for choice in given.get("choices", ()))
    if condition := given.get("only_if"):
        given["only_if"] = Condition(condition["question"], tuple(condition["choices"]))
    return Question(**given)


def _faults(content: Mapping[str, Any]) -> Iterator[str]:
    for name in ("title", "intro", "thanks"):
        yield from _texts(name, content.get(name, {}), needed=name == "title")
    for name in sorted(set(content) - {"title", "intro", "thanks", "questions"}):
        yield f"unknown key {name!r}"
    questions = content.get("questions", [])
    if not 1 <= len(questions) <= MOST_QUESTIONS:
        yield f"a questionnaire has from 1 to {MOST_QUESTIONS} questions"
    before: dict[str, Mapping[str, Any]] = {}
    for rank, one in enumerate(questions, 1):
        key = str(one.get("key", ""))
        where = f"question {key or rank}"
        if not KEY.fullmatch(key):
            yield f"{where}: the key is made of small letters, figures and underscores"
        if key in before:
            yield f"{where}: this key is used twice"
        yield from (f"{where}: {fault}" for fault in _faults_of(one, before))
        before[key] = one


def _faults_of(one: Mapping[str, Any], before: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for name in sorted(set(one) - QUESTION_KEYS):
        yield f"unknown key {name!r}"
    kind = one.get("kind")
    if kind not in Kind.values:
        yield f"unknown kind {kind!r}; known: {', '.join(Kind.values)}"
    yield from _texts("text", one.get("text", {}), needed=True)
    yield from _texts("help", one.get("help", {}))
    yield from _texts("unit", one.get("unit", {}))
    yield from _choices(one, needed=kind in WITH_CHOICES)
    least, most = one.get("least", 0), one.get("most", 0)
    if most < least or (kind == Kind.SCALE and not 1 <= most - least < LONGEST_SCALE):
        yield f"from {least} to {most} is not a possible range"
    if condition := one.get("only_if"):
        source = before.get(condition.get("question", ""))
        known = {choice.get("key") for choice in (source or {}).get("choices", ())}
        if source is None or source.get("kind") != Kind.CHOICE:
            yield "it can only depend on a question of one answer that stands before it"
        elif not set(condition.get("choices", ())) <= known or not condition.get("choices"):
            yield "it depends on an answer that the other question does not offer"


def _choices(one: Mapping[str, Any], *, needed: bool) -> Iterator[str]:
    choices = one.get("choices", ())
    if needed and not FEWEST_CHOICES <= len(choices) <= MOST_CHOICES:
        yield f"it offers from {FEWEST_CHOICES} to {MOST_CHOICES} answers"
    if choices and not needed:
        yield "this kind of question offers no answers"
    keys = [str(choice.get("key", "")) for choice in choices]
    if len(set(keys)) != len(keys) or not all(KEY.fullmatch(key) for key in keys):
        yield "each answer has a key of its own"
    for choice in choices:
        yield from _texts(f"answer {choice.get('key')}", choice.get("text", {}), needed=True)


def _texts(name: str, texts: object, *, needed: bool = False) -> Iterator[str]:
    languages = [code for code, _label in settings.LANGUAGES]
    if not isinstance(texts, Mapping):
        yield f"{name} is given by language"
        return
    for language in sorted(set(texts) - set(languages)):
        yield f"{name}: unknown language {language!r}"
    if needed or texts:
        for language in languages:
            if not str(texts.get(language, "")).strip():
                yield f"{name} has no text in {language!r}"
