"""What a questionnaire asks: plain data, written in TOML or in the database, checked when read.

A question keeps its key from one version to the next, so that answers to both can be read together.
Texts are in every language of the site.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from babel import Locale
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from maillage.bricks.questionnaires.enums import Kind

type Texts = Mapping[str, str]
type Value = Any  # JSON: what an answer is depends on the kind of its question

KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
# Words that stand where a key does: in the address of the last page, and for "I cannot say today".
RESERVED: Final = frozenset({"check", "not_now"})
WITH_CHOICES: Final = frozenset({Kind.CHOICE, Kind.SEVERAL, Kind.RANKING})
FEWEST_CHOICES, MOST_CHOICES = 2, 30
MOST_QUESTIONS: Final = 60
LONGEST_SCALE: Final = 10
QUESTION_KEYS: Final = frozenset(
    {"key", "kind", "text", "help", "required", "choices", "unit", "least", "most", "not_now"}
    | {"only_if", "feeds"}
)
# What is missing in a language.
MISSING: Final[Mapping[str, Promise]] = {
    "title": gettext_lazy("The title is missing in %(language)s."),
    "intro": gettext_lazy("The introduction is missing in %(language)s."),
    "thanks": gettext_lazy("The thanks are missing in %(language)s."),
    "text": gettext_lazy("The question is missing in %(language)s."),
    "help": gettext_lazy("The help is missing in %(language)s."),
    "unit": gettext_lazy("The unit is missing in %(language)s."),
    "answer": gettext_lazy("The answer “%(answer)s” is missing in %(language)s."),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: with which question (its key, or its rank; "" for the whole)."""

    question: str
    text: str

    def __str__(self) -> str:
        return f"question {self.question}: {self.text}" if self.question else self.text


class DefinitionError(ValueError):
    """A questionnaire that cannot be used; says everything that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
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
    """Return a text in the language of the reader, else in one it has; "" when there is none."""
    language = _reader()
    own = texts.get(language) or texts.get(settings.LANGUAGE_CODE[:2])
    return own or next(iter(texts.values()), "")


def languages() -> list[str]:
    """Return the languages in which every text is needed, those of the site."""
    return [code for code, _label in settings.LANGUAGES]


def language_name(code: str) -> str:
    """Return the name of a language, in that of the reader: "en" is "anglais" in French."""
    return str(Locale(code).get_language_name(_reader()))


def _reader() -> str:
    return (get_language() or settings.LANGUAGE_CODE)[:2]


def read(content: Mapping[str, Any]) -> Definition:
    """Return the questionnaire that a content describes; raises DefinitionError with every fault.

    The content is what `src/maillage/presets/questionnaires` and `QuestionnaireVersion.content`
    hold: title, intro, thanks (texts) and questions (tables).
    """
    faults = faults_of(content)
    if faults:
        raise DefinitionError(faults)
    return sketched(content)


def sketched(content: Mapping[str, Any]) -> Definition:
    """Return the questionnaire of a draft, in which texts and answers may still be missing."""
    return Definition(
        title=content["title"],
        intro=content.get("intro", {}),
        thanks=content.get("thanks", {}),
        questions=tuple(_question(one) for one in content["questions"]),
    )


def faults_of(content: Mapping[str, Any]) -> list[Fault]:
    """Return everything that is wrong with a content, in the language of the reader."""
    return list(_faults(content))


def _question(content: Mapping[str, Any]) -> Question:
    given = dict(content)
    given["kind"] = Kind(given["kind"])
    given["choices"] = tuple(Choice(**choice) for choice in given.get("choices", ()))
    if condition := given.get("only_if"):
        given["only_if"] = Condition(condition["question"], tuple(condition["choices"]))
    return Question(**given)


def _faults(content: Mapping[str, Any]) -> Iterator[Fault]:
    for name in ("title", "intro", "thanks"):
        for fault in _texts(name, content.get(name, {}), needed=name == "title"):
            yield Fault("", fault)
    for name in sorted(set(content) - {"title", "intro", "thanks", "questions"}):
        yield Fault("", f"unknown key {name!r}")
    questions = content.get("questions", [])
    if not 1 <= len(questions) <= MOST_QUESTIONS:
        text = _("A questionnaire has from 1 to %(most)s questions.") % {"most": MOST_QUESTIONS}
        yield Fault("", text)
    before: dict[str, Mapping[str, Any]] = {}
    for rank, one in enumerate(questions, 1):
        key = str(one.get("key", ""))
        if not KEY.fullmatch(key) or key in RESERVED:
            yield Fault(
                key or str(rank), "the key is made of small letters, figures and underscores"
            )
        if key in before:
            yield Fault(key, "this key is used twice")
        yield from (Fault(key or str(rank), fault) for fault in _faults_of(one, before))
        before[key] = one


# The faults in plain English below, and the names of keys, only a file can have.
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
    yield from _range(kind, one.get("least", 0), one.get("most", 0))
    if condition := one.get("only_if"):
        source = before.get(condition.get("question", ""))
        known = {choice.get("key") for choice in (source or {}).get("choices", ())}
        if source is None or source.get("kind") != Kind.CHOICE:
            yield _("It can only depend on a question of one answer that stands before it.")
        elif not set(condition.get("choices", ())) <= known or not condition.get("choices"):
            yield _("It depends on an answer that the other question does not offer.")


def _range(kind: object, least: int, most: int) -> Iterator[str]:
    """Find bounds that no answer fits; a number whose `most` is 0 has no upper bound."""
    if kind == Kind.SCALE and not 1 <= most - least < LONGEST_SCALE:
        yield _("A scale has from 2 to %(most)s marks.") % {"most": LONGEST_SCALE}
    elif most and most < least:
        words = {"least": least, "most": most}
        yield _("From %(least)s to %(most)s is not a possible range.") % words


def _choices(one: Mapping[str, Any], *, needed: bool) -> Iterator[str]:
    choices = one.get("choices", ())
    if needed and not FEWEST_CHOICES <= len(choices) <= MOST_CHOICES:
        words = {"fewest": FEWEST_CHOICES, "most": MOST_CHOICES}
        yield _("Offer from %(fewest)s to %(most)s answers.") % words
    if choices and not needed:
        yield "this kind of question offers no answers"
    keys = [str(choice.get("key", "")) for choice in choices]
    well_formed = all(KEY.fullmatch(key) and key not in RESERVED for key in keys)
    if len(set(keys)) != len(keys) or not well_formed:
        yield "each answer has a key of its own"
    for choice in choices:
        texts = choice.get("text", {})
        name = said(texts) if isinstance(texts, Mapping) else ""
        yield from _texts("answer", texts, needed=True, answer=name or str(choice.get("key")))


def _texts(part: str, texts: object, *, needed: bool = False, answer: str = "") -> Iterator[str]:
    if not isinstance(texts, Mapping):
        yield f"{part} {answer} is given by language"
        return
    for language in sorted(set(texts) - set(languages())):
        yield f"{part} {answer}: unknown language {language!r}"
    if needed or texts:
        for language in languages():
            if not str(texts.get(language, "")).strip():
                words = {"language": language_name(language), "answer": answer}
                yield str(MISSING[part]) % words
