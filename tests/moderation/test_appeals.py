"""Appeals: who may, until when, decided by somebody else, and exact restoration."""

from datetime import timedelta

import pytest
from django.utils import timezone

from civic_sourcing.attribution.models import State
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.core.models import AuditEntry
from civic_sourcing.core.testing import triggers_suspended
from civic_sourcing.ideas.actions import SupportIdea
from civic_sourcing.moderation.actions import FileAppeal
from civic_sourcing.moderation.models import Appeal, Case, Decision, Measure
from civic_sourcing.participants.models import Participant
from tests.scenes import maker

from .deciding_people import (  # noqa: F401
    FACTS,
    REASONS,
    appeal_scene,
    case_now,
    decide_appeal_scene,
    decide_scene,
    decision_now,
    faults,
    moderate_there,
    page_now,
    row,
    seen,
    snapshot,
    waiting_idea_scene,
)

DAY = timedelta(days=1)
UNDONE = ["mask", "title", "hide", "remove", "move", "service", "temporary", "warn", "suspend"]


@maker
def limit(decide, case, idea, other_forum):
    """Decide the case in one of the ways that take something from the author."""

    def take(name):
        soon = timezone.now() + 7 * DAY
        terms = {
            "mask": {"spans": [["text", 3, 9]], "seen_version": 1},
            "title": {"spans": [["title", 0, len(idea.title)]], "seen_version": 1},
            "move": {"target": other_forum.process, "rule": None},
            "service": {"rule": None},
            "temporary": {"until": soon},
            "suspend": {"until": soon},
        }.get(name, {})
        outcome = {"title": "mask", "service": "move"}.get(name, name)
        if name == "move":
            moderate_there(other_forum)
        return decide(case, outcome, **terms)

    return take


@pytest.mark.parametrize("name", UNDONE)
def test_reversed_everything_is_exactly_as_before(
    idea, reporter, author, limit, appeal, decide_appeal, name
):
    SupportIdea(idea, by=reporter).execute()
    before = snapshot(idea)
    decision = limit(name)

    decided = decide_appeal(appeal(decision))

    assert snapshot(idea) == before
    assert Participant.objects.of(author).standing == "good"
    assert [measure.end_reason for measure in Measure.objects.all()] == ["reversed"]
    assert (decided.outcome, decided.reasons) == ("reversed", REASONS)
    last = Decision.objects.order_by("-number").first()
    assert (last.outcome, last.origin, last.corrects) == ("lift", "appeal", decision)
    assert not faults()


def test_reversed_on_two_removals_the_other_one_still_holds(
    case, idea, report, decide, appeal, decide_appeal, second_reporter
):
    first = decide(case)
    appeal_first = appeal(first)
    text = idea.description
    second = decide(
        Case.objects.create(
            contribution=row(idea),
            process=case.process,
            kind="idea",
            opened_at=timezone.now(),
            due_at=timezone.now() + DAY,
        ),
        "remove",
    )

    decide_appeal(appeal(second))
    assert (row(idea).state, page_now(idea).description) == (State.HIDDEN, text)

    decide_appeal(appeal_first)
    assert (row(idea).state, seen(idea).status_code) == (State.PUBLISHED, 200)
    assert not faults()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["first first", "second first"])
def test_of_two_masks_each_is_reversed_by_itself(
    case, idea, report, decide, appeal, decide_appeal, second_reporter, order
):
    text = idea.description
    masks = [decide(case, "mask", spans=[["text", 0, 6]], seen_version=1)]
    again = report(by=second_reporter).case
    place = page_now(idea).description.index("down")
    masks.append(decide(again, "mask", spans=[["text", place, place + 4]], seen_version=2))
    assert page_now(idea).description == "*** want to sit ***."

    decide_appeal(appeal(masks[order[0]]))
    left = {0: "People want to sit ***.", 1: "*** want to sit down."}[order[0]]
    assert page_now(idea).description == left

    decide_appeal(appeal(masks[order[1]]))
    assert page_now(idea).description == text
    assert not faults()


def test_upheld_it_stays(case, idea, decide, appeal, decide_appeal):
    decision = decide(case)

    decide_appeal(appeal(decision), "upheld")

    assert row(idea).state == State.HIDDEN
    assert Decision.objects.count() == 1
    assert not faults()


def test_changed_another_decision_takes_its_place(case, idea, decide, appeal, decide_appeal, rules):
    decision = decide(case, "remove")

    decide_appeal(appeal(decision), "changed", outcome="warn", rule=rules("respect"))

    last = Decision.objects.order_by("-number").first()
    assert (last.outcome, last.facts, last.appeal_until) == ("warn", REASONS, None)
    assert seen(idea).status_code == 200
    assert [m.end_reason for m in decision.measures.all()] == ["reversed"]
    assert not faults()


def test_a_removal_changed_to_a_mask_shows_the_rest(
    case, idea, decide, appeal, decide_appeal, rules
):
    decision = decide(case, "remove")

    decide_appeal(
        appeal(decision),
        "changed",
        outcome="mask",
        rule=rules("respect"),
        spans=[["text", 0, 6]],
        seen_version=1,
    )

    assert page_now(idea).description == "*** want to sit down."
    assert seen(idea).status_code == 200
    assert not faults()


