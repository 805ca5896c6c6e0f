"""What pages say of a forum's rules and of the way of an idea."""

from datetime import date

import pytest

from civic_sourcing.core import clock
from civic_sourcing.ideas.actions import ChangeStage, SupportIdea
from civic_sourcing.ideas.actions.rules import SetForumRules, Threshold
from civic_sourcing.ideas.models import Stage, Vocabulary
from civic_sourcing.ideas.outlook import in_words, outlook_of, steps_of
from tests.ideas.conftest import open_phase
from tests.ideas.stage_people import *  # noqa: F403
from tests.ideas.stage_people import put


@pytest.fixture
def rules(forum):
    """Set what holds in the forum, before anything is filed."""

    def set_rules(*thresholds, **values):
        return SetForumRules(forum.process, by=None, thresholds=thresholds, **values).execute()

    return set_rules


def shown(client, page):
    answer = client.get(page.get_url())
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("threshold", "words"),
    [
        (Threshold(50, "review"), "50 people support it: a department reviews it."),
        (Threshold(1, "ballot"), "1 person supports it: it goes on the ballot."),
        (
            Threshold(1000, "answer_due", days=30, answer_days=20),
            "1,000 people support it within 30 days: the city owes an answer, within 20 days.",
        ),
        (
            Threshold(500, "debate", answer_days=30),
            "500 people support it: a public debate opens, for 30 days.",
        ),
        (
            Threshold(5, "answer_due", measure="commenters", answer_days=1),
            "5 people discuss it: the city owes an answer, within 1 day.",
        ),
    ],
    ids=["plain", "one person", "days and answer", "debate", "commenters"],
)
def test_threshold_is_a_sentence(threshold, words, rules, forum):
    rules(threshold)

    assert in_words(forum.process.threshold_rules.get()) == words


def test_forum_says_how_it_works(client, rules, forum):
    rules(Threshold(50, "review", days=30), vocabulary="petition")

    page = shown(client, forum)

    assert "50 people support it within 30 days: a department reviews it." in page
    assert "Start a petition" in page


def test_forum_of_an_agency_names_problem_owner_and_date(client, rules, forum):
    rules(
        initiator="agency",
        problem_statements={"en": "The river floods <the> path."},
        owner_name="Parks department",
        answer_on=date(2030, 5, 1),
    )

    page = shown(client, forum)

    assert "The river floods &lt;the&gt; path." in page
    assert "Parks department answers for it." in page
    assert "by 1 May 2030" in page or "by May 1, 2030" in page


def test_strategic_forum_shows_its_conditions(client, rules, forum):
    rules(openness="strategic")

    assert "for those who meet the conditions" in shown(client, forum)


def test_forum_without_rules_says_nothing_of_them(client, forum):
    page = shown(client, forum)

    assert "What your support brings about" not in page
    assert "The problem" not in page


@pytest.mark.parametrize("vocabulary", Vocabulary.values)
def test_pages_speak_the_words_of_the_forum(vocabulary, client, rules, forum, propose, author):
    rules(vocabulary=vocabulary)
    idea = propose(author)

    page = shown(client, idea)

    assert str(idea.words.support) in page
    assert str(idea.words.support_in_words(0)) in page


def test_idea_tells_how_many_more_it_takes(client, rules, propose, author, citizen):
    rules(Threshold(3, "review"), Threshold(5, "ballot"))
    idea = propose(author)
    SupportIdea(idea, by=citizen).execute()

    page = shown(client, idea)

    assert "2 more people, and a department reviews it." in page
    assert "4 more people, and it goes on the ballot." in page


def test_nothing_more_is_asked_for_what_is_over(rules, propose, author):
    rules(Threshold(3, "review"))
    idea = propose(author)
    put(idea, Stage.DECLINED)

    assert outlook_of(idea, clock.now()).lines == []


def test_hidden_support_is_nowhere_on_the_page(client, rules, propose, author, make_citizen, forum):
    rules(Threshold(30, "review"), supports_hidden=True)
    idea = propose(author)
    for number in range(23):
        SupportIdea(idea, by=make_citizen(f"citizen{number}")).execute()

    during = shown(client, idea)
    open_phase(forum, "review")
    afterwards = shown(client, idea)

    assert "shown when support has closed" in during
    assert "23" not in during.split("<main")[1].split("data-civic-support")[1].split("</form>")[0]
    assert "7 more people" not in during
    assert "<strong>23</strong> people support" in afterwards


def test_page_tells_what_happened_with_reasons(client, idea, official):
    ChangeStage(
        idea, by=official, stage="declined", reason_codes=["law"], note="Not <here>."
    ).execute()

    page = shown(client, idea)

    assert 'data-event="stage-declined"' in page
    assert "The law does not allow it" in page
    assert "Not &lt;here&gt;." in page


def test_page_tells_since_when_and_by_how_many_it_is_supported(
    client, rules, idea, neighbour, citizen
):
    before = shown(client, idea)
    SupportIdea(idea, by=neighbour).execute()
    SupportIdea(idea, by=citizen).execute()

    page = shown(client, idea)
    rules(supports_hidden=True)
    hidden = shown(client, idea)

    assert 'data-event="supported"' in page
    assert "<p>2 people support this idea.</p>" in page
    assert 'data-event="supported"' not in before
    assert 'data-event="supported"' not in hidden


def test_only_the_last_step_is_where_it_stands(idea, official):
    ChangeStage(idea, by=official, stage="review").execute()

    assert [step.is_last for step in steps_of(idea)] == [False, True]


def test_what_waits_for_supporters_says_so_and_is_in_no_list(client, rules, propose, author, forum):
    rules(Threshold(2, "visible"))
    idea = propose(author, "Benches nobody sees yet")

    assert "waits for its first supporters" in shown(client, idea)
    assert "Benches nobody sees yet" not in shown(client, forum)


def test_open_debate_is_announced(client, rules, propose, author, citizen):
    rules(Threshold(1, "debate", answer_days=30))
    idea = propose(author)
    SupportIdea(idea, by=citizen).execute()

    assert "A public debate about this is open until" in shown(client, idea)
