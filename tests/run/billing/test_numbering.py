"""Numbers follow each other without a gap, whoever takes them and whoever gives up."""

from pathlib import Path

from tests.run.apart import answer_of
from tests.run.billing.issuers import numbers


def test_twenty_people_at_once_leave_no_gap(transactional_db: None, data_folder: Path) -> None:
    assert answer_of(numbers, data_folder) == list(range(1, 17))
