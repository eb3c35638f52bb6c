"""Writing to workers about their own affairs: they have no account, and read by their own link."""

from maillage.foundation.jobs.words import Words
from maillage.foundation.notify.sending import mail_person
from maillage.run.employment.links import page_path
from maillage.run.employment.models import Worker


def mail_worker(
    worker: Worker, subject: Words, text: Words = "", path: str = "", link: str = ""
) -> None:
    """Write to a worker, in their language, with the link of their own pages.

    `path` is what follows that link, `link` another one of theirs; nothing is written to who gave
    no address.
    """
    if worker.email:
        mail_person(
            email=worker.email,
            language=worker.language,
            subject=subject,
            text=text or subject,
            path=link or f"{page_path(worker)}{path}",
        )
