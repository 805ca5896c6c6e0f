"""A copied forum works as its source does, and none of what people did there comes along."""

from datetime import timedelta

import pytest
from django.urls import reverse

from civic_sourcing.attribution.models import Licence, ProcessLicence
from civic_sourcing.core import clock
from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.ideas.actions import SupportIdea
from civic_sourcing.ideas.actions.form_setup import Question, SetIdeaForm
from civic_sourcing.ideas.actions.places import PlaceNamed, SetPlaces
from civic_sourcing.ideas.actions.rules import SetForumRules, Threshold
from civic_sourcing.ideas.models import (
    Category,
    District,
    FormQuestion,
    FormSetup,
    ForumRules,
    IdeaForumPage,
    IdeaPage,
    ThresholdReached,
    ThresholdRule,
)
from civic_sourcing.participants.models import EligibilityRule
from tests.ideas.conftest import DAY, open_phase
from tests.ideas.stage_people import *  # noqa: F403

AGENCY = {
    "initiator": "agency",
    "problem_statements": {"en": "The river floods the path."},
    "owner_name": "Parks department",
}


def copied(forum, **kwargs):
    page = forum.copy(update_attrs={"slug": "copy", "title": "Copy"}, recursive=True, **kwargs)
    return IdeaForumPage.objects.get(pk=page.pk)


@pytest.fixture
def furnished(forum, official):
    """A forum of petitions with a form, places and a threshold of its own."""
    process = forum.process
    SetForumRules(
        process,
        by=None,
        vocabulary="petition",
        recipe="seoul-sangsang",
        ideas_per_person=3,
        supports_per_person=5,
        supports_hidden=True,
        body_length=900,
        edit_hours=2,
        review_days=30,
        owner=official,
        thresholds=[Threshold(50, "review", days=30, answer_days=20, note="Its own number")],
    ).execute()
    SetIdeaForm(
        process,
        by=None,
        asked={"photos": "required", "location": "optional"},
        prefilled={"en": "What moves you?", "ko": "무엇이 필요한가요?"},
        helps={"photos": {"en": "Two at most."}},
        questions=[
            Question("choice", {"en": "How often?"}, choices=[{"en": "Daily"}, {"en": "Never"}]),
            Question("number", {"en": "How many?"}, is_required=True),
        ],
    ).execute()
    SetPlaces(
        process,
        by=None,
        categories=[PlaceNamed({"en": "Light", "ko": "빛"}, icon="idea")],
        districts=[PlaceNamed({"ko": "강변"}), PlaceNamed({"ko": "중앙"})],
    ).execute()
    return forum


RULES = ("vocabulary", "recipe", "ideas_per_person", "supports_per_person", "supports_hidden",
         "body_length", "edit_hours", "review_days", "owner_id")  # fmt: skip


def test_copy_has_the_rules_of_its_source(furnished):
    copy = copied(furnished)

    own, source = (ForumRules.objects.get(process=page.process) for page in (copy, furnished))
    assert [getattr(own, name) for name in RULES] == [getattr(source, name) for name in RULES]
    assert copy.words.name == "Petition"


def test_copy_asks_the_same_questions_as_rows_of_its_own(furnished):
    copy = copied(furnished)

    setup = FormSetup.objects.get(process=copy.process)
    own, source = (list(FormQuestion.objects.of(page.process)) for page in (copy, furnished))
    assert (setup.photos, setup.location, setup.tags) == ("required", "optional", "no")
    assert setup.prefilled["ko"] == "무엇이 필요한가요?"
    assert setup.helps == {"photos": {"en": "Two at most."}}
    assert [(row.kind, row.labels, row.choices, row.is_required) for row in own] == [
        (row.kind, row.labels, row.choices, row.is_required) for row in source
    ]
    assert not {row.uuid for row in own} & {row.uuid for row in source}


def test_copy_sorts_by_the_same_places_under_the_same_codes(furnished):
    copy = copied(furnished)

    for model in (Category, District):
        own, source = (list(model.objects.of(page.process)) for page in (copy, furnished))
        assert [(row.code, row.names) for row in own] == [(row.code, row.names) for row in source]
        assert own[0].pk != source[0].pk
    assert Category.objects.of(copy.process).get().icon == "idea"


def test_threshold_of_a_copy_is_its_own_and_holds_from_now_on(furnished):
    before = clock.now()

    copy = copied(furnished)

    own, source = (ThresholdRule.objects.of(page.process).get() for page in (copy, furnished))
    said = [(row.number, row.event, row.days, row.answer_days, row.note) for row in (own, source)]
    assert said[0] == said[1]
    assert own.uuid != source.uuid
    assert own.valid_from > before > source.valid_from


