"""Why a file is not made or not read: which field or line, and what is wrong with it."""


class FileError(ValueError):
    """A file that may not leave, or one that cannot be read; `str` is a sentence for people."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class InvoiceError(FileError):
    """Something of an invoice is missing or wrong; `field` names it, `lines[2].net` for a line."""


class DebitError(FileError):
    """A direct debit that the bank would refuse."""


class EntryError(FileError):
    """An accounting entry that the tax office would refuse."""


class PayrollError(FileError):
    """A payroll variable or a profile that the payroll software would refuse."""


class StatementError(FileError):
    """A bank statement that cannot be read; `line` is where, 0 when it is the whole file."""

    def __init__(self, message: str, field: str = "", line: int = 0) -> None:
        super().__init__(message, field)
        self.line = line


class JudgeError(RuntimeError):
    """The rules could not be run: nothing is known of the file, which may not leave."""
