"""Deciding what becomes of each row: created, changed, the same, twice in the file, or refused.

The same judge reads the file first, without touching the register, then looks at each row once more
when it is applied.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from maillage.foundation.organisations.checking import Checked, check
from maillage.foundation.organisations.drafts import OrganisationDraft
from maillage.foundation.organisations.enums import ActivityScheme, RowFate
from maillage.foundation.organisations.imports.cells import WHOLE_ROW, Cells, by_field
from maillage.foundation.organisations.imports.known import Keys, Known, Place, keys_of
from maillage.foundation.organisations.imports.merging import (
    Differences,
    merge,
    person_differences,
    same_person,
)
from maillage.foundation.organisations.imports.reasons import Reason, of_problem, reason
from maillage.foundation.organisations.imports.values import Said, read_values
from maillage.foundation.organisations.models import Organisation, Role, Site
from maillage.foundation.organisations.people import RoleDraft, check_role
from maillage.foundation.organisations.problems import Problem

__all__ = ["Judge", "Reading", "Verdict", "read_row"]

# What a row brings into being.
ORGANISATION: Final = "organisation"
LISTING: Final = "listing"
SITE: Final = "site"
ROLE: Final = "role"

ABOUT_PERSON: Final = {"name": "contact_name", "email": "contact_email", "phone": "contact_phone"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A row as it was read: what it says, tidied, its keys, and what is wrong with it alone."""

    line: int
    said: Said
    own: Checked[OrganisationDraft]
    contact: RoleDraft | None
    keys: Keys
    columns: Mapping[str, str]
    faults: tuple[Reason, ...]


@dataclass
class Verdict:
    """What becomes of a row, why, and what it does to the register."""

    fate: RowFate
    reasons: list[Reason] = field(default_factory=list)
    makes: list[str] = field(default_factory=list)
    changes: dict[str, Differences] = field(default_factory=dict)
    organisation: Organisation | None = None
    site: Site | None = None
    role: Role | None = None
    draft: OrganisationDraft | None = None
    contact: RoleDraft | None = None


@dataclass
class Entry:
    """A row already seen that creates or changes: its line and, when applied, its record."""

    line: int
    siren: str
    verdict: Verdict


def read_row(line: int, cells: Cells, fields: Sequence[str], titles: Sequence[str]) -> Reading:
    """Return a row as it is read under the fields chosen for its columns."""
    columns = {field: title for field, title in zip(fields, titles, strict=True) if field}
    scheme = ActivityScheme.NAF_2025 if "2025" in columns.get("activity_code", "") else ""
    said = read_values(by_field(cells, fields), scheme=scheme)
    own = check(said.draft)
    problems = []
    contact = said.contact
    if contact is not None:
        checked = check_role(contact)
        contact, problems = checked.draft, [_about_person(one) for one in checked.problems]
    told = (_fault(place, words, fields, titles) for place, words in _faults(cells).items())
    faults = [one for one in told if one is not None]
    faults += [
        Reason(code="number_shortened", field=name, column=columns[name], params={"value": value})
        for name, value in said.shortened.items()
    ]
    faults += [of_problem(one, columns) for one in problems]
    keys = keys_of(own.draft, (one.field for one in own.problems))
    return Reading(line, said, own, contact, keys, columns, tuple(faults))


def _about_person(problem: Problem) -> Problem:
    name = ABOUT_PERSON.get(problem.field, f"contact_{problem.field}")
    return Problem(name, problem.code, problem.params)


def _faults(cells: Cells) -> Mapping[str, dict[str, str]]:
    return cells.get("faults", {})


def _fault(
    place: str, words: dict[str, str], fields: Sequence[str], titles: Sequence[str]
) -> Reason | None:
    """Return a fault of the file as a reason; one of a column that is not read is none."""
    if place == WHOLE_ROW:
        return Reason(words=words)
    at = int(place)
    if not fields[at]:
        return None
    return Reason(words=words, field=fields[at], column=titles[at])


