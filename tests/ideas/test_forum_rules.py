"""What holds in a forum: set by editors, from presets, never for what was filed before."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from civic_sourcing.core import clock
from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.text import TextRefused
from civic_sourcing.ideas.actions import SupportIdea, WithdrawSupport
from civic_sourcing.ideas.actions.rules import SetForumRules, Threshold
from civic_sourcing.ideas.listing.told import are_supports_told
from civic_sourcing.ideas.models import Event, ForumRules, Measure, ThresholdRule, Vocabulary
from civic_sourcing.ideas.recipes import STATUSES, find_recipe, recipes
from civic_sourcing.ideas.vocabulary import WORDS, words_of
from tests.ideas.conftest import DAY, open_phase
from tests.ideas.stage_people import *  # noqa: F403


def settle(forum, *, by=None, **values):
    return SetForumRules(forum.process, by=by, **values).execute()


@pytest.fixture
def fifty(forum):
    settle(forum, thresholds=[Threshold(50, "review", days=30)])
    return ThresholdRule.objects.get()


def test_forum_without_rules_has_the_usual_ones(forum):
    rules = ForumRules.objects.of(forum.process)

    assert (rules.vocabulary, rules.initiator, rules.openness) == ("idea", "citizens", "open")
    assert rules.supports_per_person is rules.ideas_per_person is None


def test_rules_hold_in_every_language(forum, korean_forum):
    settle(forum, vocabulary="petition")

    assert words_of(korean_forum.process).name == "Petition"


def test_log_says_what_was_set_and_names_nobody(forum, official):
    settle(forum, by=official, owner_name="Mina Han, parks", thresholds=[Threshold(5, "review")])

    entry = AuditEntry.objects.get(action="civic_ideas.set_forum_rules")
    assert entry.details["began"][0]["number"] == 5
    assert "Mina" not in str(entry.details)


def test_same_threshold_sent_again_stays_the_same_row(forum, fifty, idea):
    again = Threshold(50, "review", days=30, uuid=fifty.uuid, valid_from=fifty.valid_from)

    settle(forum, thresholds=[again])

    assert ThresholdRule.objects.get().pk == fifty.pk


def test_changed_threshold_is_another_one_from_now_on(forum, fifty, idea):
    settle(forum, thresholds=[Threshold(20, "review", days=30, uuid=fifty.uuid)])

    old, new = ThresholdRule.objects.order_by("pk")
    assert (old.number, new.number) == (50, 20)
    assert old.valid_to == new.valid_from
    assert list(ThresholdRule.objects.in_force(idea.filed_at)) == [old]


def test_threshold_under_which_nobody_filed_goes_without_a_trace(forum, fifty):
    settle(forum, thresholds=[])

    assert not ThresholdRule.objects.exists()


def test_threshold_under_which_somebody_filed_ends(forum, fifty, idea):
    settle(forum, thresholds=[])

    assert ThresholdRule.objects.get().valid_to is not None


def test_thresholds_left_out_are_left_alone(forum, fifty, idea):
    settle(forum, vocabulary="proposal")

    assert ThresholdRule.objects.get().valid_to is None


@pytest.mark.parametrize(
    ("since", "refused"),
    [(timedelta(hours=-1), True), (timedelta(hours=1), False)],
    ids=["before something was filed", "later on"],
)
def test_no_threshold_begins_before_what_was_filed(since, refused, forum, idea):
    wanted = Threshold(5, "review", valid_from=clock.now() + since)

    if refused:
        with pytest.raises(ActionRefused) as answer:
            settle(forum, thresholds=[wanted])
        assert answer.value.code == "retroactive"
    else:
        settle(forum, thresholds=[wanted])
        assert ThresholdRule.objects.get().valid_from == wanted.valid_from


def test_forum_nobody_has_filed_in_may_have_thresholds_of_yesterday(forum):
    settle(forum, thresholds=[Threshold(5, "review", valid_from=clock.now() - DAY)])

    assert ThresholdRule.objects.exists()


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"number": 0, "event": "review"}, "number"),
        ({"number": 10**12, "event": "review"}, "number"),
        ({"number": 5, "event": "party"}, "unknown-choice"),
        ({"number": 5, "event": "review", "measure": "views"}, "unknown-choice"),
        ({"number": 5, "event": "review", "days": 0}, "days"),
        ({"number": 5, "event": "review", "answer_days": 99999}, "days"),
    ],
    ids=["none", "more than people", "unknown event", "unknown measure", "no days", "too long"],
)
def test_threshold_that_means_nothing_is_refused(wanted, code, forum):
    with pytest.raises(ActionRefused) as refused:
        settle(forum, thresholds=[Threshold(**wanted)])

    assert refused.value.code == code
    assert not ForumRules.objects.exists()


AGENCY = {
    "initiator": "agency",
    "problem_statements": {"en": "The river floods the path."},
    "owner_name": "Parks department",
    "answer_on": date(2030, 5, 1),
}


@pytest.mark.parametrize("left_out", ["problem_statements", "owner_name", "answer_on"])
def test_published_forum_of_an_agency_says_problem_owner_and_date(left_out, forum):
    values = {name: value for name, value in AGENCY.items() if name != left_out}

    with pytest.raises(ActionRefused) as refused:
        settle(forum, **values)

    assert refused.value.code == "incomplete-rules"


def test_agency_may_begin_with_all_three(forum):
    assert settle(forum, **AGENCY).missing() == []


def test_two_ideas_a_person_are_two(forum, propose, author, citizen):
    settle(forum, ideas_per_person=2)
    propose(author, "One")
    propose(author, "Two")

    with pytest.raises(ActionRefused) as refused:
        propose(author, "Three")

    assert refused.value.code == "as-many-as-allowed"
    assert propose(citizen, "Another one").live


def test_one_support_a_person_can_be_given_to_another_idea(forum, propose, author, citizen):
    settle(forum, supports_per_person=1)
    first, second = propose(author, "One"), propose(author, "Two")
    SupportIdea(first, by=citizen).execute()

    with pytest.raises(ActionRefused) as refused:
        SupportIdea(second, by=citizen).execute()
    WithdrawSupport(first, by=citizen).execute()
    SupportIdea(second, by=citizen).execute()

    assert refused.value.code == "no-support-left"
    assert second.supports.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_support_a_person_holds_for_five_ideas_at_once(
    forum, propose, author, citizen, run_in_parallel
):
    settle(forum, supports_per_person=1)
    ideas = [propose(author, f"Idea {number}") for number in range(5)]

    answers = run_in_parallel(5, lambda number: SupportIdea(ideas[number], by=citizen).execute())

    refused = [answer for answer in answers if isinstance(answer, ActionRefused)]
    assert [answer.code for answer in refused] == ["no-support-left"] * 4


def test_text_is_as_long_as_the_forum_takes(forum, propose, author):
    settle(forum, body_length=100)

    with pytest.raises(TextRefused, match="at most 100"):
        propose(author, description="x" * 101)

    assert propose(author, description="가" * 100).live


def test_number_of_supporters_is_hidden_while_support_is_taken(forum):
    settle(forum, supports_hidden=True)
    collecting = are_supports_told(forum.process, clock.now())
    open_phase(forum, "review")

    assert (collecting, are_supports_told(forum.process, clock.now())) == (False, True)


def test_idea_waits_for_its_first_supporters_where_a_threshold_says_so(forum, propose, author):
    settle(forum, thresholds=[Threshold(5, "visible")])

    idea = propose(author)

    assert (idea.live, idea.unlisted) == (True, True)
    assert not idea.contribution.idea_tally.listed


@pytest.mark.parametrize("recipe", recipes(), ids=lambda recipe: recipe.key)
def test_preset_can_be_set_as_it_is(recipe, forum):
    thresholds = [Threshold(**each.values()) for each in recipe.thresholds]

    settle(forum, recipe=recipe.key, thresholds=thresholds, **recipe.rules)

    assert ThresholdRule.objects.count() == len(recipe.thresholds)
    assert ForumRules.objects.get().vocabulary in Vocabulary.values


@pytest.mark.parametrize("recipe", recipes(), ids=lambda recipe: recipe.key)
def test_preset_says_how_well_it_is_known_and_where_from(recipe):
    statuses = {recipe.status, *(s for each in recipe.thresholds for s in each.statuses)}

    assert statuses <= set(STATUSES)
    assert recipe.sources or recipe.status == "suggestion"
    assert set(recipe.names) == set(recipe.abouts) == {"en", "ko"}
    for each in recipe.thresholds:
        assert each.event in Event.values
        assert each.measure in Measure.values
        assert len(each.note) <= 500


FIGURES = {
    "democracy-seoul-2017": [(50, None), (500, None), (5000, 30)],
    "democracy-seoul-2020": [(50, None), (100, None), (1000, 30)],
    "seoul-sangsang": [(50, 30)],
    "oasis-2006": [(10, 10)],
    "oasis-2016": [(5, None)],
    "blue-house": [(100, None), (200_000, 30)],
    "national-assembly-2020": [(100, 30), (100_000, 30)],
    "national-assembly-2021": [(100, 30), (50_000, 30)],
    "uk-parliament": [(5, None), (10_000, 182), (100_000, 182)],
    "we-the-people-2011-09": [(150, None), (5_000, 30)],
    "we-the-people-2011-10": [(150, None), (25_000, 30)],
    "we-the-people-2013": [(150, None), (100_000, 30)],
    "suggestion-box": [],
}


@pytest.mark.parametrize(("key", "figures"), FIGURES.items(), ids=list(FIGURES))
def test_preset_has_the_published_figures(key, figures):
    recipe = find_recipe(key)

    assert [(each.number, each.days) for each in recipe.thresholds] == figures


def test_general_knowledge_is_named_as_such():
    assert find_recipe("uk-parliament").doubts == [STATUSES["general-knowledge"]]
    assert find_recipe("seoul-sangsang").doubts == []


@pytest.mark.parametrize("vocabulary", Vocabulary.values)
def test_every_vocabulary_has_all_its_words(vocabulary):
    words = WORDS[vocabulary]

    assert all(str(getattr(words, name)) for name in ("name", "propose", "support", "mine"))
    assert words.number(1) != words.number(2).replace("2", "1")


@pytest.fixture
def desk(client, editor, forum):
    client.force_login(editor)
    return reverse("civic_ideas_processes:forum_rules", args=[forum.process.uuid])


def sent(rows=(), **values):
    form = {
        "vocabulary": "idea", "initiator": "citizens", "openness": "open",
        "thresholds-TOTAL_FORMS": len(rows), "thresholds-INITIAL_FORMS": 0, **values,
    }  # fmt: skip
    for number, row in enumerate(rows):
        form |= {f"thresholds-{number}-{name}": value for name, value in row.items()}
    return form


def test_editor_of_a_forum_without_rules_is_told_of_presets(client, desk, forum):
    editor = reverse("wagtailadmin_pages:edit", args=[forum.pk])
    hint = "You can start from the published rules of a real programme"

    assert hint in client.get(editor).content.decode()
    settle(forum, recipe="suggestion-box")
    assert hint not in client.get(editor).content.decode()


def test_editor_fills_the_form_from_a_preset_and_nothing_holds_yet(client, desk, forum):
    answer = client.get(desk, {"recipe": "uk-parliament"})

    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="10000"' in html
    assert "general knowledge" in html
    assert "petition.parliament.uk" in html
    assert not ForumRules.objects.exists()


def test_editor_sets_rules_and_thresholds(client, desk, forum):
    rows = [{"number": 50, "measure": "supports", "event": "review", "days": 30}]

    answer = client.post(desk, sent(rows, vocabulary="proposal", recipe="seoul-sangsang"))

    assert answer.status_code == 302
    assert ForumRules.objects.get().recipe == "seoul-sangsang"
    assert ThresholdRule.objects.get().number == 50


def test_row_shown_and_sent_back_unchanged_changes_nothing(client, desk, forum, fifty, idea):
    page = client.get(desk)
    form = page.context["thresholds"]
    row = {name: form.forms[0][name].value() or "" for name in form.forms[0].fields}
    row["valid_from"] = localtime(fifty.valid_from).strftime("%Y-%m-%d %H:%M")
    row["uuid"] = str(fifty.uuid)

    client.post(desk, sent([row]) | {"thresholds-INITIAL_FORMS": 1})

    assert [rule.pk for rule in ThresholdRule.objects.all()] == [fifty.pk]
    assert ThresholdRule.objects.get().valid_to is None


def test_what_is_typed_wrong_stays_in_the_form(client, desk):
    rows = [{"number": "many", "measure": "supports", "event": "review", "note": "my own words"}]

    answer = client.post(desk, sent(rows))

    assert answer.status_code == 200
    assert "my own words" in answer.content.decode()
    assert not ForumRules.objects.exists()


@pytest.mark.parametrize("role", ["citizen", "official"])
def test_rules_are_the_editors_business(role, client, forum, request):
    client.force_login(request.getfixturevalue(role))
    desk = reverse("civic_ideas_processes:forum_rules", args=[forum.process.uuid])

    assert client.get(desk).status_code in {302, 403}


def test_editor_of_a_forum_sees_what_holds(client, editor, forum, fifty):
    client.force_login(editor)

    html = client.get(reverse("wagtailadmin_pages:edit", args=[forum.pk])).content.decode()

    assert "a department reviews it" in html
    assert reverse("civic_ideas_processes:forum_rules", args=[forum.process.uuid]) in html
