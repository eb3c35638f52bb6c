import re

from maillage.launch.shared_jobs.reports.document import schema
from maillage.launch.shared_jobs.reports.sentences import changes, reasons, whys
from tests.architecture.tree import ROOT

PAGE = (ROOT / "docs" / "reference" / "json-result.md").read_text(encoding="utf-8")


def documented(title: str) -> set[str]:
    """Return the keys that the first column of a section's table names."""
    body = f"\n{PAGE}".split(f"\n{title}\n", 1)[1].split("\n## ", 1)[0]
    cells = [line.split("|")[1] for line in body.splitlines() if line.startswith("| `")]
    return {key for cell in cells for key in re.findall("`(.+?)`", cell)}


def test_every_key_of_the_json_result_is_documented_and_no_other() -> None:
    whole = schema()
    properties = whole["properties"]
    assert documented("# JSON result") == properties.keys()
    assert documented("## `parameters`") == properties["parameters"]["properties"].keys()
    assert documented("## `jobs[]`") == whole["$defs"]["job"]["properties"].keys()
    assert documented("## `unserved[]`") == whole["$defs"]["unserved"]["properties"].keys()
    rejected = properties["rejected_rows"]["items"]["properties"]
    assert documented("## `rejected_rows[]`") == rejected.keys()


def test_every_status_is_documented() -> None:
    statuses = re.search(r"^\| `status` .*$", PAGE, flags=re.MULTILINE)
    assert statuses is not None
    assert re.findall("`([A-Z]+)`", statuses[0]) == schema()["properties"]["status"]["enum"]


def test_every_code_is_documented_and_no_other() -> None:
    codes = re.findall(r"^\| .*?\| `(.+?)`", PAGE.split("\n## Codes\n", 1)[1], flags=re.MULTILINE)
    known = [*whys._WHYS, *reasons._REASONS, *changes._CHANGES]
    assert sorted(codes) == sorted(known)
