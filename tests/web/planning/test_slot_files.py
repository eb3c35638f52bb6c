"""Alice gives a spreadsheet of slots, reads what becomes of its rows, enters or undoes them."""

from collections.abc import Callable
from datetime import time, timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from openpyxl import Workbook

from maillage.foundation.accounts.models import Person
from maillage.run.planning.gathering import monday_of
from maillage.run.planning.models import Slot, SlotsImport
from tests.cast import Cast, inside
from tests.run.stories import BAKING, shared_baker

type ClientOf = Callable[[Person], Client]
NEXT = monday_of(localdate()) + timedelta(weeks=1)


def address(cast: Cast, name: str, *args: object) -> str:
    return reverse(f"planning:{name}", args=[cast.network.slug, *args])


def workbook(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    """A workbook as spreadsheets write it: days are days, times are times."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile("slots.xlsx", stream.getvalue())


def test_a_workbook_is_read_entered_and_taken_out(cast: Cast, client_of: ClientOf) -> None:
    with inside(cast.network):
        shared_baker(cast)
    alice = client_of(cast.alice)
    file = workbook(
        ("Firm", "Skill", "Day", "From", "To", "How many"),
        (cast.bakery.name, BAKING, NEXT, time(6), time(12), 2),
        ("Nobody", BAKING, NEXT, time(6), time(12), 2),
    )
    page = alice.post(address(cast, "slot-files"), {"file": file}, follow=True).content.decode()
    assert "2 people" in page
    assert "No firm of the directory is known so: import it first." in page
    with inside(cast.network):
        source = SlotsImport.objects.get()
        assert not Slot.objects.exists()
    said = alice.post(address(cast, "file-apply", source.public_id), follow=True).content.decode()
    assert "1 row is in the plan." in said
    with inside(cast.network):
        slot = Slot.objects.get()
    assert (slot.day, slot.start_minute, slot.end_minute, slot.people) == (NEXT, 360, 720, 2)
    said = alice.post(address(cast, "file-undo", source.public_id), follow=True).content.decode()
    assert "1 row is taken out." in said
    with inside(cast.network):
        assert not Slot.objects.exists()


def test_columns_that_are_not_known_are_asked_for(cast: Cast, client_of: ClientOf) -> None:
    with inside(cast.network):
        shared_baker(cast)
    alice = client_of(cast.alice)
    file = workbook(
        ("Firm", "What", "Day", "From", "To"), (cast.bakery.name, BAKING, "lundi", "6:00", "12:00")
    )
    page = alice.post(address(cast, "slot-files"), {"file": file}, follow=True).content.decode()
    assert "Columns of the file" in page
    with inside(cast.network):
        source = SlotsImport.objects.get()
    here = address(cast, "file-columns", source.public_id)
    chosen = {"column_0": "name", "column_1": "", "column_2": "day", "column_3": "start"}
    refused = alice.post(here, chosen | {"column_4": "end"})
    assert refused.status_code == 422
    assert "No column holds: Occupation." in refused.content.decode()
    alice.post(here, chosen | {"column_1": "occupation", "column_4": "end"})
    said = alice.post(address(cast, "file-discard", source.public_id), follow=True)
    assert "slots.xlsx was discarded" in said.content.decode()
