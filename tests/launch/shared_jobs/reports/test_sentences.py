import re
from dataclasses import replace

import pytest
from django.utils import translation

from maillage.engines.pooling.explain import findings
from maillage.launch.shared_jobs.contract_file import ContractTerms
from maillage.launch.shared_jobs.outcome import Change, Finding
from maillage.launch.shared_jobs.reports.sentences import (
    change,
    changes,
    contract_band,
    contract_name,
    gain,
    reason,
    reason_in_general,
    reasons,
    why,
    whys,
    with_place,
)
from tests.launch.shared_jobs.reports.results import (
    ANNUAL,
    BOB,
    CAMPING,
    CHOCOLATE,
    EMMA,
    job,
    lone,
    outcome,
)


def spaced(text: str) -> str:
    """Return a text with ordinary spaces, to be compared at ease."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


WHYS = [
    (
        Finding(
            "opposite_seasons",
            {"first": "choc", "first_peak": 11, "second": "camp", "second_peak": 6},
        ),
        (
            "Their seasons complete each other: Chocolaterie Bellanger needs most help in "
            "December, Camping des Châteaux in July."
        ),
        (
            "Leurs saisons se complètent : Chocolaterie Bellanger a le plus besoin d’aide en "
            "décembre, Camping des Châteaux en juillet."
        ),
    ),
    (
        Finding("steady_shares", {"employers": 3}),
        "3 needs that last all year round, each too small for a job of its own.",
        "3 besoins qui durent toute l’année, chacun trop petit pour un emploi à lui seul.",
    ),
    (
        Finding("fills_the_gap", {"main": "choc", "low": 7, "filler": "camp"}),
        "Camping des Châteaux brings hours in August, when Chocolaterie Bellanger has few.",
        "Camping des Châteaux apporte des heures en août, quand Chocolaterie Bellanger en a peu.",
    ),
    (
        Finding("adds_up", {"employers": 2}),
        "The hours of these 2 needs make up one whole job, month after month.",
        "Les heures de ces 2 besoins font un emploi entier, mois après mois.",
    ),
]

REASONS = [
    (
        Finding("no_hours", {}),
        "This need asks for no hours.",
        "Ce besoin ne demande aucune heure.",
    ),
    (
        Finding("peak_too_high", {"period": 7, "half_hours": 95, "limit": 88}),
        "It asks for 47.5 h a week in August, and the contract allows 44 h at most.",
        "Il demande 47,5 h par semaine en août, et le contrat en permet 44 h au plus.",
    ),
    (
        Finding("peak_too_high", {"period": None, "half_hours": 80, "limit": 72}),
        "It asks for more hours over the year than the contract allows for a whole job.",
        "Il demande sur l’année plus d’heures que le contrat n’en permet pour un emploi entier.",
    ),
    (
        Finding("no_same_occupation", {}),
        "No other firm asks for this occupation, or for a related one.",
        "Aucune autre entreprise ne demande ce métier, ni un métier proche.",
    ),
    (
        Finding("too_far", {"nearest_need": "oven", "metres": 31_240}),
        (
            "The nearest firm it could share with, Emma’s bread (Vendôme), is 31.3 km away; the "
            "limit is 30 km."
        ),
        (
            "L’entreprise la plus proche avec qui partager, Emma’s bread (Vendôme), est à 31,3 km "
            "; la limite est de 30 km."
        ),
    ),
    (
        Finding("only_competitors", {"firms": ("emma’s bread",)}),
        "The only firm it could share with is a declared competitor: Emma’s bread.",
        "La seule entreprise avec qui partager est un concurrent déclaré : Emma’s bread.",
    ),
    (
        Finding("only_competitors", {"firms": ("emma’s bread", "camping des châteaux")}),
        (
            "The only firms it could share with are declared competitors: Emma’s bread and Camping "
            "des Châteaux."
        ),
        (
            "Les seules entreprises avec qui partager sont des concurrents déclarés : Emma’s bread "
            "et Camping des Châteaux."
        ),
    ),
    (
        Finding("no_fit_short", {"best_partners": ("oven",), "period": 1, "missing_half_hours": 7}),
        "Even with its best partner (Emma’s bread), 3.5 h a week are missing in February.",
        (
            "Même avec son meilleur partenaire (Emma’s bread), il manque 3,5 h par semaine en "
            "février."
        ),
    ),
    (
        Finding(
            "no_fit_short",
            {"best_partners": ("oven", "camp"), "period": None, "missing_half_hours": 1},
        ),
        (
            "Even with its best partners (Emma’s bread and Camping des Châteaux), 0.5 h a week "
            "are missing over the year."
        ),
        (
            "Même avec ses meilleurs partenaires (Emma’s bread et Camping des Châteaux), il "
            "manque 0,5 h par semaine sur l’année."
        ),
    ),
    (
        Finding("no_fit_short", {"best_partners": (), "period": None, "missing_half_hours": 29}),
        "Its partners do not bring enough: 14.5 h a week are missing over the year.",
        "Ses partenaires n’apportent pas assez : il manque 14,5 h par semaine sur l’année.",
    ),
    (
        Finding("no_fit_over", {"partner": "oven", "period": 10, "over_half_hours": 5}),
        (
            "With any partner there are too many hours: 2.5 h a week too many in November even "
            "with Emma’s bread, which suits it best."
        ),
        (
            "Avec n’importe quel partenaire, il y a trop d’heures : 2,5 h par semaine de trop en "
            "novembre, même avec Emma’s bread, qui lui convient le mieux."
        ),
    ),
    (
        Finding("free_job", {"partners": ("oven",), "job": None}),
        "It can have a place at once: the search was too short to find it.",
        (
            "Il peut avoir une place tout de suite : la recherche a été trop courte pour la lui "
            "trouver."
        ),
    ),
    (
        Finding("partners_better_used", {"jobs": None, "or_more": False}),
        "Every firm it could share with already has its place in another job.",
        "Toutes les entreprises avec qui partager ont déjà leur place dans un autre emploi.",
    ),
    (
        Finding("partners_better_used", {"jobs": 1, "or_more": False}),
        "1 job could serve it, but its firms already have their place in other jobs.",
        "1 emploi pourrait lui convenir, mais ses entreprises ont déjà leur place dans d’autres.",
    ),
    (
        Finding("partners_better_used", {"jobs": 1000, "or_more": True}),
        (
            "More than 1,000 jobs could serve it, but their firms already have their place in "
            "other jobs."
        ),
        (
            "Plus de 1 000 emplois pourraient lui convenir, mais leurs entreprises ont déjà leur "
            "place dans d’autres."
        ),
    ),
]

CHANGES = [
    (
        Finding("free_job", {"job": "J3", "job_number": 3}),
        "Nothing to change: it can enter job 3, with Emma’s bread (Vendôme).",
        "Rien à changer : il entre dans l’emploi 3, avec Emma’s bread (Vendôme).",
    ),
    (
        Finding("distance", {"metres": 31_240, "job": None}),
        "Accept 32 km instead of 30 km: it makes a job with Emma’s bread (Vendôme).",
        "Accepter 32 km au lieu de 30 km : il fait un emploi avec Emma’s bread (Vendôme).",
    ),
    (
        Finding("occupation", {"a": "D1102", "b": "D1106", "job": None}),
        (
            "Look for somebody who can do both “D1102” and “D1106”: it makes a job with Emma’s "
            "bread (Vendôme)."
        ),
        (
            "Chercher quelqu’un qui sache faire à la fois « D1102 » et « D1106 » : il fait un "
            "emploi avec Emma’s bread (Vendôme)."
        ),
    ),
    (
        Finding("competitor", {"firm_a": "bob’s bakery", "firm_b": "emma’s bread", "job": None}),
        (
            "Ask Bob’s bakery and Emma’s bread whether they would share somebody although they "
            "compete: it makes a job with Emma’s bread (Vendôme)."
        ),
        (
            "Demander à Bob’s bakery et Emma’s bread si, bien que concurrents, ils partageraient "
            "quelqu’un : il fait un emploi avec Emma’s bread (Vendôme)."
        ),
    ),
    (
        Finding("hours_down", {"half_hours": 12, "periods": (7,), "job": None}),
        "Ask for 6 h a week less in August: it makes a job with Emma’s bread (Vendôme).",
        (
            "Demander 6 h par semaine de moins en août : il fait un emploi avec Emma’s bread "
            "(Vendôme)."
        ),
    ),
    (
        Finding("hours_up", {"half_hours": 3, "periods": (0, 1, 2), "job": None}),
        (
            "Ask for 1.5 h a week more from January to March: it makes a job with Emma’s bread "
            "(Vendôme)."
        ),
        (
            "Demander 1,5 h par semaine de plus entre janvier et mars : il fait un emploi avec "
            "Emma’s bread (Vendôme)."
        ),
    ),
    (
        Finding("employers", {"employers": 6, "job": None}),
        "Accept 6 employers in one job: it makes a job with Emma’s bread (Vendôme).",
        "Accepter 6 employeurs pour un emploi : il fait un emploi avec Emma’s bread (Vendôme).",
    ),
]


@pytest.mark.parametrize(("finding", "english", "french"), WHYS)
def test_why_a_job_is_one_plain_sentence(finding: Finding, english: str, french: str) -> None:
    proposed = job(CHOCOLATE, CAMPING, why=finding)
    assert spaced(why(outcome(), proposed)) == english
    with translation.override("fr"):
        assert spaced(why(outcome(), proposed)) == french


@pytest.mark.parametrize(("finding", "english", "french"), REASONS)
def test_reason_of_a_lone_need_is_one_plain_sentence(
    finding: Finding, english: str, french: str
) -> None:
    left = lone(BOB, finding, None)
    assert spaced(reason(outcome(), left)) == english
    with translation.override("fr"):
        assert spaced(reason(outcome(), left)) == french


@pytest.mark.parametrize(("finding", "english", "french"), CHANGES)
def test_change_that_serves_a_need_is_one_plain_sentence(
    finding: Finding, english: str, french: str
) -> None:
    left = lone(BOB, Finding("no_hours", {}), Change(finding, (EMMA,), 828))
    assert spaced(change(outcome(), left)) == english
    with translation.override("fr"):
        assert spaced(change(outcome(), left)) == french


def documented(column: str) -> set[str]:
    """Return the codes that the engine says it gives, in one table of its documentation."""
    assert findings.__doc__ is not None
    table = findings.__doc__.split(f"| {column}", 1)[1].split("\n\n", 1)[0]
    return {code for row in re.findall(r"^\| (`.+?) \|", table, re.MULTILINE)
            for code in re.findall(r"`(\w+)`", row)}  # fmt: skip


def test_every_code_of_the_engine_has_its_sentence_and_its_story() -> None:
    told = [{finding.code for finding, _, _ in group} for group in (WHYS, REASONS, CHANGES)]
    assert told == [set(whys._WHYS), set(reasons._REASONS), set(changes._CHANGES)]
    assert documented("`JobFacts.reason`") == told[0]
    assert documented("`Unserved.reason`") == told[1]
    assert documented("`Relaxation`") == told[2]
    assert all(reason_in_general(code) for code in told[1])


def test_need_without_a_change_has_no_sentence_for_it() -> None:
    assert change(outcome(), lone(change=None)) == ""
    assert gain(outcome(), lone(change=None)) == ""


def test_gain_is_said_when_there_is_one() -> None:
    assert spaced(gain(outcome(), lone())) == "+ 34.5 h a week"
    nothing = Change(Finding("free_job", {}), (EMMA,), 0)
    assert gain(outcome(), lone(change=nothing)) == ""


def test_place_is_said_only_when_it_is_known() -> None:
    assert with_place(EMMA) == "Emma’s bread (Vendôme)"
    assert with_place(replace(EMMA, place="")) == "Emma’s bread"


def test_contract_is_called_as_people_call_it() -> None:
    assert contract_name(ANNUAL) == "permanent, hours over the year"
    assert contract_name(ContractTerms("vendanges", 60, 72, 35, 88)) == "vendanges"
    assert spaced(contract_band(ANNUAL, 12)) == (
        "32 to 36 h a week on average, 21 to 44 h in any month"
    )
    assert contract_band(ANNUAL, 52).endswith("in any week")
    with translation.override("fr"):
        assert spaced(contract_band(ANNUAL, 12)) == (
            "de 32 à 36 h par semaine en moyenne, de 21 à 44 h selon le mois"
        )


def test_detail_of_the_wrong_kind_is_a_fault_that_says_so() -> None:
    broken = lone(BOB, Finding("partners_better_used", {"jobs": "many"}), None)
    with pytest.raises(TypeError, match="jobs is 'many', not a whole number"):
        reason(outcome(), broken)
