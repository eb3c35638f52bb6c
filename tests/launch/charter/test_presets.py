"""First drafts of a charter are checked when the program starts."""

from pathlib import Path

import pytest

from maillage.launch.charter.checks import charters_can_be_read, faults_in
from maillage.launch.charter.presets import FOLDER, first_draft

GOOD = (FOLDER / "employer-group.toml").read_text(encoding="utf-8")


def test_those_that_come_with_the_program_can_be_proposed() -> None:
    assert charters_can_be_read() == []
    french, english = (first_draft("employer-group", one) for one in ("fr", "en"))
    assert english.title == "Charter of shared work"
    assert [one.key for one in french.clauses] == [one.key for one in english.clauses]
    assert first_draft("creators-club", "fr") == french


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("title = {", "titre = {", "unknown key 'titre'"),
        ('key = "employer"', 'key = "purpose"', "two clauses have the same key"),
        ('rule = "timetables"', 'rule = "clocks"', "unknown rule 'clocks'"),
        ('parameter = "busy_free"', 'parameter = "all"', "with parameter 'all'"),
        ('key = "employer"', 'key = "Employer!"', "key must be made of small letters"),
        ("consent = false", 'consent = "no"', "consent must be true or false"),
        ('en = "One employer"', 'de = "Ein Arbeitgeber"', "unknown language 'de' in title"),
        ('fr = "Un seul employeur"', 'fr = " "', "title has no text in 'fr'"),
        ("[[clauses]]", "[[clauses", "line"),
    ],
)
def test_faults_are_told(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in GOOD
    (tmp_path / "odd.toml").write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    assert fault in "\n".join(str(one.msg) for one in faults_in(tmp_path))


def test_a_draft_without_clauses_is_told(tmp_path: Path) -> None:
    (tmp_path / "odd.toml").write_text('title = { fr = "a", en = "b" }', encoding="utf-8")
    (only,) = faults_in(tmp_path)
    assert only.msg == "odd.toml: no clause: write at least one table [[clauses]]"
