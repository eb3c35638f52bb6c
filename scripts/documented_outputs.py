"""Write what commands really print into the pages that show it: ``make docs``.

A page holds a marker that names a command, and how much of its output to show::

    <!-- output of `make demo`, first 3 paragraphs, last 3: begin -->

Pages whose name ends in ``.fr.md`` speak French. The two pictures of the README are taken from the
page that ``make demo`` writes, with the system's Chromium.
"""

import os
import re
import shlex
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(
    r"(?P<begin><!-- output of `(?P<command>[^`]+)`"
    r"(?:, first (?P<first>\d+) paragraphs, last (?P<last>\d+))?: begin -->\n```text\n)"
    r".*?(?P<end>^```\n<!-- output: end -->)",
    flags=re.DOTALL | re.MULTILINE,
)
PICTURES = {"en": "pool-page.png", "fr": "pool-page.fr.png"}
BROWSER = "/usr/bin/chromium"
BROWSER_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
COLUMNS = 96
PICTURE_SIZE = (1280, 1484)


def pages() -> Iterator[Path]:
    """Yield the pages that show the output of a command."""
    for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]):
        if BLOCK.search(path.read_text(encoding="utf-8")):
            yield path


def language_of(page: Path) -> str:
    """Return the language that a page speaks."""
    return "fr" if page.name.endswith(".fr.md") else "en"


def output_of(command: str, language: str, folder: Path) -> list[str]:
    """Return the paragraphs that a command prints, run in a folder that looks like the project."""
    # What make tells the commands it runs would make another make say where it goes.
    inherited = {name: value for name, value in os.environ.items() if "MAKE" not in name}
    done = subprocess.run(  # noqa: S603 - the commands of our own pages
        shlex.split(command),
        cwd=folder,
        env={**inherited, "LANGUAGE": language, "COLUMNS": str(COLUMNS)},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    lines = "\n".join(line.rstrip() for line in done.stdout.splitlines())
    return re.split(r"\n{2,}", lines.strip("\n"))


def shortened(paragraphs: list[str], first: str | None, last: str | None) -> list[str]:
    """Return the first and last paragraphs asked for, an ellipsis between; all without numbers."""
    if first is None or last is None or len(paragraphs) <= int(first) + int(last):
        return paragraphs
    return [*paragraphs[: int(first)], "…", *paragraphs[-int(last) :]]


def rewrite(page: Path, folder: Path) -> None:
    """Run the commands of a page and write their output into it."""

    def filled(block: re.Match[str]) -> str:
        paragraphs = output_of(block["command"], language_of(page), folder)
        shown = "\n\n".join(shortened(paragraphs, block["first"], block["last"]))
        return f"{block['begin']}{shown}\n{block['end']}"

    text = page.read_text(encoding="utf-8")
    page.write_text(BLOCK.sub(filled, text), encoding="utf-8")
    print(f"{page.relative_to(ROOT)} rewritten.")


def take_picture(page: Path, language: str) -> None:
    """Take the top of the printable page as the picture of the README of a language."""
    target = ROOT / "docs" / "images" / PICTURES[language]
    width, height = PICTURE_SIZE
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=BROWSER, args=BROWSER_OPTIONS)
        tab = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
        tab.goto(page.as_uri())
        tab.screenshot(path=target)
        browser.close()
    print(f"{target.relative_to(ROOT)} taken.")


def main() -> None:
    """Rewrite every page, then take the pictures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for entry in ROOT.iterdir():
            if entry.name != "demo-output":
                (folder / entry.name).symlink_to(entry)
        for page in pages():
            rewrite(page, folder)
            if page.parent == ROOT:
                take_picture(folder / "demo-output" / "jobs.html", language_of(page))


if __name__ == "__main__":
    main()
