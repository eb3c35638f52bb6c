"""The conditions that a network should meet at its start, as the 1999 report found them.

A condition that is not met refuses nothing: it becomes something to do before a day.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: its name, the question it asks, what to do as long as the answer is no."""

    key: str
    name: Promise
    question: Promise
    to_do: Promise


CONDITIONS: Mapping[str, Condition] = {
    condition.key: condition
    for condition in (
        Condition(
            "common_stake",
            _("A common stake"),
            _("Is there something that every firm would lose, or miss, by staying alone?"),
            _("Write down the stake that the firms share, in one sentence"),
        ),
        Condition(
            "animator",
            _("An animator"),
            _("Does somebody have the time, and the trust of the firms, to run the network?"),
            _("Find the person who will run the network"),
        ),
        Condition(
            "involvement",
            _("Heads of firms who take part"),
            _("Do heads of firms give their own time, and not only their name?"),
            _("Ask each head of firm what they will do themselves"),
        ),
        Condition(
            "rules",
            _("Rules known to all"),
            _("Have the members agreed on who decides, who pays and what stays confidential?"),
            _("Have the members adopt their rules"),
        ),
        Condition(
            "strategy",
            _("Firms that know where they go"),
            _("Does each firm know what it wants for itself, before it cooperates?"),
            _("Help each firm to say what it wants for itself"),
        ),
        Condition(
            "cooperation",
            _("Firms that already work together"),
            _("Have at least two firms already done something together?"),
            _("Start with one small action between two firms"),
        ),
        Condition(
            "evaluation",
            _("A way to tell whether it works"),
            _("Is it agreed who will look at the results, when, and on which figures?"),
            _("Choose who looks at the results, when, and on which figures"),
        ),
    )
}
