"""What people fill in to write a questionnaire: each text in every language of the site."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from maillage.bricks.questionnaires.answering import LARGEST_NUMBER
from maillage.bricks.questionnaires.definition import (
    WITH_CHOICES,
    Choice,
    Condition,
    Texts,
    language_name,
    languages,
    said,
)
from maillage.bricks.questionnaires.drafting import BOUNDED, Content, Words, words_of
from maillage.bricks.questionnaires.enums import Kind
from maillage.web.ui.forms import ChoiceCards

LONGEST: Final[Mapping[str, int]] = {
    "title": 120, "intro": 1000, "thanks": 1000,
    "text": 300, "help": 500, "unit": 20, "answer": 120,
}  # fmt: skip
# What a line of answers may hold: all of them, and what separates them.
MOST_LINES: Final = 30 * (LONGEST["answer"] + 2)
LABELS: Final = {
    "title": gettext_lazy("Title in %(language)s"),
    "intro": gettext_lazy("Introduction in %(language)s"),
    "thanks": gettext_lazy("Thanks in %(language)s"),
    "text": gettext_lazy("Question in %(language)s"),
    "help": gettext_lazy("Help in %(language)s"),
    "unit": gettext_lazy("Unit in %(language)s"),
    "answer": gettext_lazy("In %(language)s"),
    "answers": gettext_lazy("Answers in %(language)s, one per line"),
    "more": gettext_lazy("Other answers in %(language)s, one per line"),
}
ON_SEVERAL_LINES: Final = {"intro": 4, "thanks": 3, "help": 2, "more": 4}
BLANK: Final = "blank"
AT_THE_END: Final = "-"  # no key is written so
POSTED_CHOICE: Final = re.compile(r"choice_([a-z][a-z0-9_]{0,39})_([a-z]{2})")


def spoken(texts: Texts | None = None) -> list[str]:
    """Return the languages of the site: the reader's first, unless the text is in another only."""
    own = (get_language() or "")[:2]
    known = [code for code, text in (texts or {}).items() if text]
    return sorted(languages(), key=lambda code: (bool(known) and code not in known, code != own))


class Spoken(forms.Form):
    """A form whose texts are written in each language."""

    def add_texts(
        self, name: str, texts: Texts, *, needed: bool = False, longest: int = 0,
        label: Promise | None = None,
    ) -> None:  # fmt: skip
        """Add a field for a text in each language; the first is needed when the text is."""
        part = "answer" if name.startswith("choice_") else name
        rows = ON_SEVERAL_LINES.get(part)
        for rank, code in enumerate(spoken(texts)):
            self.fields[f"{name}_{code}"] = forms.CharField(
                label=str(label or LABELS[part]) % {"language": language_name(code)},
                required=needed and rank == 0,
                max_length=longest or LONGEST[part],
                initial=texts.get(code, ""),
                widget=forms.Textarea({"rows": rows, "lang": code})
                if rows
                else forms.TextInput({"lang": code}),
            )

    def texts(self, name: str) -> dict[str, str]:
        """Return what was typed of a text, by language."""
        return {code: self.cleaned_data.get(f"{name}_{code}", "") for code in languages()}

    def bound(self, name: str) -> list[forms.BoundField]:
        """Return the fields of a text, in the order of its languages."""
        return [self[one] for one in self.fields if one.rpartition("_")[0] == name]

    def refuse(self, sentence: str, field: str) -> None:
        """Say a sentence at the field it is about, else above all."""
        about = "more" if field == "choices" else field
        fields = [one for one in self.fields if about in {one, one.rpartition("_")[0]}]
        self.add_error(fields[0] if fields else None, sentence)


