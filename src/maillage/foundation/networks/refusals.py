"""Refusals: what a network does not do, in a sentence for the person who asked."""


class NetworkError(ValueError):
    """Raised when an act is refused: `str()` is a sentence for people.

    `field` names what was typed and should be corrected, "" when it is the act itself.
    """

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class FoundingError(NetworkError):
    """A network cannot be created, changed or closed in this way."""


class MembershipError(NetworkError):
    """An entry, an exit, a return or a change of place is refused."""


class RoleError(NetworkError):
    """A role cannot be given or ended."""


class DecisionError(NetworkError):
    """What was decided cannot be recorded in this way."""


class ModuleError(NetworkError):
    """A module cannot be switched on or off."""


class ObjectiveError(NetworkError):
    """An objective cannot be proposed, endorsed or changed in this way."""


class ConditionError(NetworkError):
    """A start condition or a task cannot be answered in this way."""


class InvolvementError(NetworkError):
    """The part an outside body plays cannot be recorded in this way."""
