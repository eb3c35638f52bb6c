import re
from pathlib import Path
from typing import Any

import click
import pytest

from maillage.cli.program import build_program
from tests.architecture.tree import ROOT

PAGE = (ROOT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
EVERYWHERE = {"--help", "--lang"}


def section(title: str) -> list[list[str]]:
    body = PAGE.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("|").split("|") for line in body.splitlines() if line.startswith("| `")]
    return [[cell.strip(" `") for cell in row] for row in rows]


def options(command: click.Command) -> dict[str, Any]:
    return {
        parameter.opts[0]: parameter.default
        for parameter in command.get_params(click.Context(command))
        if isinstance(parameter, click.Option)
    }


def test_options_of_the_program_are_documented() -> None:
    documented = {row[0].split()[0] for row in section("`maillage`")}
    assert documented == options(build_program()).keys()


def test_every_command_has_its_section() -> None:
    assert re.findall("^## `maillage (.+)`$", PAGE, flags=re.MULTILINE) == [
        *build_program().commands
    ]


@pytest.mark.parametrize("name", build_program().commands)
def test_options_of_a_command_are_documented_with_their_defaults(name: str) -> None:
    known = options(build_program().commands[name])
    documented = {row[0].split()[0]: row[1] for row in section(f"`maillage {name}`")}
    assert documented.keys() == known.keys() - EVERYWHERE
    for option, default in documented.items():
        if isinstance(known[option], int | str | Path):  # the others have none, or are flags
            assert default == str(known[option]), option