class Start(Spoken):
    """A questionnaire is begun: from nothing, or as a copy."""

    source = ChoiceCards(label=gettext_lazy("Begin with"), initial=BLANK)

    def __init__(
        self, *args: Any, presets: Sequence[tuple[str, str]], own: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        field = self.fields["source"]
        assert isinstance(field, ChoiceCards)  # noqa: S101 -- for the types
        field.choices = [(BLANK, _("Nothing: you write every question")), *presets, *own]
        field.choice_help = {
            **{key: _("Comes with Maillage: you change what you like.") for key, _title in presets},
            **{key: _("A copy of yours.") for key, _title in own},
        }
        own_language = spoken()[0]
        self.fields[f"title_{own_language}"] = forms.CharField(
            label=_("Title"),
            required=False,
            max_length=LONGEST["title"],
            help_text=_("Firms read it first. A copy may keep the title of what it comes from."),
        )


class Head(Spoken):
    """What stands around the questions."""

    read_as = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, content: Content, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "intro", "thanks"):
            self.add_texts(name, content.get(name, {}), needed=name == "title")


@dataclass(frozen=True, slots=True)
class Row:
    """An answer offered, as the form shows it: its fields, and whether it can go up."""

    key: str
    number: int
    fields: list[forms.BoundField]
    can_rise: bool


