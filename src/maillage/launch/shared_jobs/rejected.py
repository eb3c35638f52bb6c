"""What cannot be used in the files of a survey, said to whoever gave them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row left out: its file and number as a spreadsheet shows it, the column and its value.

    `reason` says in words what is wrong and what to do.
    """

    file: str
    row: int
    column: str
    value: str
    reason: str


class NeedsFileError(ValueError):
    """Files that no shared job can be found from; the message is one sentence for people.

    `rejected` lists the rows that could not be used, when that is why.
    """

    def __init__(self, message: str, rejected: tuple[RejectedRow, ...] = ()) -> None:
        super().__init__(message)
        self.rejected = rejected
