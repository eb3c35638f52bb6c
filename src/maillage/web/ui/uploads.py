"""Putting what a browser sent where the reader of tables can open it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


LONGEST_STEM: Final = 60
LONGEST_SUFFIX: Final = 10


@contextmanager
def on_disk(file: "UploadedFile[Any]") -> Iterator[Path]:
    """Give a path, with the name the file had, that is gone when the block ends."""
    given = Path((file.name or "").replace("\\", "/").replace("\0", "")).name
    stem, suffix = Path(given).stem[:LONGEST_STEM], Path(given).suffix[:LONGEST_SUFFIX]
    with TemporaryDirectory(prefix="maillage-import-") as folder:
        path = Path(folder) / (f"{stem}{suffix}" or "file")
        with path.open("wb") as stream:
            for chunk in file.chunks():
                stream.write(chunk)
        yield path
