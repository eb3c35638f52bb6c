"""The pictures that go with words: drawn once here, written into the page as SVG.

Icons are outlines on a 24 by 24 grid. They never stand alone: a word is always beside them or, at
the very least, read out by a screen reader, so the drawing itself is hidden from it.
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ICONS = {
    "add": '<path d="M12 5v14M5 12h14"/>',
    "arrow": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "back": '<path d="M19 12H5M11 6l-6 6 6 6"/>',
    "bell": '<path d="M6 16v-5a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5h4"/>',
    "bin": '<path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13M10 10.5v6M14 10.5v6"/>',
    "book": '<path d="M12 6.5c-2-1.5-5-2-8-2v14c3 0 6 .5 8 2 2-1.5 5-2 8-2v-14c-3 0-6 .5-8 2v14"/>',
    "calendar": (
        '<rect x="4" y="5.5" width="16" height="14.5"'
        ' rx="1.5"/><path d="M4 10h16M8.5 3v4M15.5 3v4"/>'
    ),
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.5l3.5 2"/>',
    "close": '<path d="M6 6l12 12M18 6 6 18"/>',
    "document": '<path d="M6 3h8l4 4v14H6zM14 3v4h4"/><path d="M9 12h6M9 16h6"/>',
    "download": '<path d="M12 4v11M7 11l5 5 5-5M5 20h14"/>',
    "edit": '<path d="M4.5 19.5l1-4L16 5l3 3L8.5 18.5zM13.5 7.5l3 3"/>',
    "euro": '<path d="M18 6.5A7 7 0 1 0 18 17.5M4 10.5h9M4 13.5h9"/>',
    "eye": (
        '<path d="M2.5 12c2.5-4.5 6-6.5 9.5-6.5s7 2 9.5 6.5c-2.5 4.5-6 6.5-9.5 6.5'
        's-7-2-9.5-6.5z"/><circle cx="12" cy="12" r="3"/>'
    ),
    "firm": '<path d="M4 20V9l8-5 8 5v11zM9.5 20v-6h5v6"/>',
    "help": (
        '<circle cx="12" cy="12" r="9"/><path d="M9.5 9.5a2.5 2.5 0 1 1 3.5 2.300'
        'c-.7.4-1 .8-1 1.700M12 16.5v.3"/>'
    ),
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.5v.3"/>',
    "list": '<path d="M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.3M4.5 12h.3M4.5 17.5h.3"/>',
    "lock": (
        '<rect x="5" y="11" width="14" height="9" rx="1.5"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>'
    ),
    "mail": '<rect x="3.5" y="6" width="17" height="12.5" rx="1.5"/><path d="m4 7 8 6 8-6"/>',
    "map": '<path d="M3.5 6.5 9 4l6 2.5 5.5-2.5v13.5L15 20l-6-2.5L3.5 20zM9 4v13.5M15 6.5V20"/>',
    "matched": '<circle cx="8" cy="12" r="4.5"/><circle cx="16" cy="12" r="4.5"/>',
    "minus": '<path d="M5 12h14"/>',
    "network": (
        '<circle cx="6" cy="7" r="2.2"/><circle cx="18" cy="7"'
        ' r="2.2"/><circle cx="12" cy="18" r="2.2"/>'
        '<path d="M8.2 7h7.6M7 9l4 7M17 9l-4 7"/>'
    ),
    "no": '<circle cx="12" cy="12" r="9"/><path d="M6 6l12 12"/>',
    "ok": '<circle cx="12" cy="12" r="9"/><path d="m8 12.5 2.8 2.8L16 9.5"/>',
    "people": (
        '<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5'
        " 19.5c.8-3.800 3.300-5.5 6.5-5.5s5.700 1.700 6.5 5.5"
        'M15.5 5.300a3.5 3.5 0 0 1 0 6.400M17.5 14.5c2.200.7 3.5 2.300 4 5"/>'
    ),
    "person": (
        '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c1-4.5 4-6.5 7.5-6.5s6.5 2 7.5 6.5"/>'
    ),
    "phone": (
        '<path d="M6 3h3l1.5 5-2 1.5a12 12 0 0 0 6 6l1.5-2 5 1.5v3a2 2 0 0 1-2 2'
        'A16 16 0 0 1 4 5a2 2 0 0 1 2-2z"/>'
    ),
    "pin": (
        '<path d="M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11z"/>'
        '<circle cx="12" cy="10" r="2.4"/>'
    ),
    "print": '<path d="M7 8.5V3.5h10v5M7 17H4V8.5h16V17h-3M7 14h10v6.5H7z"/>',
    "public": (
        '<circle cx="12" cy="12" r="8.5"/>'
        '<path d="M3.5 12h17M12 3.5c5 5 5 12 0 17c-5-5-5-12 0-17"/>'
    ),
    "save": '<path d="M4.5 4.5h12l3 3v12h-15zM8 4.5V9h7V4.5M8 19.5v-6h8v6"/>',
    "search": '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>',
    "settings": (
        '<path d="M4 7h9M17.5 7H20M4 17h2.5M11 17h9"/><circle cx="15.2" cy="7" r="2.3"/>'
        '<circle cx="8.8" cy="17" r="2.3"/>'
    ),
    "shield": '<path d="M12 3.5 19.5 6v6c0 4.5-3 7.5-7.5 9-4.5-1.5-7.5-4.5-7.5-9V6z"/>',
    "stop": '<rect x="6.5" y="6.5" width="11" height="11"/>',
    "swap": '<path d="M4 8h13M13 4l4 4-4 4M20 16H7M11 12l-4 4 4 4"/>',
    "undo": '<path d="M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11H9"/>',
    "unlock": (
        '<rect x="5" y="11" width="14" height="9" rx="1.5"/><path d="M8 11V7a4 4 0 0 1 7.5-2"/>'
    ),
    "upload": '<path d="M12 16V5M7 9l5-5 5 5M5 20h14"/>',
    "warning": '<path d="M12 3.5 21.5 20h-19z"/><path d="M12 10v4.5M12 17.2v.3"/>',
}


def icon(name: str) -> SafeString:
    """Return an icon as SVG; a name that is not in `ICONS` raises KeyError."""
    return format_html(
        '<svg class="m-i" viewBox="0 0 24 24" aria-hidden="true">{}</svg>',
        mark_safe(ICONS[name]),  # noqa: S308 -- drawn above, nothing comes from a person
    )


def icon_or_nothing(name: str) -> SafeString:
    """Return an icon, or nothing when no name is given."""
    return icon(name) if name else SafeString()
