"""The pages on which people report and see what became of it."""

import pytest
from django.urls import reverse

from civic_sourcing.moderation.models import Report


@pytest.fixture
def open_form(client, idea, rules):
    url = reverse("civic_moderation:new_report", args=[idea.contribution.uuid])
    return lambda **data: client.get(url) if not data else client.post(url, data)


def test_the_form_names_the_text_and_the_rules(open_form, idea):
    page = open_form().content.decode()

    assert idea.title in page
    assert "Treat others with respect" in page
    assert "Argue about the matter as hard as you like" in page


def test_a_report_leads_to_the_page_that_tells_of_it(client, open_form, rules, reporter):
    client.force_login(reporter)

    answer = open_form(rule=rules("respect").pk, text="Rude.", affected="")

    report = Report.objects.get()
    assert answer.url == reverse("civic_moderation:report", args=[report.uuid])
    page = client.get(answer.url).content.decode()
    assert "Waiting for a decision" in page
    assert "Rude." in page
