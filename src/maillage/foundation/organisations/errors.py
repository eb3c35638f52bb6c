"""Refusals of the register: the text of each is a sentence for people."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from maillage.foundation.organisations.models import Organisation


class OrganisationError(Exception):
    """Raised when an act on an organisation, its sites or its people is refused."""


class SirenTakenError(OrganisationError):
    """Raised when another organisation of the register bears the SIREN; `existing` is that one."""

    def __init__(self, existing: Organisation) -> None:
        super().__init__(_("Another organisation bears this SIREN number."))
        self.existing = existing


class OrganisationChangedError(OrganisationError):
    """Raised when somebody else changed the record since it was read.

    `current` is the record as it is now; `differences` gives, for each field that would not be
    what it is now, its present value and the one that was to be saved.
    """

    def __init__(
        self, current: Organisation, differences: Mapping[str, tuple[object, object]]
    ) -> None:
        super().__init__(_("Somebody else changed this record while you were working on it."))
        self.current = current
        self.differences = differences


class SiteChangedError(OrganisationError):
    """Raised when somebody else changed the organisation or its sites since they were read."""

    def __init__(self, version: int) -> None:
        super().__init__(
            _(
                "Somebody else changed this firm while you were working on it. What you typed is"
                " below: look at it once more, then save."
            )
        )
        self.version = version


class TerritoryError(Exception):
    """Raised when an act on a territory is refused."""
