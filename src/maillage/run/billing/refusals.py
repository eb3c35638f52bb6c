"""Why something about invoices is refused."""


class BillingError(Exception):
    """What cannot be billed so: a sentence says why, `field` which answer to change."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field
