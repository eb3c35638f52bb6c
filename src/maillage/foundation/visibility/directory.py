"""The organisations of a network as one viewer may know them.

Everything that shows organisations to people reads them here: a record, a part of a record, a
count, an order, a search or a filter that would tell of something the viewer may not know behaves
as if that thing did not exist. It is decided in the database, so that no page can forget it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce, Lower
from django.utils.timezone import localdate

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import MembershipPeriod, Network
from maillage.foundation.networks.queries import current
from maillage.foundation.organisations.models import (
    DigitalReadiness,
    Organisation,
    Role,
    Site,
    TerritoryCommune,
)
from maillage.foundation.visibility.enums import ConsentPurpose, Level
from maillage.foundation.visibility.models import Consent
from maillage.foundation.visibility.queries import own_organisations, strangers_and_friends
from maillage.foundation.visibility.seen import PART_OF, PARTS, SeenOrganisation
from maillage.foundation.vocabularies.folding import plain

BATCH = 500

# Where each field of the record is kept.
COLUMNS = {
    "commune": "main__commune",
    "insee": "main__insee",
    "siret": "main__siret",
    "address": "main__address",
    "postcode": "main__postcode",
    "latitude": "main__latitude",
    "longitude": "main__longitude",
} | {
    field: field
    for field in PART_OF
    if field not in {"commune", "insee", "siret", "address", "postcode", "latitude", "longitude"}
}
SORTS = {
    "name": "folded_name",
    "kind": "kind",
    "commune": "main__commune",
    "activity": "activity",
    "size_band": "size_band",
    "headcount": "headcount",
    "siren": "siren",
    "tier": "tier",
    "listed_on": "memberships__listed_on",
}
NOT_A_MEMBER = ("listed", "left")

BY_NAME = ("folded_name", "pk")
# The same order for what a search finds. An expression has no index, so the database looks first
# and sorts afterwards, instead of reading every record in the order of names to keep a few.
FOUND_BY_NAME = (Lower("folded_name"), "pk")


@dataclass(frozen=True)
class Directory:
    """Rows of the directory, as one viewer sees them; each method returns a narrower directory."""

    rows: QuerySet[Organisation]
    own: frozenset[int]
    shows_levels: bool
    order: tuple[str | Lower | OrderBy, ...] = BY_NAME

    def filtered(self, *, q: str = "", **wanted: Any) -> "Directory":
        """Keep the organisations that match every condition given; empty ones are ignored.

        `q` is looked for in the name and the commune, and in the activity and the identifiers
        where the viewer sees them. Other conditions: `kind`, `family`, `activity_code` (its
        beginning), `activity`, `commune`, `insee`, `territory` (its public id), `size_band`,
        `tier` (core, periphery, observer, member, listed, left), `agreement`.
        """
        rows = self.rows
        order = self.order
        if q := (q or "").strip():
            rows = rows.filter(_search(q))
            order = FOUND_BY_NAME if order == BY_NAME else order
        for name, value in wanted.items():
            if value not in {None, ""}:
                rows = rows.filter(_condition(name, value))
        return replace(self, rows=rows, order=order)

    def sorted(self, key: str, *, descending: bool = False) -> "Directory":
        """Order by a column of `SORTS`; what the viewer does not see counts as empty."""
        column = SORTS[key]
        part = PART_OF.get(key, "presence")
        rows = self.rows
        if part != "presence":
            rows = rows.annotate(
                shown_order=Case(When(_shown(part), then=F(column)), default=Value(None))
            )
            column = "shown_order"
        # What is empty or hidden comes last both ways, on every database.
        ordered = OrderBy(F(column), descending=descending, nulls_last=True)
        return replace(self, rows=rows, order=(ordered, "folded_name", "pk"))

    def count(self) -> int:
        """Return how many organisations the viewer may know of here."""
        return self.rows.count()

    def slice(self, start: int, stop: int) -> Sequence[SeenOrganisation]:
        """Return the organisations from one rank to another, in order."""
        return [self._seen(row) for row in self._values()[start:stop]]

    def all(self) -> Iterator[SeenOrganisation]:
        """Return every organisation, in order, without keeping them all in memory."""
        for row in self._values().iterator(chunk_size=BATCH):
            yield self._seen(row)

    def one(self, public_id: UUID) -> SeenOrganisation | None:
        """Return one organisation, None when the viewer may not know of it."""
        row = self.rows.filter(public_id=public_id)
        found = replace(self, rows=row)._values().first()  # noqa: SLF001 -- the same class
        return None if found is None else self._seen(found)

    def several(self, primary_keys: Sequence[int]) -> dict[int, SeenOrganisation]:
        """Return those of these organisations that the viewer may know of, by row number."""
        rows = replace(self, rows=self.rows.filter(pk__in=list(primary_keys)))
        return {seen.pk: seen for seen in rows.slice(0, len(primary_keys))}

    def named(self, text: str, limit: int = 10) -> Sequence[SeenOrganisation]:
        """Return the first organisations whose name begins with, or else contains, a text."""
        wanted = plain(text.strip())
        if not wanted:
            return []
        begins = replace(self, rows=self.rows.filter(folded_name__startswith=wanted))
        found = list(begins.slice(0, limit))
        if len(found) < limit:
            inside = self.rows.filter(folded_name__contains=wanted).exclude(
                folded_name__startswith=wanted
            )
            found += replace(self, rows=inside).slice(0, limit - len(found))
        return found

    def ids(self) -> QuerySet[Any]:
        """Return the row numbers, for a subquery: members of a list the viewer may know of."""
        return self.rows.order_by().values("pk")

    def sites(self, seen: SeenOrganisation) -> Sequence[Site]:
        """Return the open sites of an organisation, where the viewer sees its address."""
        if not seen.sees("address"):
            return []
        return list(Site.objects.filter(organisation=seen.pk, closed_on=None))

    def people(self, seen: SeenOrganisation) -> Sequence[Role]:
        """Return the people of an organisation today, where the viewer sees its contacts."""
        if not seen.sees("contact"):
            return []
        return list(
            Role.objects.filter(current(localdate()), organisation=seen.pk).select_related("person")
        )

    def readiness(self, seen: SeenOrganisation) -> DigitalReadiness | None:
        """Return what an organisation can do on a screen, where the viewer sees it."""
        if not seen.sees("readiness"):
            return None
        return DigitalReadiness.objects.filter(organisation=seen.pk).first()

    def _values(self) -> QuerySet[Organisation, dict[str, Any]]:
        columns = {field: F(column) for field, column in COLUMNS.items() if field != column}
        named = {f"seen_{field}": column for field, column in columns.items()}
        plain = [field for field, column in COLUMNS.items() if field == column]
        levels = {f"level_{part}": _level(part) for part in PARTS}
        rows = self.rows.order_by(*self.order)
        return rows.values(  # type: ignore[no-any-return]  # annotations made at run time
            "pk",
            "public_id",
            "version",
            "needed",
            "tier",
            *plain,
            listed_on=F("memberships__listed_on"),
            **named,
            **levels,
        )

    def _seen(self, row: dict[str, Any]) -> SeenOrganisation:
        needed = row["needed"]
        parts = frozenset(part for part in PARTS if row[f"level_{part}"] >= needed)
        own = row["pk"] in self.own
        fields = {
            field: row[field if column == field else f"seen_{field}"]
            for field, column in COLUMNS.items()
            if PART_OF[field] in parts
        }
        levels = {part: Level(row[f"level_{part}"]) for part in PARTS}
        return SeenOrganisation(
            pk=row["pk"],
            public_id=row["public_id"],
            version=row["version"],
            tier=row["tier"],
            listed_on=row["listed_on"],
            own=own,
            parts=parts,
            levels=levels if own or self.shows_levels or needed < Level.NETWORK else {},
            **fields,
        )


def directory_of(acting: Acting) -> Directory:
    """Return the organisations of the network in use, as the role in use may know them.

    One query finds the competitors and the introductions of the viewer's firms; nothing else is
    read until rows are asked for. Needs the scope of the network to be open.
    """
    network = acting.network
    if network is None:
        return Directory(Organisation.objects.none(), frozenset(), shows_levels=False)
    own = own_organisations(acting)
    rows = _rows(network)
    if acting.can("see_private"):
        rows = rows.annotate(needed=Value(Level.PRIVATE.value, IntegerField()))
        return Directory(rows, own, shows_levels=True)
    if not acting.can("see_directory"):
        rows = rows.filter(pk__in=own)
    rivals, friends = strangers_and_friends(own)
    needed = Case(
        When(pk__in=own, then=Value(Level.PRIVATE.value)),
        When(pk__in=rivals, then=Value(Level.PUBLIC.value)),
        When(pk__in=friends, then=Value(Level.MATCHED.value)),
        default=Value(Level.NETWORK.value),
        output_field=IntegerField(),
    )
    rows = rows.annotate(needed=needed).filter(_shown("presence"))
    return Directory(rows, own, shows_levels=False)


def directory_at(network: Network, level: Level) -> Directory:
    """Return the organisations of a network as somebody at that distance sees each of them.

    A member stands at NETWORK, a firm one was introduced to at MATCHED, a competitor at PUBLIC.
    For showing a firm what others see of it; never for showing others to anybody.
    """
    needed = Value(level.value, IntegerField())
    rows = _rows(network).annotate(needed=needed).filter(_shown("presence"))
    return Directory(rows, frozenset(), shows_levels=False)


def public_directory(network: Network) -> Directory:
    """Return the members of a network that chose to have a public page, as anybody sees them."""
    agreed = Consent.objects.filter(
        organisation=OuterRef("pk"), purpose=ConsentPurpose.PUBLIC_PAGE, revoked_at=None
    )
    rows = (
        _rows(network)
        .filter(Exists(agreed), closed_on=None)
        .exclude(Q(tier__in=NOT_A_MEMBER))
        .annotate(needed=Value(Level.PUBLIC.value, IntegerField()))
        .filter(_shown("presence"))
    )
    return Directory(rows, frozenset(), shows_levels=False)


def _rows(network: Network) -> QuerySet[Organisation]:
    periods = MembershipPeriod.objects.filter(
        membership__organisation=OuterRef("pk"), membership__network=network
    )
    today = periods.filter(current(localdate())).values("tier")[:1]
    return (
        Organisation.objects.filter(memberships__network=network)
        .annotate(
            main=FilteredRelation("sites", condition=Q(sites__is_main=True)),
            tier=Coalesce(
                Subquery(today),
                Case(When(Exists(periods), then=Value("left")), default=Value("listed")),
                output_field=CharField(),
            ),
        )
        .order_by(*BY_NAME)
    )


def _level(part: str) -> Coalesce:
    return Coalesce(F(f"levels__{part}"), Value(Level.PRIVATE.value))


def _shown(part: str) -> Q:
    """Return the condition that the viewer sees a part; a record without levels is private."""
    return Q(**{f"levels__{part}__gte": F("needed")}) | Q(needed=Level.PRIVATE.value)


def _search(text: str) -> Q:
    name = plain(text.strip())
    compact = "".join(text.split())
    found = Q(main__commune__icontains=text) | (Q(activity__icontains=text) & _shown("activity"))
    if name:
        found |= Q(folded_name__contains=name)
    if compact.isdigit():
        numbers = Q(siren=compact) | Q(main__siret=compact)
        found |= numbers & _shown("identifiers")
    return found


def _condition(name: str, value: Any) -> Q:
    if name == "territory":
        communes = TerritoryCommune.objects.filter(territory__public_id=value).values("insee")
        return Q(main__insee__in=communes)
    if name == "tier":
        members = ~Q(tier__in=NOT_A_MEMBER)
        return members if value == "member" else Q(tier=value)
    lookup = "startswith" if name == "activity_code" else "exact"
    part = PART_OF[name]
    return Q(**{f"{COLUMNS[name]}__{lookup}": value}) & _shown(part)
