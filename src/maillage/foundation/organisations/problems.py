"""What can be wrong with what somebody says of an organisation, in sentences.

A problem is kept as data (a code and its details), because an import is read by one person and
looked at by another, perhaps in another language; its sentence is made when it is read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

type Details = Mapping[str, str | int]

SENTENCES: Mapping[str, Promise] = {
    "missing": _("This is needed."),
    "name_missing": _("Give the name of the organisation."),
    "person_missing": _("Give the name of the person."),
    "too_long": _("This is too long: %(limit)s characters at most."),
    "choice_unknown": _("“%(value)s” is not one of the choices offered."),
    "siren_not_digits": _("“%(number)s” is not a SIREN number: it is made of 9 digits only."),
    "siren_length": _("A SIREN number has 9 digits: “%(number)s” has %(digits)s."),
    "siren_checksum": _("No SIREN number is “%(number)s”: check each digit."),
    "siret_not_digits": _("“%(number)s” is not a SIRET number: it is made of 14 digits only."),
    "siret_length": _("A SIRET number has 14 digits: “%(number)s” has %(digits)s."),
    "siret_checksum": _("No SIRET number is “%(number)s”: check each digit."),
    "siret_of_another_siren": _(
        "The SIRET number “%(number)s” does not begin with the SIREN number %(siren)s: one of the"
        " two belongs to another organisation."
    ),
    "activity_format": _(
        "“%(code)s” is not an activity code: it is made of four digits and a letter, such as"
        " 10.71C."
    ),
    "activity_unknown": _(
        "The list NAF rév. 2 has no code “%(code)s”. If it is a code of NAF 2025, choose that list."
    ),
    "activity_near": _("The list NAF rév. 2 has no code “%(code)s”. Near it: %(near)s."),
    "agreement_format": _(
        "“%(code)s” is not the number of a collective agreement: an IDCC has 4 digits at most."
    ),
    "commune_missing": _("Give the commune."),
    "commune_unknown": _(
        "We do not know any commune called “%(commune)s”. Check the spelling, or give the postcode."
    ),
    "commune_unknown_at": _(
        "We do not know any commune called “%(commune)s” with the postcode %(postcode)s."
    ),
    "commune_likely": _("We do not know any commune called “%(commune)s”. Did you mean: %(near)s?"),
    "commune_several": _(
        "Several communes are called “%(commune)s”: %(near)s. Give the postcode as well."
    ),
    "postcode_format": _("“%(postcode)s” is not a postcode: it has 5 digits."),
    "postcode_several": _(
        "Several communes have the postcode %(postcode)s: %(near)s. Give the name of the commune."
    ),
    "insee_unknown": _("No commune has the INSEE code “%(insee)s”."),
    "insee_of_another": _("The INSEE code %(insee)s is that of %(other)s, not of %(commune)s."),
    "coordinate_format": _("“%(value)s” is not a number of degrees, such as 47.5861."),
    "latitude_range": _("A latitude lies between 90 degrees south (-90) and 90 degrees north."),
    "longitude_range": _("A longitude lies between 180 degrees west (-180) and 180 degrees east."),
    "coordinate_alone": _("Give both the latitude and the longitude, or neither."),
    "coordinates_away": _(
        "This place is neither in France nor near it: are the latitude and the longitude the wrong"
        " way round?"
    ),
    "coordinates_far": _(
        "This place is %(kilometres)s km from %(commune)s: check the latitude and the longitude."
    ),
    "headcount_format": _("“%(value)s” is not a number of employees."),
    "phone_format": _("“%(value)s” is not a telephone number."),
    "email_format": _("“%(value)s” is not an e-mail address."),
    "website_format": _("“%(value)s” is not the address of a web site."),
    "starts_missing": _("Give the day from which it holds."),
    "ends_before_start": _("The last day comes before the first one."),
    "channel_without_email": _("To be reached by e-mail, an e-mail address is needed."),
    "channel_without_phone": _("To be reached by telephone, a telephone number is needed."),
}


class ProblemData(TypedDict):
    """A problem as it is kept in JSON."""

    field: str
    code: str
    params: dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: in which field, what (a key of SENTENCES), with which details.

    `str(problem)` is the sentence, in the language of whoever reads it.
    """

    field: str
    code: str
    params: Details = attribute(default_factory=dict)

    def __str__(self) -> str:
        return str(SENTENCES[self.code]) % self.params

    def as_json(self) -> ProblemData:
        """Return the problem as it can be kept in JSON."""
        return {"field": self.field, "code": self.code, "params": dict(self.params)}

    @classmethod
    def from_json(cls, data: ProblemData) -> "Problem":
        """Return the problem that was kept in JSON."""
        return cls(data["field"], data["code"], data["params"])


class DraftError(ValueError):
    """Raised when what is said of an organisation cannot be right: carries each problem."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        first, others = str(self.problems[0]), len(self.problems) - 1
        if not others:
            return first
        more = ngettext(
            "%(count)s more thing to correct.", "%(count)s more things to correct.", others
        )
        return f"{first} {more % {'count': others}}"
