import ast

from tests.architecture.tree import ROOT, files, functions, shown, sources

# A helper lives with its subject: these names say nothing about theirs.
DRAWERS = {"utils", "util", "common", "helpers", "helper", "misc", "tools", "lib"}


def test_modules_are_named_after_their_subject() -> None:
    drawers = [
        shown(path)
        for path in files(".py")
        if DRAWERS & {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}
    ]
    assert drawers == []


def test_imports_stand_at_the_top_of_the_file() -> None:
    hidden = [
        shown(path, node.lineno)
        for path in sources()
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
        or (isinstance(node, ast.Attribute) and node.attr == "import_module")
    ]
    assert hidden == []


def test_packages_say_what_they_hold() -> None:
    silent = [
        shown(path)
        for path in sources()
        if path.name == "__init__.py"
        and ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None
    ]
    assert silent == []


def test_every_folder_of_code_is_a_package() -> None:
    bare = {
        shown(path.parent) for path in sources() if not (path.parent / "__init__.py").is_file()
    } - {"src"}
    assert bare == set()


def test_every_rule_of_an_engine_has_its_stories() -> None:
    rules = [path for path in sources() if path.parent.name == "rules"]
    without = [
        shown(rule)
        for rule in rules
        if rule.name != "__init__.py"
        and not (
            ROOT
            / "tests"
            / rule.relative_to(ROOT / "src" / "maillage").parent
            / f"test_{rule.name}"
        ).is_file()
    ]
    assert without == []
