"""Reading what the engine found: names for ids, words for periods."""

from collections.abc import Iterable, Mapping
from numbers import Integral

from django.utils.translation import gettext as _

from maillage.launch.shared_jobs.needs_file import NeedRow
from maillage.launch.shared_jobs.outcome import Finding, Outcome
from maillage.launch.shared_jobs.reports.figures import listed
from maillage.launch.shared_jobs.reports.periods import when


class Facts:
    """The details of one finding, each read as what its sentence needs."""

    def __init__(
        self, outcome: Outcome, finding: Finding, partners: tuple[NeedRow, ...] = ()
    ) -> None:
        self.outcome = outcome
        self.partners = partners
        self._details: Mapping[str, object] = finding.details

    def need(self, key: str) -> NeedRow:
        """Return the need whose id is given."""
        return self.outcome.need_by_id[str(self._details[key])]

    def firm(self, key: str) -> str:
        """Return the firm of the need whose id is given."""
        return self.need(key).firm

    def firms_of(self, key: str) -> str:
        """Return the firms of several needs, joined."""
        return listed([self.outcome.need_by_id[need_id].firm for need_id in self.texts(key)])

    def firm_named(self, key: str) -> str:
        """Return the name of the firm whose id is given."""
        firm_id = str(self._details[key])
        return self.outcome.firm_names.get(firm_id, firm_id)

    def occupation(self, key: str) -> str:
        """Return what people call the occupation given."""
        return self.outcome.occupation_name(str(self._details[key]))

    def text(self, key: str) -> str:
        """Return one id."""
        return str(self._details[key])

    def texts(self, key: str) -> list[str]:
        """Return several ids."""
        values = self._details[key]
        return [str(value) for value in values] if isinstance(values, Iterable) else []

    def whole(self, key: str) -> int:
        """Return a whole number; raise `TypeError` when it is not one."""
        value = self._details[key]
        if not isinstance(value, Integral):
            raise TypeError(f"{key} is {value!r}, not a whole number")
        return int(value)

    def when(self, key: str) -> str:
        """Return a period, or several, as an answer to "when?"."""
        value = self._details[key]
        chosen = [value] if isinstance(value, Integral) else value
        wanted = [int(period) for period in chosen] if isinstance(chosen, Iterable) else []
        return when(self.outcome.periods, wanted)

    def has(self, key: str) -> bool:
        """Tell whether a detail is given."""
        return self._details.get(key) is not None

    def truth(self, key: str) -> bool:
        """Tell whether a detail is given and true."""
        return bool(self._details.get(key))


def with_place(need: NeedRow) -> str:
    """Return the firm of a need, with its commune where that is known."""
    if not need.place:
        return need.firm
    return _("%(firm)s (%(place)s)") % {"firm": need.firm, "place": need.place}


def quoted(text: str) -> str:
    """Return a text between the quotation marks of the language."""
    return _("“%(text)s”") % {"text": text}
