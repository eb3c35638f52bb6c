"""Recognising the columns of a spreadsheet by their headings, in French or in English."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from maillage.foundation.vocabularies.folding import plain

# What a column may hold, in the order the choices are offered.
FIELDS: Final[Mapping[str, Promise]] = {
    "name": _("Name of the firm"),
    "kind": _("What it is (firm, association, chamber…)"),
    "family": _("Family of outside body"),
    "legal_form": _("Legal form"),
    "siren": _("SIREN number"),
    "siret": _("SIRET number"),
    "activity_code": _("Activity code (NAF or APE)"),
    "activity_scheme": _("List the activity code belongs to"),
    "activity": _("Activity, in words"),
    "agreement": _("Collective agreement (IDCC)"),
    "headcount": _("Number of employees"),
    "size_band": _("Size"),
    "address": _("Number and street"),
    "postcode": _("Postcode"),
    "commune": _("Commune"),
    "insee": _("INSEE code of the commune"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "site_name": _("Name of the site"),
    "phone": _("Telephone"),
    "email": _("E-mail address"),
    "website": _("Web site"),
    "presentation": _("Presentation"),
    "offers": _("What it offers"),
    "contact_name": _("Person to contact"),
    "contact_first_name": _("First name of the person to contact"),
    "contact_title": _("Function of the person to contact"),
    "contact_phone": _("Telephone of the person to contact"),
    "contact_email": _("E-mail address of the person to contact"),
}
NOT_READ: Final = pgettext_lazy("column of a file", "Do not read")
# A row says which firm it is about by one of these.
NAMING: Final = ("name", "siret", "siren")

# Headings that mean each field, as people and the files of the State write them; small words and
# signs are left out of the comparison.
HEADINGS: Final[Mapping[str, str]] = {
    "name": (
        "nom|nom entreprise|entreprise|raison sociale|denomination|denomination sociale|enseigne|"
        "nom commercial|societe|nom societe|etablissement|nom etablissement|structure|"
        "nom structure|organisme|nom organisme|nom ou raison sociale|denominationunitelegale|"
        "denominationusuelleetablissement|enseigne1etablissement|intitule|name|company|"
        "company name|firm|firm name|name firm|organisation|organization|organisation name|"
        "organization name|business|business name|trading name|nom adherent|adherent|"
        "nom association|association"
    ),
    "kind": (
        "type|type organisme|type structure|type organisation|nature|categorie|genre|kind|"
        "what it is|type organization|category|statut organisme"
    ),
    "family": "famille|famille organisme|famille organisme exterieur|family|family outside body",
    "legal_form": (
        "forme juridique|statut juridique|statut|forme|legal form|legal status|"
        "categorie juridique|forme sociale"
    ),
    "siren": "siren|numero siren|siren number|no siren|numero unique identification",
    "siret": "siret|numero siret|siret number|no siret|siret siege|numero identification",
    "activity_code": (
        "naf|ape|code naf|code ape|naf ape|ape naf|code naf ape|code ape naf|code activite|"
        "activity code|naf code|ape code|code naf 2025|naf 2025|code ape 2025|code naf rev 2|"
        "activiteprincipaleetablissement|activiteprincipaleunitelegale|activite principale code"
    ),
    "activity_scheme": (
        "nomenclature|nomenclature activite|nomenclature naf|version naf|list activities|"
        "activity list|scheme|nomenclatureactiviteprincipaleetablissement"
    ),
    "activity": (
        "activite|activite principale|metier|profession|secteur|secteur activite|libelle naf|"
        "libelle ape|libelle activite|activity|trade|sector|industry|activity words"
    ),
    "agreement": (
        "idcc|convention collective|convention|code idcc|numero idcc|ccn|collective agreement|"
        "collective agreement idcc|convention collective idcc"
    ),
    "headcount": (
        "effectif|effectifs|effectif salarie|effectif total|nombre salaries|nb salaries|salaries|"
        "nb employes|nombre employes|nombre personnes|employees|number employees|headcount|staff|"
        "employes"
    ),
    "size_band": (
        "taille|taille entreprise|tranche effectif|tranche effectifs|tranche salaries|"
        "trancheeffectifsetablissement|trancheeffectifsunitelegale|size|size band|company size"
    ),
    "address": (
        "adresse|rue|voie|numero et rue|numero et voie|adresse postale|adresse 1|adresse1|"
        "numero voie|adresse etablissement|adresse siege|address|street|number street|"
        "address line 1|street address"
    ),
    "postcode": (
        "code postal|cp|codepostal|postal code|postcode|zip|zip code|codepostaletablissement"
    ),
    "commune": (
        "commune|ville|localite|nom commune|city|town|municipality|libelle commune|"
        "libellecommuneetablissement|ville siege|bureau distributeur"
    ),
    "insee": (
        "insee|code insee|code commune|code insee commune|insee code|codecommuneetablissement|"
        "commune code|depcom|codgeo|insee code commune"
    ),
    "latitude": "latitude|lat|y wgs84",
    "longitude": "longitude|lon|long|lng|x wgs84",
    "site_name": "nom site|site name|name site|libelle site",
    "phone": (
        "telephone|tel|telephone fixe|fixe|numero telephone|phone|telephone entreprise|"
        "phone number|telephone number|telephone 1|tel 1|tel fixe|telephone standard|portable|"
        "mobile|telephone portable|standard"
    ),
    "email": (
        "email|e mail|mail|courriel|adresse mail|adresse email|adresse e mail|adresse courriel|"
        "adresse electronique|email address|e mail address|mel|mail entreprise|courriel entreprise"
    ),
    "website": (
        "site|site web|site internet|siteweb|website|web|url|web site|adresse site|internet|"
        "page web"
    ),
    "presentation": "presentation|description|a propos|about",
    "offers": "offre|offres|produits|services|produits et services|offers|what it offers|products",
    "contact_name": (
        "contact|nom contact|personne contact|interlocuteur|nom interlocuteur|responsable|"
        "nom responsable|dirigeant|nom dirigeant|gerant|nom gerant|chef entreprise|"
        "nom chef entreprise|correspondant|personne a contacter|contact name|contact person|"
        "manager|owner|person contact|person to contact|referent|nom referent|nom prenom|"
        "nom et prenom|prenom et nom|prenom nom"
    ),
    "contact_first_name": (
        "prenom|prenom contact|prenom dirigeant|prenom gerant|prenom responsable|first name|"
        "contact first name|given name|prenom interlocuteur|first name person to contact"
    ),
    "contact_title": (
        "fonction|fonction contact|qualite|poste|titre|role|function|contact function|job title|"
        "position|fonction dirigeant|fonction interlocuteur|function person to contact|title"
    ),
    "contact_phone": (
        "telephone contact|tel contact|portable contact|mobile contact|telephone dirigeant|"
        "portable dirigeant|tel dirigeant|contact phone|contact telephone|"
        "telephone person to contact"
    ),
    "contact_email": (
        "email contact|mail contact|courriel contact|e mail contact|email dirigeant|"
        "mail dirigeant|courriel dirigeant|contact email|contact mail|contact e mail|"
        "e mail address person to contact"
    ),
}

_BRACKETS = re.compile(r"\([^)]*\)")
_SIGNS = re.compile(r"[^a-z0-9]+")
_SMALL_WORDS: Final = frozenset(
    [
        "l",
        "d",
        "n",
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "the",
        "of",
        "in",
        "et",
        "and",
        "ou",
        "or",
    ]
)
_NUMBER_SIGN = re.compile(r"\b(?:n°|nº|no\.|num\b\.?)\s*", re.IGNORECASE)


def wording(title: str) -> str:
    """Return a heading as headings are compared: plain words without the small ones."""
    text = _NUMBER_SIGN.sub("numero ", title)
    words = [word for word in _SIGNS.split(plain(text)) if word and word not in _SMALL_WORDS]
    return " ".join(words)


@cache
def _meanings() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for field, headings in HEADINGS.items():
        for heading in headings.split("|"):
            found.setdefault(wording(heading), field)
    return found


def meaning(title: str) -> str:
    """Return the field that a heading means, or "" when it is not a known one."""
    known = _meanings()
    whole = known.get(wording(title))
    return whole or known.get(wording(_BRACKETS.sub(" ", title)), "")


def known_title(title: str) -> bool:
    """Whether a text is the heading of a column we look for."""
    return bool(meaning(title))


def recognise(titles: Sequence[str]) -> list[str]:
    """Return the field each column holds, "" where it is not known; a field is found once.

    “Nom” beside “Prénom” and a column for the firm is the name of the person.
    """
    fields = [meaning(title) for title in titles]
    words = [wording(title) for title in titles]
    if "nom" in words and "contact_first_name" in fields and fields.count("name") > 1:
        at = words.index("nom")
        fields[at] = "contact_name" if "contact_name" not in fields else ""
    seen: set[str] = set()
    for at, field in enumerate(fields):
        if field in seen:
            fields[at] = ""
        seen.add(field)
    return fields
