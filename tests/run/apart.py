"""Work of several threads at once, on a database that they share."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection

ROOT = Path(__file__).parents[2]


def answer_of(work: Callable[[], Any], data_folder: Path) -> Any:
    """Return what some work returns, which its module prints as JSON when it is asked apart.

    A database in memory cannot be shared by threads: theirs is then a file, in another process.
    """
    if connection.vendor == "postgresql":
        return work()
    environment = {**os.environ, "MAILLAGE_DATA": str(data_folder)}
    environment.pop("MAILLAGE_DATABASE", None)
    environment["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    command = f"import django; django.setup(); from {work.__module__} import main; main()"
    result = subprocess.run(
        [sys.executable, "-c", command],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=environment,
        timeout=120,
    )
    assert result.returncode == 0, result.stderr.decode()
    return json.loads(result.stdout)
