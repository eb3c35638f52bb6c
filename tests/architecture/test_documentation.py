import re
from pathlib import Path

from tests.architecture.tree import ROOT, files, shown

LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)(#[^)\s]*)?\)")
FENCE = re.compile(r"^```.*?^```", flags=re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^(?:make|\.venv/bin/maillage)\b.*", flags=re.MULTILINE)
TARGETS = set(
    re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
)


def pages() -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in files(".md")}


def test_links_between_pages_lead_somewhere() -> None:
    broken = [
        f"{shown(page)} → {target}"
        for page, text in pages().items()
        for target, _anchor in LINK.findall(text)
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_make_targets_named_in_the_pages_exist() -> None:
    unknown = [
        f"{shown(page)}: make {target}"
        for page, text in pages().items()
        for target in re.findall(r"(?:^|`)make ([a-z]+)", text, flags=re.MULTILINE)
        if target not in TARGETS
    ]
    assert unknown == []


def test_both_readmes_give_the_same_commands() -> None:
    english, french = (
        [
            re.split(r"\s", line)[:2]
            for fence in FENCE.findall(text)
            for line in COMMAND.findall(fence)
        ]
        for text in (
            (ROOT / "README.md").read_text(encoding="utf-8"),
            (ROOT / "README.fr.md").read_text(encoding="utf-8"),
        )
    )
    assert english == french
    assert english[0] == ["make", "demo"]


def test_french_pages_keep_their_punctuation_on_the_line() -> None:
    loose = [
        f"{shown(page)}: {line[:80]}"
        for page, text in pages().items()
        if page.name.endswith(".fr.md")
        for line in FENCE.sub("", text).splitlines()
        if re.search(r"\w [;?!»](?:\s|$)|\w :(?:\s|$)|« ", line)
    ]
    assert loose == []
