"""Sentences for people, in English and in French, with places to fill in.

Engines know nothing of a website's catalogue, and a breach must read well on a command line, a
board or a report: each sentence is written twice, side by side.
"""

from dataclasses import dataclass

from maillage.engines.kernel.errors import InstanceError


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
        colon = "\u00a0: " if language == "fr" else ": "
        return f"{self.row}, {self.field}{colon}{self.sentence.text(language, **self.details)}"
