"""Between JSON and the engine: values already parsed come in, values ready to write go out.

No file is opened here. Errors name the record and the field, in English and in French.
"""

from maillage.engines.rostering.reading.instances import read_instance
from maillage.engines.rostering.reading.plans import PLAN_SCHEMA, read_plan, write_plan
from maillage.engines.rostering.reading.writing import SCHEMA, write_instance

__all__ = ["PLAN_SCHEMA", "SCHEMA", "read_instance", "read_plan", "write_instance", "write_plan"]
