"""Background entry points."""

from datetime import timedelta
from typing import Final

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from maillage.foundation.jobs.handle import RunHandle
from maillage.foundation.jobs.registry import background, every_day
from maillage.foundation.notify.delivery import deliver_waiting, give_up_stuck
from maillage.foundation.notify.enums import MailState
from maillage.foundation.notify.models import Notification, OutgoingMail
from maillage.foundation.notify.sending import DELIVERY

RETRY_HOURS: Final = (8, 11, 14, 17, 20)
MAILS_KEPT: Final = timedelta(days=30)
READ_MESSAGES_KEPT: Final = timedelta(days=180)


@background(DELIVERY, title=_("Sending mail"), again=True)
def deliver(run: RunHandle) -> None:
    """Send the mails that wait."""
    deliver_waiting(run.cancelled)


def retry(run: RunHandle, *, due: str) -> None:  # noqa: ARG001 - every turn is told its date
    """Try again what did not leave, and look for what was cut short."""
    give_up_stuck()
    deliver_waiting(run.cancelled)


for _hour in RETRY_HOURS:
    every_day(hour=_hour, name=f"notify.retry-{_hour}", title=_("Sending mail again"))(retry)


@every_day(hour=3, name="notify.forget", title=_("Forgetting old mails and messages"))
def forget(_run: RunHandle, *, due: str) -> None:  # noqa: ARG001 - every turn is told its date
    """Delete the texts of mails sent long ago, and messages read long ago."""
    OutgoingMail.objects.filter(
        state__in=(MailState.SENT, MailState.REFUSED), written_at__lt=now() - MAILS_KEPT
    ).delete()
    Notification.objects.filter(read_at__lt=now() - READ_MESSAGES_KEPT).delete()
