from pathlib import Path

import pytest

from scripts import documented_outputs
from scripts.documented_outputs import BLOCK, language_of, pages, rewrite, shortened

PAGE = """Before.

<!-- output of `printf 'Bonjour  \\n\\n\\nà vous\\n'`: begin -->
```text
{}
```
<!-- output: end -->

After.
"""


def test_pages_that_show_outputs_are_found() -> None:
    names = [page.name for page in pages()]
    assert names == [
        "README.fr.md",
        "README.md",
        "first-shared-jobs.fr.md",
        "first-shared-jobs.md",
    ]


@pytest.mark.parametrize("page", [*pages()], ids=lambda page: page.name)
def test_output_is_that_of_a_command_the_page_gives(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for block in BLOCK.finditer(text):
        assert f"\n{block['command']}\n" in text
        assert block[0].count("\n") > 5, "run `make docs`"


def test_output_is_written_into_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documented_outputs, "ROOT", tmp_path)
    page = tmp_path / "page.fr.md"
    page.write_text(PAGE.format("what it printed last time"), encoding="utf-8")
    rewrite(page, tmp_path)
    assert page.read_text(encoding="utf-8") == PAGE.format("Bonjour\n\nà vous")


def test_long_output_keeps_its_first_and_last_paragraphs() -> None:
    assert shortened(["a", "b", "c", "d", "e"], "2", "1") == ["a", "b", "…", "e"]
    assert shortened(["a", "b", "c"], "2", "1") == ["a", "b", "c"]
    assert shortened(["a", "b", "c"], None, None) == ["a", "b", "c"]


def test_page_speaks_the_language_of_its_name() -> None:
    assert language_of(Path("README.fr.md")) == "fr"
    assert language_of(Path("README.md")) == "en"
