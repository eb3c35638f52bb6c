"""Why something cannot be done, in a sentence for people."""


class VoiceError(Exception):
    """Something that cannot be done: a sentence says why; `field` says where."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field
