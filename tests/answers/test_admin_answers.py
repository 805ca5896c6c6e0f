"""Officials write, complete, publish and correct answers in the admin."""

import pytest

from civic_sourcing.answers.actions import DraftAnswer
from civic_sourcing.answers.models import AnswerState, OfficialAnswer

from .desk_people import (  # noqa: F401
    address,
    at_desk_scene,
    desk_gardener_scene,
    desk_official_scene,
    desk_stranger_scene,
    let_in,
)

pytestmark = pytest.mark.django_db

WORDS = {
    "kind": "final",
    "decision": "accepted",
    "text": "We plant the trees along the river in spring.",
    "language": "en",
}


def content(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def is_missing(answer):
    """Nothing there, at the end of whatever way the site's languages take."""
    return answer.status_code == 404


@pytest.fixture
def contribution_url(contribution):
    return address("contribution", contribution.uuid)


def test_official_reads_the_text_and_what_is_owed(at_desk, contribution, contribution_url, owe):
    owe(5)

    page = content(at_desk.get(contribution_url))

    assert "People want to sit down." in page
    assert "The city owes an answer by" in page
    assert "Enough people supported it" in page


def test_official_of_another_forum_gets_404(
    client, desk_stranger, contribution, contribution_url, draft
):
    answer = draft()
    client.force_login(desk_stranger)

    for url in (
        contribution_url,
        address("draft", contribution.uuid),
        address("promise", contribution.uuid),
        address("adopt", contribution.uuid),
        address("answer", contribution.uuid, answer.uuid),
        address("revise", contribution.uuid, answer.uuid),
        address("discard", contribution.uuid, answer.uuid),
    ):
        assert is_missing(client.get(url, follow=True))
        assert is_missing(client.post(url, WORDS, follow=True))


def test_draft_is_written_looked_at_and_published(at_desk, contribution, owe):
    promise = owe()

    saved = at_desk.post(address("draft", contribution.uuid), WORDS, follow=True)
    answer = OfficialAnswer.objects.get()
    assert "This is how everybody will read it" in content(saved)
    assert answer.state == AnswerState.DRAFT

    content(at_desk.post(address("answer", contribution.uuid, answer.uuid), follow=True))
    answer.refresh_from_db()
    promise.refresh_from_db()
    assert answer.is_published
    assert promise.state == "kept"


def test_second_click_on_publish_says_that_it_is_published(at_desk, contribution, answer):
    published = answer()

    page = at_desk.post(address("answer", contribution.uuid, published.uuid), follow=True)

    assert "published already" in content(page)
    assert OfficialAnswer.objects.get().number == 1


def test_what_is_missing_is_said_and_nothing_is_published(at_desk, contribution, draft):
    empty = draft(text="")

    page = at_desk.post(address("answer", contribution.uuid, empty.uuid))

    assert "The answer is still empty." in content(page, 409)
    assert not OfficialAnswer.objects.published().exists()


def test_answer_that_waits_for_a_department_names_it(at_desk, contribution, draft, parks):
    waiting = draft(partners=[parks])

    page = content(at_desk.get(address("answer", contribution.uuid, waiting.uuid)))

    assert "The answer waits for: Parks." in page
    refused = at_desk.post(address("answer", contribution.uuid, waiting.uuid))
    assert "Parks" in content(refused, 409)


def test_person_of_the_department_writes_its_part(
    client, desk_gardener, contribution, contribution_url, draft, parks
):
    waiting = draft(partners=[parks])
    part = waiting.parts.get()
    client.force_login(desk_gardener)
    asked = content(client.get(contribution_url))
    url = address("part", contribution.uuid, waiting.uuid, part.pk)
    assert url in asked
    assert address("draft", contribution.uuid) not in asked

    client.post(url, {"text": "Our gardeners have time in March."}, follow=True)

    part.refresh_from_db()
    assert part.text == "Our gardeners have time in March."


def test_person_of_a_department_sees_only_what_asks_for_its_part(
    client, desk_gardener, contribution, contribution_url, draft, roads
):
    waiting = draft(partners=[roads])
    client.force_login(desk_gardener)

    assert is_missing(client.get(contribution_url, follow=True))
    part = waiting.parts.get()
    url = address("part", contribution.uuid, waiting.uuid, part.pk)
    assert is_missing(client.get(url, follow=True))


def test_person_of_a_department_does_not_change_the_draft(
    client, desk_gardener, contribution, draft, parks
):
    waiting = draft(partners=[parks])
    client.force_login(desk_gardener)

    for name in ("answer", "revise", "discard", "correct"):
        url = address(name, contribution.uuid, waiting.uuid)
        assert is_missing(client.post(url, follow=True))


def test_draft_somebody_changed_meanwhile_is_not_overwritten_unseen(
    at_desk, contribution, draft, official
):
    answer = draft()
    url = address("revise", contribution.uuid, answer.uuid)
    seen = at_desk.get(url).context["form"].initial["seen"]
    OfficialAnswer.objects.filter(pk=answer.pk).update(text="A colleague's words.")

    page = content(at_desk.post(url, {**WORDS, "text": "My words.", "seen": seen}), 409)

    assert "A colleague&#x27;s words." in page
    assert "My words." in page
    answer.refresh_from_db()
    assert answer.text == "A colleague's words."


def test_draft_is_changed_and_keeps_its_partners(at_desk, contribution, draft, parks):
    answer = draft(partners=[parks])
    url = address("revise", contribution.uuid, answer.uuid)
    form = at_desk.get(url).context["form"]
    assert [row.pk for row in form.initial["partners"]] == [parks.pk]

    values = {**WORDS, "text": "Other words.", "seen": form.initial["seen"], "partners": [parks.pk]}
    assert at_desk.post(url, values).status_code == 302

    answer.refresh_from_db()
    assert answer.text == "Other words."
    assert answer.parts.count() == 1


def test_discarded_draft_is_gone_from_the_desk(at_desk, contribution, draft):
    answer = draft()

    at_desk.post(address("discard", contribution.uuid, answer.uuid))

    answer.refresh_from_db()
    assert answer.state == AnswerState.DISCARDED
    url = address("answer", contribution.uuid, answer.uuid)
    assert is_missing(at_desk.get(url, follow=True))


def test_published_answer_is_corrected_and_both_stay(at_desk, contribution, answer):
    first = answer()

    values = {**WORDS, "text": "In autumn, not in spring."}
    at_desk.post(address("correct", contribution.uuid, first.uuid), values)

    correction = OfficialAnswer.objects.get(corrects=first)
    assert correction.state == AnswerState.DRAFT
    at_desk.post(address("answer", contribution.uuid, correction.uuid))
    first.refresh_from_db()
    assert first.text != OfficialAnswer.objects.current().get().text == "In autumn, not in spring."


def test_nobody_answers_what_they_handed_in(client, contribution, author, desk_official):
    author.groups.add(*desk_official.groups.all())
    client.force_login(author)

    page = content(client.get(address("contribution", contribution.uuid)))

    assert "somebody else answers it" in page
    refused = client.post(address("draft", contribution.uuid), WORDS)
    assert "somebody else answers it" in content(refused, 409)
    assert WORDS["text"] in refused.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "joke"),
        ("decision", "perhaps"),
        ("language", "tlh"),
        ("reason_codes", "because"),
        ("text", "x" * 20_001),
        ("next_date", "31.02.2027"),
        ("department", "999999"),
    ],
)
def test_bad_values_are_named_and_the_text_stays(at_desk, contribution, field, value):
    page = at_desk.post(address("draft", contribution.uuid), {**WORDS, field: value})

    assert "Please look at this again" in content(page, 422)
    assert not OfficialAnswer.objects.exists()


