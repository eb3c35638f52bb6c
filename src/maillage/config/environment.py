"""What an installation may choose, read from variables whose names start with MAILLAGE_.

A variable that is set to something we cannot use stops the program with a sentence that names it,
rather than letting it run in a way nobody chose.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

PREFIX = "MAILLAGE_"
YES = frozenset({"1", "true", "yes", "on", "oui"})
NO = frozenset({"0", "false", "no", "off", "non"})


def text(name: str, default: str) -> str:
    """Return the variable MAILLAGE_<name>, or `default` when it is not set or empty."""
    return os.environ.get(PREFIX + name) or default


def flag(name: str, *, default: bool) -> bool:
    """Return a yes or no; anything else raises ImproperlyConfigured."""
    value = text(name, "yes" if default else "no").lower()
    if value in YES:
        return True
    if value in NO:
        return False
    raise ImproperlyConfigured(f"{PREFIX}{name} must be yes or no, not {value!r}.")


def number(name: str, default: int) -> int:
    """Return a whole number; anything else raises ImproperlyConfigured."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(
            f"{PREFIX}{name} must be a whole number, not {value!r}."
        ) from None


def names(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Return a list written with commas."""
    value = text(name, ",".join(default))
    return [part.strip() for part in value.split(",") if part.strip()]


def folder(name: str, default: str) -> Path:
    """Return an absolute path; a relative one starts where the program was started."""
    return Path(text(name, default)).expanduser().resolve()


def secret(name: str, default: str) -> str:
    """Return a secret from MAILLAGE_<name>, or from the file that MAILLAGE_<name>_FILE names."""
    path = text(name + "_FILE", "")
    if not path:
        return text(name, default)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{PREFIX}{name}_FILE cannot be read: {error}") from None
