"""Pre-moderation and checks at the gate: what waits, what is marked, what is refused."""

import pytest
from django.db import transaction

from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.models import Channel, Contribution, State
from civic_sourcing.core.audit import verify
from civic_sourcing.core.exceptions import ActionRefused, RateLimited
from civic_sourcing.ideas.actions import ProposeIdea
from civic_sourcing.ideas.models import IdeaPage
from civic_sourcing.moderation.actions import DecideCase
from civic_sourcing.moderation.models import Case, Finding, ForumModeration, KnownText, WordList
from civic_sourcing.participants.models import Participant
from tests.scenes import maker

INSULT = "Whoever likes this is an idiot."


@maker
def moderated(forum):
    """Say what waits in the forum."""

    def say(premoderation):
        ForumModeration.objects.update_or_create(
            process=forum.process, defaults={"premoderation": premoderation}
        )

    return say


@pytest.fixture
def insults(db):
    return WordList.objects.create(title="Insults", words="idiot*", verdict="hold")


@maker
def write(forum, citizen):
    """Propose an idea online."""

    def write(description="People want to sit down.", *, by=citizen, title="Benches", **words):
        return ProposeIdea(forum, by=by, title=title, description=description, **words).execute()

    return write


@pytest.fixture
def citizen(make_citizen, settle):
    return settle(make_citizen("citizen"))


def faults():
    return [finding.code for report in verify() for finding in report.findings]


@pytest.mark.parametrize(
    ("mode", "who", "words", "state"),
    [
        ("none", "citizen", "harmless", "published"),
        ("none", "citizen", INSULT, "published"),
        ("none", "newcomer", INSULT, "published"),
        ("checks", "citizen", "harmless", "published"),
        ("checks", "newcomer", "harmless", "published"),
        ("checks", "citizen", INSULT, "held"),
        ("newcomers", "citizen", "harmless", "published"),
        ("newcomers", "newcomer", "harmless", "held"),
        ("newcomers", "citizen", INSULT, "held"),
        ("everyone", "citizen", "harmless", "held"),
        ("everyone", "newcomer", INSULT, "held"),
    ],
)
def test_the_forum_says_what_waits(request, moderated, insults, write, mode, who, words, state):
    moderated(mode)

    idea = write(words, by=request.getfixturevalue(who))

    assert (idea.contribution.state, idea.live) == (state, state == "published")
    assert not faults()


def test_without_a_word_of_the_forum_the_settings_hold(write, settings):
    settings.CIVIC_SOURCING = {**settings.CIVIC_SOURCING, "PREMODERATION": "everyone"}

    assert write().contribution.state == State.HELD


def test_what_waits_has_its_case_with_findings_and_target(moderated, insults, write):
    idea = write(INSULT)

    case = Case.objects.get()
    finding = Finding.objects.get()
    assert (case.contribution, case.held, case.kind) == (idea.contribution, True, "idea")
    assert case.due_at > case.opened_at
    assert (finding.check_key, finding.verdict) == ("words", "hold")
    assert finding.spans == [["text", 25, 30]]


def test_what_is_marked_is_published_with_a_case(insults, write):
    WordList.objects.update(verdict="mark")

    idea = write(INSULT)

    assert idea.live
    assert not Case.objects.get().held


def test_harmless_text_has_no_case(write):
    write()

    assert not Case.objects.exists()


def test_list_that_refuses_says_why_and_keeps_nothing(insults, write):
    WordList.objects.update(verdict="refuse", sentence="Please stay friendly.")

    with pytest.raises(ActionRefused, match="stay friendly"):
        write(INSULT)

    assert not IdeaPage.objects.exists()
    assert not Case.objects.exists()


def test_refused_attempt_does_not_count_against_the_limit(insults, write):
    WordList.objects.update(verdict="refuse")
    with pytest.raises(ActionRefused):
        write(INSULT)

    assert write().live


def test_newcomer_is_limited_more_tightly(write, newcomer, citizen):
    write(by=newcomer)

    with pytest.raises(RateLimited) as refused:
        write("Another one.", by=newcomer)

    assert refused.value.retry_after > 60


def test_rule_of_a_list_leads_the_case(insults, write, rules):
    WordList.objects.update(rule=rules("equality"))

    write(INSULT)

    case = Case.objects.get()
    assert case.rule == rules("equality")
    assert case.severity == rules("equality").severity


def test_personal_number_waits_and_is_urgent(write):
    idea = write("My number is 900101-1234567.")

    case = Case.objects.get()
    assert idea.contribution.state == State.HELD
    assert case.is_personal
    assert (case.due_at - case.opened_at).total_seconds() == 24 * 3600


def test_findings_and_known_texts_quote_nothing(insults, write):
    write(INSULT)

    kept = [*Finding.objects.values("explanation", "spans"), *KnownText.objects.values("digest")]
    assert "idiot" not in str(kept)


def test_what_staff_enter_passes(moderated, insults, write):
    moderated("everyone")

    assert write(INSULT, channel=Channel.IMPORT).live


def test_released_idea_is_published_by_the_decision(moderated, write, moderator):
    moderated("everyone")
    idea = write()

    DecideCase(Case.objects.get(), by=moderator, outcome="release", facts="").execute()

    assert IdeaPage.objects.get(pk=idea.pk).live
    assert Contribution.objects.get(pk=idea.contribution_id).state == State.PUBLISHED
    assert not faults()


def test_edit_that_a_check_holds_waits_with_a_case(insults, write):
    idea = write()
    with transaction.atomic():
        row = Contribution.objects.select_for_update().get(pk=idea.contribution_id)
        idea.contribution = row
        idea.write(title="Benches", description=INSULT)
        idea.save()
        ledger.revise(row, title="Benches", text=INSULT)

    assert row.state == State.HELD
    assert not IdeaPage.objects.get().live
    assert Case.objects.get().held
    assert not faults()


def test_text_known_before_an_edit_is_known_as_it_is_now(write):
    idea = write("People want to sit down by the river.")
    before = KnownText.objects.get().digest
    row = idea.contribution

    with transaction.atomic():
        ledger.revise(row, title="Benches", text="People want to lie down in the sun.")

    assert KnownText.objects.get().digest != before


def test_known_text_goes_with_the_text(write):
    idea = write("People want to sit down by the river.")

    with transaction.atomic():
        ledger.blank(idea.contribution)

    assert not KnownText.objects.exists()


def test_same_idea_twice_is_refused(write, citizen):
    write("People want to sit down by the river.")
    from django.core.cache import cache

    cache.clear()

    with pytest.raises(ActionRefused) as refused:
        write("People want to sit down by the river!")

    assert refused.value.code == "own-text-again"


def test_suspicious_name_waits(write, make_citizen, settle):
    someone = settle(make_citizen("someone"))
    Participant.objects.filter(user=someone).update(name="m0derator")

    assert write(by=someone).contribution.state == State.HELD