@pytest.mark.parametrize("role", ["citizen", "moderator"])
def test_others_than_officials_do_not_reach_the_desk(
    client, make_citizen, make_official, contribution, contribution_url, role
):
    user = make_citizen() if role == "citizen" else let_in(make_official("mod", role=role))
    client.force_login(user)

    assert client.get(address("index")).status_code in (302, 403)
    assert (
        "People want to sit down." not in client.get(contribution_url, follow=True).content.decode()
    )


def test_hidden_contribution_is_not_answered(at_desk, contribution, contribution_url):
    type(contribution).objects.filter(pk=contribution.pk).update(
        state="hidden", hidden_from="published"
    )

    assert is_missing(at_desk.get(contribution_url, follow=True))


def test_administrator_answers_everywhere(client, administrator, contribution):
    client.force_login(administrator)

    client.post(address("draft", contribution.uuid), WORDS)

    assert OfficialAnswer.objects.get().by == administrator


def test_draft_of_an_interim_answer_needs_no_decision(at_desk, contribution, owe):
    promise = owe()
    draft = DraftAnswer(contribution, by=None, kind="interim", text="We look into it.").execute()

    at_desk.post(address("answer", contribution.uuid, draft.uuid))

    promise.refresh_from_db()
    assert promise.is_running
    draft.refresh_from_db()
    assert draft.is_published
