"""What a page says after something was done, and the button that takes it back.

Django's messages carry the sentences from one page to the next; the address that undoes the act
travels beside the sentence, in the tags of the message.
"""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

UNDO = "undo:"
KINDS = {"success": "ok", "warning": "watch", "error": "no"}


def said(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Tell that something was done; `undo` is the address whose POST takes it back."""
    messages.success(request, text, extra_tags=UNDO + undo if undo else "")


def warned(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Tell that something was done and asks for attention."""
    messages.warning(request, text, extra_tags=UNDO + undo if undo else "")


def refused(request: HttpRequest, text: str) -> None:
    """Tell that something was not done, and why."""
    messages.error(request, text)


def undo_address(message: Message) -> str:
    """Return the address that takes the act back, or ""."""
    tags = message.extra_tags or ""
    return tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""


def kind_of(message: Message) -> str:
    """Return how a message looks: ok, watch, no, or "" for plain information."""
    return KINDS.get(message.level_tag, "")


def with_toasts(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Add the messages that wait to the answer to an htmx request, beside what it swaps."""
    if messages.get_messages(request):
        response.write(render_to_string("ui/_toasts.html", {"aside": True}, request=request))
    return response