class Judge:
    """Judges rows one after the other; remembers those that create or change.

    `repeats` is what was said by lines that earlier imports read as repeats of others. Such a line
    may look new once the firm it repeats has moved or taken another name: it creates nothing still.
    """

    def __init__(self, repeats: Container[str] = ()) -> None:
        self.repeats = repeats
        self.sirets: dict[str, int] = {}
        self.sirens: dict[str, Entry] = {}
        self.places: dict[Place, list[Entry]] = {}
        self.records: dict[int, int] = {}

    def judge(self, row: Reading, known: Known, *, said: str = "") -> Verdict:
        """Return what becomes of a row that `said` so; never raises, whatever the row says."""
        verdict = self._judge(row, known)
        if verdict.fate == RowFate.CREATE and said in self.repeats:
            return Verdict(RowFate.DUPLICATE, [reason("duplicate_before")])
        if verdict.fate in {RowFate.CREATE, RowFate.CHANGE, RowFate.SAME}:
            self._remember(row, verdict)
        return verdict

    def _judge(self, row: Reading, known: Known) -> Verdict:
        if row.faults:
            return _refused(*row.faults, *_own_reasons(row))
        if row.keys.siret and row.keys.siret in self.sirets:
            return _duplicate("duplicate_siret", self.sirets[row.keys.siret])
        found = _listed_match(row.keys, known)
        if isinstance(found, Verdict):
            return found
        return self._new(row, known) if found is None else self._there(row, *found, known)

    def _there(
        self, row: Reading, organisation: Organisation, site: Site | None, known: Known
    ) -> Verdict:
        """Judge a row about an organisation that the network lists; no site: a new one of it."""
        if site is None:
            return self._another_site(row, organisation, reason("site_of_record"))
        if site.pk in self.records:
            return _duplicate("duplicate_record", self.records[site.pk])
        return _changed(row, organisation, site, known)

    def _new(self, row: Reading, known: Known) -> Verdict:
        """Judge a row about an organisation that the network does not list."""
        keys = row.keys
        before = self.sirens.get(keys.siren) if keys.siren else None
        if before is not None:
            if not keys.siret:
                return _duplicate("duplicate_siren", before.line)
            found = before.verdict.organisation
            return self._another_site(row, found, reason("site_of_line", line=before.line))
        for entry in self.places.get(keys.place, ()) if all(keys.place) else ():
            if not (keys.siren and entry.siren):
                return _duplicate("duplicate_place", entry.line)
        if row.own.problems:
            return _refused(*_own_reasons(row))
        elsewhere = _unlisted_match(keys, known)
        if elsewhere is not None:
            return Verdict(RowFate.CREATE, makes=[LISTING], organisation=elsewhere)
        makes = [ORGANISATION] + ([ROLE] if row.contact else [])
        return Verdict(RowFate.CREATE, makes=makes, draft=row.own.draft, contact=row.contact)

    def _another_site(
        self, row: Reading, organisation: Organisation | None, why: Reason
    ) -> Verdict:
        """Judge a row about another site of a firm; it changes nothing else of it."""
        names = {"siret", "siren", "site_name", "address", "postcode", "commune", "insee"}
        names |= {"latitude", "longitude"}
        wrong = [one for one in row.own.problems if one.field in names]
        if wrong:
            return _refused(*(of_problem(one, row.columns) for one in wrong))
        return Verdict(
            RowFate.CHANGE, [why], [SITE], organisation=organisation, draft=row.own.draft
        )

    def _remember(self, row: Reading, verdict: Verdict) -> None:
        every = [row.keys]
        if verdict.draft is not None and verdict.site is not None:
            self.records[verdict.site.pk] = row.line
            # The record may say more than the row, such as a number that the row leaves out.
            every = [Keys(siret=row.keys.siret), keys_of(verdict.draft, ())]
        for keys in every:
            entry = Entry(row.line, keys.siren, verdict)
            if keys.siret:
                self.sirets.setdefault(keys.siret, row.line)
            if keys.siren:
                self.sirens.setdefault(keys.siren, entry)
            if all(keys.place):
                self.places.setdefault(keys.place, []).append(entry)


