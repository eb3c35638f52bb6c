import re
from xml.etree import ElementTree as ET

import pytest

from maillage.launch.shared_jobs.contract_file import ContractTerms
from maillage.launch.shared_jobs.reports.strip import cover_bar, scale_for, slot, strip
from tests.launch.shared_jobs.reports.results import (
    ANNUAL,
    CAMPING,
    CHOCOLATE,
    job,
    need,
)


def drawn(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 (our own drawing)


def bars(picture: ET.Element, pattern: int) -> list[ET.Element]:
    return [*picture.findall(f"g[@class='m-p{pattern}']/rect")]


def test_strip_stacks_the_hours_of_each_firm_month_by_month() -> None:
    picture = drawn(strip(job(CHOCOLATE, CAMPING), ANNUAL, height=168))
    scale = scale_for(ANNUAL, 168)
    bottom, top = bars(picture, 1), bars(picture, 2)
    assert len(bottom) == len(top) == 12
    for month, (low, high) in enumerate(zip(bottom, top, strict=True)):
        assert float(low.attrib["height"]) == pytest.approx(
            CHOCOLATE.half_hours[month] * scale.per_half_hour, abs=0.11
        )
        # The second firm stands on the first.
        assert float(high.attrib["y"]) + float(high.attrib["height"]) == pytest.approx(
            float(low.attrib["y"]), abs=0.11
        )


def test_strip_draws_the_band_of_the_contract_with_its_hours() -> None:
    picture = drawn(strip(job(CHOCOLATE, CAMPING), ANNUAL, height=168))
    band = picture.find("rect[@class='m-band']")
    assert band is not None
    scale = scale_for(ANNUAL, 168)
    assert float(band.attrib["y"]) == scale.y(88)
    assert float(band.attrib["height"]) == pytest.approx(scale.y(42) - scale.y(88), abs=0.11)
    assert [text.text for text in picture.findall("text")] == [
        "44\N{NO-BREAK SPACE}h",
        "21\N{NO-BREAK SPACE}h",
    ]


def test_strip_writes_each_month_its_hours_and_its_initial() -> None:
    picture = drawn(strip(job(CHOCOLATE, CAMPING), ANNUAL, height=168))
    numbers = [text.text for text in picture.findall("g[@class='m-mid m-svg-b']/text")]
    assert numbers == ["35", "35", "35", "34", "34", "33", "33", "33", "34", "34", "35", "38"]
    initials = [text.text for text in picture.findall("g[@class='m-mid']/text")]
    assert "".join(filter(None, initials)) == "JFMAMJJASOND"


def test_half_hour_more_is_written_as_the_next_hour() -> None:
    picture = drawn(strip(job(need("a", "Bob", [67] * 12)), ANNUAL, height=168))
    assert picture.findtext("g[@class='m-mid m-svg-b']/text") == "34"


def test_strip_tells_its_reach_to_those_who_cannot_see_it() -> None:
    picture = drawn(strip(job(CHOCOLATE, CAMPING, number=4), ANNUAL, height=168))
    assert picture.attrib["role"] == "img"
    assert picture.attrib["aria-label"].replace("\N{NO-BREAK SPACE}", " ") == (
        "Hours a week over the year for job 4: from 33 h to 38 h, the contract allows 21 h to "
        "44 h. The table below gives them all."
    )


def test_month_without_hours_has_no_bar() -> None:
    closed = need("a", "Bob", [0, *[66] * 11])
    assert len(bars(drawn(strip(job(closed), ANNUAL, height=168)), 1)) == 11


def test_weeks_are_drawn_narrow_and_without_numbers() -> None:
    weekly = job(need("a", "Bob", [34] * 52), need("b", "Emma", [32] * 52))
    picture = drawn(strip(weekly, ANNUAL, height=168))
    assert len(bars(picture, 1)) == 52
    assert picture.find("g[@class='m-mid m-svg-b']") is None
    assert len(picture.findall("g[@class='m-mid']/text")) == 12


def test_drawing_stays_inside_its_frame() -> None:
    full = job(need("a", "Bob", [88] * 12))
    for height in (168, 124):
        picture = drawn(strip(full, ANNUAL, height=height))
        heights = [
            float(y) for y in re.findall(r' y="([\d.-]+)"', strip(full, ANNUAL, height=height))
        ]
        assert min(heights) >= 0
        assert max(heights) <= height
        for bar in bars(picture, 1):
            end = float(bar.attrib["x"].rstrip("%")) + float(bar.attrib["width"].rstrip("%"))
            assert end <= 100


def test_limits_too_near_each_other_share_one_text() -> None:
    tight = ContractTerms("tight", 64, 72, 68, 72)
    picture = drawn(strip(job(need("a", "Bob", [70] * 12)), tight, height=168))
    assert [text.text for text in picture.findall("text")] == ["36\N{NO-BREAK SPACE}h"]


def test_seventh_firm_takes_the_first_pattern_again() -> None:
    assert [slot(rank) for rank in range(7)] == [1, 2, 3, 4, 5, 6, 1]


@pytest.mark.parametrize(
    ("covered", "possible", "asked", "widths"),
    [
        (50, 60, 100, ["60.00%", "50.00%"]),
        (50, None, 100, ["50.00%", "50.00%"]),
        (0, 0, 0, ["0.00%", "0.00%"]),
    ],
)
def test_bar_of_coverage_keeps_its_proportions(
    covered: float, possible: float | None, asked: float, widths: list[str]
) -> None:
    picture = drawn(cover_bar(covered, possible, asked, "so much"))
    assert [rect.attrib["width"] for rect in picture.findall("rect")] == ["100%", *widths]
