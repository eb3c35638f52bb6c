"""Work done in the background: queues in the database (docs/adr tells why)."""

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        # What the site does by itself, and what people started and wait for.
        "QUEUES": ["default", "people"],
    },
}
