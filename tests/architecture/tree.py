"""What is in the working tree: the files that git tracks or would track."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def files(*suffixes: str) -> tuple[Path, ...]:
    """Return the tracked and soon to be tracked files whose name ends so, all when none is given.

    Outside a git checkout (a source distribution) every file counts.
    """
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607 - the git of whoever runs the tests
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )
    if listing.returncode == 0:
        paths = [ROOT / name for name in listing.stdout.split("\0") if name]
    else:
        visible = (path for path in ROOT.iterdir() if not path.name.startswith("."))
        paths = [path for top in visible for path in (top, *top.rglob("*"))]
    return tuple(
        sorted(p for p in paths if p.is_file() and (not suffixes or p.name.endswith(suffixes)))
    )


def sources() -> tuple[Path, ...]:
    """Return the Python files of the product itself."""
    return tuple(path for path in files(".py") if path.is_relative_to(ROOT / "src"))


def shown(path: Path, line: int | None = None) -> str:
    """Return a path, and a line, as a person points at them."""
    name = path.relative_to(ROOT).as_posix()
    return name if line is None else f"{name}:{line}"


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method of a Python file, nested ones too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
