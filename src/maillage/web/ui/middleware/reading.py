"""A GET never writes: what is asked to be read is read, and nothing else.

The rule is held by the database wrapper, so that no view can forget it. Three things may still be
written while a page is read: the session and its owner's sign-in traces, and the log of reads of
protected data.
"""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponseBase

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
WRITES = re.compile(
    r"^\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|REPLACE|MERGE)\s+\"?(\w+)", re.IGNORECASE
)
# Tables of the session and of the log of reads; the second is the exception the product wants.
MAY_BE_WRITTEN = frozenset({"django_session", "usersessions_usersession", "audit_readline"})


class WritingGetError(RuntimeError):
    """Raised when a page that is only read tries to write: says which table."""


def refuse_writes(
    execute: Callable[..., Any],
    sql: str,
    params: Any,
    many: bool,  # noqa: FBT001 -- Django's signature
    context: dict[str, Any],
) -> Any:
    """Run a statement that reads; raise WritingGetError for one that writes."""
    write = WRITES.match(sql)
    if write and write[1] not in MAY_BE_WRITTEN:
        raise WritingGetError(f"A GET may not write into {write[1]}.")
    return execute(sql, params, many, context)


class GetNeverWrites:
    """Middleware: while a safe request is answered, the database refuses to write."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; a safe request reads only."""
        if request.method not in SAFE:
            return self.get_response(request)
        with connection.execute_wrapper(refuse_writes):
            return self.get_response(request)
