"""Why something about payments is refused."""


class PaymentsError(Exception):
    """What cannot be paid or asked for so: a sentence says why, `field` which answer to change."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field
