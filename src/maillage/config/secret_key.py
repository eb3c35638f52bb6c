"""The secret of an installation, kept in its data folder when no variable gives it."""

import contextlib
import os
import secrets
from pathlib import Path
from tempfile import mkstemp
from typing import Final

from django.core.exceptions import ImproperlyConfigured

FILE: Final = "secret-key"
BYTES: Final = 48


def kept_secret(data: Path) -> str:
    """Return the secret kept in the folder `data`, or nothing when there is none yet.

    Raises ImproperlyConfigured when the file is there and cannot be used.
    """
    path = data / FILE
    try:
        found = path.read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"The secret in {path} cannot be read: {error}") from None
    if not found:
        raise ImproperlyConfigured(
            f"{path} is empty. Put the secret of this installation back, or delete the file: a new "
            "one is then made, and everybody signs in again."
        )
    return found


def keep_secret(data: Path) -> str:
    """Return the secret kept in the folder `data`, made first when there is none.

    Only the account that runs the site can read it. When two processes start together, both
    return the same one.
    """
    found = kept_secret(data)
    if found:
        return found
    handle, name = mkstemp(prefix=f".{FILE}-", dir=data)  # readable by its owner alone
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(BYTES) + "\n")
        # Appears whole or not at all, and never replaces one that somebody else just made.
        with contextlib.suppress(FileExistsError):
            os.link(name, data / FILE)
    finally:
        Path(name).unlink()
    return kept_secret(data)
