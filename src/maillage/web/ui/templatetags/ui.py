"""The names under which templates call the components; loaded in every template.

The living page (`/composants/`) shows each of them with an example.
"""

from collections.abc import Callable

from django import template
from django.contrib.messages.storage.base import Message

from maillage.web.ui import formats, icons, marks, shell, toasts
from maillage.web.ui.tags import blocks, fields, groups, inline, listings, pictures, shells

register = template.Library()
PARTS = "ui/parts/"

type Drawing = Callable[..., object]

TAGS: dict[str, Drawing] = {
    "icon": icons.icon,
    "mark": marks.mark,
    "badge": inline.badge,
    "initials": inline.initials,
    "visibility": inline.visibility,
    "visibility_line": inline.visibility_line,
    "back_link": inline.back_link,
    "progress": inline.progress,
    "definitions": groups.definitions,
    "printed_on": shells.printed_on,
    "other_languages": shells.other_languages,
    "shell_address": shell.address,
}
for name, drawing in TAGS.items():
    register.simple_tag(drawing, name=name)

register.simple_tag(shells.public_links, takes_context=True, name="public_links")
register.simple_tag(shells.form_page_head, takes_context=True, name="form_page_head")
register.inclusion_tag(f"{PARTS}form.html", takes_context=True, name="form_of_page")(
    shells.form_of_page
)

BLOCKS: dict[str, Drawing] = {
    "page_head": blocks.page_head,
    "section": blocks.section,
    "sheet": blocks.sheet,
    "note": blocks.note,
    "entry": blocks.entry,
    "scroll": blocks.scroll,
    "more": blocks.more,
}
for name, drawing in BLOCKS.items():
    register.simple_block_tag(drawing, name=name)

for name, file, part in (
    ("post_button", "post_button", inline.post_button),
    ("visibility_legend", "visibility_legend", inline.visibility_legend),
    ("crumbs", "crumbs", inline.crumbs),
    ("steps", "steps", inline.steps),
    ("figures", "figures", groups.figures),
    ("agenda", "agenda", groups.agenda),
    ("ledger", "ledger", groups.ledger),
    ("empty", "empty", groups.empty),
    ("runbox", "runbox", groups.runbox),
    ("print_header", "print_header", groups.print_header),
    ("help", "help", groups.help_text),
    ("field", "field", fields.field),
    ("fields", "fields", fields.fields),
    ("form_errors", "form_errors", fields.form_errors),
    ("form", "form", fields.whole_form),
    ("point_map", "point_map", pictures.point_map),
    ("bars", "bars", pictures.bars),
    ("map_picker", "map_picker", pictures.map_picker),
    ("place_map", "place_map", pictures.place_map),
    ("map_assets", "map_assets", pictures.map_assets),
):
    register.inclusion_tag(f"{PARTS}{file}.html", name=name)(part)

for name, file in (
    ("listing", "whole"),
    ("listing_filters", "filters"),
    ("listing_table", "table"),
    ("listing_pager", "pager"),
    ("listing_exports", "exports"),
):
    register.inclusion_tag(f"ui/list/{file}.html", name=name)(listings.shown)
register.inclusion_tag("ui/list/fields.html")(listings.filter_fields)

FILTERS: dict[str, Drawing] = {
    "nice_date": formats.nice_date,
    "nice_day": formats.nice_day,
    "nice_time": formats.nice_time,
    "nice_datetime": formats.nice_datetime,
    "ago": formats.ago,
    "number": formats.number,
    "percent": formats.percent,
    "euros": formats.euros,
    "metres": formats.metres,
    "siren": formats.siren,
    "siret": formats.siret,
    "phone": formats.phone,
    "initials_of": formats.initials_of,
}
for name, drawing in FILTERS.items():
    register.filter(name, drawing)


@register.filter
def toast_kind(message: Message) -> str:
    """Return how a message looks: ok, watch, no, or "" for plain information."""
    return toasts.kind_of(message)


@register.filter
def toast_undo(message: Message) -> str:
    """Return the address that takes back what the message tells, or ""."""
    return toasts.undo_address(message)
