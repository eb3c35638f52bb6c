"""The dossier that the authority receives (D1253-1, D1253-5), made of what is already known."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import typst
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maillage.foundation.organisations.agreements import name_of
from maillage.foundation.organisations.models import Organisation, Site
from maillage.run.group.changes import untold
from maillage.run.group.enums import FilingKind, GroupKind
from maillage.run.group.models import EmployerGroup, GroupManager
from maillage.run.group.queries import agreements_of, is_public
from maillage.run.group.rules import articles_in_words, filing_of, kind_of

TEMPLATE: Final = Path(__file__).parent / "paper" / "dossier.typ"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that the authority asks for; `value` is "" while it is missing."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class MemberSheet:
    """What is said of a member, and what is missing of it."""

    organisation: Organisation
    items: tuple[Item, ...]

    @property
    def missing(self) -> list[str]:
        """What is missing, by its label."""
        return [one.label for one in self.items if not one.value]


@dataclass(frozen=True, slots=True)
class GroupDossier:
    """Everything that is sent, item by item."""

    filing: FilingKind
    article: str
    items: tuple[Item, ...]
    managers: tuple[GroupManager, ...]
    members: tuple[MemberSheet, ...]

    @property
    def missing(self) -> list[str]:
        """What is missing of the group itself, by its label."""
        found = [one.label for one in self.items if not one.value]
        return found if self.managers else [*found, _("Managers, with their home addresses")]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing and not any(one.missing for one in self.members)


def dossier_of(group: EmployerGroup, members: Sequence[Organisation]) -> GroupDossier:
    """Return the dossier of a group, for whoever manages it. One query; members with their sites.

    Home addresses are read: only for the animator and the board.
    """
    filing = filing_of(group.kind, several=len(agreements_of(members)) > 1)
    declared = filing == FilingKind.DECLARATION
    items = [
        Item(_("Name of the group"), group.name),
        Item(_("Legal form"), group.get_legal_form_display()),
        Item(_("Seat"), _address(group.address, group.postcode, group.commune)),
        Item(_("Date of the statutes"), _day(group.statutes_on)),
        Item(_("Journal officiel, or number in the register"), group.published_in),
        Item(_("Collective agreement of the group"), agreement_in_words(group.agreement)),
    ]
    if declared:
        items.append(Item(_("Workers planned, with their qualification"), group.planned_staff))
    if group.kind == GroupKind.MIXED:
        items.append(Item(_("How debts are guaranteed"), group.guarantee))
    if group.kind == GroupKind.REPLACEMENT:
        items.append(Item(_("Area served"), group.area))
    return GroupDossier(
        filing,
        articles_in_words(kind_of(group.kind).article),
        tuple(items),
        tuple(group.managers.all()),
        tuple(_sheet(one, declared=declared) for one in members),
    )


def _sheet(member: Organisation, *, declared: bool) -> MemberSheet:
    sites = [site for site in member.sites.all() if site.closed_on is None]
    seat = next((site for site in sites if site.is_main), None)
    others = [_site(site) for site in sites if not site.is_main]
    staff = "" if member.headcount is None else str(member.headcount)
    items = [
        Item(_("Seat"), _site(seat) if seat is not None else ""),
        Item(_("Other places"), " ; ".join(others) or _("none")),
        Item(_("Activity"), member.activity or member.activity_code),
        Item(_("Number of employees"), staff),
    ]
    if declared and not is_public(member):
        items.append(Item(_("Collective agreement"), agreement_in_words(member.agreement)))
    return MemberSheet(member, tuple(items))


def agreement_in_words(code: str) -> str:
    """Return a collective agreement by its number and its name, "" for none."""
    if not code:
        return ""
    name = name_of(code)
    return f"IDCC {code}, {name}" if name else f"IDCC {code}"


def _site(site: Site) -> str:
    return _address(site.address, site.postcode, site.commune)


def _address(street: str, postcode: str, commune: str) -> str:
    if not commune:
        return ""
    place = f"{postcode} {commune}".strip()
    return ", ".join(part for part in (street, place) if part)


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day is not None else ""


def document_of(
    group: EmployerGroup, dossier: GroupDossier, today: date, kind: FilingKind | None = None
) -> bytes:
    """Return the letter and its dossier as a PDF, in the language in use. One query.

    `kind` is what is sent when it is not the first paper: a notice lists what changed.
    """
    kind = kind or dossier.filing
    data = _data(group, dossier, today, kind)
    made = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"data": json.dumps(data)},
        ignore_system_fonts=True,
        timestamp=0,
    )
    if not isinstance(made, bytes):
        raise TypeError("A document is one file.")
    return made


def _data(
    group: EmployerGroup, dossier: GroupDossier, today: date, kind: FilingKind
) -> dict[str, Any]:
    changes = [
        f"{date_format(one.happened_on, 'DATE_FORMAT')}\u00a0: {one.get_kind_display()}"
        + (f" ({one.organisation.name})" if one.organisation is not None else "")
        for one in (untold(group) if kind == FilingKind.NOTICE else ())
    ]
    return {
        "language": (get_language() or "fr")[:2],
        "title": str(kind.label),
        "author": group.name,
        "seat": _address(group.address, group.postcode, group.commune),
        "to": _recipient(kind, dossier.filing),
        "day": date_format(today, "DATE_FORMAT"),
        "post": _("Registered letter with acknowledgement of receipt"),
        "opening": _opening(group, dossier, kind),
        "changes_title": _("What changed"),
        "changes": changes,
        "group_title": _("The group"),
        "items": [[one.label, one.value or _("to be completed")] for one in dossier.items],
        "managers_title": _("Managers"),
        "managers": [[one.name, one.function, one.address] for one in dossier.managers],
        "manager_heads": [_("Name"), _("Function"), _("Home address")],
        "members_title": _("Members"),
        "members": [
            {
                "name": one.organisation.name,
                "items": [[item.label, item.value or _("to be completed")] for item in one.items],
            }
            for one in dossier.members
        ],
        "enclosed": _("Enclosed: the statutes, and the proof of their publication."),
        "signing": [_("Name and function"), _("Date and signature")],
        "footer": f"{group.name}, {kind.label}",
    }


def _recipient(kind: FilingKind, first: FilingKind) -> str:
    told = first if kind == FilingKind.NOTICE else kind
    if told == FilingKind.LETTER:
        return _("To the labour inspectorate")
    return _("To the regional labour office (DREETS)")


def _opening(group: EmployerGroup, dossier: GroupDossier, kind: FilingKind) -> str:
    words = {"name": group.name, "article": dossier.article, "day": _day(group.created_on)}
    if kind == FilingKind.NOTICE:
        return (
            _(
                "%(name)s tells you of the changes below, within the month that the law gives"
                " (Code du travail, D1253-3 and D1253-6)."
            )
            % words
        )
    if kind == FilingKind.DECLARATION:
        return (
            _(
                "%(name)s declares itself as an employer group whose members are under several"
                " collective agreements (Code du travail, %(article)s)."
            )
            % words
        )
    if kind == FilingKind.APPROVAL:
        return (
            _(
                "%(name)s, created on %(day)s, asks for its approval as a replacement group"
                " (Code du travail, %(article)s)."
            )
            % words
        )
    return (
        _(
            "%(name)s informs you that it was created on %(day)s as an employer group"
            " (Code du travail, %(article)s)."
        )
        % words
    )
