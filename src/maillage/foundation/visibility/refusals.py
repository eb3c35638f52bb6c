"""Refusals: what is not done with what a firm entrusts, in a sentence for the person who asked."""


class TrustError(ValueError):
    """Raised when an act is refused: `str()` is a sentence for people; `field` what to correct."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class EntryError(TrustError):
    """An organisation cannot be taken off the directory, or put back, in this way."""


class LevelError(TrustError):
    """A part of a record cannot be seen that far."""


class CompetitionError(TrustError):
    """A pair of competitors cannot be recorded, or changed, in this way."""


class IntroductionError(TrustError):
    """Two members cannot be introduced in this way."""


class ConsentError(TrustError):
    """An agreement cannot be given or withdrawn in this way."""


class PledgeError(TrustError):
    """A pledge cannot be written or signed in this way."""
