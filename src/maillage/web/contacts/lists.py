"""The log of contacts of a network, as a list."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import CharField, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from maillage.foundation.notify.enums import ContactChannel, MailState
from maillage.foundation.notify.models import Contact
from maillage.foundation.notify.queries import contacts_in
from maillage.foundation.visibility.directory import directory_of
from maillage.foundation.vocabularies.folding import plain
from maillage.web.contacts.reading import own_contacts
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_datetime, number
from maillage.web.ui.forms import DayInput
from maillage.web.ui.lists import Column, Empty, Listing, QuerySetRows
from maillage.web.ui.tags.inline import badge

MAIL_LOOKS = {MailState.REFUSED: "no", MailState.UNSURE: "watch", MailState.WAITING: "plain"}


class LogFilters(forms.Form):
    """What the log can be cut down to."""

    channel = forms.ChoiceField(
        label=_("How"),
        required=False,
        choices=[("", pgettext_lazy("channels", "All")), *ContactChannel.choices],
    )
    since = forms.DateField(label=_("Since"), required=False, widget=DayInput)
    until = forms.DateField(label=_("Until"), required=False, widget=DayInput)


def rows_for(request: NetworkRequest, wanted: dict[str, Any]) -> QuerySetRows[Contact]:
    """Return the contacts that the role in use may read, with firms it may know of only."""
    known = directory_of(request.acting).rows.order_by()
    firm = known.filter(public_id=OuterRef("organisation_id"))
    contacts = (
        own_contacts(request.acting, contacts_in(request.network.public_id))
        .filter(organisation_id__in=known.values("public_id"))
        .annotate(
            firm_name=Subquery(firm.values("name")[:1], output_field=CharField()),
            firm_folded=Subquery(firm.values("folded_name")[:1], output_field=CharField()),
        )
    )
    if text := wanted["q"].strip():
        found = Q(subject__icontains=text) | Q(body_name__icontains=text)
        named = known.filter(folded_name__contains=plain(text) or text).values("public_id")
        contacts = contacts.filter(found | Q(organisation_id__in=named))
    if wanted["channel"]:
        contacts = contacts.filter(channel=wanted["channel"])
    if wanted["since"]:
        contacts = contacts.filter(at__gte=make_aware(datetime.combine(wanted["since"], time.min)))
    if wanted["until"]:
        after = wanted["until"] + timedelta(days=1)
        contacts = contacts.filter(at__lt=make_aware(datetime.combine(after, time.min)))
    return QuerySetRows(
        contacts,
        sorts={"at": ("at", "id"), "firm": "firm_folded", "channel": "channel", "by": "body_name"},
    )


def log_of(request: NetworkRequest) -> Listing:
    """Return the list of contacts of a network: its firms lead to their page there."""
    slug = request.network.slug
    return Listing(
        name="contacts",
        columns=(
            Column(
                "firm",
                _("Firm"),
                lambda row: row.firm_name,
                sort=True,
                main=True,
                link=lambda row: reverse("contacts:firm", args=[slug, row.organisation_id]),
            ),
            Column("at", _("When"), lambda row: row.at, sort=True, text=nice_datetime),
            Column("channel", _("How"), lambda row: row.get_channel_display(), sort=True, html=how),
            Column("subject", _("About what"), lambda row: row.subject),
            Column(
                "by",
                _("Made by"),
                lambda row: row.body_name,
                sort=True,
                small=lambda row: row.person_name,
            ),
            Column("useful", _("Useful to the firm"), usefulness),
        ),
        default_sort="-at",
        filters=LogFilters,
        search=_("Search a firm or a subject"),
        caption=lambda n: (
            ngettext("%(count)s contact", "%(count)s contacts", n) % {"count": number(n)}
        ),
        empty=Empty(
            _("No contact yet"),
            _(
                "Every mail, letter, call or visit to a firm is written here, so that nobody is "
                "bothered twice."
            ),
            url=reverse("contacts:new", args=[slug]),
            label=_("Choose a firm"),
        ),
    )


def how(contact: Contact) -> SafeString:
    """Return the channel, and what became of a mail that has not arrived."""
    state = getattr(contact, "mail_state", None)
    shown = contact.get_channel_display()
    if state not in MAIL_LOOKS:
        return format_html("{}", shown)
    return format_html("{} {}", shown, badge(str(MailState(state).label), MAIL_LOOKS[state]))


def usefulness(contact: Contact) -> str:
    """Return what the firm said of a contact."""
    if contact.useful is None:
        return ""
    return _now("Yes") if contact.useful else _now("No")
