"""Mail leaves by one door, and firms are solicited by one function."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import ROOT, shown, sources

PACKAGE = "src/maillage/"
# The sending itself, and what allauth asks of an adapter.
MAY_SEND = {
    f"{PACKAGE}foundation/notify/delivery.py",
    f"{PACKAGE}web/account/adapter.py",
}
# Who may write to a person about their own affairs: the summaries, invitations, their contract.
MAY_MAIL_A_PERSON = {
    f"{PACKAGE}foundation/notify/sending.py",
    f"{PACKAGE}foundation/notify/notifications.py",
    f"{PACKAGE}foundation/notify/digests.py",
    f"{PACKAGE}foundation/networks/invitations.py",
    # Workers, about their own leave, hours and questions.
    f"{PACKAGE}run/employment/mailing.py",
    f"{PACKAGE}run/employment/signing.py",
}
# Who may put a mail in the outbox: nobody but the send functions.
MAY_WRITE_MAIL = {f"{PACKAGE}foundation/notify/sending.py"}


def names_in(path: Path) -> Iterator[str]:
    """Yield the names that a module imports, with where they come from."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def code() -> list[Path]:
    return [path for path in sources() if path.is_relative_to(ROOT / "src")]


def those_who_import(*names: str) -> set[str]:
    return {shown(path) for path in code() if set(names) & set(names_in(path))}


def test_mail_leaves_by_one_door() -> None:
    libraries = ("smtplib.SMTP", "smtplib.SMTP_SSL", "aiosmtplib", "django.core.mail")
    assert those_who_import(*libraries) <= MAY_SEND
    assert f"{PACKAGE}foundation/notify/delivery.py" in those_who_import(*libraries)


def test_nobody_mails_people_but_about_their_own_affairs() -> None:
    assert those_who_import("maillage.foundation.notify.sending.mail_person") <= MAY_MAIL_A_PERSON


def test_nobody_puts_a_mail_in_the_outbox_but_the_send_functions() -> None:
    writers = {
        shown(path)
        for path in code()
        if "OutgoingMail.objects.create" in path.read_text(encoding="utf-8")
        or "OutgoingMail(" in path.read_text(encoding="utf-8").replace("class OutgoingMail(", "")
    }
    assert writers == MAY_WRITE_MAIL
