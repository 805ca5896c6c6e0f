import unicodedata
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from civic_sourcing.core.forms import PlainTextField, UploadField


class ProposalForm(forms.Form):
    title = PlainTextField(max_length=40, max_graphemes=10, single_line=True)
    description = PlainTextField(max_length=100, required=False)


def form_with(**typed: Any) -> ProposalForm:
    return ProposalForm({"title": "A bench", **typed})


def test_form_hands_on_normal_text():
    form = form_with(title=" A \u202e bench\r\n", description="One\r\n\r\n\r\n\r\ntwo\x00")

    assert form.is_valid()
    assert form.cleaned_data == {"title": "A bench", "description": "One\n\ntwo"}


def test_refused_text_is_told_beside_its_field_and_kept():
    typed = "A much too long title <b>"

    form = form_with(title=typed)

    assert form.errors["title"] == [
        "This text is too long: it has 25 characters, and at most 10 are possible."
    ]
    assert form.errors.as_data()["title"][0].code == "too-long"
    assert 'value="A much too long title &lt;b&gt;"' in str(form["title"])


@pytest.mark.parametrize("typed", ["", "  ", "\u200b\u3164"], ids=ascii)
def test_nothing_visible_counts_as_left_out(typed):
    form = form_with(title=typed, description=typed)

    assert form.errors.as_data()["title"][0].code == "required"
    assert "description" not in form.errors
    assert form.cleaned_data["description"] == ""


def test_text_that_would_be_accepted_is_never_cut_by_the_browser():
    decomposed = unicodedata.normalize("NFD", "늘봄시공원벤치설치요")
    form = form_with(title=decomposed)
    utf16_units = len(decomposed.encode("utf-16-le")) // 2

    assert form.is_valid()
    assert utf16_units <= int(form.fields["title"].widget.attrs["maxlength"])


def test_limit_to_show_is_in_characters_as_people_count_them():
    form = form_with()

    assert form.fields["title"].widget.attrs["data-max-graphemes"] == "10"
    assert form.fields["description"].widget.attrs["data-max-graphemes"] == "100"


def test_long_text_is_typed_into_several_lines():
    assert isinstance(form_with().fields["description"].widget, forms.Textarea)
    assert isinstance(form_with().fields["title"].widget, forms.TextInput)


def test_disguised_file_is_told_beside_its_field():
    class PhotoForm(forms.Form):
        photo = UploadField()

    form = PhotoForm({}, {"photo": SimpleUploadedFile("a.jpg", b"<html>", "image/jpeg")})

    assert form.errors["photo"] == [
        "Only JPEG, PNG and WebP pictures and PDF documents can be uploaded."
    ]


def test_file_may_be_left_out_where_it_is_optional():
    class PhotoForm(forms.Form):
        photo = UploadField(required=False)

    form = PhotoForm({}, {})

    assert form.is_valid()
    assert form.cleaned_data["photo"] is None
