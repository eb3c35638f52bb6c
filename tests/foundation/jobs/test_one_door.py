from tests.architecture.tree import ROOT, shown, sources

HOME = ROOT / "src" / "maillage" / "foundation" / "jobs"


def test_all_background_work_goes_through_runs() -> None:
    """A bare task of Django would not come back after its worker was killed."""
    others = [
        shown(path)
        for path in sources()
        if not path.is_relative_to(HOME)
        and "settings" not in path.parts
        and "django.tasks" in path.read_text(encoding="utf-8")
    ]
    assert others == []
