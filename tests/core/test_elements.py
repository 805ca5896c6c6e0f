import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError, engines
from django.test import RequestFactory, override_settings
from django.utils import translation

from civic_sourcing import core

LOAD = "{% load civic %}"


def render(source, request=None, **context):
    """Return the HTML of a template as soup."""
    html = engines["django"].from_string(LOAD + source).render(context, request)
    return BeautifulSoup(html, "html.parser")


class Everything(forms.Form):
    title = forms.CharField(max_length=120, help_text="A few words")
    text = forms.CharField(widget=forms.Textarea, max_length=2000)
    place = forms.ChoiceField(choices=[("a", "A"), ("b", "B")])
    mood = forms.ChoiceField(widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    kinds = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, choices=[("a", "A"), ("b", "B")]
    )
    agreed = forms.BooleanField()
    picture = forms.FileField(required=False)
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    secret = forms.CharField(widget=forms.HiddenInput)


@pytest.fixture
def refused_form():
    return Everything({})


@pytest.fixture
def visitor():
    return RequestFactory().get("/ideas/?tag=park&page=3")


# The tag ------------------------------------------------------------------------------------------


def test_element_sees_its_arguments_and_nothing_around_it():
    soup = render('{% element "badge" tone="success" %}new{% endelement %}', label="from the page")

    assert soup.select_one(".civic-tone-success").text.strip() == "new"


def test_argument_left_out_shows_nothing_and_counts_as_no():
    soup = render('{% element "button" label="Go" %}{% endelement %}', icon="support", id="outer")

    assert soup.button.attrs == {
        "class": ["civic-button", "civic-button-primary"],
        "type": "submit",
    }
    assert soup.button.text == "Go"


def test_form_inside_an_include_with_only_still_sends_its_token(visitor):
    engine = engines["django"].engine
    inner = engine.from_string(LOAD + '{% element "form" submit="Send" %}{% endelement %}')

    soup = render("{% include inner only %}", visitor, inner=inner)

    assert soup.select_one("[name=csrfmiddlewaretoken]")["value"]


def test_slot_of_an_inner_element_does_not_reach_the_outer_one():
    soup = render(
        '{% element "card" title="outer" %}'
        '{% element "card" title="inner" %}{% slot "footer" %}foot{% endslot %}{% endelement %}'
        "{% endelement %}"
    )

    outer = soup.select_one(".civic-card")
    assert [foot.text for foot in soup.select(".civic-card-footer")] == ["foot"]
    assert not outer.find(class_="civic-card-footer", recursive=False)


def test_what_people_typed_is_escaped_in_every_place_of_a_card():
    soup = render(
        '{% element "card" title=typed %}{{ typed }}{% slot "meta" %}{{ typed }}{% endslot %}'
        "{% endelement %}",
        typed="<script>alert(1)</script>",
    )

    assert not soup.find("script")
    assert soup.text.count("<script>alert(1)</script>") == 3


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        pytest.param("{% element %}{% endelement %}", "needs a name", id="no-name"),
        pytest.param('{% element "card" 5 %}{% endelement %}', "name=value", id="bare-argument"),
        pytest.param('{% slot "a" b=1 %}{% endslot %}', "only its name", id="slot-with-argument"),
        pytest.param('{% element "card" %}', "Unclosed tag", id="never-closed"),
    ],
)
def test_a_slip_in_a_template_is_named(source, complaint):
    with pytest.raises(TemplateSyntaxError, match=complaint):
        Template(LOAD + source)


def test_slot_outside_an_element_is_named():
    template = Template(LOAD + '{% slot "a" %}{% endslot %}')

    with pytest.raises(TemplateSyntaxError, match="inside an element"):
        template.render(Context())


def test_a_site_overrides_an_element_by_path(tmp_path, settings):
    place = tmp_path / "civic_sourcing/core/elements"
    place.mkdir(parents=True)
    (place / "badge.html").write_text("<b>{{ label }}</b>")
    ours, *rest = settings.TEMPLATES
    own = {**ours, "DIRS": [tmp_path, *ours["DIRS"]]}

    with override_settings(TEMPLATES=[own, *rest]):
        soup = render('{% element "badge" label="city" %}{% endelement %}')

    assert str(soup) == "<b>city</b>"


# Forms --------------------------------------------------------------------------------------------


def test_every_error_is_a_link_to_something_that_can_take_the_focus(refused_form):
    soup = render('{% element "form" form=form %}{% endelement %}', form=refused_form)

    targets = [link["href"].removeprefix("#") for link in soup.select(".civic-errors a")]
    assert len(targets) == 7
    for target in targets:
        assert soup.find(id=target).name in {"input", "textarea", "select"}


def test_errors_and_hints_are_tied_to_their_input(refused_form):
    soup = render('{% element "form" form=form %}{% endelement %}', form=refused_form)

    title = soup.find(id="id_title")
    assert title["aria-invalid"] == "true"
    said = [soup.find(id=name).text.split() for name in title["aria-describedby"].split()]
    assert said == [["Error:", "This", "field", "is", "required."], ["A", "few", "words"]]


