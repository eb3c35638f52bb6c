"""Why something about hours is refused."""


class HoursError(Exception):
    """Hours that cannot be so: a sentence says why, `field` which answer to change."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


class ChangedSinceError(HoursError):
    """What is confirmed is no longer what was shown: it is to be looked at again."""
