"""What a scan is, told from its first bytes and not from its name."""

from typing import Final

from django.utils.translation import gettext as _

from maillage.bricks.agreements.refusals import AgreementError

HEAVIEST: Final = 8 * 1024 * 1024  # bytes
TAIL: Final = 2048  # bytes at the end of a PDF, where it says that it ends
SUFFIXES: Final = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
BEGINNINGS: Final = {
    "application/pdf": b"%PDF-",
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
}


def media_type_of(content: bytes) -> str:
    """Return what a scan is; raises AgreementError when it is too heavy or something else."""
    if not content:
        raise AgreementError(_("This file is empty: there is nothing to read."), "file")
    if len(content) > HEAVIEST:
        raise AgreementError(
            _("This file is too heavy: 8 MB at most. Scan it again with less detail."), "file"
        )
    for media_type, beginning in BEGINNINGS.items():
        if content.startswith(beginning) and _is_whole(media_type, content):
            return media_type
    raise AgreementError(
        _("This is no PDF, JPEG or PNG file, or it is cut short: scan or photograph it again."),
        "file",
    )


def _is_whole(media_type: str, content: bytes) -> bool:
    match media_type:
        case "application/pdf":
            return b"%%EOF" in content[-TAIL:]
        case "image/png":
            return b"IEND" in content[-TAIL:]
        case _:
            return b"\xff\xd9" in content[-TAIL:]
