"""`maillage roster` on the example of the documentation."""

import json
from pathlib import Path
from typing import Any

import click
import pytest
from jsonschema import Draft202012Validator

from maillage.cli.program import build_program
from maillage.run.planning.reports.document import schema
from tests.architecture.tree import ROOT
from tests.cli.conftest import TUTORIAL, Maillage

QUESTION = TUTORIAL / "roster.json"
HERE = ("--workers", "1", "--time-limit", "0.5")


def spaced(text: str) -> str:
    return " ".join(text.split()).replace("\N{NO-BREAK SPACE}", " ")


def document(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator(schema(read["schema"])).validate(read)
    return read


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A hand-made plan: Karim at the garage on Monday, Chloé at Bob’s, Hugo at Farid’s."""
    held = [
        ("karim", "martin-01-morning"),
        ("karim", "martin-01-afternoon"),
        ("chloe", "bob-01-baking"),
        ("hugo", "farid-01-morning"),
    ]
    path = tmp_path / "plan.json"
    path.write_text(
        json.dumps(
            {
                "schema": "maillage.roster-plan/1",
                "assignments": [{"worker": worker, "need": need} for worker, need in held],
            }
        ),
        encoding="utf-8",
    )
    return path


def test_a_question_becomes_a_plan_that_breaks_nothing(maillage: Maillage, tmp_path: Path) -> None:
    files = {name: tmp_path / f"{name}.{end}" for name, end in OUTPUTS.items()}
    asked = [part for name, path in files.items() for part in (f"--{name}", path)]

    result = maillage("roster", "solve", QUESTION, *asked, *HERE)

    assert result.exit_code == 0, result.output
    text = spaced(result.stdout)
    assert "No rule is broken." in text
    assert "worker slots hours contract a week firms" in text
    found = document(files["json"])
    assert found["forbidden"] == 0
    assert found["search"]["seed"] == 1
    assert json.loads(files["plan"].read_text(encoding="utf-8"))["assignments"]
    assert "Garage Martin" in files["html"].read_text(encoding="utf-8")
    for path in files.values():
        assert f"Written: {path}" in result.stdout
    checked = maillage("roster", "check", QUESTION, files["plan"], "--strict")
    assert checked.exit_code == 0


OUTPUTS = {"plan": "json", "json": "json", "html": "html"}


def test_a_plan_is_checked_with_the_articles_it_breaks(
    maillage: Maillage, plan: Path, tmp_path: Path
) -> None:
    held = json.loads(plan.read_text(encoding="utf-8"))
    held["assignments"] += [
        {"worker": "hugo", "need": "bob-01-baking"},
        {"worker": "chloe", "need": "emma-02-baking"},
    ]
    plan.write_text(json.dumps(held), encoding="utf-8")

    result = maillage("roster", "check", QUESTION, plan, "--json", tmp_path / "check.json")

    assert result.exit_code == 0
    text = spaced(result.stdout)
    assert "Forbidden:" in text
    assert (
        "- Hugo would work at night: Monday 2 March, 5:00 to 9:00, at Bob’s bakery (art. L3122-20)"
    ) in text
    assert "- Chloé would serve two competitors: Bob’s bakery × Emma’s bakery (charter)" in text
    breaches = document(tmp_path / "check.json")["breaches"]
    assert {b["article"] for b in breaches if b["forbidden"]} >= {"L3122-20", "charter"}


def test_a_strict_check_ends_with_code_2(maillage: Maillage, plan: Path) -> None:
    held = json.loads(plan.read_text(encoding="utf-8"))
    held["assignments"].append({"worker": "karim", "need": "bob-01-baking"})
    plan.write_text(json.dumps(held), encoding="utf-8")

    result = maillage("roster", "check", QUESTION, plan, "--strict")

    assert result.exit_code == 2
    assert "This plan breaks rules that forbid: see above." in spaced(result.stderr)


def test_an_absence_is_mended_and_the_choice_can_be_checked(
    maillage: Maillage, plan: Path, tmp_path: Path
) -> None:
    files = {name: tmp_path / f"mended-{name}.json" for name in ("plan", "question", "json")}
    asked = [part for name, path in files.items() for part in (f"--{name}", path)]
    away = ("--absent", "karim", "--from", "2026-03-02", "--to", "2026-03-02")

    result = maillage("roster", "repair", QUESTION, plan, *away, *asked)

    assert result.exit_code == 0, result.output
    text = spaced(result.stdout)
    assert "Choice 1: " in text
    assert "- Nadia takes Mon 2 Mar 08:00–12:00 at Garage Martin" in text
    assert "- To be told: Nadia." in text
    assert "Choice 2, leave it: 2,000 points" in text
    choices = document(files["json"])["choices"]
    assert [choice["touched"] for choice in choices] == [0, 0]
    again = maillage("roster", "check", files["question"], files["plan"], "--strict")
    assert again.exit_code == 0
    assert (
        "a change for Nadia, against the published plan: Monday 2 March, 8:00 to 12:00, at "
        "Garage Martin"
    ) in spaced(again.stdout)


def test_a_call_is_answered_in_french(maillage: Maillage, plan: Path) -> None:
    call = ("--call", "martin", "--skill", "reception")
    at = ("--from", "2026-03-04T13:00", "--to", "2026-03-04T17:00")

    result = maillage("roster", "repair", QUESTION, plan, *call, *at, language="fr")

    assert result.exit_code == 0, result.output
    text = spaced(result.stdout)
    assert "- Karim prend le créneau du mer. 4 mars 13:00–17:00 chez Garage Martin" in text
    assert "connaît l’entreprise" in text
    assert "laisser tel quel" in text


def test_a_slot_without_anybody_is_filled(maillage: Maillage, plan: Path) -> None:
    result = maillage("roster", "repair", QUESTION, plan, "--slot", "martin-02-morning")

    assert result.exit_code == 0, result.output
    assert "- Karim takes Tue 3 Mar 08:00–12:00 at Garage Martin" in spaced(result.stdout)


def test_empty_slots_are_explained_with_what_would_help(
    maillage: Maillage, plan: Path, tmp_path: Path
) -> None:
    result = maillage(
        "roster", "explain", QUESTION, plan, "--slot", "bob-02-baking", "--slot",
        "martin-01-morning", "--json", tmp_path / "why.json",
    )  # fmt: skip

    assert result.exit_code == 0, result.output
    text = spaced(result.stdout)
    assert "Tue 3 Mar 05:00–09:00 at Bob’s bakery" in text
    assert "- Chloé could take it as things are" in text
    assert (
        "- Karim does not have the skill asked for: Tuesday 3 March, 5:00 to 9:00, at Bob’s bakery"
    ) in text
    assert "Why this worker:" in text
    found = document(tmp_path / "why.json")
    assert [entry["need"] for entry in found["empty"]] == ["bob-02-baking"]
    assert [reason["worker"] for reason in found["reasons"]] == ["karim"]


REPAIR = ("roster", "repair", QUESTION)
REFUSALS = [
    (
        ("roster", "check", QUESTION),
        (
            "The question has no published plan: give the file of a plan after it, such as the one "
            "that “maillage roster solve --plan” writes."
        ),
    ),
    (("roster", "check", "nowhere.json"), "nowhere.json cannot be read: No such file"),
    ((*REPAIR, "PLAN"), "Say what happened, and one thing only"),
    ((*REPAIR, "PLAN", "--absent", "karim"), "Say from when to when"),
    (
        (*REPAIR, "PLAN", "--absent", "karim", "--from", "2026-03-05", "--to", "2026-03-04"),
        "--to must come after --from.",
    ),
    (
        (*REPAIR, "PLAN", "--call", "martin", "--from", "2026-03-05", "--to", "2026-03-05"),
        "Say which skill the firm needs",
    ),
    (
        (*REPAIR, "PLAN", "--absent", "nobody", "--from", "2026-03-05", "--to", "2026-03-05"),
        "This cannot be used: absence, worker_id: “nobody” does not exist.",
    ),
    (
        (*REPAIR, "PLAN", "--absent", "karim", "--from", "tomorrow", "--to", "2026-03-05"),
        "write a date such as 2026-03-02, or 2026-03-02T08:30, not “tomorrow”.",
    ),
    (
        (*REPAIR, "PLAN", "--slot", "martin-02-morning", "--choose", "40"),
        "--choose: there are",
    ),
    (
        ("roster", "explain", QUESTION, "PLAN", "--slot", "nothing"),
        "This cannot be used: plan, need_id: “nothing” does not exist.",
    ),
]


@pytest.mark.parametrize(("arguments", "sentence"), REFUSALS)
def test_what_cannot_be_used_is_refused_in_a_sentence(
    maillage: Maillage, plan: Path, arguments: tuple[str | Path, ...], sentence: str
) -> None:
    result = maillage(*(plan if part == "PLAN" else part for part in arguments))

    assert result.exit_code == 2
    assert sentence in spaced(result.stderr)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "plan.json is not JSON: line 1, column 2 cannot be read."),
        ("[]", "plan.json cannot be used: plan, -: must be an object."),
        (
            '{"schema": "maillage.roster-plan/1", "assignments": [{"worker": "x", "need": "y"}]}',
            "plan.json cannot be used: assignment x, y, worker_id: “x” does not exist.",
        ),
    ],
)
def test_a_bad_plan_is_refused_with_its_place(
    maillage: Maillage, plan: Path, content: str, sentence: str
) -> None:
    plan.write_text(content, encoding="utf-8")

    result = maillage("roster", "check", QUESTION, plan)

    assert result.exit_code == 2
    assert sentence in spaced(result.stderr)


def test_options_of_roster_commands_are_documented_with_their_defaults() -> None:
    page = (ROOT / "docs" / "reference" / "roster-commands.md").read_text(encoding="utf-8")
    group = build_program().commands["roster"]
    assert isinstance(group, click.Group)
    for name, command in group.commands.items():
        body = page.split(f"\n## `maillage roster {name}`\n", 1)[1].split("\n## ", 1)[0]
        rows = [line.strip("|").split("|") for line in body.splitlines() if line.startswith("| `")]
        documented = {row[0].strip(" `").split()[0]: row[1].strip(" `") for row in rows}
        known = {
            parameter.opts[0]: parameter.default
            for parameter in command.params
            if isinstance(parameter, click.Option) and parameter.opts[0] != "--lang"
        }
        assert documented.keys() == known.keys(), name
        for option, default in documented.items():
            if isinstance(known[option], int | str) and not isinstance(known[option], bool):
                assert default == str(known[option]), option
