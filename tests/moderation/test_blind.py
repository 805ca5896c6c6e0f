"""Who may be asked for a blind second opinion reads nothing of the decision before, anywhere."""

import pytest
from django.urls import reverse
from django.utils import timezone

from civic_sourcing.moderation.actions import DecideCase, FileAppeal
from civic_sourcing.moderation.models import Case, SecondOpinion

FACTS = "The text calls a neighbour a fool in front of everybody."
INDEX = reverse("civic_moderation_admin:index")


@pytest.fixture
def decided(case, moderator):
    return DecideCase(case, by=moderator, outcome="hide", rule=case.rule, facts=FACTS).execute()


@pytest.fixture
def opinion(decided):
    return SecondOpinion.objects.create(decision=decided, asked_at=timezone.now())


@pytest.fixture
def address(opinion):
    return reverse("civic_moderation_admin:opinion", args=[opinion.pk])


@pytest.fixture
def appeal(decided, author):
    return FileAppeal(decided, by=author, text="It was a joke.").execute()


@pytest.fixture
def other_case(propose, author, open_case):
    return open_case(propose(author, "Lamps"))


def page_of(name, row):
    return reverse(f"civic_moderation_admin:{name}", args=[row.uuid])


@pytest.mark.parametrize("name", ["case", "appeal"])
def test_page_of_the_decision_leads_to_the_opinion_first(
    client, second_moderator, decided, appeal, address, name
):
    client.force_login(second_moderator)
    row = decided.case if name == "case" else appeal

    assert client.get(page_of(name, row)).headers["Location"] == address


def test_form_that_came_too_late_keeps_its_words_and_tells_nothing(
    client, second_moderator, decided, address
):
    client.force_login(second_moderator)

    answer = client.post(page_of("case", decided.case), {"facts": "My own words."})

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "My own words." in html
    assert FACTS not in html
    assert address in html


def test_deciding_together_too_late_tells_nothing(client, second_moderator, decided, opinion):
    client.force_login(second_moderator)
    key = "5e6f0a54-7d4b-4b0e-9f1b-0d3a3c0f6a12"
    words = {"case": decided.case.uuid, "outcome": "no_breach", "request_key": key}

    answer = client.post(reverse("civic_moderation_admin:bulk"), words)

    assert answer.status_code == 409
    assert "“Hidden”" not in answer.content.decode()
    assert "Somebody else decided" in answer.content.decode()


def test_lists_of_cases_and_appeals_say_nothing_of_it(
    client, second_moderator, decided, appeal, other_case, opinion
):
    client.force_login(second_moderator)
    listed = reverse("civic_moderation_admin:appeals")

    assert FACTS not in client.get(page_of("case", other_case)).content.decode()
    assert "Hidden" not in client.get(listed).content.decode()


def test_with_the_opinion_given_all_of_it_is_read(client, second_moderator, decided, address, case):
    client.force_login(second_moderator)
    rule = str(case.rule.translation_key)
    key = "5e6f0a54-7d4b-4b0e-9f1b-0d3a3c0f6a11"
    client.post(address, {"request_key": key, "outcome": "hide", "rule": rule})

    assert FACTS in client.get(page_of("case", decided.case)).content.decode()


def test_who_decided_reads_it_all_the_time(client, moderator, decided, opinion):
    client.force_login(moderator)

    assert FACTS in client.get(page_of("case", decided.case)).content.decode()


def test_who_decided_learns_nothing_by_trying_to_decide_the_appeal(client, moderator, appeal):
    client.force_login(moderator)

    answer = client.post(
        page_of("appeal", appeal),
        {"appeal_outcome": "changed", "outcome": "mask", "passages": "Benches"},
    )

    assert answer.status_code == 403
    assert "is not in the text" not in answer.content.decode()


def test_author_reads_no_report_about_themselves_even_as_moderator(
    client, report, author, moderator
):
    case = report(text="He shouts at me in the bakery, too.").case
    author.groups.add(moderator.groups.get())
    client.force_login(author)

    assert "bakery" not in client.get(page_of("case", case)).content.decode()
    client.force_login(moderator)
    assert "bakery" in client.get(page_of("case", case)).content.decode()


@pytest.mark.parametrize("name", ["index", "index_results"])
def test_queue_answers_403_once_the_role_is_gone(client, case, moderator, name):
    group = moderator.groups.get()
    client.force_login(moderator)
    assert client.get(reverse(f"civic_moderation_admin:{name}")).status_code == 200
    group.civic_roles.all().delete()

    assert client.get(reverse(f"civic_moderation_admin:{name}")).status_code == 403


def test_saving_a_view_answers_403_once_the_role_is_gone(client, moderator):
    moderator.groups.get().civic_roles.all().delete()
    client.force_login(moderator)

    answer = client.post(reverse("civic_moderation_admin:save_view"), {"name": "Mine"})

    assert answer.status_code == 403


@pytest.mark.parametrize("nonsense", ["x", "z" * 36, "z" * 8 + "-zzzz-zzzz-zzzz-" + "z" * 12])
def test_nonsense_for_a_case_is_not_found(client, case, moderator, nonsense):
    client.force_login(moderator)

    after = client.get(reverse("civic_moderation_admin:next"), {"after": nonsense})
    together = client.get(reverse("civic_moderation_admin:bulk"), {"case": nonsense})

    assert after.status_code in (302, 404)
    assert together.status_code == 302
    assert Case.objects.open().count() == 1
