"""A questionnaire as its animator reads it: each question in a few words, and what it lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.bricks.questionnaires.comparing import PARTS, Differences
from maillage.bricks.questionnaires.definition import Definition, Question, faults_of, said
from maillage.bricks.questionnaires.drafting import Content
from maillage.bricks.questionnaires.enums import Kind

# What the answers to a question are used for beside the survey (`Question.feeds`).
USES: Final[Mapping[str, Promise]] = {
    "contact": gettext_lazy("Its answers say which firms may be called."),
    "staff": gettext_lazy("With the hours that follow, it states a need of the firm."),
    "staff_hours": gettext_lazy("With the job named before, it states a need of the firm."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One question: what it asks, how, of whom, and what is wrong with it."""

    number: int
    key: str
    text: str
    kind: str
    offered: tuple[str, ...]
    rules: tuple[str, ...]
    faults: tuple[str, ...]


def lines_of(content: Content, definition: Definition) -> list[Line]:
    """Return the questions in order, each with its faults."""
    faults = by_question(content)
    return [
        Line(
            number,
            one.key,
            said(one.text),
            str(one.kind.label),
            tuple(said(choice.text) for choice in one.choices),
            tuple(_rules(one, definition)),
            faults.get(one.key, ()),
        )
        for number, one in enumerate(definition.questions, 1)
    ]


def by_question(content: Content) -> Mapping[str, tuple[str, ...]]:
    """Return what is wrong, by the key of the question; "" for the whole."""
    found: dict[str, tuple[str, ...]] = {}
    for fault in faults_of(content):
        found[fault.question] = (*found.get(fault.question, ()), fault.text)
    return found


def _rules(question: Question, definition: Definition) -> list[str]:
    rules = []
    if question.required:
        rules.append(_("It must be answered."))
    if question.not_now:
        rules.append(_("“I cannot say today” is offered."))
    if question.kind == Kind.SCALE or question.most:
        words = {"least": question.least, "most": question.most}
        rules.append(_("From %(least)s to %(most)s.") % words)
    elif question.least:
        rules.append(_("%(least)s or more.") % {"least": question.least})
    if question.feeds in USES:
        rules.append(str(USES[question.feeds]))
    if sentence := condition_of(question, definition):
        rules.append(sentence)
    return rules


def condition_of(question: Question, definition: Definition) -> str:
    """Return after which answers a question is asked, in words; "" when everybody is asked."""
    if question.only_if is None:
        return ""
    source = definition.question(question.only_if.question)
    if source is None:
        return ""
    opening = [source.choice(key) for key in question.only_if.choices]
    answers = ", ".join(said(one.text) for one in opening if one is not None)
    words = {"answers": answers, "number": definition.questions.index(source) + 1}
    return _("Asked only after “%(answers)s” to question %(number)s.") % words


def in_words(found: Differences) -> list[tuple[str, str, str]]:
    """Return differences as lines: what became of it, which question, which parts."""
    lines = [(_("Changed"), _("Around the questions"), _parts(found.head))] if found.head else []
    lines += [(_("Added"), said(text), "") for text in found.added]
    lines += [(_("Removed"), said(text), "") for text in found.removed]
    lines += [(_("Changed"), said(one.text), _parts(one.parts)) for one in found.changed]
    if found.reordered:
        lines.append((_("Changed"), _("The order of the questions"), ""))
    return lines


def _parts(parts: tuple[str, ...]) -> str:
    return ", ".join(str(PARTS[part]) for part in parts)
