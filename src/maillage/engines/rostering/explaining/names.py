"""What people call the rules, and the units in which they count, in both languages."""

from typing import Final

from maillage.engines.rostering.sentences import Sentence

RULES: Final = {
    "skill": Sentence("skill asked for", "compétence demandée"),
    "availability": Sentence("availability", "disponibilité"),
    "allowed_firm": Sentence("firms of the agreement", "entreprises de la convention"),
    "no_overlap": Sentence("one slot at a time", "un créneau à la fois"),
    "travel": Sentence("time to travel", "temps de trajet"),
    "daily_maximum": Sentence("longest day", "durée maximale du jour"),
    "weekly_maximum": Sentence("longest week", "durée maximale de la semaine"),
    "average_maximum": Sentence("longest average week", "durée hebdomadaire moyenne maximale"),
    "daily_rest": Sentence("daily rest", "repos quotidien"),
    "weekly_rest": Sentence("weekly rest", "repos hebdomadaire"),
    "days_in_row": Sentence("days in a row", "jours d’affilée"),
    "work_run": Sentence("shortest run of work", "série minimale de travail"),
    "rest_run": Sentence("shortest run of rest", "série minimale de repos"),
    "break_time": Sentence("break", "pause"),
    "night_work": Sentence("night work", "travail de nuit"),
    "sunday_work": Sentence("Sunday work", "travail du dimanche"),
    "part_time_minimum": Sentence("part-time minimum", "minimum du temps partiel"),
    "part_time_ceiling": Sentence("part-time ceiling", "plafond du temps partiel"),
    "period_hours": Sentence("hours of the period", "heures de la période"),
    "notice": Sentence("notice of a change", "délai de prévenance"),
    "competitors": Sentence("competitors never share", "pas de partage entre concurrents"),
    "max_firms": Sentence("most firms per worker", "nombre maximal d’entreprises par salarié"),
    "urgent_maximum": Sentence("most urgent calls", "nombre maximal d’appels urgents"),
    "kind_maximum": Sentence("most slots of a kind", "nombre maximal de créneaux d’un type"),
    "succession": Sentence("what may follow what", "enchaînements permis"),
    "weekends": Sentence("most weekends", "nombre maximal de week-ends"),
    "split_day": Sentence("split part-time day", "journée coupée à temps partiel"),
    "overtime": Sentence("overtime", "heures supplémentaires"),
    "overtime_quota": Sentence("overtime of the year", "contingent d’heures supplémentaires"),
    "contract_drift": Sentence("hours above the contract", "dépassement durable du contrat"),
    "night_habit": Sentence("habit of night work", "habitude du travail de nuit"),
    "night_hours": Sentence("night hours of the year", "heures de nuit de l’année"),
    "fixed": Sentence("fixed slots", "créneaux fixés"),
    "uncovered": Sentence("people missing", "personnes manquantes"),
    "surplus": Sentence("people too many", "personnes en trop"),
    "idle_hours": Sentence("contract hours left empty", "heures de contrat non employées"),
    "new_faces": Sentence("new faces", "nouveaux visages"),
    "few_firms": Sentence("few firms per worker", "peu d’entreprises par salarié"),
    "two_firms_a_day": Sentence("one firm a day", "une entreprise par jour"),
    "requests": Sentence("workers’ requests", "demandes des salariés"),
    "wished_worker": Sentence("worker wished for", "salarié souhaité"),
    "urgent_fairness": Sentence(
        "urgent calls shared fairly", "appels urgents partagés équitablement"
    ),
    "unpleasant_fairness": Sentence(
        "unpleasant slots shared fairly", "créneaux pénibles partagés équitablement"
    ),
    "stability": Sentence("changes to what was told", "changements de ce qui était annoncé"),
}
UNITS: Final = {
    "slots": Sentence("slots", "créneaux"),
    "minutes": Sentence("minutes", "minutes"),
    "days": Sentence("days", "jours"),
    "pairs": Sentence("pairs", "paires"),
    "firms": Sentence("firms", "entreprises"),
    "people": Sentence("people", "personnes"),
    "faces": Sentence("faces", "visages"),
    "calls": Sentence("calls", "appels"),
    "changes": Sentence("changes", "changements"),
    "requests": Sentence("requests", "demandes"),
    "weekends": Sentence("weekends", "week-ends"),
    "interruptions": Sentence("interruptions", "interruptions"),
    "points of fairness": Sentence("points of fairness", "points d’équité"),
}


def rule_name(rule: str, language: str = "en") -> str:
    """What people call a rule."""
    return RULES[rule].text(language)


def unit_name(unit: str, language: str = "en") -> str:
    """What people call a unit of amounts."""
    return UNITS[unit].text(language)
