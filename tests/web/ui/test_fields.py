"""How forms are drawn."""

import pytest
from django import forms
from django.template import Context, Template

from maillage.web.ui.forms import ChoiceCards, DayInput, TimeInput, invalid_status
from maillage.web.ui.help import HELP_TEXTS, explain


class Request(forms.Form):
    hours = forms.IntegerField(label="Hours", help_text="Every week.")
    why = forms.CharField(label="Why", required=False, widget=forms.Textarea)
    contract = ChoiceCards(
        label="Contract", choices=[("year", "Year"), ("part", "Part")], helps={"part": "24 h"}
    )
    trade = forms.ChoiceField(label="Trade", choices=[("wood", "Wood")])
    day = forms.DateField(label="Day", widget=DayInput)
    hour = forms.TimeField(label="Hour", widget=TimeInput)
    shown = forms.BooleanField(label="Shown", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        raise forms.ValidationError("The week is full.")


def drawn(source: str, **values: object) -> str:
    return Template(source).render(Context(values))


def test_a_field_has_its_label_its_help_and_its_unit() -> None:
    page = drawn("{% field form.hours unit='h' visibility='network' %}", form=Request())
    assert '<label class="form-label" for="id_hours">Hours</label>' in page
    assert 'id="id_hours_helptext">Every week.' in page
    assert 'aria-describedby="id_hours_helptext id_hours_unit"' in page
    assert "m-vis--network" in page


def test_an_error_stands_beside_its_field_and_is_read_first() -> None:
    page = drawn("{% field form.hours %}", form=Request({"hours": "twelve"}))
    assert 'value="twelve"' in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_hours_error id_hours_helptext"' in page
    assert 'id="id_hours_error">Enter a whole number.</p>' in page


def test_only_fields_that_may_stay_empty_say_so() -> None:
    page = drawn("{% fields form %}", form=Request())
    assert page.count("(optional)") == 1


def test_cards_are_a_group_with_a_name_and_their_explanations() -> None:
    page = drawn("{% field form.contract %}", form=Request({}))
    assert '<fieldset class="m-choice m-field" aria-describedby="id_contract_error">' in page
    assert '<label for="id_contract_1">Part<small>24 h</small></label>' in page


def test_days_and_times_are_written_as_devices_want_them() -> None:
    form = Request(initial={"day": "2026-04-07", "hour": "08:30"})
    page = drawn("{% field form.day %}{% field form.hour %}", form=form)
    assert '<input type="date" name="day" value="2026-04-07"' in page
    assert '<input type="time" name="hour" value="08:30"' in page


def test_the_summary_leads_to_each_field_and_takes_the_focus() -> None:
    page = drawn("{% form_errors form %}", form=Request({"hours": "twelve"}))
    assert 'tabindex="-1" data-focus' in page
    assert '<a href="#id_hours">Hours</a>' in page
    assert '<a href="#id_contract_0">Contract</a>' in page
    assert "The week is full." in page


def test_a_form_nobody_sent_has_no_summary() -> None:
    assert drawn("{% form_errors form %}", form=Request()).strip() == ""


def test_a_whole_form_is_sent_with_its_token_and_checked_by_the_server() -> None:
    page = Template("{% form form submit='Ask' cancel='/back/' %}").render(
        Context({"form": Request(), "csrf_token": "tok"})
    )
    assert '<form class="m-form m-stack" method="post" novalidate>' in page
    assert 'value="tok"' in page
    assert page.count("btn-primary") == 1
    assert 'href="/back/"' in page
    assert '<input type="hidden" name="secret"' in page


def test_a_form_with_a_file_is_sent_as_one() -> None:
    class Upload(forms.Form):
        paper = forms.FileField()

    assert 'enctype="multipart/form-data"' in drawn("{% form form %}", form=Upload())


def test_a_field_shows_the_explanation_it_asks_for() -> None:
    explain("test-hours", "Which hours?", "Those of the contract.")
    try:
        assert "Which hours?" in drawn("{% field form.hours help='test-hours' %}", form=Request())
    finally:
        del HELP_TEXTS["test-hours"]


@pytest.mark.parametrize(("data", "status"), [(None, 200), ({"hours": "x"}, 422)])
def test_a_refused_form_says_so_in_its_status(data: dict[str, str] | None, status: int) -> None:
    assert invalid_status(Request(data)) == status
