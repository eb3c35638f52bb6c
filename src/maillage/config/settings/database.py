"""The database: SQLite in the data folder unless MAILLAGE_DATABASE names a PostgreSQL server."""

import dj_database_url

from maillage.config import environment

DATA = environment.folder("DATA", "maillage-data")

DATABASES = {
    "default": dj_database_url.parse(
        environment.secret("DATABASE", f"sqlite:///{DATA / 'maillage.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    ),
}

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Readers never wait for a writer (WAL); a writer takes its lock when it begins, so that two
    # writers queue instead of failing half-way (IMMEDIATE).
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
            "PRAGMA cache_size=-64000;"
        ),
    }
