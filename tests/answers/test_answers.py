"""Official answers: drafted by officials, complete with all parts, published once, corrected."""

import pytest
from django.db import IntegrityError, transaction

from civic_sourcing.answers.actions import (
    ContributePart,
    CorrectAnswer,
    DiscardAnswer,
    DraftAnswer,
    PublishAnswer,
    ReviseAnswer,
)
from civic_sourcing.answers.actions.answers import fingerprint
from civic_sourcing.answers.models import AnswerState, OfficialAnswer
from civic_sourcing.answers.places import answers_for, contributions_for, parts_for
from civic_sourcing.attribution.history import history_of
from civic_sourcing.core import triggers
from civic_sourcing.core.audit import verify
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.core.testing import triggers_suspended
from civic_sourcing.ideas.actions import SupportIdea
from civic_sourcing.notifications.models import Notification
from tests.ideas.conftest import hide

from .conftest import TEXT

pytestmark = pytest.mark.django_db


def publish(answer, by):
    return PublishAnswer(answer, by=by).execute()


def told(user):
    return list(Notification.objects.filter(user=user).values_list("subject", flat=True))


def findings():
    return [finding for report in verify() for finding in report.findings]


def test_published_answer_is_numbered_and_rendered(answer):
    published = answer(text="First.\n\nSecond.")

    assert (published.number, published.state) == (1, AnswerState.PUBLISHED)
    assert published.rendered_html.count("<p>") == 2
    assert not findings()


def test_numbers_count_the_published_only(answer, draft):
    draft()
    answer(kind="interim", decision="")

    assert answer().number == 2


def test_author_and_supporters_are_told_once(idea, author, make_citizen, answer):
    supporter = make_citizen("supporter")
    SupportIdea(idea, by=supporter).execute()

    answer()

    assert told(author) == ["The city has answered your “Benches by the river”"]
    assert told(supporter) == ["The city has answered “Benches by the river”, which you support"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"text": ""}, "blank"),
        ({"text": " \u200b\n "}, "blank"),
        ({"decision": ""}, "no-decision"),
        ({"decision": "declined"}, "no-reason"),
    ],
    ids=["without text", "with invisible text", "undecided", "declined without a reason"],
)
def test_incomplete_answer_is_not_published(draft, official, words, code):
    begun = draft(**words)

    with pytest.raises(ActionRefused) as refused:
        publish(begun, official)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"kind": "sermon"}, "unknown-kind"),
        ({"decision": "perhaps"}, "unknown-decision"),
        ({"reason_codes": ["bad-mood"]}, "unknown-reason"),
    ],
    ids=["kind", "decision", "reason"],
)
def test_unknown_words_are_refused(draft, words, code):
    with pytest.raises(ActionRefused) as refused:
        draft(**words)

    assert refused.value.code == code
    assert "bad-mood" in str(refused.value) or code != "unknown-reason"


def test_interim_answer_need_not_decide(answer):
    assert answer(kind="interim", decision="").is_published


def test_declining_says_why(answer):
    declined = answer(decision="declined", reason_codes=["no-money", "law", "law"])

    assert [str(reason) for reason in declined.reasons] == [
        "The law does not allow it",
        "There is no money for it",
    ]


def test_answer_waits_for_all_departments(draft, official, parks, roads):
    begun = draft(department=parks, partners=[roads, parks])

    assert [part.department for part in begun.parts.all()] == [roads]
    assert begun.state == AnswerState.OPEN_PARTS
    with pytest.raises(ActionRefused, match="Roads") as refused:
        publish(begun, official)
    assert refused.value.code == "open-parts"


def test_complete_answer_tells_its_writer(draft, official, gardener, parks):
    begun = draft(partners=[parks])

    ContributePart(begun.parts.get(), by=gardener, text="We water them.").execute()

    begun.refresh_from_db()
    assert begun.state == AnswerState.DRAFT
    assert "The answer to “Benches by the river” is complete" in told(official)
    assert publish(begun, official).is_published


def test_department_is_asked_for_its_part(draft, gardener, parks):
    draft(partners=[parks])

    assert told(gardener) == ["Your part of the answer to “Benches by the river” is missing"]


def test_revising_keeps_what_partners_wrote(draft, official, gardener, parks, roads):
    begun = draft(partners=[parks])
    ContributePart(begun.parts.get(), by=gardener, text="We water them.").execute()

    ReviseAnswer(begun, by=official, text=TEXT, partners=[parks, roads]).execute()

    begun.refresh_from_db()
    assert {part.department: part.text for part in begun.parts.all()} == {
        parks: "We water them.",
        roads: "",
    }
    assert begun.state == AnswerState.OPEN_PARTS


def test_correction_is_a_row_of_its_own(answer, official):
    first = answer()

    second = publish(
        CorrectAnswer(first, by=official, text="In autumn.", decision="partly").execute(), official
    )

    first.refresh_from_db()
    assert (first.text, second.corrects, second.number) == (TEXT, first, 2)
    assert list(OfficialAnswer.objects.current()) == [second]
    assert list(OfficialAnswer.objects.published()) == [first, second]


