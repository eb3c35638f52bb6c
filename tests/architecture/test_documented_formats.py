import re
from pathlib import Path

from maillage.engines.pooling.instance import CONTRACTS
from maillage.launch.shared_jobs.bridge import read_contract
from maillage.launch.shared_jobs.columns import is_need_title, is_pair_title
from maillage.launch.shared_jobs.needs_file import NeedsFile, read_needs
from tests.architecture.tree import ROOT

TUTORIAL = ROOT / "docs" / "tutorial"
FORMATS = (ROOT / "docs" / "reference" / "file-formats.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return FORMATS.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def table(text: str) -> list[list[str]]:
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_documented_titles_of_columns_are_understood() -> None:
    titles = [
        title for row in table(section("Needs")) for title in re.findall("`(.+?)`", row[0] + row[1])
    ]
    assert len(titles) > 30
    assert [title for title in titles if not is_need_title(title)] == []

    pairs = re.findall("`(.+?)`", section("Competitors"))
    pairs += re.findall("`((?:occupation|métier).+?)`", section("Related occupations"))
    assert len(pairs) == 8
    assert [title for title in pairs if not is_pair_title(title)] == []


def test_documented_contracts_are_those_built_in() -> None:
    documented = {
        row[0].strip("`"): tuple(
            2 * int(hours) for hours in re.findall(r"\d+", f"{row[1]} {row[2]}")
        )
        for row in table(section("Contract"))
    }
    assert documented == {
        name: (
            contract.mean_min_half_hours,
            contract.mean_max_half_hours,
            contract.period_min_half_hours,
            contract.period_max_half_hours,
        )
        for name, contract in CONTRACTS.items()
    }


def test_documented_contract_file_is_read(tmp_path: Path) -> None:
    snippet = section("Contract").split("```toml\n", 1)[1].split("```", 1)[0]
    (tmp_path / "contract.toml").write_text(snippet, encoding="utf-8")
    contract = read_contract(str(tmp_path / "contract.toml"))
    assert contract.name == "season-friendly"
    assert contract.mean_min_half_hours == 60
    assert contract.period_min_half_hours == 35


def test_tutorial_tells_the_same_survey_in_both_languages() -> None:
    def told(survey: NeedsFile) -> list[tuple[object, ...]]:
        return [
            (need.firm_id, need.firm, need.occupation, need.place, need.half_hours)
            for need in survey.needs
        ]

    english = read_needs(TUTORIAL / "needs.csv", competitors=TUTORIAL / "competitors.csv")
    french = read_needs(TUTORIAL / "besoins.csv", competitors=TUTORIAL / "concurrents.csv")
    assert told(english) == told(french)
    assert english.competitors == french.competitors == {("F3", "F4")}
    assert len(english.needs) == 9
    assert english.rejected == french.rejected == ()
    assert english.notes == french.notes == ()
