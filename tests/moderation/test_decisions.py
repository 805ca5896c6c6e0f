"""What every outcome does, and to what it can be done."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.actions import RemoveContribution, WithdrawContribution
from civic_sourcing.attribution.models import Contribution, State
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.core.policies import Occasion
from civic_sourcing.moderation.deciding.masking import digest
from civic_sourcing.moderation.deciding.outcomes import possible_outcomes
from civic_sourcing.moderation.models import Case, Measure, Outcome, PreservedText
from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.policies import InGoodStanding

from .deciding_people import (  # noqa: F401
    FACTS,
    case_now,
    decide_scene,
    faults,
    moderate_there,
    page_now,
    row,
    seen,
    terms_scene,
    waiting_idea_scene,
)

DAY = timedelta(days=1)
CONTENT = ["no_breach", "mask", "hide", "remove", "move", "temporary", "warn", "suspend"]
POSSIBLE = {
    "published": CONTENT,
    "withdrawn": [outcome for outcome in CONTENT if outcome != "move"],
    "hidden by the system": CONTENT,
    "waiting": ["release", "no_breach", "mask", "remove", "move"],
    "removed by its author": ["no_breach", "warn", "suspend"],
    "a person": ["no_breach", "warn", "suspend"],
}
BECOMES = {
    ("published", "no_breach"): "published",
    ("published", "mask"): "published",
    ("published", "hide"): "hidden",
    ("published", "temporary"): "hidden",
    ("published", "remove"): "removed",
    ("published", "move"): "published",
    ("published", "warn"): "published",
    ("withdrawn", "no_breach"): "withdrawn",
    ("withdrawn", "mask"): "withdrawn",
    ("withdrawn", "hide"): "hidden",
    ("withdrawn", "remove"): "removed",
    ("hidden by the system", "no_breach"): "published",
    ("hidden by the system", "mask"): "published",
    ("hidden by the system", "hide"): "hidden",
    ("hidden by the system", "remove"): "removed",
    ("hidden by the system", "warn"): "published",
    ("hidden by the system", "temporary"): "hidden",
    ("waiting", "release"): "published",
    ("waiting", "no_breach"): "published",
    ("waiting", "mask"): "published",
    ("waiting", "remove"): "removed",
    ("waiting", "move"): "published",
    ("removed by its author", "no_breach"): "removed",
    ("removed by its author", "warn"): "removed",
}


@pytest.fixture
def case_in(idea, author, report, reporter, second_reporter, third_reporter, request):
    """A case whose subject is in a given state."""

    def arrange(state):
        if state == "waiting":
            page = request.getfixturevalue("waiting_idea")
            return Case.objects.get(contribution=page.contribution)
        if state == "a person":
            return report(Participant.objects.of(author), process=idea.process).case
        if state == "hidden by the system":
            for person in (reporter, second_reporter, third_reporter):
                case = report(by=person).case
            return case_now(case)
        case = report().case
        if state == "withdrawn":
            WithdrawContribution(idea.contribution, by=author).execute()
        if state == "removed by its author":
            RemoveContribution(idea.contribution, by=None).execute()
            ledger.blank(row(idea))
        return case_now(case)

    return arrange


@pytest.mark.parametrize("state", POSSIBLE)
def test_what_is_possible_is_what_the_action_takes(case_in, decide, terms, state):
    case = case_in(state)
    possible = {str(outcome) for outcome in possible_outcomes(case, timezone.now())}
    assert possible == set(POSSIBLE[state])

    taken = set()
    for outcome in Outcome.values:
        try:
            with transaction.atomic():
                decide(case, outcome, **terms(case, outcome))
                taken.add(outcome)
                transaction.set_rollback(True)
        except ActionRefused as refused:
            assert refused.code == "not-possible"

    assert taken == set(POSSIBLE[state])


@pytest.mark.parametrize(
    ("state", "outcome", "after"),
    [pytest.param(*key, after, id=" ".join(key)) for key, after in BECOMES.items()],
)
def test_outcome_leads_from_state_to_state(case_in, decide, terms, state, outcome, after):
    case = case_in(state)

    decide(case, outcome, **terms(case, outcome))

    assert Contribution.objects.get(pk=case.contribution_id).state == after
    assert (case_now(case).state, case_now(case).held) == ("decided", False)
    assert not faults()


def test_hidden_idea_is_out_of_sight_with_its_reasons(case, idea, decide):
    url = idea.url

    decision = decide(case)

    assert (row(idea).state, seen(idea).status_code) == (State.HIDDEN, 404)
    assert decision.measures.get().kind == Measure.Kind.HIDDEN
    assert (decision.facts, decision.scope != "") == (FACTS, True)
    assert decision.appeal_until >= decision.decided_at + timedelta(days=183)
    assert page_now(idea).url == url


def test_masked_passage_is_nowhere(case, idea, decide):
    text, passage = idea.description, "sit down"
    start = text.index(passage)

    decide(case, "mask", spans=[["text", start, start + len(passage)]], seen_version=1)

    masked = text.replace(passage, "***")
    assert page_now(idea).description == masked
    assert passage not in seen(idea).content.decode()
    assert [version.text for version in row(idea).versions.order_by("number")] == ["", masked]
    assert not faults()


def test_masked_title_is_not_in_the_address_either(case, idea, decide):
    decide(case, "mask", spans=[["title", 0, len(idea.title)]], seen_version=1)

    page = page_now(idea)
    assert (page.title, row(idea).title) == ("***", "***")
    assert page.slug == f"idea-{page.uuid.hex[:8]}"
    assert seen(idea).status_code == 200


@pytest.mark.parametrize(
    "guard",
    [
        pytest.param({"seen_version": 7}, id="another version"),
        pytest.param({"seen_digest": digest("other", "text")}, id="another text"),
        pytest.param({}, id="none given"),
    ],
)
def test_mask_over_a_text_that_changed_meanwhile_is_refused(case, idea, decide, guard):
    with pytest.raises(ActionRefused) as refused:
        decide(case, "mask", spans=[["text", 0, 2]], **guard)

    assert refused.value.code == "changed-meanwhile"
    assert (page_now(idea).description, case_now(case).state) == (idea.description, "open")


@pytest.mark.parametrize("outcome", ["hide", "remove", "no_breach"])
def test_any_decision_about_another_version_is_refused(case, decide, outcome):
    with pytest.raises(ActionRefused) as refused:
        decide(case, outcome, seen_version=2)

    assert refused.value.code == "changed-meanwhile"


def test_reasons_cannot_repeat_what_is_masked(case, idea, decide):
    with pytest.raises(ActionRefused) as refused:
        decide(
            case,
            "mask",
            spans=[["text", 0, len(idea.description)]],
            seen_version=1,
            facts=f"They wrote “{idea.description}” here.",
        )

    assert refused.value.code == "quotes"


def test_removed_words_are_kept_for_an_appeal_and_nowhere_else(case, idea, decide):
    title, text = idea.title, idea.description

    decision = decide(case, "remove")

    page, contribution = page_now(idea), row(idea)
    assert (page.title, page.description, contribution.title) == ("***", "***", "***")
    assert not contribution.versions.exclude(text="").exists()
    kept = PreservedText.objects.get(decision=decision)
    assert (kept.title, kept.text, kept.purge_at) == (title, text, decision.appeal_until)
    assert "slug" in kept.keepsake


def test_moved_idea_stands_in_the_other_forum(case, idea, decide, other_forum, client):
    old = idea.url

    moderate_there(other_forum)

    decision = decide(case, "move", rule=None, target=other_forum.process)

    assert page_now(idea).get_parent().pk == other_forum.pk
    assert row(idea).process == other_forum.process
    assert decision.details["from"] == str(case.process.uuid)
    assert client.get(old, follow=True).redirect_chain[-1][0] == page_now(idea).url


def test_nothing_is_moved_to_where_the_moderator_has_no_say(case, idea, decide, other_forum):
    with pytest.raises(ActionForbidden, match="moderators of that place"):
        decide(case, "move", rule=None, target=other_forum.process)

    assert row(idea).process == case.process


def test_a_matter_for_the_service_leaves_the_forum(case, idea, decide):
    decision = decide(case, "move", rule=None)

    assert row(idea).state == State.HIDDEN
    assert decision.details == {"service": True}
    assert "service" in decision.scope


def test_warning_is_seen_in_the_standing(case, author, decide):
    decide(case, "warn")

    assert Participant.objects.of(author).standing == "warned"


@pytest.mark.parametrize(
    ("site", "here", "elsewhere"),
    [pytest.param(False, False, True, id="forum"), pytest.param(True, False, False, id="site")],
)
def test_suspension_keeps_from_taking_part_where_it_holds(
    case, author, decide, administrator, forum, other_forum, site, here, elsewhere
):
    until = timezone.now() + 7 * DAY

    decide(case, "suspend", by=administrator, until=until, site=site)

    at = timezone.now()
    policy = InGoodStanding()
    assert policy.allows(Occasion(author, forum, at)) is here
    assert policy.allows(Occasion(author, other_forum, at)) is elsewhere
    assert policy.allows(Occasion(author, forum, until + DAY))


def test_the_suspended_are_told_until_when(case, author, decide, forum):
    decide(case, "suspend", until=timezone.now() + 7 * DAY)

    refusal = InGoodStanding().refusal(Occasion(author, forum, timezone.now()))

    assert refusal.code == "suspended"


def test_moderator_of_one_forum_does_not_suspend_from_the_site(case, decide, other_forum):
    with pytest.raises(ActionForbidden, match="whole site"):
        decide(case, "suspend", until=timezone.now() + DAY, site=True)


def test_what_waited_is_published_as_it_was_handed_in(waiting_idea, decide):
    case = Case.objects.get(contribution=waiting_idea.contribution)

    decision = decide(case, "no_breach", rule=None, facts="")

    assert (decision.outcome, decision.rule) == ("release", None)
    assert seen(waiting_idea).status_code == 200
    assert row(waiting_idea).versions.get().text == "Light by the river."


def test_masked_while_it_waited_it_is_published_masked_only(waiting_idea, decide):
    case = Case.objects.get(contribution=waiting_idea.contribution)

    decide(case, "mask", spans=[["text", 0, 5]], seen_version=0)

    assert [version.text for version in row(waiting_idea).versions.all()] == ["*** by the river."]


def test_no_breach_says_why_by_itself(case, decide):
    decision = decide(case, "no_breach", rule=None, facts="")

    assert "no breach" in decision.facts
    assert decision.appeal_until is None


def test_lifting_ends_what_was_decided(case, idea, decide, second_moderator, moderator):
    decide(case)

    decision = decide(case_now(case), "lift", by=second_moderator, facts="")

    assert (decision.number, seen(idea).status_code) == (2, 200)
    assert Measure.objects.get().end_reason == "lifted"
    assert not faults()
