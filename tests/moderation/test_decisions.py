"""What every outcome does, to what it can be done, and what is refused."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone

from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.actions import RemoveContribution, WithdrawContribution
from civic_sourcing.attribution.models import Contribution, State
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.core.models import AuditEntry
from civic_sourcing.core.policies import Occasion
from civic_sourcing.core.testing import triggers_suspended
from civic_sourcing.ideas.actions import SupportIdea
from civic_sourcing.moderation.actions import DecideCase, TakeCase
from civic_sourcing.moderation.deciding.masking import digest
from civic_sourcing.moderation.deciding.outcomes import possible_outcomes
from civic_sourcing.moderation.models import (
    Automation,
    Case,
    Decision,
    Finding,
    Measure,
    Origin,
    Outcome,
    PreservedText,
)
from civic_sourcing.moderation.queue.leases import take_lease
from civic_sourcing.moderation.signals import case_decided, measure_ended
from civic_sourcing.participants.models import Participant
from civic_sourcing.participants.policies import InGoodStanding

from .deciding_people import (  # noqa: F401
    FACTS,
    appeal_scene,
    case_now,
    decide_appeal_scene,
    decide_scene,
    faults,
    page_now,
    row,
    seen,
    snapshot,
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
def terms(other_forum):
    """What an outcome needs beside its reasons."""

    def needed(case, outcome):
        soon = timezone.now() + 7 * DAY
        if outcome in ("temporary", "suspend"):
            return {"until": soon}
        if outcome == "move":
            return {"target": other_forum.process}
        if outcome == "mask" and case.contribution:
            return {"spans": [["text", 0, 5]], "seen_version": version_of(case)}
        return {}

    return needed


def version_of(case):
    last = case.contribution.versions.order_by("-number").first()
    return last.number if last else 0


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

    decision = decide(case, "move", rule=None, target=other_forum.process)

    assert page_now(idea).get_parent().pk == other_forum.pk
    assert row(idea).process == other_forum.process
    assert decision.details["from"] == str(case.process.uuid)
    assert client.get(old, follow=True).redirect_chain[-1][0] == page_now(idea).url


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


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        pytest.param({"facts": ""}, "no-facts", id="without facts"),
        pytest.param({"facts": "Bad."}, "no-facts", id="too few words"),
        pytest.param({"rule": None}, "no-rule", id="without a rule"),
        pytest.param({"outcome": "banish"}, "no-outcome", id="unknown outcome"),
        pytest.param({"outcome": "mask", "seen_version": 1}, "no-passage", id="no passage"),
        pytest.param({"outcome": "suspend"}, "no-end", id="suspended for ever"),
        pytest.param({"outcome": "temporary"}, "no-end", id="temporary for ever"),
        pytest.param({"outcome": "temporary", "days": 31}, "too-long", id="31 days"),
        pytest.param({"outcome": "temporary", "days": -1}, "past", id="in the past"),
    ],
)
def test_decision_without_what_it_needs_is_refused(case, decide, terms, code):
    terms = {"outcome": "hide", **terms}
    if "days" in terms:
        terms["until"] = timezone.now() + terms.pop("days") * DAY

    with pytest.raises(ActionRefused) as refused:
        decide(case, **terms)

    assert refused.value.code == code
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"facts": ""}, id="facts"),
        pytest.param({"scope": "", "salt": "ab"}, id="scope"),
        pytest.param({"rule": None}, id="rule"),
        pytest.param({"outcome": "temporary", "until": None}, id="end"),
        pytest.param({"outcome": "temporary", "days": 31}, id="31 days"),
        pytest.param({"outcome": "remove", "origin": "automatic"}, id="removed by the system"),
    ],
)
def test_the_database_takes_no_decision_without_its_statement(case, rules, values):
    now = timezone.now()
    values = {"until": now + values.pop("days") * DAY} | values if "days" in values else values
    row = {"outcome": "hide", "rule": rules("respect"), "facts": FACTS, "scope": "All", **values}

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(case=case, number=1, starts_at=now, decided_at=now, **row)


@pytest.mark.parametrize("change", [{"outcome": "remove"}, {"facts": "Other"}, {"number": 4}])
def test_the_database_keeps_a_decision_as_it_was_made(case, decide, change):
    decision = decide(case)

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(**change)


def test_a_decision_may_be_erased_and_its_moderator_may_leave(case, decide, moderator):
    decision = decide(case)

    Decision.objects.filter(pk=decision.pk).update(facts="–", scope="", salt="", details={})
    Decision.objects.filter(pk=decision.pk).update(decided_by=None)

    assert Decision.objects.get().facts == "–"


def test_a_measure_ends_once(case, decide):
    decide(case)
    Measure.objects.update(ended_at=timezone.now(), end_reason="lifted")

    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.update(ended_at=None, end_reason="")


ROLES = {
    "nobody": False,
    "reporter": False,
    "author": False,
    "moderator": True,
    "second_moderator": True,
    "foreign_moderator": False,
    "administrator": True,
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("outcome", CONTENT)
def test_role_may_decide(case, decide, terms, request, role, outcome):
    user = request.getfixturevalue(role)

    try:
        decide(case, outcome, by=user, **terms(case, outcome))
        allowed = True
    except ActionForbidden:
        allowed = False

    assert allowed is ROLES[role]


@pytest.mark.parametrize("role", ["author", "reporter"])
def test_nobody_decides_their_own_matter_even_as_moderator(case, decide, request, moderator, role):
    user = request.getfixturevalue(role)
    user.groups.set(moderator.groups.all())

    with pytest.raises(ActionRefused) as refused:
        decide(case, "no_breach", by=user)

    assert refused.value.code == "own"


def test_demoted_moderator_with_an_open_tab_is_refused_at_once(case, decide, moderator):
    TakeCase(case, by=moderator).execute()
    moderator.groups.clear()

    with pytest.raises(ActionForbidden):
        decide(case_now(case), by=get_user_model().objects.get(pk=moderator.pk))


def test_the_system_never_removes(case, decide):
    with pytest.raises(ActionForbidden):
        decide(case, "remove", by=None)


def test_the_second_to_decide_is_told_what_was_decided(case, decide, second_moderator, moderator):
    decide(case)

    with pytest.raises(ActionRefused) as refused:
        decide(case, "no_breach", by=second_moderator)

    name = Participant.objects.of(moderator).public_name
    assert refused.value.code == "already-decided"
    assert name in refused.value.message
    assert "Hidden" in refused.value.message
    assert Decision.objects.count() == 1


def test_a_lease_is_soft_and_the_decision_hard(case, decide, moderator, second_moderator):
    take_lease(case, second_moderator)

    assert decide(case).number == 1


@pytest.mark.parametrize(
    ("verdict", "automation"),
    [("mark", Automation.DETECTED), ("hold", Automation.HELD), (None, Automation.NONE)],
)
def test_statement_says_whether_automation_took_part(case, decide, verdict, automation):
    if verdict:
        Finding.objects.create(
            case=case, check_key="words", verdict=verdict, code="x", at=timezone.now()
        )

    assert decide(case).automation == automation


def test_statement_says_that_it_was_hidden_automatically(case_in, decide):
    case = case_in("hidden by the system")

    decision = decide(case, "no_breach", rule=None)

    assert decision.automation == Automation.HIDDEN
    assert [m.end_reason for m in Measure.objects.all()] == ["lifted"]


class TestCorrecting:
    def test_a_decision_is_corrected_within_minutes(self, case, idea, decide):
        wrong = decide(case, "remove")

        right = decide(case_now(case), "hide", correct=wrong)

        assert (right.origin, right.corrects, right.number) == (Origin.CORRECTION, wrong, 2)
        assert (row(idea).state, page_now(idea).title) == (State.HIDDEN, idea.title)
        assert wrong.measures.get().end_reason == "corrected"
        assert not faults()

    @pytest.mark.parametrize("outcome", ["mask", "hide", "remove", "move", "warn", "temporary"])
    def test_taken_back_it_is_as_if_nothing_had_been(
        self, case, idea, decide, terms, author, reporter, outcome
    ):
        SupportIdea(idea, by=reporter).execute()
        before = snapshot(idea)
        wrong = decide(case, outcome, **terms(case, outcome))

        decide(case_now(case), "no_breach", rule=None, correct=wrong)

        assert snapshot(idea) == before
        assert Participant.objects.of(author).standing == "good"
        assert not faults()

    def test_a_mask_is_corrected_in_the_original_text(self, case, idea, decide):
        text = idea.description
        wrong = decide(case, "mask", spans=[["text", 0, 3]], seen_version=1)

        decide(
            case_now(case),
            "mask",
            spans=[["text", len(text) - 5, len(text)]],
            seen_version=2,
            correct=wrong,
        )

        assert page_now(idea).description == text[:-5] + "***"

    def test_a_colleague_does_not_correct(self, case, decide, second_moderator):
        wrong = decide(case)

        with pytest.raises(ActionForbidden):
            decide(case_now(case), "no_breach", by=second_moderator, correct=wrong)

    def test_after_minutes_it_is_too_late(self, case, decide):
        wrong = decide(case)
        with triggers_suspended():
            Decision.objects.update(decided_at=timezone.now() - timedelta(minutes=16))

        with pytest.raises(ActionRefused) as refused:
            decide(case_now(case), "no_breach", correct=wrong)

        assert refused.value.code == "too-late"

    def test_what_is_appealed_is_decided_there(self, case, decide, appeal):
        wrong = decide(case)
        appeal(wrong)

        with pytest.raises(ActionRefused) as refused:
            decide(case_now(case), "no_breach", correct=wrong)

        assert refused.value.code == "appealed"

    def test_only_the_last_decision_is_corrected(self, case, decide):
        first = decide(case)
        decide(case_now(case), "warn", correct=first)

        with pytest.raises(ActionRefused) as refused:
            decide(case_now(case), "no_breach", correct=first)

        assert refused.value.code == "already-decided"

    def test_the_log_knows_both(self, case, decide):
        wrong = decide(case)
        right = decide(case_now(case), "no_breach", rule=None, correct=wrong)

        entries = AuditEntry.objects.filter(action="civic_moderation.decide").order_by("pk")
        assert [entry.details["decision"] for entry in entries] == [
            str(wrong.uuid),
            str(right.uuid),
        ]
        assert entries.last().details["corrects"] == str(wrong.uuid)


def test_the_log_has_the_decision_and_no_word_of_it(case, idea, decide, moderator):
    decide(case, facts="A very particular sentence.")

    entry = AuditEntry.objects.get(action="civic_moderation.decide")
    assert (entry.actor, entry.details["outcome"]) == (
        Participant.objects.of(moderator).uuid,
        "hide",
    )
    assert "particular" not in str(entry.details)
    assert idea.title not in str(entry.details)
    assert not faults()


def test_news_go_out_when_a_case_is_decided_and_a_measure_ends(
    case_in, decide, django_capture_on_commit_callbacks
):
    heard = []

    def listen(sender, **news):
        heard.append((sender, news.get("result") or news.get("measure")))

    case = case_in("hidden by the system")
    case_decided.connect(listen)
    measure_ended.connect(listen)
    with django_capture_on_commit_callbacks(execute=True):
        decision = decide(case, "no_breach", rule=None)
    case_decided.disconnect(listen)
    measure_ended.disconnect(listen)

    assert (DecideCase, decision) in heard
    assert (Measure, Measure.objects.get()) in heard
