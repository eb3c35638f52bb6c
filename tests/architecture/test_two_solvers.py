"""HiGHS and OR-Tools, which ships a HiGHS of its own, live in one process (docs/adr/0002)."""

import subprocess
import sys

import pytest

SOLVE = """
import highspy
solver = highspy.Highs()
solver.setOptionValue("output_flag", False)
solver.addVar(0.0, 4.0)
solver.changeColCost(0, -1.0)
solver.run()
assert solver.getObjectiveValue() == -4.0
model = cp_model.CpModel()
x = model.new_int_var(0, 5, "x")
model.maximize(x)
cp = cp_model.CpSolver()
cp.parameters.num_workers = 1
assert cp.solve(model) == cp_model.OPTIMAL
assert cp.objective_value == 5.0
"""
IMPORTS = ("import highspy", "from ortools.sat.python import cp_model")


@pytest.mark.parametrize("order", [IMPORTS, IMPORTS[::-1]])
def test_both_solvers_work_in_one_process(order: tuple[str, ...]) -> None:
    program = "\n".join((*order, SOLVE))

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)

    assert done.stderr == b""
    assert done.returncode == 0
