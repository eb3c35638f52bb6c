"""Errors that engines raise on purpose."""


class InstanceError(ValueError):
    """An instance that cannot be solved because one of its values makes no sense.

    `row` names the faulty record (an id or a position), `field` the value in it.
    """

    def __init__(self, *, row: str, field: str, message: str) -> None:
        super().__init__(f"{row}, {field}: {message}")
        self.row = row
        self.field = field
        self.message = message


class SolutionError(ValueError):
    """A solution that breaks a rule of its instance; `breaches` lists each one in words."""

    def __init__(self, breaches: tuple[str, ...]) -> None:
        super().__init__("; ".join(breaches))
        self.breaches = breaches
