"""Sentences for people, in English and in French, with places to fill in.

Engines know nothing of a website's catalogue, and a breach must read well on a command line, a
board or a report: each sentence is written twice, side by side.
"""

import re
from dataclasses import dataclass
from typing import Final

from maillage.engines.kernel.errors import InstanceError

# What records are called in French, at the head of the row that an error names.
RECORDS: Final = {
    "absence": "absence",
    "assignment": "affectation",
    "document": "document",
    "documents": "document",
    "firm": "entreprise",
    "firms": "entreprise",
    "fixed": "affectation fixée",
    "holidays": "jours fériés",
    "horizon": "horizon",
    "instance": "question",
    "need": "créneau",
    "needs": "créneau",
    "pair": "paire",
    "plan": "planning",
    "published": "affectation publiée",
    "requests": "demande",
    "rule": "règle",
    "rules": "règles",
    "settings": "réglage",
    "travel": "trajet",
    "vacancy": "créneau à pourvoir",
    "worker": "salarié",
    "workers": "salarié",
}
ROW: Final = re.compile(r"(?P<record>[a-z]+)(?P<number>\[\d+\])?(?P<rest>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in both languages, with `{places}` to fill."""

    en: str
    fr: str

    def text(self, language: str = "en", **details: object) -> str:
        """Return the sentence in `language` ("fr", or English for any other), filled in."""
        return (self.fr if language == "fr" else self.en).format(**details)


class RosterError(InstanceError):
    """A roster instance, plan or rule pack with a value that makes no sense.

    `row` names the record, `field` the value in it; `text` says it in either language.
    """

    def __init__(self, row: str, field: str, sentence: Sentence, **details: object) -> None:
        super().__init__(row=row, field=field, message=sentence.text("en", **details))
        self.sentence = sentence
        self.details = details

    def text(self, language: str = "en") -> str:
        """Where the fault is, what it is, in `language`."""
        said = self.sentence.text(language, **self.details)
        if language == "fr":
            return f"{in_french(self.row)}, {self.field}\u00a0: {said}"
        return f"{self.row}, {self.field}: {said}"


def in_french(row: str) -> str:
    """Name a record in French: "worker chloé" is "salarié chloé", "needs[3]" "créneau needs[3]"."""
    found = ROW.fullmatch(row)
    if found is None or found["record"] not in RECORDS:
        return row
    noun = RECORDS[found["record"]]
    place = f" {found['record']}{found['number']}" if found["number"] else ""
    return f"{noun}{place}{found['rest']}"