def test_ids_named_by_aria_exist(refused_form):
    soup = render('{% element "form" form=form %}{% endelement %}', form=refused_form)

    named = [
        name
        for tag in soup.select("[aria-describedby]")
        for name in tag["aria-describedby"].split()
    ]
    assert named
    assert [name for name in named if not soup.find(id=name)] == []


def test_summary_takes_the_focus_without_javascript(refused_form):
    soup = render('{% element "error_summary" form=form %}{% endelement %}', form=refused_form)

    summary = soup.select_one("[role=alert]")
    assert summary.has_attr("autofocus")
    assert summary["tabindex"] == "-1"


def test_a_form_nobody_has_sent_has_no_summary():
    soup = render('{% element "form" form=form %}{% endelement %}', form=Everything())

    assert not soup.select("[role=alert]")


def test_browsers_do_not_cut_off_what_is_pasted():
    soup = render('{% element "form" form=form %}{% endelement %}', form=Everything())

    assert not soup.select("[maxlength]")
    assert soup.select_one("[data-civic-limit]")["data-civic-limit"] == "2000"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("title", "text"),
        ("text", "textarea"),
        ("place", "select"),
        ("mood", "radios"),
        ("kinds", "checkboxes"),
        ("agreed", "checkbox"),
        ("picture", "file"),
        ("day", "date"),
    ],
)
def test_each_kind_of_field_has_its_label(name, kind):
    soup = render('{% element "field" field=field %}{% endelement %}', field=Everything()[name])

    assert soup.select_one(f".civic-field-{kind}")
    label = soup.find("legend") or soup.find("label")
    assert name in label.text.lower()
    for tied in soup.find_all("label"):
        assert soup.find(id=tied["for"])


def test_only_fields_that_may_stay_empty_are_marked():
    soup = render('{% element "form" form=form %}{% endelement %}', form=Everything())

    marked = [mark.parent["for"] for mark in soup.select(".civic-optional")]
    assert marked == ["id_picture"]


def test_a_form_with_files_is_sent_as_one():
    soup = render('{% element "form" form=form %}{% endelement %}', form=Everything())

    assert soup.form["enctype"] == "multipart/form-data"


def test_a_posted_form_carries_the_token_and_a_search_does_not(visitor):
    posted = render('{% element "form" form=form %}{% endelement %}', visitor, form=Everything())
    search = render(
        '{% element "form" form=form method="get" %}{% endelement %}', visitor, form=Everything()
    )

    assert posted.find("input", {"name": "csrfmiddlewaretoken"})
    assert not search.find("input", {"name": "csrfmiddlewaretoken"})


def test_drafts_are_kept_per_form_and_person(visitor, django_user_model):
    soup = render(
        '{% element "form" form=form keep="ideas.propose.7" %}{% endelement %}',
        visitor,
        form=Everything(),
        user=django_user_model(pk=42),
    )

    assert soup.form["data-civic-keep"] == "ideas.propose.7"
    assert soup.form["data-civic-keep-for"] == "42"
    assert soup.select_one("[data-civic-restored]").has_attr("hidden")


# Lists --------------------------------------------------------------------------------------------


def test_pages_of_a_list_keep_the_rest_of_the_query(visitor):
    page = Paginator(range(1000), 10).page(30)

    soup = render('{% element "pagination" page=page %}{% endelement %}', visitor, page=page)

    assert soup.select_one("[rel=next]")["href"] == "?tag=park&page=31"
    assert soup.select_one("[aria-current]")["href"] == "?tag=park&page=30"


def test_a_list_of_one_page_has_no_pagination(visitor):
    page = Paginator(range(9), 10).page(1)

    soup = render('{% element "pagination" page=page %}{% endelement %}', visitor, page=page)

    assert soup.text.strip() == ""


def test_numbers_for_machines_are_written_for_machines(settings):
    settings.USE_THOUSAND_SEPARATOR = True

    with translation.override("en"):
        soup = render(
            '{% element "progress" label="Support" value=1234 maximum=50000 %}{% endelement %}'
        )

    assert (soup.progress["value"], soup.progress["max"]) == ("1234", "50000")


def test_the_running_step_is_told_apart_by_more_than_colour():
    steps = [{"label": name, "state": name} for name in ("past", "current", "future")]

    soup = render('{% element "timeline" steps=steps %}{% endelement %}', steps=steps)

    past, current, future = soup.find_all("li")
    assert "finished" in past.text
    assert current["aria-current"] == "step"
    assert not future.has_attr("aria-current")


def test_nothing_is_inline():
    templates = list(Path(core.__file__).parent.glob("templates/**/*.html"))

    found = [
        (template.name, slip)
        for template in templates
        for slip in re.findall(r"<script>|<style|\sstyle=|\son[a-z]+=", template.read_text())
    ]

    assert len(templates) > 25
    assert found == []