class Asking(Spoken):
    """A question is written: only what its kind needs is asked.

    `before` are the questions that stand before it, or may; `question` what it says now.
    """

    def __init__(
        self, *args: Any, kind: Kind, before: Sequence[Content], question: Content | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.kind = kind
        now = words_of(question) if question is not None else Words(text={})
        self.add_texts("text", now.text, needed=True)
        self.add_texts("help", now.help)
        self.offered = self._offered(now) if kind in WITH_CHOICES else {}
        for key, texts in self.offered.items():
            self.add_texts(f"choice_{key}", texts)
        if kind in WITH_CHOICES:
            lines = LABELS["more" if self.offered else "answers"]
            self.add_texts("more", {}, label=lines, longest=MOST_LINES)
        if kind in BOUNDED:
            self._add_bounds(now, new=question is None)
        for name, label, on in (
            ("required", _("It must be answered"), now.required),
            ("not_now", _("Offer “I cannot say today”"), now.not_now),
        ):
            self.fields[name] = forms.BooleanField(label=label, required=False, initial=on)
        self._add_conditions(before, now.only_if)

    def _offered(self, now: Words) -> dict[str, Texts]:
        """Return the answers offered, and those taken away meanwhile whose words were sent."""
        offered = {choice.key: choice.text for choice in now.choices}
        posted = (POSTED_CHOICE.fullmatch(name) for name in self.data)
        self.known = set(offered)
        return offered | {
            found[1]: {} for found in posted if found is not None and found[1] not in offered
        }

    def _add_bounds(self, now: Words, *, new: bool) -> None:
        scale = self.kind == Kind.SCALE
        least, most = (1, 5) if scale and new else (now.least or None, now.most or None)
        if scale and least is None:
            least = 0
        for name, label, value in (
            ("least", _("Smallest number"), least),
            ("most", _("Largest number"), most),
        ):
            self.fields[name] = forms.IntegerField(
                label=label,
                required=scale,
                min_value=0,
                max_value=LARGEST_NUMBER,
                initial=value,
                help_text="" if scale else _("Leave empty for no limit."),
            )
        if not scale:
            self.add_texts("unit", now.unit)

    def _add_conditions(self, before: Sequence[Content], now: Condition | None) -> None:
        numbered = list(enumerate(before, 1))
        found = [(n, one) for n, one in numbered if one["kind"] == Kind.CHOICE and "choices" in one]
        self.sources = [one for _n, one in found]
        for rank, one in found:
            here = now is not None and now.question == one["key"]
            self.fields[f"if_{one['key']}"] = forms.MultipleChoiceField(
                label=f"{rank}. {said(one['text'])}",
                required=False,
                choices=[(choice["key"], said(choice["text"])) for choice in one["choices"]],
                widget=forms.CheckboxSelectMultiple,
                initial=list(now.choices) if now is not None and here else [],
            )

    def clean(self) -> dict[str, Any]:
        """Refuse answers to two questions: only one can open another."""
        typed = super().clean() or {}
        for choice in self._added():
            if any(len(text) > LONGEST["answer"] for text in choice.text.values()):
                words = {"limit": LONGEST["answer"], "answer": said(choice.text)[:40]}
                self.refuse(
                    _("“%(answer)s…” is too long: %(limit)s characters at most.") % words, "choices"
                )
        ticked = [one["key"] for one in self.sources if typed.get(f"if_{one['key']}")]
        if len(ticked) > 1:
            self.add_error(
                f"if_{ticked[1]}", _("Tick answers of one question only: the others stay empty.")
            )
        return typed

    def rows(self) -> list[Row]:
        """Return the answers offered, each with its fields."""
        return [
            Row(key, number, self.bound(f"choice_{key}"), can_rise=number > 1)
            for number, key in enumerate(self.offered, 1)
        ]

    def asked(self) -> list[forms.BoundField]:
        """Return the fields of the question itself."""
        return [*self.bound("text"), *self.bound("help"), *self.bound("unit")]

    def offers(self) -> bool:
        """Whether answers are offered to choose from."""
        return self.kind in WITH_CHOICES

    def more(self) -> list[forms.BoundField]:
        """Return the fields in which other answers are typed."""
        return self.bound("more")

    def settings(self) -> list[forms.BoundField]:
        """Return the fields that say how it is asked, and where."""
        names = ("least", "most", "required", "not_now", "after")
        return [self[name] for name in names if name in self.fields]

    def conditions(self) -> list[forms.BoundField]:
        """Return, for each question that may open this one, the answers to tick."""
        return [self[f"if_{one['key']}"] for one in self.sources]

    def is_conditional(self) -> bool:
        """Whether some answer is ticked, or something is to be corrected there."""
        return any(one.value() or one.errors for one in self.conditions())

    def words(self) -> Words:
        """Return what was typed."""
        typed = self.cleaned_data
        ticked = [one["key"] for one in self.sources if typed[f"if_{one['key']}"]]
        choices = [
            Choice(key if key in self.known else "", self.texts(f"choice_{key}"))
            for key in self.offered
        ]
        return Words(
            text=self.texts("text"),
            help=self.texts("help"),
            unit=self.texts("unit"),
            required=typed["required"],
            not_now=typed["not_now"],
            choices=(*choices, *self._added()),
            least=typed.get("least") or 0,
            most=typed.get("most") or 0,
            only_if=Condition(ticked[0], tuple(typed[f"if_{ticked[0]}"])) if ticked else None,
        )

    def _added(self) -> list[Choice]:
        """Return the answers typed one per line: the lines of each language go together."""
        filled = {
            code: [line for one in text.splitlines() if (line := one.strip())]
            for code, text in self.texts("more").items()
        }
        most = max(map(len, filled.values()), default=0)
        return [
            Choice("", {code: found[rank] for code, found in filled.items() if rank < len(found)})
            for rank in range(most)
        ]


class Adding(Asking):
    """A question is added, somewhere."""

    def __init__(self, *args: Any, content: Content, **kwargs: Any) -> None:
        super().__init__(*args, before=content["questions"], **kwargs)
        places = [
            (
                one["key"],
                _("After question %(number)s") % {"number": f"{rank}. {said(one['text'])}"},
            )
            for rank, one in enumerate(content["questions"][:-1], 1)
        ]
        # A form read while there was nowhere else to put the question sends no place: the end.
        if places and (not self.is_bound or "after" in self.data):
            self.fields["after"] = forms.ChoiceField(
                label=_("Where"), choices=[(AT_THE_END, _("At the end")), *places]
            )


class Changing(Asking):
    """A question is changed, from the state that was read."""

    read_as = forms.CharField(widget=forms.HiddenInput)


class AsRead(forms.Form):
    """An act on the state that was read."""

    read_as = forms.CharField(widget=forms.HiddenInput)
