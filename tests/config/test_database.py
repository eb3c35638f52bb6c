"""SQLite as an installation uses it: many writers at once, none loses anything."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

WRITERS = 20  # four processes of five threads
EACH = 25

WRITE = """
import django, sys
django.setup()
from concurrent.futures import ThreadPoolExecutor
from django.db import connection, transaction
from maillage.foundation.jobs.models import Run

def write(_thread):
    try:
        for _turn in range(25):
            with transaction.atomic():
                run = Run.objects.get(kind="counter")  # read, then write what was read
                Run.objects.filter(pk=run.pk).update(done=run.done + 1)
    finally:
        connection.close()

with ThreadPoolExecutor(5) as threads:
    list(threads.map(write, range(5)))
"""
PREPARE = """
import django
django.setup()
from django.core.management import call_command
from maillage.foundation.jobs.models import Run
call_command("migrate", verbosity=0)
Run.objects.create(kind="counter")
"""
READ = """
import django
django.setup()
from django.db import connection
from maillage.foundation.jobs.models import Run
with connection.cursor() as cursor:
    answers = [cursor.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "integrity_check")]
print(Run.objects.get(kind="counter").done, *answers)
"""


def start(script: str, folder: Path) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if name != "MAILLAGE_DATABASE"}
    return subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**kept, "DJANGO_SETTINGS_MODULE": "tests.settings", "MAILLAGE_DATA": str(folder)},
    )


def output_of(process: subprocess.Popen[str]) -> str:
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return output


@pytest.fixture
def folder(data_folder: Path) -> Path:
    """Return a data folder whose database holds one row that counts."""
    output_of(start(PREPARE, data_folder))
    return data_folder


def test_twenty_writers_at_once_lose_nothing(folder: Path) -> None:
    processes = [start(WRITE, folder) for _each in range(4)]
    for process in processes:
        output_of(process)
    # Readers never wait (wal); what is written survives a crash of the program (1 = normal).
    assert output_of(start(READ, folder)).split() == [str(WRITERS * EACH), "wal", "1", "1", "ok"]
