"""The list of cases in the admin: who sees which, filters, views, next case, leases."""

import pytest
from django.urls import reverse

INDEX = reverse("civic_moderation_admin:index")


@pytest.fixture
def visit(client):
    def get(user, address, **query):
        client.force_login(user)
        answer = client.get(address, query)
        is_missing = answer.get("Location") == f"/en{address}"
        return client.get(answer["Location"]) if is_missing else answer

    return get


def test_moderator_sees_the_case(case, moderator, visit):
    answer = visit(moderator, INDEX)

    assert answer.status_code == 200
    assert "Benches by the river" in answer.content.decode()


def test_case_page_opens(case, moderator, visit):
    answer = visit(moderator, reverse("civic_moderation_admin:case", args=[case.uuid]))

    assert answer.status_code == 200
    assert "Benches by the river" in answer.content.decode()