def test_what_has_ended_stays_behind_and_what_is_to_come_comes_along(furnished, idea):
    later = clock.now() + 30 * DAY
    SetForumRules(
        furnished.process,
        by=None,
        thresholds=[Threshold(20, "ballot", valid_from=later, valid_to=later + DAY)],
    ).execute()
    SetIdeaForm(furnished.process, by=None, asked={}, questions=[]).execute()
    assert ThresholdRule.objects.of(furnished.process).count() == 2

    copy = copied(furnished)

    own = ThresholdRule.objects.of(copy.process).get()
    assert (own.number, own.valid_from, own.valid_to) == (20, later, later + DAY)
    assert not FormQuestion.objects.of(copy.process).exists()


def test_place_no_longer_offered_stays_behind(furnished, idea):
    light = Category.objects.of(furnished.process).get()
    IdeaPage.objects.filter(pk=idea.pk).update(category=light)
    SetPlaces(furnished.process, by=None).execute()

    assert not Category.objects.of(copied(furnished).process).exists()


def test_what_is_changed_in_the_copy_stays_in_the_copy(furnished):
    copy = copied(furnished)

    SetForumRules(copy.process, by=None, vocabulary="question", thresholds=[]).execute()
    SetPlaces(copy.process, by=None).execute()

    assert ForumRules.objects.of(furnished.process).vocabulary == "petition"
    assert ThresholdRule.objects.of(furnished.process).count() == 1
    assert District.objects.of(furnished.process).count() == 2


def test_nothing_people_did_comes_along(furnished, korean_forum, idea):
    copy = copied(furnished)

    assert not IdeaPage.objects.filter(process=copy.process).exists()
    assert not copy.process.phases.exists()
    assert copy.process not in (furnished.process, korean_forum.process)


def test_forum_with_the_usual_rules_leaves_its_copy_with_them(forum):
    copy = copied(forum)

    assert not ForumRules.objects.filter(process=copy.process).exists()
    assert not FormSetup.objects.filter(process=copy.process).exists()


def test_log_of_the_copy_says_which_rules_it_began_with(furnished):
    copy = copied(furnished)

    actions = AuditEntry.objects.filter(chain=copy.process.uuid).order_by("sequence")
    assert set(actions.values_list("action", flat=True)) >= {
        "civic_ideas.set_forum_rules",
        "civic_ideas.set_form",
        "civic_ideas.set_places",
    }


def test_copy_asks_for_the_same_conditions_and_offers_the_same_licences(forum):
    EligibilityRule.objects.create(process=forum.process, verifier="age", options={"least": 16})
    first, second = Licence.objects.order_by("pk")[:2]
    for position, licence in enumerate((second, first)):
        ProcessLicence.objects.create(process=forum.process, licence=licence, position=position)

    process = copied(forum).process

    assert process.eligibility_rules.get().options == {"least": 16}
    assert [row.licence for row in process.licences.all()] == [second, first]


def test_section_copied_in_the_admin_brings_forums_with_their_rules(client, editor, furnished):
    client.force_login(editor)
    address = reverse("wagtailadmin_pages:copy", args=[furnished.pk])
    parent = furnished.get_parent()

    answer = client.post(
        address, {"new_title": "Next year", "new_slug": "next-year", "new_parent_page": parent.pk}
    )

    copy = IdeaForumPage.objects.get(slug="next-year")
    assert answer.status_code == 302
    assert copy.words.name == "Petition"
    assert ThresholdRule.objects.of(copy.process).count() == 1


@pytest.mark.parametrize(
    ("since", "kept"),
    [(timedelta(days=-3), False), (timedelta(days=30), True)],
    ids=["passed", "to come"],
)
def test_day_of_the_answer_that_has_passed_stays_behind(since, kept, forum):
    day = (clock.now() + since).date()
    SetForumRules(forum.process, by=None, answer_on=day, **AGENCY).execute()

    copy = copied(forum, keep_live=True)

    assert (ForumRules.objects.get(process=copy.process).answer_on == day) is kept
    assert copy.live is kept


def test_threshold_of_the_copy_is_reached_in_the_copy(forum, propose, author, citizen):
    SetForumRules(forum.process, by=None, thresholds=[Threshold(1, "review")]).execute()
    copy = copied(forum)
    open_phase(copy, "collect")

    SupportIdea(propose(author, forum=copy), by=citizen).execute()

    assert ThresholdReached.objects.get().rule.process == copy.process
