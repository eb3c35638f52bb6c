"""Two people edit the same record: what one of them left alone is not a change of theirs.

The form carries, for each field, the print of the value it showed. Only fields that differ from it
were touched; only a touched field that somebody else changed meanwhile is a conflict.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import blake2s
from typing import Any

PRINT_BYTES = 6


def shown(value: object) -> str:
    """Return a value as a form shows it and sends it back."""
    text = "" if value is None else str(value)
    return "\n".join(text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n"))


def print_of(value: object) -> str:
    """Return a short print of a value: the same for two values that a form shows alike."""
    return blake2s(shown(value).encode(), digest_size=PRINT_BYTES).hexdigest()


def prints_of(values: Mapping[str, object]) -> str:
    """Return the prints of the values that a form shows, to be carried by it."""
    return json.dumps({name: print_of(value) for name, value in values.items()})


def read_prints(text: str) -> dict[str, str]:
    """Return the prints that a form carried, none when they were damaged on the way."""
    try:
        prints = json.loads(text)
    except ValueError:
        return {}
    return prints if isinstance(prints, dict) else {}


def touched(typed: Mapping[str, Any], prints: Mapping[str, str]) -> dict[str, Any]:
    """Return the values that were changed in the form."""
    return {name: value for name, value in typed.items() if print_of(value) != prints.get(name)}


def changed_since(
    names: Iterable[str], present: Mapping[str, object], prints: Mapping[str, str]
) -> list[str]:
    """Return the fields whose present value is not the one that the form showed."""
    return [name for name in names if print_of(present[name]) != prints.get(name)]
