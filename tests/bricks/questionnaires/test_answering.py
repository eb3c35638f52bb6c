"""What people type becomes an answer, or a sentence that says what to do."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from maillage.bricks.questionnaires.answering import AnswerError, clean, half_hours_of, in_words
from maillage.bricks.questionnaires.definition import Choice, Question
from maillage.bricks.questionnaires.enums import Kind

TEXT = {"fr": "Question", "en": "Question"}
CHOICES = tuple(Choice(key, {"fr": key, "en": key}) for key in ("a", "b", "c"))
MONTHS = Question("hours", Kind.MONTHS, TEXT)


def posted(text: str) -> QueryDict:
    return QueryDict(text)


def test_months_ticked_and_one_number_make_a_year() -> None:
    value = clean(MONTHS, posted("month=3&month=12&hours=12,5"))
    assert value == {"half_hours": [0, 0, 25, 0, 0, 0, 0, 0, 0, 0, 0, 25]}
    assert in_words(MONTHS, value) == "2 months, 12.5 hours a week on average"


def test_a_number_of_its_own_replaces_the_common_one() -> None:
    value = clean(MONTHS, posted("month=3&month=4&hours=12&hours_4=18&hours_5=6"))
    assert value == {"half_hours": [0, 0, 24, 36, 12, 0, 0, 0, 0, 0, 0, 0]}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("month=3", "Say how many hours a week in these months."),
        ("hours=12", "Tick the months in which you need these hours."),
        ("month=3&hours=169", "There are 168 hours in a week: 169 is too many."),
        ("month=3&hours=12.25", "Count hours by halves: 12 or 12.5."),
        ("month=3&hours=-2", "Count hours by halves: 12 or 12.5."),
        ("month=3&hours=NaN", "Count hours by halves: 12 or 12.5."),
        ("month=3&hours=1e9999999", "“1e9999999” is not a number of hours: write 12 or 12.5."),
        ("month=3&hours=beaucoup", "“beaucoup” is not a number of hours: write 12 or 12.5."),
    ],
)
def test_hours_that_make_no_sense_are_refused_in_words(text: str, sentence: str) -> None:
    with pytest.raises(AnswerError, match=sentence.replace(".", r"\.")):
        clean(MONTHS, posted(text))


@given(st.integers(0, 336))
def test_hours_written_as_people_do_come_back_whole(half_hours: int) -> None:
    written = f"{half_hours / 2:g}".replace(".", ",")
    assert half_hours_of(f" {written} h") == half_hours


@given(st.text(max_size=30))
def test_whatever_is_typed_gives_hours_of_a_week_or_a_sentence(typed: str) -> None:
    try:
        hours = half_hours_of(typed)
    except AnswerError:
        return
    assert 0 <= hours <= 336


def test_a_choice_is_one_of_those_offered() -> None:
    question = Question("q", Kind.CHOICE, TEXT, choices=CHOICES, required=True, not_now=True)
    assert clean(question, posted("answer=b")) == "b"
    assert clean(question, posted("answer=not_now")) == {"not_now": True}
    with pytest.raises(AnswerError, match="Choose one of the answers offered"):
        clean(question, posted("answer=z"))
    with pytest.raises(AnswerError, match="Answer this question to go on"):
        clean(question, posted(""))


def test_several_answers_keep_the_order_of_the_question() -> None:
    question = Question("q", Kind.SEVERAL, TEXT, choices=CHOICES)
    assert clean(question, posted("answer=c&answer=a")) == ["a", "c"]
    assert clean(question, posted("")) is None


def test_a_rank_is_given_once() -> None:
    question = Question("q", Kind.RANKING, TEXT, choices=CHOICES)
    assert clean(question, posted("answer_a=2&answer_c=1")) == ["c", "a"]
    with pytest.raises(AnswerError, match="Two answers have the rank 1"):
        clean(question, posted("answer_a=1&answer_c=1"))
    with pytest.raises(AnswerError, match="Give ranks from 1 to 3"):
        clean(question, posted("answer_a=4"))


def test_a_rank_or_a_mark_of_thousands_of_figures_is_refused_in_words() -> None:
    digits = "9" * 5000
    ranking = Question("q", Kind.RANKING, TEXT, choices=CHOICES)
    with pytest.raises(AnswerError, match="Give ranks from 1 to 3"):
        clean(ranking, posted(f"answer_a={digits}"))
    scale = Question("q", Kind.SCALE, TEXT, least=1, most=5)
    assert clean(scale, posted("answer=5")) == 5
    with pytest.raises(AnswerError, match="Choose one of the answers offered"):
        clean(scale, posted(f"answer={digits}"))


def test_words_keep_what_the_database_can_hold() -> None:
    question = Question("q", Kind.TEXT, TEXT)
    assert clean(question, posted("answer=une%00+vendeuse")) == "une vendeuse"
    assert clean(question, posted("answer=%00")) is None


def test_a_number_stays_within_its_bounds() -> None:
    question = Question("q", Kind.NUMBER, TEXT, least=1, most=50)
    assert clean(question, posted("answer=1 2")) == 12
    with pytest.raises(AnswerError, match="Give a number from 1 to 50"):
        clean(question, posted("answer=51"))
    with pytest.raises(AnswerError, match="Write a whole number"):
        clean(question, posted("answer=twelve"))
