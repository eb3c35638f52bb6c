import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from maillage.config.secret_key import keep_secret, kept_secret


def test_installation_without_a_secret_has_none(tmp_path: Path) -> None:
    assert kept_secret(tmp_path) == ""
    assert kept_secret(tmp_path / "not made yet") == ""


def test_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    made = keep_secret(tmp_path)
    assert len(made) == 64
    assert keep_secret(tmp_path) == kept_secret(tmp_path) == made
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_processes_that_start_together_share_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(20) as pool:
        made = set(pool.map(lambda _each: keep_secret(tmp_path), range(20)))
    assert made == {kept_secret(tmp_path)}
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"\n", "is empty. Put the secret"), (b"\xff\xfe", "cannot be read")],
)
def test_damaged_secret_is_refused_rather_than_replaced(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    (tmp_path / "secret-key").write_bytes(content)
    with pytest.raises(ImproperlyConfigured, match=sentence):
        keep_secret(tmp_path)
    assert (tmp_path / "secret-key").read_bytes() == content
