"""SIREN and SIRET numbers, as the register of the State writes them.

A SIREN (nine digits) names an organisation, a SIRET (fourteen) one of its sites; the last digit of
each proves the others, except for La Poste, whose sites are numbered in another way.
"""

import re
from collections.abc import Mapping
from typing import Final

from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.fr import siren as siren_numbers
from stdnum.fr import siret as siret_numbers

SIREN_DIGITS: Final = 9
SIRET_DIGITS: Final = 14

_SEPARATORS = re.compile(r"[\s.\-/\u00a0\u202f]+")
# A spreadsheet that took the number for a quantity has lost nothing but gained a decimal.
_AS_QUANTITY = re.compile(r"^(\d+)[.,]0+$")


class IdentifierError(ValueError):
    """Raised for a number that cannot be right: `code` names the mistake, `params` its details."""

    def __init__(self, code: str, params: Mapping[str, str | int]) -> None:
        super().__init__(code)
        self.code = code
        self.params = dict(params)


def compact(number: str) -> str:
    """Return a number without the spaces, dots and hyphens people write in it."""
    text = number.strip()
    if quantity := _AS_QUANTITY.match(text):
        return quantity[1]
    return _SEPARATORS.sub("", text)


def read_siren(number: str) -> str:
    """Return the nine digits of a SIREN; raises IdentifierError when it cannot be one."""
    return _read(number, "siren", SIREN_DIGITS)


def read_siret(number: str, siren: str = "") -> str:
    """Return the fourteen digits of a SIRET, which must begin with `siren` when it is given.

    Raises IdentifierError when it cannot be one.
    """
    digits = _read(number, "siret", SIRET_DIGITS)
    if siren and not digits.startswith(siren):
        raise IdentifierError("siret_of_another_siren", {"number": digits, "siren": siren})
    return digits


def _read(number: str, name: str, length: int) -> str:
    digits = compact(number)
    if not (digits.isascii() and digits.isdigit()):
        raise IdentifierError(f"{name}_not_digits", {"number": number.strip()})
    if len(digits) != length:
        raise IdentifierError(f"{name}_length", {"number": digits, "digits": len(digits)})
    module = siren_numbers if name == "siren" else siret_numbers
    try:
        module.validate(digits)
    except InvalidChecksum as error:
        raise IdentifierError(f"{name}_checksum", {"number": digits}) from error
    except ValidationError as error:
        raise IdentifierError(f"{name}_not_digits", {"number": digits}) from error
    return digits
