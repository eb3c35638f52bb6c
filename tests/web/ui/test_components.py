"""Components, as templates call them."""

import re

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from maillage.web.ui import icons, marks
from maillage.web.ui.help import HELP_TEXTS, explain
from maillage.web.ui.parts import Bar, Decision, Figure, MapPoint, Town


def drawn(source: str, **values: object) -> str:
    return Template(source).render(Context(values))


def test_an_icon_hides_its_drawing_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in drawn('{% icon "lock" %}')


def test_an_unknown_icon_names_itself() -> None:
    with pytest.raises(KeyError, match="unicorn"):
        icons.icon("unicorn")


@pytest.mark.parametrize(
    ("kind", "links", "joined"),
    [("launch", 3, 2), ("run", 4, 5), ("sustain", 7, 5), ("empty", 7, 0)],
)
def test_the_mark_tells_where_a_network_stands(kind: str, links: int, joined: int) -> None:
    picture = marks.mark(kind)
    assert picture.count("<line") == links
    assert picture.count("m-mark__node--open") == 5 - joined


def test_what_people_wrote_is_escaped_everywhere() -> None:
    evil = "<script>alert(1)</script>"
    pages = [
        drawn("{% badge text %}", text=evil),
        drawn("{% section text note=text %}{{ text }}{% endsection %}", text=evil),
        drawn('{% note "watch" title=text %}{{ text }}{% endnote %}', text=evil),
        drawn("{% page_head text eyebrow=text lede=text %}{% endpage_head %}", text=evil),
        drawn("{% initials text %}{% back_link '#' text %}{% visibility_line text %}", text=evil),
        drawn("{% definitions items %}", items=[(evil, evil, "public")]),
        drawn("{% ledger items %}", items=[Decision(evil, evil, evil, "/do/", meta=evil)]),
        drawn("{% empty text text=text url='#' label=text %}", text=evil),
        drawn("{% bars items text %}", items=[Bar(evil, 1)], text=evil),
        drawn("{% point_map items text %}", items=[MapPoint(47, 1, evil)], text=evil),
        drawn("{% place_map items text %}", items=[MapPoint(47, 1, evil)], text=evil),
        drawn("{% runbox text detail=text best=text %}", text=evil),
        drawn("{% crumbs items %}", items=[(evil, "#"), (evil, "")]),
        drawn("{% figures items title=text %}", items=[Figure(evil, evil, evil, evil)], text=evil),
    ]
    assert [page for page in pages if "<script" in page or "&lt;script" not in page.lower()] == []


def test_the_first_decision_has_the_only_solid_button() -> None:
    items = [Decision("A", "b", "Do", "/a/"), Decision("C", "d", "Do", "/c/", post=True)]
    page = drawn("{% ledger items %}", items=items)
    assert (page.count("btn-primary"), page.count("btn-outline-primary")) == (1, 1)


def test_a_decision_that_acts_at_once_is_a_form_with_its_token() -> None:
    items = [Decision("A", "b", "Do", "/a/", post=True, fields={"firm": "7"})]
    page = Template("{% ledger items %}").render(Context({"items": items, "csrf_token": "tok"}))
    assert 'method="post" action="/a/"' in page
    assert 'name="csrfmiddlewaretoken" value="tok"' in page
    assert 'name="firm" value="7"' in page


def test_a_button_that_acts_carries_its_token() -> None:
    page = Template("{% post_button '/do/' 'Accept' name='a' value='1' %}").render(
        Context({"csrf_token": "tok"})
    )
    assert page.strip() == (
        '<form class="m-act" method="post" action="/do/">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="tok">'
        '<input type="hidden" name="a" value="1">'
        '<button class="btn btn-outline-primary" type="submit">Accept</button></form>'
    )


def test_values_that_are_missing_say_so() -> None:
    page = drawn("{% definitions items %}", items=[("Staff", 0), ("Turnover", None, "private")])
    assert page.count("not given") == 1
    assert "<dd><span>0</span>" in page
    assert "m-vis--private" in page


def test_every_level_of_visibility_is_explained() -> None:
    page = drawn("{% visibility_legend %}")
    assert [level in page for level in ("private", "matched", "network", "public")] == [True] * 4
    assert "except your declared competitors" in page


def test_a_map_keeps_the_shape_of_the_land() -> None:
    towns = [Town("North", 48, 1), Town("South", 47, 1), Town("East", 47.5, 1.5)]
    page = drawn("{% point_map points 'Map' towns=towns %}", points=[], towns=towns)
    # One degree of latitude fills the height, and half a degree of longitude is much less.
    assert 'cx="173.9" cy="34.0"' in page
    assert 'cx="286.1" cy="200.0"' in page


def test_names_on_a_map_never_cover_one_another() -> None:
    far = Town("Salbris", 47.42, 2.05)
    towns = [Town("Blois", 47.59, 1.33), Town("Vineuil", 47.58, 1.37), Town("Ménars", 47.6, 1.35)]
    page = drawn("{% point_map points 'Map' towns=towns %}", points=[], towns=[*towns, far])
    # The first stands above its place, the second below it; the third has no room left.
    assert re.findall(r">(\w+)</text>", page) == ["Blois", "Vineuil", "Salbris"]
    assert page.count('class="m-map-town"') == 4


def test_a_name_at_the_edge_of_a_map_stays_on_it() -> None:
    towns = [Town("West", 47, 1), Town("Saint-Georges-sur-Cher", 47, 2)]
    page = drawn("{% point_map points 'Map' towns=towns %}", points=[], towns=towns)
    assert 'x="366.5" y="191.0">Saint-Georges-sur-Cher</text>' in page


def test_a_map_of_one_place_or_none_is_still_a_map() -> None:
    assert 'cx="230.0" cy="200.0"' in drawn(
        "{% point_map points 'Map' %}", points=[MapPoint(47.6, 1.3, "Blois")]
    )
    assert "<svg" in drawn("{% point_map points 'Map' %}", points=[])


def test_bars_are_a_table_scaled_to_the_longest() -> None:
    page = drawn("{% bars items 'Firms' unit='firms' %}", items=[Bar("Blois", 20), Bar("Mer", 5)])
    assert 'width="100.0%"' in page
    assert 'width="25.0%"' in page
    assert "20\u00a0firms" in page


def test_bars_without_any_value_do_not_break() -> None:
    assert 'width="0.0%"' in drawn("{% bars items 'Firms' %}", items=[Bar("Blois", 0)])


def test_a_run_looks_again_only_while_it_runs() -> None:
    running = drawn("{% runbox 'Import' done=0 total=460 poll_url='/run/' cancel_url='/stop/' %}")
    over = drawn("{% runbox 'Import' done=460 total=460 %}")
    assert 'hx-get="/run/" hx-trigger="every 2s"' in running
    assert 'value="0" max="460"' in running
    assert "hx-get" not in over


def test_explanations_are_registered_once() -> None:
    explain("test-only", "What is it?", "An example.")
    try:
        assert "What is it?" in drawn('{% help "test-only" %}')
        with pytest.raises(ValueError, match="test-only"):
            explain("test-only", "Again?", "No.")
    finally:
        del HELP_TEXTS["test-only"]


def test_a_block_tag_must_be_closed() -> None:
    with pytest.raises(TemplateSyntaxError):
        Template('{% section "Members" %}')


def test_public_links_know_where_one_is() -> None:
    request = RequestFactory().get("/firms/blois/")
    page = Template(
        "{% public_links as links %}{% for l in links %}{{ l.url }} {{ l.current }};{% endfor %}"
    ).render(Context({"request": request}))
    assert page == "/firms/ True;/network/ False;"
