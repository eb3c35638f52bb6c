"""The mark of Maillage: five nodes whose links tell where a network stands in its life."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

type Point = tuple[float, float]
type Links = tuple[tuple[int, int], ...]

NODES: tuple[Point, ...] = ((4, 8), (13, 3.6), (20.6, 9.4), (17.2, 19.6), (6.6, 18.4))
ALL_LINKS = ((0, 1), (1, 2), (2, 3), (3, 4), (4, 0), (1, 4), (1, 3))

# For each kind: the links drawn firmly, those only hoped for, the nodes that already take part.
KINDS: dict[
    str, tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...], frozenset[int]]
] = {
    "full": (ALL_LINKS, (), frozenset(range(5))),
    "launch": (((0, 1),), ((1, 2), (3, 4)), frozenset({0, 1})),
    "run": (((0, 1), (1, 3), (3, 4), (1, 2)), (), frozenset(range(5))),
    "sustain": (ALL_LINKS, (), frozenset(range(5))),
    "empty": ((), ALL_LINKS, frozenset()),
}


def mark(kind: str = "full", size: int = 24) -> SafeString:
    """Return the mark as SVG, `size` pixels wide; an unknown kind raises KeyError."""
    firm, hoped, joined = KINDS[kind]
    lines = [("", link) for link in firm] + [(" m-mark__edge--maybe", link) for link in hoped]
    edges = format_html_join(
        "",
        '<line class="m-mark__edge{}" x1="{}" y1="{}" x2="{}" y2="{}"/>',
        ((look, *NODES[start], *NODES[end]) for look, (start, end) in lines),
    )
    nodes = format_html_join(
        "",
        '<circle class="m-mark__node{}" cx="{}" cy="{}" r="{}"/>',
        (
            ("" if node in joined else " m-mark__node--open", *place, 2.6 if node in joined else 2)
            for node, place in enumerate(NODES)
        ),
    )
    return format_html(
        '<svg class="m-mark" width="{}" height="{}" viewBox="0 0 24 24" aria-hidden="true">'
        "{}{}</svg>",
        size,
        size,
        edges,
        nodes,
    )
