"""Who agreed to what: text, version, language, digest, time."""

import pytest
from django import forms
from django.db import DatabaseError, transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from civic_sourcing.core.exceptions import ActionForbidden
from civic_sourcing.participants.actions import AgreeToTexts
from civic_sourcing.participants.consents import Shown, missing_consents
from civic_sourcing.participants.forms import TakingPartMixin
from civic_sourcing.participants.models import ConsentRecord, Participant


class WishForm(TakingPartMixin):
    """Somebody hands in a wish, and is asked on the way what is still open."""

    wish = forms.CharField(required=False)


def filled_in(participant, **answers):
    """The form as it was shown, sent back with ``answers``."""
    shown = WishForm(participant=participant)
    data = QueryDict(mutable=True)
    for name in shown.fields:
        if name.endswith("_shown"):
            data[name] = shown[name].initial
    data.update(answers)
    return WishForm(data, participant=participant)


def test_what_was_shown_is_recorded(person, mina, publish_text):
    text = publish_text(en="Terms", ko="이용 약관")

    with translation.override("ko"):
        form = filled_in(person, agree_terms="on", of_age="yes")
        assert form.is_valid(), form.errors
        form.record_answers(mina)

    record = ConsentRecord.objects.get()
    assert (record.kind, record.version, record.language) == ("terms", "1", "ko")
    assert record.digest == text.bodies.get(language="ko").digest
    assert record.at is not None
    person.refresh_from_db()
    assert person.age_band == "of_age"


def test_what_is_not_ticked_is_asked_for(person, publish_text):
    publish_text()

    form = filled_in(person, of_age="yes")

    assert form.errors["agree_terms"] == ["Please read this text and agree to it."]


def test_a_text_replaced_while_the_form_was_open_is_shown_anew(person, mina, publish_text):
    publish_text(en="Terms")
    opened = WishForm(participant=person)
    data = QueryDict(mutable=True)
    data.update(
        {"agree_terms": "on", "of_age": "yes", "terms_shown": opened["terms_shown"].initial}
    )
    newer = publish_text(en="New terms")

    form = WishForm(data, participant=person)

    assert not form.is_valid()
    assert "has changed" in form.errors["agree_terms"][0]
    assert form["terms_shown"].value() == f"en:{newer.bodies.get().digest}"
    assert not form["agree_terms"].value()


@pytest.mark.parametrize(
    ("agreed", "missing"),
    [
        pytest.param([], ["privacy", "terms"], id="nothing yet"),
        pytest.param(["terms"], ["privacy"], id="one of two"),
        pytest.param(["terms", "privacy"], [], id="all"),
    ],
)
def test_missing_are_the_texts_in_force_without_consent(
    person, mina, publish_text, agreed, missing
):
    texts = {kind: publish_text(kind) for kind in ("terms", "privacy")}
    publish_text("code_of_conduct", published=False)
    shown = [Shown.of(texts[kind].bodies.get()) for kind in agreed]
    AgreeToTexts(person, by=mina, shown=shown).execute()

    assert [text.kind for text in missing_consents(person)] == missing
    assert [text.kind for text in missing_consents(person, ["terms"])] == [
        kind for kind in missing if kind == "terms"
    ]


def test_a_new_version_is_asked_for_anew(person, mina, publish_text):
    first = publish_text()
    AgreeToTexts(person, by=mina, shown=[Shown.of(first.bodies.get())]).execute()

    second = publish_text()

    assert missing_consents(person) == [second]
    assert missing_consents(None) == [second]


def test_agreeing_twice_keeps_the_first_record(person, mina, publish_text):
    shown = Shown.of(publish_text().bodies.get())

    (first,) = AgreeToTexts(person, by=mina, shown=[shown]).execute()
    (second,) = AgreeToTexts(person, by=mina, shown=[shown]).execute()

    assert (first.pk, first.at) == (second.pk, second.at)


def test_nobody_agrees_for_another(person, neighbour, publish_text):
    shown = Shown.of(publish_text().bodies.get())

    with pytest.raises(ActionForbidden):
        AgreeToTexts(person, by=neighbour, shown=[shown]).execute()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda rows: rows.update(digest="0"), id="change"),
        pytest.param(lambda rows: rows._raw_delete("default"), id="delete"),
    ],
)
def test_the_database_keeps_a_consent_as_it_was_given(person, mina, publish_text, change):
    shown = Shown.of(publish_text().bodies.get())
    AgreeToTexts(person, by=mina, shown=[shown]).execute()

    with pytest.raises(DatabaseError), transaction.atomic():
        change(ConsentRecord.objects.all())


def test_a_text_is_read_in_ones_language_or_the_first_there_is(client, publish_text):
    publish_text(en="Terms", ko="이용 약관")
    publish_text("privacy", en="Privacy")

    assert "이용 약관" in client.get("/ko/civic/texts/terms/").content.decode()
    assert "Terms." in client.get("/en/civic/texts/terms/1/").content.decode()
    assert "Privacy." in client.get("/ko/civic/texts/privacy/").content.decode()


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("texts/terms/", id="only a draft"),
        pytest.param("texts/terms/1/", id="the draft itself"),
        pytest.param("texts/nonsense/", id="no such kind"),
    ],
)
def test_what_is_not_published_is_not_shown(client, publish_text, path):
    publish_text(published=False)

    assert client.get(f"/en/civic/{path}").status_code == 404


def test_an_earlier_version_leads_to_the_one_in_force(client, publish_text):
    publish_text()
    publish_text()

    page = client.get(reverse("civic_participants:legal_text", args=["terms", 1])).content.decode()

    assert "There is a newer version of this text." in page


def test_ones_consents_are_listed(client, person, mina, publish_text):
    shown = Shown.of(publish_text().bodies.get())
    licence = Shown("licence:cc-by", "4.0", "en", "0" * 64)
    AgreeToTexts(person, by=mina, shown=[shown, licence]).execute()
    client.force_login(mina)

    page = client.get(reverse("civic_participants:consents")).content.decode()

    assert "Terms of participation" in page
    assert "licence:cc-by" in page
    assert Participant.objects.get().consents.count() == 2
