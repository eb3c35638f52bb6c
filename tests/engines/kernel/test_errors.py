from maillage.engines.kernel.errors import InstanceError, SolutionError


def test_instance_error_says_where_and_what() -> None:
    error = InstanceError(row="need 7", field="half_hours", message="hours a week go from 0 to 168")

    assert (error.row, error.field) == ("need 7", "half_hours")
    assert error.message == "hours a week go from 0 to 168"
    assert str(error) == "need 7, half_hours: hours a week go from 0 to 168"
    assert isinstance(error, ValueError)


def test_solution_error_holds_every_breach() -> None:
    error = SolutionError(("job a+b mixes baker and cook", "need a is served 2 times"))

    assert error.breaches == ("job a+b mixes baker and cook", "need a is served 2 times")
    assert str(error) == "job a+b mixes baker and cook; need a is served 2 times"
