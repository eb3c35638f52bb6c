"""What differs between two states of a questionnaire, question by question."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from maillage.bricks.questionnaires.definition import Texts

type Content = Mapping[str, Any]

PARTS: Final[Mapping[str, Promise]] = {
    "title": _("the title"),
    "intro": _("the introduction"),
    "thanks": _("the thanks"),
    "kind": _("the kind of question"),
    "text": _("the question"),
    "help": _("the help"),
    "unit": _("the unit"),
    "choices": _("the answers offered"),
    "least": _("the least"),
    "most": _("the most"),
    "required": _("whether it must be answered"),
    "not_now": _("“I cannot say today”"),
    "only_if": _("when it is asked"),
    "feeds": _("what it is used for"),
}
HEAD: Final = ("title", "intro", "thanks")


@dataclass(frozen=True, slots=True)
class Changed:
    """A question that both have and that is not the same; `parts` are keys of `PARTS`."""

    text: Texts
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """What differs from one state to the next; `head` are keys of `PARTS`."""

    head: tuple[str, ...]
    added: tuple[Texts, ...]
    removed: tuple[Texts, ...]
    changed: tuple[Changed, ...]
    reordered: bool

    def __bool__(self) -> bool:
        found = (self.head, self.added, self.removed, self.changed)
        return any(found) or self.reordered


def differences(before: Content, after: Content) -> Differences:
    """Return what differs from one content to the next."""
    old = {one["key"]: one for one in before["questions"]}
    new = {one["key"]: one for one in after["questions"]}
    both = [key for key in new if key in old]
    return Differences(
        head=tuple(name for name in HEAD if before.get(name) != after.get(name)),
        added=tuple(one["text"] for key, one in new.items() if key not in old),
        removed=tuple(one["text"] for key, one in old.items() if key not in new),
        changed=tuple(
            Changed(new[key]["text"], parts)
            for key in both
            if (parts := _parts(old[key], new[key]))
        ),
        reordered=both != [key for key in old if key in new],
    )


def _parts(old: Content, new: Content) -> tuple[str, ...]:
    return tuple(name for name in PARTS if (old.get(name) or None) != (new.get(name) or None))
