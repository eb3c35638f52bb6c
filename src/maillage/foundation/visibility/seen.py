"""A record as somebody sees it: what is hidden is None, as if it had never been filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from maillage.foundation.visibility.enums import Level

# Which part of the record each field belongs to: the level of a part is that of its fields.
PARTS: Mapping[str, tuple[str, ...]] = {
    "presence": ("name", "kind", "family", "commune", "insee", "closed_on"),
    "activity": ("activity_scheme", "activity_code", "activity"),
    "size": ("size_band", "headcount"),
    "identifiers": ("legal_form", "siren", "siret"),
    "agreement": ("agreement",),
    "address": ("address", "postcode", "latitude", "longitude"),
    "contact": ("phone", "email"),
    "presentation": ("website", "presentation", "offers"),
    "readiness": (),
    "links": (),
}
PART_OF: Mapping[str, str] = {field: part for part, fields in PARTS.items() for field in fields}


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenOrganisation:
    """An organisation as one viewer sees it.

    `parts` are the parts of the record that this viewer sees; `levels` says how far each part is
    seen, and is empty for those who only look; `protected` whether something here is not for
    everybody inside the network, so that looking at it is written down.
    """

    pk: int
    public_id: UUID
    version: int
    name: str
    kind: str
    family: str
    commune: str | None
    insee: str | None
    closed_on: object
    tier: str | None
    listed_on: object
    own: bool
    parts: frozenset[str]
    levels: Mapping[str, Level]
    activity_scheme: str | None = None
    activity_code: str | None = None
    activity: str | None = None
    size_band: str | None = None
    headcount: int | None = None
    legal_form: str | None = None
    siren: str | None = None
    siret: str | None = None
    agreement: str | None = None
    address: str | None = None
    postcode: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    phone: str | None = None
    email: str | None = None
    website: str | None = None
    presentation: str | None = None
    offers: str | None = None

    def __str__(self) -> str:
        return self.name

    def sees(self, part: str) -> bool:
        """Whether the viewer sees this part of the record."""
        return part in self.parts

    @property
    def protected(self) -> tuple[str, ...]:
        """The parts seen here that the whole network does not see, in alphabetical order."""
        public = Level.PUBLIC
        return tuple(
            sorted(part for part in self.parts if self.levels.get(part, public) < Level.NETWORK)
        )
