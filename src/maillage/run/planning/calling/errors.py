"""What a call refuses to do."""


class CallError(Exception):
    """Something that cannot be done with an absence or a call: a sentence says why.

    `field` says where, when it comes from a form.
    """

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field
