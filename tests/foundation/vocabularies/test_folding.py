import pytest

from maillage.foundation.vocabularies.folding import letters_and_digits, plain


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Métier", "metier"),
        ("ŒUILLY", "oeuilly"),
        ("L\N{LATIN SMALL LETTER AE}titia", "laetitia"),
        ("Code\N{NO-BREAK SPACE}postal", "code postal"),
        ("Besoin", "besoin"),
    ],
)
def test_plain_text_has_no_accent_capital_or_ligature(text: str, folded: str) -> None:
    assert plain(text) == folded


def test_letters_and_digits_leave_the_rest_out() -> None:
    assert letters_and_digits("N° d'entrée_2 (m²)") == "ndentree2m2"