def test_answer_is_corrected_by_one_at_a_time(answer, official):
    first = answer()
    correction = CorrectAnswer(first, by=official, text="A").execute()

    with pytest.raises(ActionRefused) as refused:
        CorrectAnswer(first, by=official, text="B").execute()
    DiscardAnswer(correction, by=official).execute()

    assert refused.value.code == "corrected"
    assert CorrectAnswer(first, by=official, text="B").execute()


@pytest.mark.parametrize("action", [PublishAnswer, DiscardAnswer, ReviseAnswer])
def test_published_answer_is_not_changed(answer, official, action):
    published = answer()

    with pytest.raises(ActionRefused) as refused:
        action(published, by=official).execute()

    assert refused.value.code == "is-published"


CHANGES = {
    "text": lambda rows: rows.update(text="Never mind."),
    "decision": lambda rows: rows.update(decision="declined"),
    "back to a draft": lambda rows: rows.update(state="draft", number=None, published_at=None),
    "deleted": lambda rows: rows._raw_delete(rows.db),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_database_keeps_what_was_published(answer, change):
    rows = OfficialAnswer.objects.filter(pk=answer().pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        change(rows)


def test_database_keeps_the_parts_of_what_was_published(draft, official, gardener, parks, roads):
    begun = draft(partners=[parks])
    ContributePart(begun.parts.get(), by=gardener, text="We water them.").execute()
    publish(begun, official)

    for change in (
        lambda: begun.parts.update(text="We do not."),
        lambda: begun.parts.all().delete(),
        lambda: begun.parts.create(department=roads),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_whoever_wrote_it_can_leave(answer, official):
    published = answer()

    official.delete()

    published.refresh_from_db()
    assert published.by is None


def test_tampered_answer_is_found(answer):
    published = answer()
    with triggers_suspended():
        OfficialAnswer.objects.filter(pk=published.pk).update(text="Never mind.")

    assert [finding.code for finding in findings()] == ["answer"]


def test_hidden_contribution_is_not_answered(idea, draft, official):
    begun = draft()
    hide(idea)

    for step in (draft, lambda: publish(begun, official)):
        with pytest.raises(ActionRefused) as refused:
            step()
        assert refused.value.code == "not-public"


WHO = {
    "author": False,
    "neighbour": False,
    "moderator": False,
    "gardener": False,
    "foreign official": False,
    "official": True,
    "administrator": True,
}


@pytest.fixture
def people(
    author, make_citizen, make_official, gardener, foreign_official, official, administrator
):
    return {
        "author": author,
        "neighbour": make_citizen("neighbour"),
        "moderator": make_official("moderator", role="moderator"),
        "gardener": gardener,
        "foreign official": foreign_official,
        "official": official,
        "administrator": administrator,
    }


@pytest.mark.parametrize(("who", "may"), WHO.items(), ids=WHO.keys())
def test_officials_of_the_place_answer(people, contribution, who, may):
    action = DraftAnswer(contribution, by=people[who], text=TEXT)

    assert contributions_for(people[who]).filter(pk=contribution.pk).exists() == may
    if may:
        assert action.execute().by == people[who]
    else:
        with pytest.raises(ActionForbidden):
            action.execute()


def test_own_idea_is_answered_by_somebody_else(propose, official):
    own = propose(official, "Shorter meetings").contribution

    with pytest.raises(ActionRefused, match="own"):
        DraftAnswer(own, by=official, text=TEXT).execute()


def test_department_sees_the_answers_it_has_a_part_in(draft, gardener, parks, roads):
    asked, other = draft(partners=[parks]), draft(partners=[roads])

    assert list(answers_for(gardener)) == [asked]
    assert list(parts_for(gardener)) == list(asked.parts.all())
    with pytest.raises(ActionForbidden):
        ContributePart(other.parts.get(), by=gardener, text="Ours?").execute()


def test_official_elsewhere_sees_none_of_it(draft, foreign_official, parks):
    draft(partners=[parks])

    assert not answers_for(foreign_official).exists()
    assert not parts_for(foreign_official).exists()


def test_history_tells_answers_with_their_department(answer, contribution, parks):
    answer(department=parks, kind="interim", decision="")
    answer(department=parks)

    events = [event for event in history_of(contribution) if "answer" in event.code]

    assert [(event.code, str(event.sentence), event.by) for event in events] == [
        ("interim-answer", "The city gave an interim answer", "Parks"),
        ("answered", "The city answered: Accepted", "Parks"),
    ]


def test_guards_are_installed(db):
    assert not triggers.faults()


def test_draft_changed_by_somebody_else_is_not_written_over(draft, official):
    answer = draft()
    seen = fingerprint(answer)
    ReviseAnswer(answer, by=official, decision="accepted", text="By a colleague.").execute()

    with pytest.raises(ActionRefused) as refused:
        ReviseAnswer(answer, by=official, seen=seen, decision="accepted", text="Mine.").execute()

    assert refused.value.code == "changed"
    assert OfficialAnswer.objects.get().text == "By a colleague."


def test_draft_nobody_else_changed_is_written_over(draft, official, parks):
    answer = draft(department=parks, next_step="Plant them.", reason_codes=["no-money"])
    seen = fingerprint(answer)

    ReviseAnswer(answer, by=official, seen=seen, decision="accepted", text="Mine.").execute()

    assert OfficialAnswer.objects.get().text == "Mine."