def test_what_was_refused_while_it_waited_is_published_on_appeal(
    waiting_idea, decide, appeal, decide_appeal
):
    case = Case.objects.get(contribution=waiting_idea.contribution)
    decision = decide(case, "remove")

    decide_appeal(appeal(decision))

    assert seen(waiting_idea).status_code == 200
    assert page_now(waiting_idea).title == "Lamps"
    assert not faults()


@pytest.mark.parametrize("role", ["reporter", "citizen_elsewhere", "moderator", "administrator"])
def test_only_whom_it_is_about_appeals(case, decide, appeal, request, make_citizen, role):
    decision = decide(case)
    someone = (
        make_citizen("elsewhere2") if role == "citizen_elsewhere" else request.getfixturevalue(role)
    )

    with pytest.raises(ActionForbidden):
        appeal(decision, by=someone)


def test_the_suspended_may_appeal(case, decide, appeal):
    decision = decide(case, "suspend", until=timezone.now() + DAY)

    assert appeal(decision).state == "open"


def test_there_is_one_appeal(case, decide, appeal):
    decision = decide(case)
    appeal(decision)

    with pytest.raises(ActionRefused) as refused:
        appeal(decision_now(decision))

    assert refused.value.code == "already-appealed"
    assert Appeal.objects.count() == 1


def test_half_a_year_later_it_is_too_late_and_a_day_before_it_is_not(case, decide, appeal):
    decision = decide(case)
    with triggers_suspended():
        Decision.objects.update(appeal_until=timezone.now() - timedelta(seconds=1))
    with pytest.raises(ActionRefused) as refused:
        appeal(decision_now(decision))
    assert refused.value.code == "too-late"

    with triggers_suspended():
        Decision.objects.update(appeal_until=timezone.now() + timedelta(seconds=60))
    assert appeal(decision_now(decision)).state == "open"


def test_what_limits_nobody_cannot_be_appealed(case, decide, appeal):
    decision = decide(case, "no_breach", rule=None)

    with pytest.raises(ActionRefused) as refused:
        appeal(decision)

    assert refused.value.code == "not-appealable"


def test_what_was_corrected_is_appealed_in_its_new_form(case, decide, appeal):
    wrong = decide(case)
    right = decide(case_now(case), "warn", correct=wrong)

    with pytest.raises(ActionRefused) as refused:
        appeal(wrong)

    assert refused.value.code == "replaced"
    assert appeal(right).state == "open"


ROLES = {
    "nobody": False,
    "author": False,
    "reporter": False,
    "moderator": False,
    "second_moderator": True,
    "foreign_moderator": False,
    "administrator": True,
}


@pytest.mark.parametrize("outcome", ["upheld", "reversed"])
@pytest.mark.parametrize("role", ROLES)
def test_role_may_decide_the_appeal(case, decide, appeal, decide_appeal, request, role, outcome):
    found = appeal(decide(case))

    try:
        decide_appeal(found, outcome, by=request.getfixturevalue(role))
        allowed = True
    except (ActionForbidden, ActionRefused) as refused:
        assert refused.code in ("forbidden", "own", "sign-in")
        allowed = False

    assert allowed is ROLES[role]


def test_the_author_does_not_decide_even_as_moderator(
    case, decide, appeal, decide_appeal, author, moderator
):
    found = appeal(decide(case))
    author.groups.set(moderator.groups.all())

    with pytest.raises(ActionRefused) as refused:
        decide_appeal(found, by=author)

    assert refused.value.code == "own"


@pytest.mark.parametrize(
    ("outcome", "reasons", "code"),
    [("upheld", "", "blank"), ("upheld", "No.", "no-reasons"), ("maybe", REASONS, "no-outcome")],
)
def test_appeal_without_reasons_or_outcome_is_refused(
    case, decide, appeal, decide_appeal, outcome, reasons, code
):
    found = appeal(decide(case))

    with pytest.raises(Exception) as refused:
        decide_appeal(found, outcome, reasons=reasons)

    assert refused.value.code == code


def test_an_appeal_is_decided_once(case, decide, appeal, decide_appeal, administrator):
    found = appeal(decide(case))
    decide_appeal(found, "upheld")

    with pytest.raises(ActionRefused) as refused:
        decide_appeal(found, by=administrator)

    assert refused.value.code == "already-decided"
    assert "stands" in refused.value.message


def test_the_log_keeps_digests_of_what_was_said(case, decide, appeal, decide_appeal):
    found = appeal(decide(case), text="A very particular sentence.")
    decide_appeal(found)

    actions = ["civic_moderation.appeal", "civic_moderation.decide_appeal"]
    entries = AuditEntry.objects.filter(action__in=actions)
    assert {entry.action for entry in entries} == set(actions)
    assert all(entry.reason_digest for entry in entries)
    assert "particular" not in str(list(entries.values()))
    assert not faults()


def test_an_appeal_needs_words(case, decide, author):
    with pytest.raises(Exception, match="empty"):
        FileAppeal(decide(case), by=author, text=" \u202e ").execute()


def test_facts_are_those_of_the_decision(case, decide):
    assert decide(case).facts == FACTS
