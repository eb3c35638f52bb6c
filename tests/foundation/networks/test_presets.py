"""Kinds of networks: each can be read, and a slip is said with its file, line and key."""

from pathlib import Path

import pytest
from django.utils import translation

from maillage.foundation.networks.checks import faults_in, presets_can_be_read
from maillage.foundation.networks.enums import NetworkAim, Tier
from maillage.foundation.networks.presets import FOLDER, PresetError, load, preset, presets, said
from maillage.foundation.visibility.entry import default_levels
from maillage.foundation.visibility.seen import PARTS
from tests.cast import Cast

KINDS = (
    "creators-club",
    "employer-group",
    "learning-network",
    "local-development",
    "same-trade",
    "themed-club",
)
ASKED_OF_A_FIRM = {"see_directory", "see_objectives", "endorse_objectives"}


def edited(tmp_path: Path, old: str, new: str) -> Path:
    """Copy the preset of employers' groups with one change."""
    text = (FOLDER / "employer-group.toml").read_text(encoding="utf-8")
    assert old in text
    copy = tmp_path / "copy.toml"
    copy.write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


def test_six_kinds_one_for_each_aim() -> None:
    assert tuple(presets()) == KINDS
    assert {kind.aim for kind in presets().values()} == set(NetworkAim.values)
    assert presets_can_be_read() == []


@pytest.mark.parametrize("key", KINDS)
def test_kind_starts_with_the_directory_and_one_module(key: str) -> None:
    kind = preset(key)
    assert (kind.modules[0], len(kind.modules)) == ("directory", 2)
    assert kind.rights[Tier.CORE] >= ASKED_OF_A_FIRM
    assert kind.rights[Tier.OBSERVER] < kind.rights[Tier.CORE]
    assert "endorse_objectives" not in kind.rights[Tier.OBSERVER]
    assert kind.endorsements >= 2


@pytest.mark.parametrize("key", KINDS)
def test_kind_shows_every_part_of_a_record_somewhere_and_none_to_everybody(key: str) -> None:
    levels = preset(key).levels
    assert set(levels) == set(PARTS)
    assert "public" not in levels.values()
    assert levels["size"] == levels["identifiers"] == "private"


@pytest.mark.parametrize("key", KINDS)
def test_kind_speaks_the_language_of_its_reader(key: str) -> None:
    kind = preset(key)
    for texts in (kind.name, kind.summary, kind.pledge):
        with translation.override("fr"):
            french = said(texts)
        assert french != said(texts)
        assert french == texts["fr"].strip()


def test_network_of_one_trade_shows_less_and_asks_for_a_common_stake() -> None:
    trade, group = preset("same-trade"), preset("employer-group")
    assert (group.levels["activity"], trade.levels["activity"]) == ("network", "matched")
    assert trade.conditions[0] == "common_stake"
    assert trade.endorsements > group.endorsements


def test_levels_of_a_kind_are_those_of_a_firm_that_enters(cast: Cast) -> None:
    levels = {part: level.name.lower() for part, level in default_levels(cast.network).items()}
    assert levels == preset("employer-group").levels


def test_unknown_kind_is_refused() -> None:
    with pytest.raises(PresetError, match="no preset called 'guild' in presets"):
        preset("guild")


@pytest.mark.parametrize(
    ("old", "new", "line", "said_so"),
    [
        ("objective_cap", "objectiv_cap", 6, "unknown key 'objectiv_cap'"),
        ("objective_cap = 3", "objective_cap = 0", 6, "objective_cap must be a whole number"),
        ("objective_cap = 3", "objective_cap = true", 6, "objective_cap must be a whole number"),
        ('aim = "shared_employment"', 'aim = "profit"', 3, "unknown aim 'profit'"),
        ('"contacts"]', '"contacts", "figures"]', 5, 'modules must be "directory" and one other'),
        ('"contacts"]', '"forum"]', 5, "unknown value 'forum' in modules"),
        ('"common_stake"', '"luck"', 10, "unknown value 'luck' in conditions"),
        ("observer = [", 'observer = ["see_private", ', 46, "unknown right 'see_private'"),
        ('address = "matched"', 'address = "public"', 54, "unknown level 'public'"),
        ('presence = "network"', 'presence = "private"', 50, "activity cannot be seen further"),
        ('en = "Employers', 'de = "Employers', 22, "unknown key 'de' in name"),
        ('composition = "small_only"', "composition = small_only", 4, "Invalid value"),
    ],
)
def test_slip_in_a_kind_is_said_with_its_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, said_so: str
) -> None:
    path = edited(tmp_path, old, new)
    faults = [fault.msg for fault in faults_in(tmp_path)]
    assert [fault for fault in faults if said_so in fault] != []
    with pytest.raises(PresetError) as refused:
        load(path)
    lines = [text for text in str(refused.value).splitlines() if said_so in text]
    assert lines[0].startswith(f"copy.toml, line {line}: ")


def test_missing_key_is_said(tmp_path: Path) -> None:
    edited(tmp_path, "endorsements = 2\n", "")
    assert [fault.msg for fault in faults_in(tmp_path)] == [
        "copy.toml, line 1: missing key 'endorsements'"
    ]
