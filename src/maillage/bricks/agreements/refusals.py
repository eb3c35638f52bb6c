"""Refusals: what is not done with a text to sign, in a sentence for the person who asked."""

from django.utils.translation import gettext as _


class AgreementError(Exception):
    """Something that cannot be done with a text or a signature; `field` says where."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


class DraftChangedError(AgreementError):
    """Somebody else changed the draft meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody changed this draft meanwhile. Look at what it says now, then change yours.")
        )


class NewerVersionError(AgreementError):
    """Another version was published while somebody was reading."""

    def __init__(self) -> None:
        super().__init__(
            _("Another version was published while you were reading: here it is, to read and sign.")
        )
