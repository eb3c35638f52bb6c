"""What a group does not do, in a sentence for the person who asked."""


class GroupError(ValueError):
    """Raised when an act on the group is refused; `field` names what to correct, "" if nothing."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field
