"""Which organisations of an import are kept when it is undone, and why."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.models import AuditLine
from maillage.foundation.notify.models import Contact
from maillage.foundation.organisations.imports.door import Door
from maillage.foundation.organisations.imports.judging import LISTING, ORGANISATION, ROLE, SITE
from maillage.foundation.organisations.imports.reasons import Reason, reason
from maillage.foundation.organisations.imports.references import bound, referred, referred_parts
from maillage.foundation.organisations.imports.trail import IMPORT
from maillage.foundation.organisations.models import ImportRow, Organisation, Role, Site

type Keeping = dict[int, Reason]
type Groups = Mapping[int, Sequence[ImportRow]]

# A network that lists an organisation changes nothing of it.
LIST: Final = "list"


def why_kept(records: Mapping[int, Organisation], groups: Groups, door: Door) -> Keeping:
    """Return why each organisation is kept, for those that are."""
    made = _making(groups, ORGANISATION)
    listed = _making(groups, LISTING) - made
    kept: Keeping = {pk: reason(code) for pk, code in bound(listed, door).items()}
    kept |= {pk: reason("changed_since") for pk in _touched(records, groups)}
    kept |= {pk: reason("changed_since") for pk in _spoken_of(records, made - set(kept))}
    kept = _named(kept, records)
    kept |= {pk: reason(code) for pk, code in referred(made - set(kept), door).items()}
    kept |= dict.fromkeys(door.shared(made - set(kept)), reason("shared"))
    kept |= dict.fromkeys(_claimed(groups, made, kept), reason("claimed"))
    kept |= dict.fromkeys(_parts_referred(groups, made, kept), reason("referred"))
    kept |= dict.fromkeys(_contacted(records, made - set(kept)), reason("contacted"))
    kept |= dict.fromkeys(_reused(groups, kept), reason("number_reused"))
    return kept


def _making(groups: Groups, part: str) -> set[int]:
    return {pk for pk, rows in groups.items() if any(_makes(row, part) for row in rows)}


def _makes(row: ImportRow, part: str) -> bool:
    return part in (row.before or {}).get("makes", ())


def _touched(records: Mapping[int, Organisation], groups: Groups) -> list[int]:
    """Return those whose record is no longer the one that the rows left, one after the other."""
    touched = []
    for pk, rows in groups.items():
        versions = [row.version for row in rows if not _makes(row, LISTING)]
        if not versions:
            continue
        first = versions[0] or 0
        left = list(range(first, first + len(versions)))
        if versions != left or records[pk].version != left[-1]:
            touched.append(pk)
    return touched


def _spoken_of(records: Mapping[int, Organisation], made: Collection[int]) -> list[int]:
    """Return those about which something was done that is not the import."""
    ids = {records[pk].public_id: pk for pk in made}
    lines = AuditLine.objects.filter(subject_id__in=ids).exclude(act__in=(IMPORT, LIST))
    return [ids[one] for one in lines.order_by().values_list("subject_id", flat=True).distinct()]


def _named(kept: Keeping, records: Mapping[int, Organisation]) -> Keeping:
    """Say who changed the records that changed, and when, as far as the trail knows."""
    ids = {records[pk].public_id: pk for pk, why in kept.items() if why["code"] == "changed_since"}
    last: dict[int, AuditLine] = {}
    for line in AuditLine.objects.filter(subject_id__in=ids).order_by("at", "id"):
        last[ids[line.subject_id]] = line
    actors = {line.actor_id for line in last.values() if line.actor_id}
    people = {one.public_id: str(one) for one in Person.objects.filter(public_id__in=actors)}
    told: Keeping = {}
    for pk, why in kept.items():
        by = last.get(pk)
        if why["code"] != "changed_since":
            told[pk] = why
        elif by is None or by.actor_id not in people:
            told[pk] = reason("changed_since_unknown")
        else:
            told[pk] = reason("changed_since", who=people[by.actor_id], when=by.at.isoformat())
    return told


def _claimed(groups: Groups, made: Collection[int], kept: Keeping) -> set[int]:
    """Return those for which somebody signs in, in a role that the import made."""
    left = {pk: rows for pk, rows in groups.items() if pk not in kept}
    roles = {
        (row.before or {})["role"]: pk
        for pk, rows in left.items()
        for row in rows
        if _makes(row, ROLE)
    }
    signing = Role.objects.exclude(person=None)
    known = signing.filter(pk__in=roles).values_list("pk", flat=True)
    people = signing.filter(organisation__in=[pk for pk in left if pk in made])
    return {roles[pk] for pk in known} | set(people.values_list("organisation", flat=True))


def _parts_referred(groups: Groups, made: Collection[int], kept: Keeping) -> set[int]:
    """Return those of which a site, or a person, that the import added is referred to."""
    found: set[int] = set()
    for part, model in ((SITE, Site), (ROLE, Role)):
        added = {
            (row.before or {})[part]: pk
            for pk, rows in groups.items()
            if pk not in kept and pk not in made
            for row in rows
            if _makes(row, part)
        }
        found |= {added[one] for one in referred_parts(model, added)}
    return found


def _contacted(records: Mapping[int, Organisation], made: Collection[int]) -> set[int]:
    ids = {records[pk].public_id: pk for pk in made}
    found = Contact.objects.filter(organisation_id__in=ids)
    return {ids[one] for one in found.order_by().values_list("organisation_id", flat=True)}


def _reused(groups: Groups, kept: Keeping) -> set[int]:
    """Return those whose former SIREN number another organisation has taken since."""
    former: dict[str, int] = {}
    for pk, rows in groups.items():
        for row in rows:
            changes = (row.before or {}).get("changes", {}).get(ORGANISATION, {})
            old = changes.get("siren", ("",))[0]
            if old and pk not in kept:
                former[old] = pk
    bearers = Organisation.objects.filter(siren__in=former).values_list("pk", "siren")
    return {former[siren] for pk, siren in bearers if former[siren] != pk}
