"""Build hook: compile the translations, so that a wheel and an editable install speak French."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALE = Path("src/maillage/locale")


def compile_catalogues(root: Path) -> list[Path]:
    """Compile every ``.po`` file under ``root`` beside itself and return the ``.mo`` files written.

    Fuzzy entries are left out: an unsure translation is worse than the source sentence.
    """
    written = []
    for source in sorted((root / LOCALE).glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=source.parts[-3])
        target = source.with_suffix(".mo")
        with target.open("wb") as stream:
            write_mo(stream, catalogue, use_fuzzy=False)
        written.append(target)
    return written


class CompileTranslations(BuildHookInterface[Any]):
    """Hatch calls this before it packs a wheel or installs an editable copy."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogues and add them to the build, although git ignores them."""
        del version  # the same catalogues go into every kind of build
        root = Path(self.root)
        build_data["artifacts"].extend(
            f"/{path.relative_to(root).as_posix()}" for path in compile_catalogues(root)
        )
