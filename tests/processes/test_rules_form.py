"""The form of the rules: what it takes, what it refuses, and in which words."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from civic_sourcing.processes.rules import PhaseRule
from tests.processes.conftest import DAY, set_phases
from tests.processes.rules_panel import NOTHING, errors_of, in_force, open_form, typed


def test_publishing_asks_for_a_phase_to_be_finished(plaza, edit, publisher):
    response = edit(plaza, publisher, phases=[{"kind": "collect"}], action="publish")

    assert "Say when it opens" in errors_of(response)
    assert in_force(plaza) == NOTHING


def test_a_form_sent_back_as_it_was_changes_nothing(running, edit, publisher):
    version = running.process.rules_version

    edit(running, publisher, action="publish")

    running.process.refresh_from_db()
    assert running.process.rules_version == version


def test_phases_at_whole_minutes_stay_when_the_form_is_sent_back(plaza, edit, publisher, now):
    minute = now.replace(second=0, microsecond=0)
    set_phases(plaza.process, PhaseRule("collect", minute - DAY, minute + DAY))

    edit(plaza, publisher, action="publish")

    assert [phase.kind for phase in plaza.process.phases.all()] == ["collect"]


def test_a_page_form_without_the_rules_panel_leaves_them_alone(running, edit, client, publisher):
    form = open_form(client, running, publisher)
    texts = {key: value for key, value in form.items() if not key.startswith("rules")}

    edit(running, publisher, form=texts, action="publish")

    assert [kind for kind, _ in in_force(running)[1]] == ["collect", "vote"]


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [
        pytest.param((0, 5, 4, 9), "Only one phase can be open at a time", id="overlapping"),
        pytest.param((5, 4, 6, 9), "It has to close after it opens", id="reversed"),
    ],
)
def test_the_form_refuses_broken_windows(plaza, edit, publisher, now, hours, sentence):
    a, b, c, d = (now + timedelta(hours=hour) for hour in hours)
    rows = [
        {"kind": "collect", "opens_at": a, "closes_at": b},
        {"kind": "vote", "opens_at": c, "closes_at": d},
    ]

    response = edit(plaza, publisher, phases=rows, action="publish")

    assert sentence in errors_of(response)


def test_the_form_refuses_a_lower_mandate(running, edit, publisher):
    response = edit(running, publisher, rules={"mandate": "advisory"}, action="publish")

    assert "mandate cannot be lowered" in errors_of(response)


def test_the_form_deletes_a_phase(running, edit, client, publisher):
    form = open_form(client, running, publisher) | {"rules-phases-1-DELETE": "on"}

    edit(running, publisher, form=form, action="publish")

    assert [kind for kind, _ in in_force(running)[1]] == ["collect"]


def test_the_form_refuses_an_expiry_date(plaza, edit, publisher):
    response = edit(plaza, publisher, expire_at=typed(timezone.now() + DAY), action="publish")

    assert "does not expire" in errors_of(response)


def test_the_form_speaks_of_every_language(plaza, client, publisher):
    client.force_login(publisher)

    page = client.get(reverse("wagtailadmin_pages:edit", args=[plaza.pk]))

    assert "the same in every language" in page.text


@pytest.mark.parametrize("field", ["opens_at", "closes_at"])
@pytest.mark.parametrize("when", ["0001-01-01 00:00", "9999-12-31 23:59"])
def test_a_day_at_the_end_of_the_calendar_is_answered_with_a_sentence(
    plaza, edit, publisher, collecting, field, when
):
    collecting[0][field] = when

    response = edit(plaza, publisher, phases=collecting, action="publish")

    assert "too far away" in errors_of(response)
    assert in_force(plaza) == NOTHING


@pytest.mark.parametrize("field", ["TOTAL_FORMS", "INITIAL_FORMS"])
@pytest.mark.parametrize("count", ["-1", "abc", "", None])
def test_a_number_of_phases_that_is_none_is_answered_with_a_sentence(
    running, edit, client, publisher, field, count
):
    before = in_force(running)
    form = open_form(client, running, publisher)
    form[f"rules-phases-{field}"] = count
    sent = {key: value for key, value in form.items() if value is not None}

    response = edit(running, publisher, form=sent, action="publish")

    assert response.status_code == 200
    assert "did not arrive as a whole" in response.text
    assert in_force(running) == before


def test_a_billion_phases_are_answered_with_a_sentence(running, edit, client, publisher):
    before = in_force(running)
    form = open_form(client, running, publisher) | {"rules-phases-TOTAL_FORMS": 10**9}

    response = edit(running, publisher, form=form, action="publish")

    assert response.status_code == 200
    assert "50 phases at most" in response.text
    assert len(response.context["form"].rules.phases.forms) == 51
    assert in_force(running) == before
