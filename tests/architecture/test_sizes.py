import ast
from pathlib import Path

from tests.architecture.tree import ROOT, files, functions, shown

FUNCTION_LINES = 60
FILE_LINES = 500
TEST_FILE_LINES = 1000
TEMPLATE_LINES = 150


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def length_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_functions_stay_readable() -> None:
    too_long = [
        f"{shown(path, function.lineno)} {function.name}: {length_of(function)} lines"
        for path in files(".py")
        for function in functions(path)
        if length_of(function) > FUNCTION_LINES
    ]
    assert too_long == []


def test_python_files_stay_short() -> None:
    too_long = [
        f"{shown(path)}: {lines_of(path)} lines"
        for path in files(".py")
        if lines_of(path) > (TEST_FILE_LINES if path.is_relative_to(ROOT / "tests") else FILE_LINES)
    ]
    assert too_long == []


def test_templates_stay_short() -> None:
    too_long = [
        f"{shown(path)}: {lines_of(path)} lines"
        for path in files(".html")
        if path.is_relative_to(ROOT / "src") and lines_of(path) > TEMPLATE_LINES
    ]
    assert too_long == []
