"""What a questionnaire may ask, and which questions are put to whom."""

import copy
from pathlib import Path

import pytest

from maillage.bricks.questionnaires.checks import faults_in
from maillage.bricks.questionnaires.definition import DefinitionError, read
from maillage.bricks.questionnaires.enums import Kind
from maillage.bricks.questionnaires.presets import FOLDER, contents

NEEDS = "employer-group-needs"
LATE = "It can only depend on a question of one answer that stands before it."


def test_survey_of_an_employers_group_is_short_for_whoever_is_not_interested() -> None:
    definition = read(contents()[NEEDS])
    keys = [question.key for question in definition.asked({"peaks": "no", "interested": "no"})]
    assert keys == ["peaks", "interested", "brakes", "contact"]


def test_questions_follow_the_answers() -> None:
    definition = read(contents()[NEEDS])
    values = {"peaks": "yes", "interested": "yes", "more1": "no"}
    keys = [question.key for question in definition.asked(values)]
    assert keys == [
        "peaks", "peak_months", "interested", "job1", "job1_hours", "more1", "brakes", "contact",
    ]  # fmt: skip


def test_an_answer_to_a_question_no_longer_asked_opens_no_other() -> None:
    definition = read(contents()[NEEDS])
    changed_mind = {"peaks": "no", "interested": "no", "more1": "yes", "more2": "yes"}
    keys = [question.key for question in definition.asked(changed_mind)]
    assert keys == ["peaks", "interested", "brakes", "contact"]


def test_every_fault_of_a_questionnaire_is_said() -> None:
    content = copy.deepcopy(dict(contents()[NEEDS]))
    content["questions"][0]["kind"] = "guess"
    content["questions"][1]["key"] = "peaks"
    content["questions"][2]["only_if"] = {"question": "later", "choices": ["yes"]}
    del content["questions"][3]["text"]["en"]
    with pytest.raises(DefinitionError) as refused:
        read(content)
    assert tuple(map(str, refused.value.faults)) == (
        f"question peaks: unknown kind 'guess'; known: {', '.join(Kind.values)}",
        "question peaks: this kind of question offers no answers",
        "question peaks: this key is used twice",
        f"question peaks: {LATE}",
        f"question interested: {LATE}",
        "question job1: The question is missing in English.",
    )


def test_a_file_that_cannot_be_used_stops_the_start_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("title = ", encoding="utf-8")
    (tmp_path / "empty.toml").write_text('title = { fr = "Titre", en = "Title" }', encoding="utf-8")
    found = [error.msg for error in faults_in(tmp_path)]
    assert found[0].startswith("broken.toml: ")
    assert found[1:] == ["empty.toml: A questionnaire has from 1 to 60 questions."]
    assert faults_in(FOLDER) == []
