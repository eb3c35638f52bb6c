"""Short explanations that stand beside a field, opened by whoever wants them.

Each area writes its own in a module `help_texts`, read when the site starts.
"""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class HelpText:
    """A question a person may ask, and its answer in one or two sentences."""

    question: str | Promise
    answer: str | Promise


HELP_TEXTS: dict[str, HelpText] = {}


def explain(key: str, question: str | Promise, answer: str | Promise) -> None:
    """Register the explanation that `{% help key %}` shows; a key can be given only once."""
    if key in HELP_TEXTS:
        raise ValueError(f"Two explanations are registered under {key!r}.")
    HELP_TEXTS[key] = HelpText(question, answer)
