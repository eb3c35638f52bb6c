"""The words of needs and offers, made alike: "Boulangère" and "boulangers" are one word.

Only what tells one thing from another is kept: "recherche", "formation" or "heures" are in every
other statement and say nothing of it.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from maillage.foundation.vocabularies.folding import plain

_LETTERS = re.compile(r"[^\W_]+")
SHORTEST = 3

# Endings of French words: a feminine gives its masculine; the rest of the plural goes first.
ENDINGS = (
    ("trice", "teur"),
    ("euse", "eur"),
    ("iere", "ier"),
    ("ienne", "ien"),
    ("ere", "er"),
    ("ive", "if"),
    ("elle", "el"),
    ("e", ""),
)

SAYS_NOTHING = """
    avec aux besoin besoins cas ce ces cette chaque chez chercher cherche cherchons comme dans des
    deux disponible disponibles donc dont du elle elles en entre entreprise entreprises est et etre
    faire fait firme heure heures hiver ete automne printemps il ils jour jours la le les leur leurs
    lui mais meme mois moins mon nos notre nous offre offres offrir on ou par partage partagee
    partager pas pendant peu plus plusieurs poste postes pour pouvoir pouvons pret preter prets
    proposer propose proposons que quel quelle quelques qui recherche rechercher recherchons sa
    saison saisons saisonnier saisonniere sans ses si soir son souhait souhaitons sont sous sur
    temps partiel complet travail emploi tres trop trois un une vers voir vos votre vous annee
    annees semaine semaines personne personnes personnel salarie salaries aide aider appui
    formation formations former materiel equipement equipements achat achats acheter groupe groupes
    service services projet projets chose choses
    and are but can day days each for from has have help her his hour hours its month months need
    needs not offer offers one our ours part people person season seasonal share shared sharing
    some staff that the their them there they this time two want wanted week weeks who will with
    work worker workers would year years you your training equipment purchase purchases buying
"""


def stem(word: str) -> str:
    """Return what a word and its feminine and plural have in common."""
    folded = plain(word)
    if len(folded) > SHORTEST and folded[-1] in "sx":
        folded = folded[:-1]
    for ending, masculine in ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= SHORTEST:
            return folded[: -len(ending)] + masculine
    return folded


_NOTHING = frozenset(map(stem, SAYS_NOTHING.split()))


def words_of(*texts: str) -> Mapping[str, str]:
    """Return the words of some texts that tell something: what is compared → as first written."""
    said: dict[str, str] = {}
    for text in texts:
        for word in _LETTERS.findall(text):
            compared = stem(word)
            if len(compared) >= SHORTEST and not word.isdigit() and compared not in _NOTHING:
                said.setdefault(compared, word.lower())
    return MappingProxyType(said)


def as_written(texts: tuple[str, ...], compared: list[str]) -> list[str]:
    """Return words as whoever reads wrote them in their own texts, in the order of the texts."""
    wanted = set(compared)
    return [word for one, word in words_of(*texts).items() if one in wanted]
