"""Twenty people write to the same firm at the same moment."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from django.core.management import call_command
from django.db import connection

from maillage.foundation.accounts.models import Person
from maillage.foundation.notify.models import Contact, OutgoingMail
from maillage.foundation.notify.pressure import FirmAddress, PressureError
from maillage.foundation.notify.sending import send_to_firm

PEOPLE = 20


def crowd() -> dict[str, int]:
    """Let everybody send at once; return what became of it."""
    sender = Person.objects.create_user("alice@network.example", name="Alice")
    firm = FirmAddress("552100554", uuid4(), "Fournil Martin", "bob@bakery.example")
    together = threading.Barrier(PEOPLE)

    def send(_rank: int) -> bool:
        try:
            together.wait(30)
            send_to_firm(
                firm=firm,
                sender=sender,
                body_name="Chamber",
                network_id=None,
                subject="Meeting",
                text="Come.",
            )
        except PressureError:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as pool:
        outcomes = list(pool.map(send, range(PEOPLE)))
    return {
        "sent": sum(outcomes),
        "refused": PEOPLE - sum(outcomes),
        "lines": Contact.objects.count(),
        "mails": OutgoingMail.objects.count(),
    }


def main() -> None:
    """Do it on a new database, and print what became of it."""
    call_command("migrate", verbosity=0)
    print(json.dumps(crowd()))  # noqa: T201 -- read by the test
