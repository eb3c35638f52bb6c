"""What became of each clause from one version to another."""

from hypothesis import given
from hypothesis import strategies as st

from maillage.bricks.agreements.clauses import (
    Clause,
    asks_consent_again,
    clauses_of,
    compared,
    content_of,
)
from maillage.bricks.agreements.enums import Change


def clause(key: str, text: str = "Rien.", **more: object) -> Clause:
    return Clause(key=key, title=key.capitalize(), text=text, **more)  # type: ignore[arg-type]  # by name


texts = st.sampled_from(["Oui.", "Non.", "Peut-être."])
some_clauses = st.lists(
    st.builds(clause, st.sampled_from("abcdef"), texts, consent=st.booleans()),
    unique_by=lambda one: one.key,
).map(tuple)


def test_clauses_are_added_changed_removed_or_the_same() -> None:
    old = (clause("purpose"), clause("costs"), clause("exit"), clause("end"))
    new = (clause("purpose"), clause("exit", "Trois mois."), clause("visits"), clause("end"))
    lines = compared(old, new)
    told = [(one.key, line.change) for line in lines for one in [line.new or line.old] if one]
    assert told == [
        ("purpose", Change.SAME),
        ("costs", Change.REMOVED),
        ("exit", Change.CHANGED),
        ("visits", Change.ADDED),
        ("end", Change.SAME),
    ]


def test_the_first_clause_removed_comes_first() -> None:
    lines = compared((clause("a"), clause("b")), (clause("b"),))
    assert [line.change for line in lines] == [Change.REMOVED, Change.SAME]


def test_a_rule_that_changes_is_a_change() -> None:
    old = (clause("times", rule="timetables", parameter="busy_free"),)
    new = (clause("times", rule="timetables", parameter="workplaces"),)
    assert [line.change for line in compared(old, new)] == [Change.CHANGED]


def test_only_a_clause_that_needs_consent_asks_for_it_again() -> None:
    old = (clause("a", consent=False), clause("b"))
    assert not asks_consent_again(old, (clause("a", "Autre.", consent=False), clause("b")))
    assert not asks_consent_again(old, (clause("b"),))
    assert asks_consent_again(old, (clause("a", consent=False), clause("b", "Autre.")))
    assert asks_consent_again(old, (clause("a", consent=False),))
    assert asks_consent_again(old, (*old, clause("c")))
    # Freed of consent while it changes: whoever agreed to it is asked all the same.
    assert asks_consent_again(old, (old[0], clause("b", "Autre.", consent=False)))


@given(some_clauses, some_clauses)
def test_every_clause_is_told_once(old: tuple[Clause, ...], new: tuple[Clause, ...]) -> None:
    lines = compared(old, new)
    assert [line.new for line in lines if line.new is not None] == list(new)
    assert {line.old.key for line in lines if line.old} == {one.key for one in old}
    assert len(lines) == len({one.key for one in old} | {one.key for one in new})
    assert compared(old, old) == compared(old, old)
    assert not asks_consent_again(old, old)


@given(some_clauses)
def test_clauses_are_read_as_they_were_written(clauses: tuple[Clause, ...]) -> None:
    assert clauses_of(content_of(clauses)) == clauses


def test_paragraphs_are_cut_at_empty_lines() -> None:
    assert clause("a", "Un.\nDeux.\n\n \nTrois.\n").paragraphs == ["Un.\nDeux.", "Trois."]
