from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory

from maillage.web.ui import toasts


def request_with_messages() -> HttpRequest:
    request = RequestFactory().get("/")
    request.session = {}  # type: ignore[assignment]  # where the messages wait
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    return request


def shown(request: HttpRequest) -> str:
    return render_to_string(
        "ui/_toasts.html",
        {"aside": False, "messages": messages.get_messages(request)},
        request=None,
    )


def test_what_was_done_can_be_taken_back() -> None:
    request = request_with_messages()
    toasts.said(request, "Job no. 3 set aside.", undo="/jobs/3/back/")
    page = shown(request)
    assert 'method="post" action="/jobs/3/back/"' in page
    assert "Job no. 3 set aside." in page
    assert "m-toast--ok" in page


def test_a_refusal_looks_like_one_and_has_nothing_to_undo() -> None:
    request = request_with_messages()
    toasts.refused(request, "Not <b>now</b>.")
    page = shown(request)
    assert "m-toast--no" in page
    assert "<form" not in page
    assert "Not &lt;b&gt;now&lt;/b&gt;." in page


def test_a_plain_message_of_another_application_is_shown_too() -> None:
    message = Message(messages.INFO, "You have signed in.")
    assert (toasts.kind_of(message), toasts.undo_address(message)) == ("", "")


def test_messages_travel_beside_what_htmx_swaps() -> None:
    request = request_with_messages()
    toasts.warned(request, "The planning has gaps.", undo="/undo/")
    response = toasts.with_toasts(request, HttpResponse("<p>part</p>"))
    assert b'<div hx-swap-oob="beforeend:#toasts">' in response.content


def test_no_message_adds_nothing() -> None:
    response = toasts.with_toasts(request_with_messages(), HttpResponse("<p>part</p>"))
    assert response.content == b"<p>part</p>"
