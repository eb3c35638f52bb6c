"""Take a picture of every page, in both languages and at both widths: ``make screenshots``.

The pages are those of the demonstration territory, in an installation of its own that is thrown
away. Open ``index.html`` in the folder of the pictures to look at them side by side.
"""

import argparse
import os
import tempfile
from pathlib import Path

import django

FOLDER = Path("screenshots")


def main() -> None:
    """Read what is asked, then take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="where they go")
    parser.add_argument("--only", default="", help="only pages whose name contains this")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="maillage-screenshots-") as data:
        prepare(Path(data))
        from scripts.picturing import take_pictures  # noqa: PLC0415 -- needs Django set up

        take_pictures(asked.folder, only=asked.only)


def prepare(data: Path) -> None:
    """Point Django to an empty installation in `data`, whatever the environment says."""
    for name in [name for name in os.environ if name.startswith("MAILLAGE_")]:
        del os.environ[name]
    os.environ["MAILLAGE_DATA"] = str(data)
    os.environ["MAILLAGE_SECRET"] = "for pictures only"  # noqa: S105 -- it protects nothing
    os.environ["MAILLAGE_HOSTS"] = "localhost,testserver"  # the browser, and who finds the pages
    os.environ["MAILLAGE_DEBUG"] = "yes"  # styles are read where they are written
    os.environ["DJANGO_SETTINGS_MODULE"] = "maillage.config.settings"
    # The browser's driver keeps a loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    django.setup()


if __name__ == "__main__":
    main()
