"""Everything that an invoice's XML is held to before it leaves."""

from maillage.run.billing.files.faults import Fault
from maillage.run.billing.files.schemas import schema_faults
from maillage.run.billing.files.schematron import judge


def faults_of(xml: bytes) -> tuple[Fault, ...]:
    """Return what is wrong with it: its schema first, then the rules of both Schematron sets.

    A file that breaks its schema is not judged further. Raises JudgeError when it cannot be.
    """
    return schema_faults(xml) or judge(xml)
