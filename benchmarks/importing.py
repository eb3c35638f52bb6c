"""How long does it take to bring 20,000 firms in from a spreadsheet, 300 lines of which are wrong?

    python -m benchmarks.importing            20,000 firms
    python -m benchmarks.importing 2000       another number

The file is made up from the demonstration territory. It is received, read, applied, imported a
second time (which creates nothing), then undone, in a database of its own. Times depend on the
machine.
"""

import argparse
import csv
import os
import tempfile
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter, process_time

# Before Django reads its settings: the folder of an installation is left alone.
os.environ["DJANGO_SETTINGS_MODULE"] = "maillage.config.settings"
os.environ["MAILLAGE_DATA"] = tempfile.mkdtemp(prefix="maillage-bench-")
os.environ["MAILLAGE_SECRET"] = "a secret for benchmarks only"  # noqa: S105 -- it protects nothing

import django

django.setup()

from django.core.management import call_command
from django_scopes import scope
from openpyxl import Workbook

from maillage.demo.site import SLUG, load
from maillage.demo.territory import territory
from maillage.foundation.accounts.models import Person
from maillage.foundation.jobs.worker import work_off
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.imports.queries import fates_of
from maillage.foundation.organisations.imports.receiving import receive_file
from maillage.foundation.organisations.imports.starting import (
    choose_columns,
    start_applying,
    start_undoing,
)
from maillage.foundation.organisations.models import Organisation, OrganisationImport

HEADINGS = (
    "Raison sociale",
    "Code APE",
    "Adresse",
    "Code postal",
    "Commune",
    "Téléphone",
    "Courriel",
    "Effectif",
    "Contact",
    "Fonction",
)
ONE_WRONG_IN = 67  # lines, which makes 300 in 20,000


def main() -> None:
    """Measure each step and print the table."""
    parser = argparse.ArgumentParser(description="How long an import takes.")
    parser.add_argument("size", nargs="?", type=int, default=20_000)
    size: int = parser.parse_args().size
    call_command("migrate", verbosity=0)
    load(territory())
    network = Network.objects.select_related("register").get(slug=SLUG)
    alice = Person.objects.get(email="alice@maillage.example")
    with tempfile.TemporaryDirectory() as folder, scope(network=network, register=network.register):
        text, book = Path(folder) / "firms.csv", Path(folder) / "firms.xlsx"
        write(text, book, size)
        before = Organisation.objects.count()
        print(f"{size:,} lines in a network of {before:,} organisations")
        told("receive (XLSX)", lambda: receive(book, network, alice))
        source = told("receive (CSV)", lambda: receive(text, network, alice))
        told("read", lambda: read(source, alice))
        told("apply", lambda: apply(source, alice))
        again = receive(text, network, alice)
        told("read again", lambda: read(again, alice))
        told("undo", lambda: undo(source, alice))
        print(f"organisations before and after: {before:,}, {Organisation.objects.count():,}")


def told[Result](label: str, step: Callable[[], Result]) -> Result:
    """Do one step and print how long it took."""
    start, busy = perf_counter(), process_time()
    result = step()
    source = result if isinstance(result, OrganisationImport) else None
    found = {} if source is None else {key: n for key, n in fates_of(source).items() if n}
    took, busy = perf_counter() - start, process_time() - busy
    print(f"{label:<16} {took:>7.1f} s {busy:>7.1f} s of processor   {found or ''}", flush=True)
    return result


def write(text: Path, book: Path, size: int) -> None:
    """Write the same firms as CSV and as a workbook."""
    firms = islice(cycle(territory().firms), size)
    rows = [
        (
            f"{firm.name} {rank}",
            firm.ape,
            f"{rank} rue du Commerce",
            firm.postcode,
            firm.commune if rank % ONE_WRONG_IN else "Nulle-Part",
            f"02 54 {rank // 10_000:02} {rank // 100 % 100:02} {rank % 100:02}",
            f"contact{rank}@firms.example",
            str(firm.staff),
            f"Camille Martin {rank}",
            "Gérant",
        )
        for rank, firm in enumerate(firms, 1)
    ]
    with text.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([HEADINGS, *rows])
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for row in (HEADINGS, *rows):
        sheet.append(row)
    workbook.save(book)


def receive(path: Path, network: Network, person: Person) -> OrganisationImport:
    """Receive a file."""
    return receive_file(
        register=network.register,
        network_id=network.public_id,
        path=path,
        actor_id=person.public_id,
    )


def read(source: OrganisationImport, person: Person) -> OrganisationImport:
    """Judge the lines."""
    fields = source.columns["fields"]
    choose_columns(source=source, fields=fields, actor_id=person.public_id)
    return worked(source)


def apply(source: OrganisationImport, person: Person) -> OrganisationImport:
    """Apply the lines."""
    start_applying(source=source, actor_id=person.public_id)
    return worked(source)


def undo(source: OrganisationImport, person: Person) -> OrganisationImport:
    """Undo the lines."""
    start_undoing(source=source, actor_id=person.public_id)
    return worked(source)


def worked(source: OrganisationImport) -> OrganisationImport:
    """Do what waits and return the import as it is then."""
    work_off()
    source.refresh_from_db()
    return source


if __name__ == "__main__":
    main()
