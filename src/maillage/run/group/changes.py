"""What changed since the authority was told: how things stand is compared with how they stood.

How they stood is kept as prints, so that nobody's address or name is written twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Final

from maillage.foundation.networks.models import MembershipPeriod
from maillage.foundation.organisations.models import Organisation
from maillage.run.group.enums import ChangeKind, FilingKind
from maillage.run.group.models import EmployerGroup, NotedChange
from maillage.run.group.queries import agreements_of, members_of
from maillage.run.group.rules import filing_of

OF_MEMBER: Final = {
    "places": ChangeKind.MEMBER_ADDRESS,
    "activity": ChangeKind.MEMBER_ACTIVITY,
    "staff": ChangeKind.MEMBER_STAFF,
    "agreement": ChangeKind.MEMBER_AGREEMENT,
}
OF_GROUP: Final = {
    "identity": ChangeKind.IDENTITY,
    "statutes": ChangeKind.STATUTES,
    "agreement": ChangeKind.AGREEMENT,
    "managers": ChangeKind.MANAGERS,
}
# Only a declaration counts these: a letter need not be followed by them (D1253-3).
DECLARED_ONLY: Final = frozenset({ChangeKind.MEMBER_STAFF, ChangeKind.MEMBER_AGREEMENT})


@dataclass(frozen=True, slots=True)
class Found:
    """A difference: what changed, whose, on which day."""

    kind: ChangeKind
    member: str  # public id of the organisation, "" for the group
    on: date


def standing(group: EmployerGroup, members: Sequence[Organisation]) -> dict[str, Any]:
    """Return how the group and its members stand, as prints. One query."""
    managers = sorted((one.name, one.function, one.address) for one in group.managers.all())
    return {
        "group": {
            "identity": _print(
                group.name, group.legal_form, group.address, group.postcode, group.commune
            ),
            "statutes": _print(group.statutes_on, group.published_in),
            "agreement": group.agreement,
            "managers": _print(*managers),
        },
        "members": {str(one.public_id): _of_member(one) for one in members},
    }


def _of_member(member: Organisation) -> dict[str, str]:
    places = sorted(
        (not site.is_main, site.address, site.postcode, site.commune)
        for site in member.sites.all()
        if site.closed_on is None
    )
    return {
        "places": _print(*places),
        "activity": _print(member.activity_code, member.activity),
        "staff": _print(member.headcount, member.size_band),
        "agreement": member.agreement,
    }


def _print(*values: object) -> str:
    return sha256(repr(values).encode()).hexdigest()[:16]


def note_changes(group: EmployerGroup, today: date) -> list[Organisation]:
    """Write down what changed since the last look; return the members as they are today.

    Nothing counts as a change before the authority was told of anything.
    """
    members = members_of(group.network, today)
    if not group.seen:
        return members
    here = standing(group, members)
    if here == group.seen:
        return members
    found = list(differences(group.seen, here, today))
    several = len(agreements_of(members)) > 1
    if filing_of(group.kind, several=several) != FilingKind.DECLARATION:
        found = [one for one in found if one.kind not in DECLARED_ONLY]
    _keep(group, _dated(group, found))
    group.seen = here
    group.save(update_fields=["seen"])
    return members


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], today: date
) -> Iterator[Found]:
    """Yield what differs between two standings."""
    for name, kind in OF_GROUP.items():
        if before["group"][name] != after["group"][name]:
            yield Found(kind, "", today)
    old, new = before["members"], after["members"]
    for public_id in sorted({*old, *new}):
        if public_id not in old:
            yield Found(ChangeKind.MEMBER_JOINED, public_id, today)
        elif public_id not in new:
            yield Found(ChangeKind.MEMBER_LEFT, public_id, today)
        else:
            for name, kind in OF_MEMBER.items():
                if old[public_id][name] != new[public_id][name]:
                    yield Found(kind, public_id, today)


def _dated(group: EmployerGroup, found: Sequence[Found]) -> list[Found]:
    """Give entries and exits the day that the network keeps, not the day they were seen."""
    moved = {one.member for one in found if one.kind in _MOVES}
    last: dict[str, MembershipPeriod] = {}
    for period in MembershipPeriod.objects.filter(
        membership__network=group.network, membership__organisation__public_id__in=moved
    ).select_related("membership__organisation"):
        last[str(period.membership.organisation.public_id)] = period  # in order: the last one stays
    return [_with_day(one, last.get(one.member)) for one in found]


def _with_day(found: Found, period: MembershipPeriod | None) -> Found:
    if period is None or found.kind not in _MOVES:
        return found
    joined = found.kind == ChangeKind.MEMBER_JOINED
    on = period.starts_on if joined else (period.ends_on or period.starts_on)
    return Found(found.kind, found.member, min(on, found.on))


_MOVES: Final = frozenset({ChangeKind.MEMBER_JOINED, ChangeKind.MEMBER_LEFT})
_UNDOES: Final = {
    ChangeKind.MEMBER_JOINED: ChangeKind.MEMBER_LEFT,
    ChangeKind.MEMBER_LEFT: ChangeKind.MEMBER_JOINED,
}


def _keep(group: EmployerGroup, found: Sequence[Found]) -> None:
    """Write changes down: once each until they are told, and not at all when one undoes another."""
    waiting = {
        (one.kind, str(one.organisation.public_id) if one.organisation else ""): one
        for one in untold(group)
    }
    known = Organisation.objects.in_bulk(
        {one.member for one in found if one.member}, field_name="public_id"
    )
    ids = {str(public_id): organisation for public_id, organisation in known.items()}
    new = []
    for one in found:
        undone = waiting.get((_UNDOES[one.kind], one.member)) if one.kind in _UNDOES else None
        if undone is not None:
            undone.delete()
        elif (one.kind, one.member) not in waiting:
            new.append(
                NotedChange(
                    group=group,
                    kind=one.kind,
                    organisation=ids.get(one.member),
                    happened_on=one.on,
                )
            )
    NotedChange.objects.bulk_create(new)


def untold(group: EmployerGroup) -> list[NotedChange]:
    """Return the changes that the authority has not been told of, the oldest first."""
    rows = NotedChange.objects.filter(group=group, filing=None)
    return list(rows.select_related("organisation").order_by("happened_on", "id"))
