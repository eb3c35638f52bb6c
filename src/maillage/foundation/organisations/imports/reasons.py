"""Why a row of an import has the fate it has, kept as data and said in the reader's language."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, TypedDict

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maillage.foundation.jobs.words import said
from maillage.foundation.organisations.enums import BodyFamily, OrganisationKind, SizeBand
from maillage.foundation.organisations.problems import SENTENCES as PROBLEMS
from maillage.foundation.organisations.problems import Problem

SENTENCES: Final[Mapping[str, Promise]] = {
    "choice_unknown": _("“%(value)s” is not known. Write one of these: %(choices)s."),
    "number_shortened": _(
        "“%(value)s” is what a spreadsheet shows of a long number, whose last digits are lost. Set"
        " the column to text, and type the number again."
    ),
    "duplicate_siret": _("Line %(line)s has the same SIRET number: only that line is read."),
    "duplicate_siren": _(
        "Line %(line)s has the same SIREN number: only that line is read. For another site of the"
        " firm, give its SIRET number."
    ),
    "duplicate_place": _(
        "Line %(line)s has the same name in the same commune: only that line is read. For another"
        " firm, give its SIRET number."
    ),
    "duplicate_record": _("Line %(line)s is about the same firm: only that line is read."),
    "duplicate_before": _(
        "An import read this same line as a repeat of another one, and was applied. For another"
        " firm, give its SIRET number."
    ),
    "site_of_line": _("Line %(line)s is about the same firm: this one adds a site to it."),
    "site_of_record": _("The firm is in the directory: this line adds a site to it."),
    "ambiguous": _(
        "The directory has %(count)s firms called “%(name)s” in this commune: give the SIRET"
        " number to tell which one is meant."
    ),
    "siren_taken": _(
        "“%(name)s” bears this SIREN number in the directory: one of the two is wrong."
    ),
    "signs_in": _(
        "%(name)s signs in to this site: the address and telephone of this person are theirs to"
        " change, and were left as they are."
    ),
    "entered_since": _(
        "The firm was entered in the directory after the file was read. Import the file again to"
        " see what would change."
    ),
    "record_changed": _(
        "The record of the firm changed after the file was read. Import the file again to see what"
        " would change now."
    ),
    "left_directory": _(
        "The firm left the directory after the file was read. Import the file again to enter it."
    ),
    "depends": _("The line this one completes could not be applied."),
    "changed_since": _("Changed since by %(who)s on %(when)s: left as it is."),
    "changed_since_unknown": _("Changed since the import: left as it is."),
    "bound": _("It is a member of the network, or was one: left as it is."),
    "claimed": _("Somebody signs in for it: left as it is."),
    "shared": _("Another network of the association lists it: left as it is."),
    "linked": _("It is linked to other organisations: left as it is."),
    "competitor": _("It is in the register of competitors: left as it is."),
    "invited": _("Somebody was invited to speak for it: left as it is."),
    "contacted": _("It was contacted since, as the log of contacts tells: left as it is."),
    "referred": _("Other records speak of it: left as it is."),
    "number_reused": _("Its former SIREN number now belongs to another firm: left as it is."),
    "gone": _("Its record had already been removed."),
}
CHOICES: Final = {"kind": OrganisationKind, "family": BodyFamily, "size_band": SizeBand}


class Reason(TypedDict, total=False):
    """A reason as it is kept: `words` when it was put into words at once, else `code`."""

    code: str
    field: str
    column: str
    params: dict[str, Any]
    words: dict[str, str]


def reason(code: str, **params: str | int) -> Reason:
    """Return a reason about a row as a whole."""
    return Reason(code=code, params=params)


def of_problem(problem: Problem, columns: Mapping[str, str]) -> Reason:
    """Return the reason of a problem; `columns` gives the heading of each field of the file."""
    found = Reason(code=problem.code, field=problem.field, params=dict(problem.params))
    if column := columns.get(problem.field):
        found["column"] = column
    return found


def sentence(found: Reason) -> str:
    """Return a reason in words, in the language in use; it names the column it is about."""
    text = _words(found)
    if column := found.get("column"):
        return gettext("Column “%(column)s”: %(text)s") % {"column": column, "text": text}
    return text


def _words(found: Reason) -> str:
    if "words" in found:
        return said(found["words"])
    code, params = found.get("code", ""), dict(found.get("params", {}))
    if code == "choice_unknown" and found.get("field") in CHOICES:
        labels = CHOICES[found["field"]].labels
        params["choices"] = ", ".join(str(label) for label in labels)
    elif code == "choice_unknown":
        return str(PROBLEMS[code]) % params
    if "when" in params:
        moment = localtime(datetime.fromisoformat(params["when"]))
        params["when"] = date_format(moment, "DATE_FORMAT")
    return str(SENTENCES.get(code) or PROBLEMS[code]) % params
