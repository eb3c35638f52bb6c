"""The table of waits names each answer once for each question, in times of one check."""

import pytest

from benchmarks.answering import main


def test_each_answer_is_given_in_times_of_a_check(capsys: pytest.CaptureFixture[str]) -> None:
    main(["4x3", "6x5"])

    rows = capsys.readouterr().out.splitlines()[1:]
    assert [row[:21].split(maxsplit=1) for row in rows] == [
        [size, answer]
        for size in ("4x3", "6x5")
        for answer in ("check", "first plan", "explanation")
    ]
    assert [row.split()[4] for row in rows if " check " in row] == ["1.0", "1.0"]
