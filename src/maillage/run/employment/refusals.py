"""Refusals: what is not done with workers and contracts, in a sentence for whoever asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from maillage.foundation.organisations.models import Organisation


class StaffError(Exception):
    """Something that cannot be done; `field` says where it was typed, "" for nowhere."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


@dataclass(frozen=True, slots=True)
class Problem:
    """What a contract may not say: the rule, its article, and a sentence with both figures."""

    rule: str
    article: str
    field: str
    text: str

    def __str__(self) -> str:
        return f"{self.text.removesuffix('.')} ({self.article})."


class ContractError(StaffError):
    """A contract that the law does not allow: every problem at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(one) for one in problems), problems[0].field)
        self.problems = tuple(problems)


class LendingError(StaffError):
    """A worker who may not be lent to a firm; `join` is the firm that could become a member."""

    def __init__(self, text: str, field: str = "", *, join: Organisation | None = None) -> None:
        super().__init__(text, field)
        self.join = join