def _listed_match(keys: Keys, known: Known) -> tuple[Organisation, Site | None] | Verdict | None:
    """Return the record a row is about among those listed, and its site (None: another site)."""
    for site in known.by_siret.get(keys.siret, ()) if keys.siret else ():
        if site.organisation_id in known.listed:
            return known.organisations[site.organisation_id], site
    organisation = known.by_siren.get(keys.siren) if keys.siren else None
    if organisation is not None:
        if organisation.pk not in known.listed:
            return None
        return organisation, _site_meant(keys, organisation, known)
    here = [
        one
        for one in (known.by_place.get(keys.place, ()) if all(keys.place) else ())
        if one.pk in known.listed and _may_be(one, keys, known)
    ]
    if len(here) > 1:
        return _refused(reason("ambiguous", count=len(here), name=here[0].name))
    return (here[0], _site_meant(keys, here[0], known)) if here else None


def _site_meant(keys: Keys, organisation: Organisation, known: Known) -> Site | None:
    """Return the site of a firm that a row is about; None when it is a site not known yet."""
    sites = known.sites.get(organisation.pk, [])
    here = [site for site in sites if site.insee == keys.place[1]]
    if not keys.siret:
        return here[0] if here else known.main_site(organisation)
    return next((site for site in here if not site.siret), None)


def _may_be(organisation: Organisation, keys: Keys, known: Known) -> bool:
    """Whether nothing says that the firm of this name, in this commune, is another one."""
    if keys.siren and organisation.siren:
        return keys.siren == organisation.siren
    there = [site.siret for site in known.sites.get(organisation.pk, ()) if site.siret]
    return not (keys.siren and there) or any(one.startswith(keys.siren) for one in there)


def _unlisted_match(keys: Keys, known: Known) -> Organisation | None:
    """Return the record that another network of the association keeps, for it to be listed."""
    for site in known.by_siret.get(keys.siret, ()) if keys.siret else ():
        return known.organisations[site.organisation_id]
    if keys.siren and keys.siren in known.by_siren:
        return known.by_siren[keys.siren]
    here = known.by_place.get(keys.place, ()) if all(keys.place) else ()
    return next((one for one in here if _may_be(one, keys, known)), None)


def _changed(row: Reading, organisation: Organisation, site: Site, known: Known) -> Verdict:
    """Judge a row about a record that is there."""
    merged = merge(row.said, row.own.draft, organisation, site)
    if merged.problems:
        return _refused(*(of_problem(one, row.columns) for one in merged.problems))
    changes: dict[str, Differences] = {ORGANISATION: merged.organisation, SITE: merged.site}
    bearer = known.by_siren.get(merged.draft.siren)
    if "siren" in merged.organisation and bearer is not None:
        if bearer.pk in known.listed:
            return _refused(reason("siren_taken", name=bearer.name))
        # Another network of the association keeps that number: nothing may tell.
        del changes[ORGANISATION]["siren"]
    verdict = Verdict(
        RowFate.SAME, changes=changes, organisation=organisation, site=site, draft=merged.draft
    )
    _add_person(row.contact, verdict, known)
    verdict.changes = {part: found for part, found in changes.items() if found}
    if verdict.changes or verdict.makes:
        verdict.fate = RowFate.CHANGE
    return verdict


def _add_person(contact: RoleDraft | None, verdict: Verdict, known: Known) -> None:
    if contact is None or verdict.organisation is None:
        return
    role = same_person(contact, known.roles.get(verdict.organisation.pk, []))
    if role is None:
        verdict.makes.append(ROLE)
        verdict.contact = contact
        return
    found = person_differences(role, contact)
    if found and role.person_id is not None:
        verdict.reasons.append(reason("signs_in", name=role.name))
    elif found:
        verdict.changes[ROLE] = found
        verdict.role, verdict.contact = role, contact


def _own_reasons(row: Reading) -> list[Reason]:
    return [of_problem(one, row.columns) for one in row.own.problems]


def _refused(*reasons: Reason) -> Verdict:
    return Verdict(RowFate.REFUSED, list(reasons))


def _duplicate(code: str, line: int) -> Verdict:
    return Verdict(RowFate.DUPLICATE, [reason(code, line=line)])
