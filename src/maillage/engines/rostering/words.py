"""Days, hours and slots as people say them, in both languages: "Tuesday 3 March", "10 h 30"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from maillage.engines.rostering.entities import DAY
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from maillage.engines.rostering.entities import Need
    from maillage.engines.rostering.instance import Instance

HOUR: Final = 60
SHOWN: Final = 3  # slots named in a sentence
THIN: Final = "\u00a0"  # the space that keeps a number and its unit together
WEEKDAYS: Final = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
}
MONTHS: Final = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
}
TIMES = Sentence("{day}, {start} to {end}", "{day}, de {start} à {end}")
SLOT = Sentence("{times}, at {firm}", "{times}, chez {firm}")
ELSEWHERE = Sentence("work elsewhere", "travail ailleurs")
IN_MONTH = Sentence(" in {month}", " en {month}")
ARTICLE = Sentence("art. {article}", "art. {article}")
CHARTER = Sentence("charter", "charte")
VOWELS: Final = "aàâäeéèêëiîïoôöuùûü"
# Details that are minutes whatever the unit of the rule.
MINUTES: Final = frozenset(
    {"minutes", "longest", "pause", "full_time", "above", "within", "longest_break"}
)


def day_in_words(when: date, language: str = "en") -> str:
    """A day: "Tuesday 3 March", "mardi 3 mars", "dimanche 1er mars"."""
    tongue = "fr" if language == "fr" else "en"
    number = "1er" if tongue == "fr" and when.day == 1 else str(when.day)
    return f"{WEEKDAYS[tongue][when.weekday()]} {number}{THIN}{MONTHS[tongue][when.month - 1]}"


def month_in_words(when: date, language: str = "en") -> str:
    """A month: "March 2026", "mars 2026"."""
    return f"{MONTHS['fr' if language == 'fr' else 'en'][when.month - 1]} {when.year}"


def duration(minutes: int, language: str = "en") -> str:
    """A length of time: "10 h 30 min", "10 h 30", "45 min"."""
    hours, left = divmod(minutes, HOUR)
    if not hours:
        return f"{left}{THIN}min"
    if not left:
        return f"{hours}{THIN}h"
    unit = "" if language == "fr" else f"{THIN}min"
    return f"{hours}{THIN}h{THIN}{left:02}{unit}"


def clock(minute: int, language: str = "en") -> str:
    """The time of day of a minute: "8:30", "8 h 30"."""
    hours, left = divmod(minute % DAY, HOUR)
    if language != "fr":
        return f"{hours}:{left:02}"
    return f"{hours}{THIN}h{THIN}{left:02}" if left else f"{hours}{THIN}h"


def times_in_words(instance: Instance, need: Need, language: str = "en") -> str:
    """When a slot is: "Tuesday 3 March, 8:00 to 10:00"."""
    return TIMES.text(
        language,
        day=day_in_words(instance.horizon.date_of(need.day), language),
        start=clock(need.start, language),
        end=clock(need.end, language),
    )


def slot_in_words(instance: Instance, need: Need, language: str = "en") -> str:
    """When and where a slot is: "Tuesday 3 March, 8:00 to 10:00, at Garage Martin"."""
    return SLOT.text(
        language,
        times=times_in_words(instance, need, language),
        firm=instance.firm_by_id[need.firm_id].label,
    )


def article_in_words(article: str, language: str = "en") -> str:
    """A source: "art. L3121-18", "charter"; anything else as it was given."""
    if article == CHARTER.en:
        return CHARTER.text(language)
    if article[:1] in {"L", "R", "D"} and article[1:2].isdigit():
        return ARTICLE.text(language, article=article)
    return article


def of(name: str, language: str = "en") -> str:
    """What is somebody’s: "of Alice", "d’Alice"."""
    if language != "fr":
        return f"of {name}"
    return f"d’{name}" if name[:1].lower() in VOWELS else f"de {name}"


def spoken(
    instance: Instance,
    worker_id: str,
    need_ids: tuple[str, ...],
    values: Mapping[str, object],
    *,
    unit: str,
    language: str = "en",
) -> dict[str, object]:
    """What fills the sentence of a breach: the names people bear, days and lengths of time."""
    minutes = MINUTES | ({"amount", "total", "limit"} if unit == "minutes" else set())
    found = {
        key: duration(value, language) if key in minutes and isinstance(value, int) else value
        for key, value in values.items()
    }
    needs = [instance.need_by_id[i] for i in need_ids if i in instance.need_by_id]
    firms = dict.fromkeys(instance.firm_by_id[need.firm_id].label for need in needs)
    elsewhere = [ELSEWHERE.text(language)] if len(needs) < len(need_ids) else []
    found["firms"] = ", ".join(firms)
    for key, say in (("needs", slot_in_words), ("times", times_in_words)):
        shown = [say(instance, need, language) for need in needs[:SHOWN]] + elsewhere
        comma = f"{THIN}; " if language == "fr" else "; "
        found[key] = comma.join(shown) + ("…" if len(needs) > SHOWN else "")
    worker = instance.worker_by_id[worker_id].label if worker_id else ""
    found["worker"], found["of_worker"] = worker, of(worker, language)
    for edge in ("first", "last"):
        day = values.get(edge)
        if isinstance(day, int):
            found[f"{edge}_date"] = day_in_words(instance.horizon.date_of(day), language)
    found["in_month"] = ""
    if values.get("window") == "month" and isinstance(values.get("first"), int):
        when = instance.horizon.date_of(int(str(values["first"])))
        found["in_month"] = IN_MONTH.text(language, month=month_in_words(when, language))
    groups = values.get("groups")
    if isinstance(groups, tuple):
        labels = (instance.firm_by_id[g].label if g in instance.firm_by_id else g for g in groups)
        found["groups"] = ", ".join(str(label) for label in labels)
    return found
