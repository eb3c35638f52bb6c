"""A spreadsheet of answers is brought into a survey, once, and taken out again."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from django.utils.timezone import localtime
from hypothesis import given
from hypothesis import strategies as st

from maillage.bricks.questionnaires.answering import AnswerError
from maillage.bricks.questionnaires.definition import Choice, Question, read
from maillage.bricks.questionnaires.enums import AnswerChannel, Kind
from maillage.bricks.questionnaires.models import Response
from maillage.bricks.questionnaires.presets import contents
from maillage.bricks.questionnaires.queries import values_of
from maillage.launch.surveys.actions import SurveyError, answer, begin
from maillage.launch.surveys.answers_file.columns import recognise
from maillage.launch.surveys.answers_file.judging import Fate, judge
from maillage.launch.surveys.answers_file.values import value_of
from maillage.launch.surveys.answers_file.writing import (
    apply_answers,
    choose_columns,
    discard,
    receive,
    undo_answers,
)
from maillage.launch.surveys.models import AnswersImport, Invitee, Survey
from tests.cast import Cast, acting, cast_of, inside
from tests.launch.surveys.stories import NEEDS, answered, asked, opened

MONTHS = "janvier;février;mars;avril;mai;juin;juillet;août;septembre;octobre;novembre;décembre"


def received(cast: Cast, survey: Survey, folder: Path, text: str) -> AnswersImport:
    """Let Alice give a file."""
    path = folder / "enquete.csv"
    path.write_text(text, encoding="utf-8")
    return receive(acting=acting(cast.alice, cast.network), survey=survey, path=path)


def fates(source: AnswersImport) -> list[str]:
    """Return what becomes of each row."""
    return [one.fate for one in judge(source)]


def test_columns_are_known_by_key_by_text_in_either_language_and_by_month() -> None:
    definition = read(contents()[NEEDS])
    titles = [
        "N° SIRET", "Raison sociale", "Ville", "peaks", "In which months?",
        "Partager un salarié avec d’autres entreprises vous intéresse-t-il ?",
        "Janvier", "m02", "job2_hours 3", "Répondu le", "Remarques",
    ]  # fmt: skip
    assert recognise(titles, definition) == [
        "siret", "name", "commune", "peaks", "peak_months", "interested",
        "job1_hours:1", "job1_hours:2", "job2_hours:3", "answered-on", "",
    ]  # fmt: skip


def test_a_file_is_shown_then_applied_once_then_undone(cast: Cast, tmp_path: Path) -> None:
    text = (
        f"siret;entreprise;commune;peaks;peak_months;interested;job1;{MONTHS};contact;date\n"
        "55210055400013;x;;Oui;3 12;oui;vendeuse;0;0;12,5;0;0;0;0;0;0;0;0;8;oui;15/01/2025\n"
        ";Garage Lemoine;Vendôme;non;;pas maintenant;;;;;;;;;;;;;;no;\n"
    )
    with inside(cast.network):
        survey = opened(cast)
        alice = acting(cast.alice, cast.network)
        asked(cast, survey, cast.bakery)
        source = received(cast, survey, tmp_path, text)
        assert fates(source) == [Fate.NEW, Fate.NEW]
        assert Response.objects.count() == 0
        assert apply_answers(acting=alice, source=source) == 2
        with pytest.raises(SurveyError, match="nothing was done twice"):
            apply_answers(acting=alice, source=source)
        bakery = Response.objects.get(organisation=cast.bakery)
        assert bakery.channel == AnswerChannel.IMPORT
        assert bakery.finished_at is not None
        assert localtime(bakery.finished_at).date().isoformat() == "2025-01-15"
        assert values_of(bakery) == {
            "peaks": "yes",
            "peak_months": ["m3", "m12"],
            "interested": "yes",
            "job1": "vendeuse",
            "job1_hours": {"half_hours": [0, 0, 25, 0, 0, 0, 0, 0, 0, 0, 0, 16]},
            "contact": "yes",
        }
        garage = Response.objects.get(organisation=cast.garage)
        assert values_of(garage)["interested"] == {"not_now": True}
        again = received(cast, survey, tmp_path, text)
        assert fates(again) == [Fate.SAME, Fate.SAME]
        with pytest.raises(SurveyError, match="no row to bring in"):
            apply_answers(acting=alice, source=again)
        assert undo_answers(acting=alice, source=source) == (2, 0)
        assert Response.objects.count() == 0
        # The bakery was asked before the file, the garage only by it.
        assert [one.organisation for one in Invitee.objects.all()] == [cast.bakery]
        source.refresh_from_db()
        assert len(source.rows) == 2
        with pytest.raises(SurveyError, match="nothing to undo"):
            undo_answers(acting=alice, source=source)


def test_bad_cells_are_named_by_their_column_and_the_row_is_refused(
    cast: Cast, tmp_path: Path
) -> None:
    with inside(cast.network):
        survey = opened(cast)
        source = received(
            cast,
            survey,
            tmp_path,
            f"siret;name;peaks;interested;{MONTHS};Répondu le\n"
            "55210055400013;;peut-être;oui;;;200;;;;;;;;;;32/01/2025\n"
            ";Personne;oui;oui;;;;;;;;;;;;;\n"
            ";;oui;oui;;;;;;;;;;;;;\n"
            ";Fournil Durand;;;;;;;;;;;;;;;\n",
        )
        found = judge(source)
        assert [one.fate for one in found] == [Fate.REFUSED] * 4
        assert [(one.line, one.reasons) for one in found] == [
            (
                2,
                [
                    "Column “Répondu le”: “32/01/2025” is not a day such as 31/12/2025.",
                    "Column “peaks”: “peut-être” is not one of the answers offered.",
                    "Column “mars”: There are 168 hours in a week: 200 is too many.",
                ],
            ),
            (3, ["No firm of the directory is known so: import it first."]),
            (4, ["Nothing tells which firm it is: give its SIRET number, or its name."]),
            (5, ["It answers no question."]),
        ]


def test_what_a_firm_answered_itself_is_kept(cast: Cast, tmp_path: Path) -> None:
    with inside(cast.network):
        survey = opened(cast)
        bakery, garage = asked(cast, survey, cast.bakery, cast.garage)
        own = answered(survey, bakery, peaks="no", interested="no", contact="no")
        begin(survey=survey, invitee=garage)
        source = received(
            cast,
            survey,
            tmp_path,
            "name;peaks\nBoulangerie Martin;oui\nGarage Lemoine;oui\nFournil Durand;oui\n"
            "FOURNIL  DURAND;non\n",
        )
        assert fates(source) == [Fate.KEPT, Fate.KEPT, Fate.NEW, Fate.TWICE]
        assert apply_answers(acting=acting(cast.alice, cast.network), source=source) == 1
        assert values_of(own)["peaks"] == "no"


def test_undoing_keeps_what_was_changed_since(cast: Cast, tmp_path: Path) -> None:
    with inside(cast.network):
        survey = opened(cast)
        alice = acting(cast.alice, cast.network)
        text = "name;peaks\nBoulangerie Martin;oui\nGarage Lemoine;oui\n"
        source = received(cast, survey, tmp_path, text)
        apply_answers(acting=alice, source=source)
        response = Response.objects.get(organisation=cast.garage)
        answer(survey=survey, response=response, question="peaks", value="no")
        assert undo_answers(acting=alice, source=source) == (1, 1)
        assert [one.organisation for one in Response.objects.all()] == [cast.garage]


def test_the_columns_can_be_corrected_until_the_file_is_applied(cast: Cast, tmp_path: Path) -> None:
    with inside(cast.network):
        survey = opened(cast)
        alice = acting(cast.alice, cast.network)
        source = received(cast, survey, tmp_path, "name;Bourre\nGarage Lemoine;oui\n")
        assert fates(source) == [Fate.REFUSED]
        with pytest.raises(SurveyError, match="Two columns hold"):
            choose_columns(acting=alice, source=source, fields=["name", "name"])
        with pytest.raises(SurveyError, match="tells which firm"):
            choose_columns(acting=alice, source=source, fields=["", "peaks"])
        choose_columns(acting=alice, source=source, fields=["name", "peaks"])
        source.refresh_from_db()
        apply_answers(acting=alice, source=source)
        with pytest.raises(SurveyError, match="no longer change"):
            choose_columns(acting=alice, source=source, fields=["name", ""])
        with pytest.raises(SurveyError, match="it is kept"):
            discard(acting=alice, source=source)


def test_a_survey_where_nobody_is_named_takes_no_file(cast: Cast, tmp_path: Path) -> None:
    with inside(cast.network), pytest.raises(SurveyError, match="Nobody can tell who answers"):
        received(cast, opened(cast, anonymous=True), tmp_path, "name;peaks\nx;oui\n")


def test_members_bring_nothing_in(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name;peaks\nGarage Lemoine;oui\n", encoding="utf-8")
    with inside(cast.network), pytest.raises(SurveyError, match="Your role"):
        receive(acting=acting(cast.bob, cast.network), survey=opened(cast), path=path)


def test_the_firms_of_another_network_are_not_known(cast: Cast, tmp_path: Path) -> None:
    other_cast = cast_of("ailleurs")
    with inside(other_cast.network):
        other_cast.garage.name = "Garage Voisin"
        other_cast.garage.save()
    with inside(cast.network):
        source = received(cast, opened(cast), tmp_path, "name;peaks\nGarage Voisin;oui\n")
        assert fates(source) == [Fate.REFUSED]


QUESTIONS = [
    Question(
        "q",
        kind,
        {"en": "?"},
        choices=tuple(Choice(key, {"en": key.upper(), "fr": key}) for key in ("yes", "no", "m3"))
        if kind in {Kind.CHOICE, Kind.SEVERAL, Kind.RANKING}
        else (),
        least=1,
        most=5,
        not_now=True,
    )
    for kind in Kind
]


@given(st.sampled_from(QUESTIONS), st.text(max_size=30))
def test_any_cell_is_an_answer_or_a_sentence(question: Question, text: str) -> None:
    value = None
    with suppress(AnswerError):  # its sentence is for whoever gave the file
        value = value_of(question, text)
    json.dumps(value)
