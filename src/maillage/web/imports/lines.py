"""The list of the lines of an import: what becomes of each, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django import forms
from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from maillage.foundation.audit.actions import record_reads
from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.enums import RowFate
from maillage.foundation.organisations.imports.deeds import differences
from maillage.foundation.organisations.imports.judging import ROLE
from maillage.foundation.organisations.imports.queries import naming_place, place_of
from maillage.foundation.organisations.models import ImportRow, OrganisationImport
from maillage.foundation.visibility.directory import directory_of
from maillage.foundation.visibility.seen import PART_OF
from maillage.web.imports.wording import LOOKS, why, why_html
from maillage.web.ui.formats import number
from maillage.web.ui.lists import Column, Empty, Listing
from maillage.web.ui.tags.inline import badge

SEARCHED: Final = ("name", "commune", "siret", "siren", "contact_name")
CHUNK: Final = 1000


class LineFilters(forms.Form):
    """What to keep of the list."""

    fate = forms.ChoiceField(
        label=_("What becomes of it"),
        required=False,
        choices=[("", _("All the lines")), *((one, RowFate(one).label) for one in LOOKS)],
    )


@dataclass(frozen=True)
class Lines:
    """The lines of an import, for those who may import; `fates` counts them all."""

    source: OrganisationImport
    acting: Acting
    fates: dict[str, int]
    rows: QuerySet[ImportRow]
    fate: str = ""
    searched: bool = False

    def count(self) -> int:
        """Return how many lines there are, without asking when it is known."""
        if self.searched:
            return self.rows.count()
        return self.fates[self.fate] if self.fate else sum(self.fates.values())

    def sorted(self, key: str, *, descending: bool) -> "Lines":
        """Return the same lines in another order."""
        columns = ("fate", "line") if key == "fate" else ("line",)
        sign = "-" if descending else ""
        return replace(self, rows=self.rows.order_by(f"{sign}{columns[0]}", *columns[1:]))

    def slice(self, start: int, stop: int) -> Sequence[ImportRow]:
        """Return one page of lines; what it shows of protected records is written down."""
        rows = list(self.rows[start:stop])
        _note_reads(self.acting, rows)
        return rows

    def all(self) -> Iterator[ImportRow]:
        """Return every line, for a file."""
        read = []
        for row in self.rows.iterator(chunk_size=CHUNK):
            read.append(row)
            yield row
            if len(read) == CHUNK:
                _note_reads(self.acting, read)
                read.clear()
        _note_reads(self.acting, read)


def _note_reads(acting: Acting, rows: Sequence[ImportRow]) -> None:
    """Write down that former values of protected parts were shown: one insert per set of parts."""
    looked: dict[int, set[str]] = {}
    for row in rows:
        parts = {
            "contact" if part == ROLE else PART_OF.get(name, "presence")
            for part, name, old, _new in differences(row.before)
            if old not in {None, ""}
        }
        if row.organisation_id is not None and parts:
            looked.setdefault(row.organisation_id, set()).update(parts)
    if not looked:
        return
    by_parts: dict[tuple[str, ...], list[Any]] = {}
    for pk, seen in directory_of(acting).several(list(looked)).items():
        protected = tuple(part for part in seen.protected if part in looked[pk])
        if protected and not seen.own:
            by_parts.setdefault(protected, []).append(seen.public_id)
    for parts_read, organisations in by_parts.items():
        record_reads(
            reader_id=acting.person.public_id,
            organisation_ids=organisations,
            fields=parts_read,
            page="import",
            network_id=acting.network.public_id if acting.network else None,
        )


def lines_of(
    source: OrganisationImport, acting: Acting, fates: dict[str, int], wanted: dict[str, Any]
) -> Lines:
    """Return the lines of an import that match the filters."""
    rows = ImportRow.objects.filter(source=source).select_related("organisation").order_by("line")
    if wanted["fate"]:
        rows = rows.filter(fate=wanted["fate"])
    if wanted["q"]:
        rows = _searched(source, rows, wanted["q"].strip())
    return Lines(source, acting, fates, rows, wanted["fate"] or "", searched=bool(wanted["q"]))


def _searched(
    source: OrganisationImport, rows: QuerySet[ImportRow], text: str
) -> QuerySet[ImportRow]:
    """Keep the lines with a text in one of the cells that tell which firm it is."""
    found = Q(line=int(text)) if text.isdecimal() and len(text) <= 7 else Q()  # noqa: PLR2004 -- no line has a longer number
    for field in SEARCHED:
        place = place_of(source, field)
        if place is not None:
            cell = KeyTextTransform(str(place), KeyTransform("values", "cells"))
            rows = rows.annotate(**{f"cell_{field}": cell})
            found |= Q(**{f"cell_{field}__icontains": text})
    return rows.filter(found)


def listing_of(source: OrganisationImport, slug: str) -> Listing:
    """Return the list of the lines of an import."""
    naming, commune = naming_place(source), place_of(source, "commune")

    def cell(row: ImportRow, place: int | None) -> str:
        values = row.cells.get("values", [])
        return str(values[place]) if place is not None and place < len(values) else ""

    def page(row: ImportRow) -> str:
        if row.organisation is None:
            return ""
        return reverse("directory:organisation", args=[slug, row.organisation.public_id])

    return Listing(
        name="import-lines",
        columns=(
            Column("line", _("Line"), lambda row: row.line, sort=True, numeric=True),
            Column(
                "name",
                _("Firm"),
                lambda row: cell(row, naming) or "–",
                main=True,
                link=page,
                small=lambda row: cell(row, commune),
            ),
            Column("fate", _("What becomes of it"), _fate_label, sort=True, html=_fate_badge),
            Column("why", _("Why"), why, html=why_html),
        ),
        default_sort="line",
        caption=_caption,
        empty=Empty(_("No line here"), _("Every line of the file has another fate.")),
        filters=LineFilters,
        search=_("Search a firm, a commune or a line"),
    )


def _caption(count: int) -> str:
    return ngettext("%(count)s line", "%(count)s lines", count) % {"count": number(count)}


def _fate_label(row: ImportRow) -> str:
    return str(RowFate(row.fate).label)


def _fate_badge(row: ImportRow) -> SafeString:
    return badge(_fate_label(row), LOOKS.get(row.fate, "plain"))
