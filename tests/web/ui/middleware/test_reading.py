"""A page that is only read never writes."""

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.actions import record_reads
from maillage.web.ui.middleware.reading import GetNeverWrites, WritingGetError
from tests.cast import Cast


def renames(request: HttpRequest) -> HttpResponse:
    Person.objects.filter(name="Bob").update(name="Robert")
    return HttpResponse()


def test_get_that_writes_is_stopped_before_it_does(cast: Cast, rf: RequestFactory) -> None:
    with pytest.raises(WritingGetError, match="accounts_person"), transaction.atomic():
        GetNeverWrites(renames)(rf.get("/"))
    cast.bob.refresh_from_db()
    assert cast.bob.name == "Bob"


def test_get_that_deletes_is_stopped(cast: Cast, rf: RequestFactory) -> None:
    def deletes(request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM accounts_person")
        return HttpResponse()

    with pytest.raises(WritingGetError):
        GetNeverWrites(deletes)(rf.get("/"))


def test_post_writes(cast: Cast, rf: RequestFactory) -> None:
    GetNeverWrites(renames)(rf.post("/"))
    cast.bob.refresh_from_db()
    assert cast.bob.name == "Robert"


def test_get_writes_down_who_read_protected_data(cast: Cast, rf: RequestFactory) -> None:
    def reads(request: HttpRequest) -> HttpResponse:
        record_reads(
            reader_id=cast.alice.public_id,
            organisation_ids=[cast.bakery.public_id],
            fields=["contact"],
            page="directory:organisation",
        )
        return HttpResponse()

    assert GetNeverWrites(reads)(rf.get("/")).status_code == 200
