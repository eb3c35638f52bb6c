import os
from collections.abc import Iterator

import django
import pytest
from django.utils import translation
from hypothesis import settings

os.environ["DJANGO_SETTINGS_MODULE"] = "maillage.config.settings"
django.setup()

# Compiled kernels make the first example slow, which says nothing about the code. In continuous
# integration the examples are always the same, so that a red run can be played again.
settings.register_profile("maillage", deadline=None, print_blob=True)
settings.register_profile("ci", parent=settings.get_profile("maillage"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "maillage")


@pytest.fixture(autouse=True)
def _english_sentences() -> Iterator[None]:
    """Tests read the source sentences, whatever the language of the machine."""
    with translation.override("en"):
        yield
