"""The site as an administrator starts it: real processes, a real port."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from maillage.cli.errors import Refusal
from maillage.cli.preparing import address_of, check_port
from tests.cli.conftest import Maillage

COMMAND = Path(sys.executable).with_name("maillage")
PATIENCE = 60

type Serve = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def environment(folder: Path, **changed: str) -> dict[str, str]:
    """Return what a new installation in `folder` starts with: no variable at all."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MAILLAGE_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return {**kept, "LANGUAGE": "en", "MAILLAGE_DATA": str(folder), **changed}


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Start `maillage`, in an empty folder but for `data_folder`; what is left of it is killed."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: object, **changed: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [COMMAND, *(str(each) for each in arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(tmp_path / "data", **changed),
            cwd=tmp_path,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        with process:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for the end of a process; return its code and its last words."""
    _output, errors = process.communicate(timeout=PATIENCE)
    return process.returncode, errors


def status_of(address: str) -> int:
    try:
        with urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - the site just started
            status: int = answer.status
            return status
    except HTTPError as error:
        return error.code


def left_of(process: subprocess.Popen[str]) -> list[int]:
    """Return the processes of the session that outlive its end by more than five seconds."""
    deadline = time.monotonic() + 5
    while (left := living_in(process)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left


def living_in(process: subprocess.Popen[str]) -> list[int]:
    """Return the processes of the session that live now."""
    found = subprocess.run(
        ["ps", "-o", "pid=,stat=", "--sid", str(process.pid)],  # noqa: S607 - the ps of the system
        capture_output=True,
        check=False,
        text=True,
    )
    lines = [line.split() for line in found.stdout.splitlines()]
    return [int(pid) for pid, state in lines if not state.startswith("Z")]


def children_of(process: subprocess.Popen[str]) -> list[int]:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process.pid)],  # noqa: S607 - the ps of the system
        capture_output=True,
        check=False,
        text=True,
    )
    return [int(pid) for pid in found.stdout.split()]


def test_new_installation_serves_until_told_to_stop(
    serve: Serve, tmp_path: Path, port: int
) -> None:
    site = serve("serve", "--port", port, "--workers", 1)
    address = f"http://localhost:{port}"
    assert first_line(site) == f"Maillage is at {address}. Ctrl-C stops it."
    assert status_of(f"{address}/") == HTTPStatus.OK
    secret = tmp_path / "data" / "secret-key"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert stat.S_IMODE(secret.parent.stat().st_mode) == 0o700
    assert len(secret.read_text(encoding="ascii")) > 50
    site.send_signal(signal.SIGINT)
    assert ended(site) == (0, "")
    assert left_of(site) == []


@pytest.mark.usefixtures("data_folder")
def test_killed_part_stops_the_whole_and_says_so(serve: Serve, port: int) -> None:
    site = serve("serve", "--port", port, "--workers", 1)
    assert "Ctrl-C stops it" in first_line(site)
    background = children_of(site)[-1]
    os.kill(background, signal.SIGKILL)
    code, errors = ended(site)
    assert code == 1
    assert "The background work stopped by itself (code -9), so everything was stopped." in errors
    assert "Traceback" not in errors
    assert left_of(site) == []


@pytest.mark.usefixtures("data_folder")
def test_nothing_is_left_when_the_group_itself_is_killed(serve: Serve, port: int) -> None:
    site = serve("serve", "--port", port, "--workers", 1)
    assert "Ctrl-C stops it" in first_line(site)
    site.kill()
    end = time.monotonic() + PATIENCE
    while left_of(site) and time.monotonic() < end:
        time.sleep(0.1)
    assert left_of(site) == []


@pytest.mark.usefixtures("data_folder")
def test_pages_and_background_work_can_live_apart(serve: Serve, port: int) -> None:
    pages = serve("serve", "--port", port, "--workers", 1, "--no-background")
    assert "Ctrl-C stops it" in first_line(pages)
    # The process that follows the others' resources comes with every group.
    assert len(children_of(pages)) == 2
    background = serve("work")
    assert first_line(background) == "Doing the background work. Ctrl-C stops it."
    for process in (background, pages):
        process.send_signal(signal.SIGTERM)
        assert ended(process) == (0, "")


def test_taken_port_is_refused_before_anything_is_made(
    serve: Serve, tmp_path: Path, port: int
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        code, errors = ended(serve("serve", "--port", port))
    assert code == 2
    assert errors.splitlines()[-1] == (
        f"Error: The port {port} is taken by another program: stop it, or choose another port "
        "with --port."
    )
    assert not (tmp_path / "data").exists()


def test_database_that_does_not_answer_is_said_so(serve: Serve, port: int) -> None:
    code, errors = ended(
        serve("serve", "--port", port, MAILLAGE_DATABASE="postgres://nobody@127.0.0.1:1/none")
    )
    assert code == 2
    assert "The database cannot be used: check MAILLAGE_DATABASE, then start again." in errors
    assert "Traceback" not in errors


def test_data_folder_that_cannot_be_made_is_said_so(
    serve: Serve, tmp_path: Path, port: int
) -> None:
    (tmp_path / "file").touch()
    code, errors = ended(
        serve("serve", "--port", port, MAILLAGE_DATA=str(tmp_path / "file" / "data"))
    )
    assert code == 2
    assert "cannot be used: Not a directory. Set MAILLAGE_DATA." in errors


def test_variable_that_cannot_be_used_is_named(serve: Serve) -> None:
    code, errors = ended(serve("--version", MAILLAGE_HTTPS="perhaps"))
    assert (code, errors) == (2, "Error: MAILLAGE_HTTPS must be yes or no, not 'perhaps'.\n")


def test_commands_of_django_are_passed_through(serve: Serve) -> None:
    process = serve("manage", "showmigrations", "--plan", "jobs")
    output, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, errors) == (0, "")
    assert "jobs.0001_initial" in output


def test_port_that_is_not_one_is_refused(maillage: Maillage) -> None:
    result = maillage("serve", "--port", "70000")
    assert result.exit_code == 2
    assert "give a whole number from 1 to 65,535, not “70000”." in result.output


def test_address_that_is_not_of_this_machine_is_refused() -> None:
    with pytest.raises(Refusal, match=r"Nothing can listen on 192\.0\.2\.1, port 8000"):
        check_port("192.0.2.1", 8000)


@pytest.mark.parametrize(
    ("host", "address", "hosts"),
    [
        ("127.0.0.1", "http://localhost:8123", None),
        ("0.0.0.0", "http://localhost:8123", None),  # noqa: S104 - what somebody may ask for
        ("192.168.1.7", "http://192.168.1.7:8123", "localhost,127.0.0.1,[::1],192.168.1.7"),
    ],
)
def test_site_answers_under_the_address_it_gives(
    host: str, address: str, hosts: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("MAILLAGE_ADDRESS", "MAILLAGE_HOSTS"):
        monkeypatch.setenv(name, "")
    assert address_of(host, 8123) == address
    assert os.environ["MAILLAGE_ADDRESS"] == address
    assert (os.environ["MAILLAGE_HOSTS"] or None) == hosts


def test_address_of_the_installation_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILLAGE_ADDRESS", "https://reseau.example")
    assert address_of("127.0.0.1", 8000) == "https://reseau.example"
