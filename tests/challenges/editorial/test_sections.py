"""The nine sections, each edited and saved by itself."""

import json
import re
from datetime import timedelta

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.test.utils.form_data import rich_text

from civic_sourcing.answers.models import Department
from civic_sourcing.challenges.actions import follow_rounds
from civic_sourcing.challenges.actions.review import (
    ApproveChallenge,
    PublishChallenge,
    SendToReview,
)
from civic_sourcing.challenges.actions.setup import SetFacts
from civic_sourcing.challenges.editorial.sections import Section
from civic_sourcing.challenges.models import (
    ChallengeFacts,
    ChallengePage,
    Change,
    Criterion,
    EntryQuestion,
    Prize,
)
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.roles import roles_anywhere

pytestmark = pytest.mark.django_db


def address(page, name, *more):
    return reverse(f"civic_challenges_desk:{name}", args=[page.process.uuid, *more])


def typed(client, url):
    """What the form at ``url`` would send as it was opened."""
    answer = client.get(url)
    data = {"seen": answer.context["seen"]}
    context = answer.context
    for form in filter(None, (context["texts"], context["own_facts"])):
        data |= values_of(form)
    for each in context["lists"]:
        data |= values_of(each["rows"].management_form)
        for form in each["rows"].forms:
            data |= values_of(form)
    return data


def values_of(form):
    found = {}
    for field in form:
        value, widget = field.value(), field.field.widget
        if value is None or value is False or value == "":
            continue
        plain = value is True or isinstance(value, list)
        shown = value if plain else widget.format_value(value)
        found[field.html_name] = shown if value is not True else "on"
    return found


@pytest.fixture
def at_work(client, manager, at_desk):
    client.force_login(at_desk(manager))
    return client


@pytest.mark.parametrize("section", Section.values)
def test_each_section_opens_and_says_how_complete_it_is(written, at_work, section):
    answer = at_work.get(address(written, section))

    assert answer.status_code == 200
    text = answer.content.decode()
    assert str(Section(section).guidance)[:40] in text
    assert text.count('aria-current="page"') >= 1


@pytest.mark.parametrize("section", [each for each in Section.values if each != "review"])
def test_a_section_saved_as_it_was_changes_nothing(written, at_work, section):
    version = ChallengeFacts.objects.get().version
    url = address(written, section)

    answer = at_work.post(url, typed(at_work, url))

    assert answer.status_code == 302, errors(answer)
    assert ChallengeFacts.objects.get().version == version


def errors(answer):
    return re.findall(r'class="civic-errors".*?</div>', answer.content.decode(), re.DOTALL)


def test_texts_are_kept_in_the_draft_and_facts_at_once(written, at_work):
    url = address(written, "general")
    data = typed(at_work, url) | {"text-tagline": "Dry shoes", "fact-contact": "ask us"}

    answer = at_work.post(url, data | {"go_on": "1"})

    assert answer.url == address(written, "details")
    page = ChallengePage.objects.get(pk=written.pk)
    assert page.get_latest_revision_as_object().tagline == "Dry shoes"
    assert ChallengeFacts.objects.get().contact == "ask us"


@pytest.mark.parametrize("retired", [False, True], ids=["translated", "closed"])
def test_a_department_stays_in_every_language_and_when_it_is_closed(
    written, at_work, department, korean, retired
):
    same = department.copy_for_translation(korean)
    same.name = "도로과"
    same.save()
    Department.objects.update(retired=retired)
    url = address(written, "general")
    with override_settings(LANGUAGE_CODE="ko"), override("ko"):
        data = typed(at_work, url) | {"fact-contact": "ask us"}

        at_work.post(url, data)

    facts = ChallengeFacts.objects.get()
    assert facts.contact == "ask us"
    assert facts.department.translation_key == department.translation_key


def test_managers_of_the_place_can_be_named(written, at_work, manager):
    url = address(written, "general")
    chosen = at_work.get(url).context["own_facts"].fields["managers"].queryset

    at_work.post(url, typed(at_work, url) | {"fact-managers": [str(chosen.get().pk)]})

    assert ChallengeFacts.objects.get().managers.get().user == manager


def test_a_tagline_that_is_too_long_is_refused_and_stays_in_the_form(written, at_work):
    url = address(written, "general")

    answer = at_work.post(url, typed(at_work, url) | {"text-tagline": "ä" * 91})

    assert answer.status_code == 422
    assert "these are 91" in answer.content.decode()
    assert "ä" * 91 in answer.content.decode()


def test_two_managers_who_edit_the_same_section_lose_nothing(written, at_work, steward):
    url = address(written, "general")
    mine = typed(at_work, url) | {"fact-contact": "mine"}
    SetFacts(written.process, by=steward, values={"contact": "theirs"}).execute()

    answer = at_work.post(url, mine)

    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Somebody else has changed this section" in text
    assert "theirs" in text
    assert "mine</textarea>" in text
    assert ChallengeFacts.objects.get().contact == "theirs"


def test_two_who_edit_different_sections_do_not_meet(written, at_work, steward):
    url = address(written, "rules")
    mine = typed(at_work, url) | {"fact-keep_days": "30"}
    SetFacts(written.process, by=steward, values={"contact": "theirs"}).execute()

    answer = at_work.post(url, mine)

    facts = ChallengeFacts.objects.get()
    assert answer.status_code == 302
    assert (facts.contact, facts.keep_days) == ("theirs", 30)


def test_the_details_show_readability_and_what_is_unexplained(written, at_work):
    url = address(written, "details")
    at_work.post(
        url, typed(at_work, url) | {"text-description": json.dumps(as_typed("We use GIS."))}
    )

    context = at_work.get(url).context

    assert context["readability"].level == "plain"
    assert context["unexplained"] == ["GIS"]


def as_typed(text):
    """What the rich text editor sends."""
    block = {
        "key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [],
        "entityRanges": [],
    }  # fmt: skip
    return {"blocks": [block], "entityMap": {}}


def test_a_term_of_the_glossary_is_kept_with_the_text(written, at_work):
    url = address(written, "details")
    data = typed(at_work, url) | {
        "glossary-TOTAL_FORMS": "1", "glossary-0-term": "GIS", "glossary-0-meaning": "a map",
    }  # fmt: skip

    at_work.post(url, data)

    page = ChallengePage.objects.get(pk=written.pk).get_latest_revision_as_object()
    assert page.glossary == [{"term": "GIS", "meaning": "a map"}]


def test_prizes_that_do_not_sum_are_refused_above_the_form(written, at_work):
    url = address(written, "prizes")

    answer = at_work.post(url, typed(at_work, url) | {"fact-prize_total": "6,000"})

    assert answer.status_code == 409
    assert "€6,000" in answer.content.decode()
    assert Prize.objects.get().amount == 500_000


def test_criteria_are_written_with_levels(written, at_work):
    url = address(written, "judging")
    data = typed(at_work, url) | {
        "criteria-1-0-kind": "rating", "criteria-1-0-levels_en": "3: good\n1: weak",
    }  # fmt: skip

    answer = at_work.post(url, data)

    assert answer.status_code == 302, errors(answer)
    criterion = Criterion.objects.get()
    assert (criterion.points, len(criterion.levels)) == (3, 2)


def test_the_form_of_a_phase_is_built_with_choices(written, at_work):
    url = address(written, "how_to_enter")
    data = typed(at_work, url) | {
        "questions-1-TOTAL_FORMS": "2",
        "questions-1-0-labels_en": "Where?", "questions-1-0-kind": "choice",
        "questions-1-0-choices_en": "North\nSouth", "questions-1-0-choices_ko": "북쪽\n남쪽",
        "questions-1-1-labels_en": "Plan", "questions-1-1-kind": "file",
    }  # fmt: skip

    answer = at_work.post(url, data)

    assert answer.status_code == 302, errors(answer)
    where, plan = EntryQuestion.objects.order_by("position")
    assert where.choices == [{"en": "North", "ko": "북쪽"}, {"en": "South", "ko": "남쪽"}]
    assert (plan.label, plan.kind) == ("Plan", "file")


def test_a_choice_without_answers_is_refused(written, at_work):
    url = address(written, "how_to_enter")
    data = typed(at_work, url) | {
        "questions-1-TOTAL_FORMS": "1", "questions-1-0-labels_en": "Where?",
        "questions-1-0-kind": "choice",
    }  # fmt: skip

    assert at_work.post(url, data).status_code == 422


def test_a_text_people_need_is_not_taken_out_of_a_published_page(
    written, at_work, manager, steward
):
    for step, by in (
        (SendToReview, manager),
        (ApproveChallenge, steward),
        (PublishChallenge, manager),
    ):
        step(written.process, by=by).execute()
    url = address(written, "rules")
    data = typed(at_work, url) | {
        "text-minors_text": rich_text(""),
        "text-rights_text": rich_text("<p>Yours.</p>"),
    }

    refused = at_work.post(url, data | {"publish": "1"})

    page = ChallengePage.objects.get(pk=written.pk)
    assert refused.status_code == 409
    assert "These texts are missing: minors." in refused.text
    assert "Yours." in refused.text
    assert page.minors_text
    assert at_work.post(url, data).status_code == 302, "kept as a draft"


def test_once_open_dates_are_put_off_and_prizes_raised_with_a_reason(challenge, at_work):
    round_ = challenge.rounds[0]
    prize = Prize.objects.filter(process=challenge.process).first()
    page = at_work.get(address(challenge, "timeline"))
    assert not page.context["lists"]

    at_work.post(
        address(challenge, "lengthen", round_.uuid),
        {"closes_at": "2099-01-01 10:00", "reason": "The school was closed."},
    )
    at_work.post(
        address(challenge, "raise_prize", prize.uuid), {"amount": "6,000", "reason": "A donor."}
    )

    prize.refresh_from_db()
    assert prize.amount == 600_000
    assert {"lengthened", "raised"} == set(Change.objects.values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("name", "status"), [("citizen", 302), ("editor", 302), ("manager", 200), ("steward", 200)]
)
def test_only_managers_and_stewards_open_the_desk(written, client, at_desk, name, status, request):
    client.force_login(at_desk(request.getfixturevalue(name)))

    assert client.get(address(written, "general")).status_code == status


def test_stewards_see_the_page_before_everybody_else(written, client, steward, at_desk):
    client.force_login(at_desk(steward))

    answer = client.get(address(written, "preview"))

    assert written.tagline in answer.content.decode()


def test_a_phase_of_another_challenge_is_not_found(written, challenge, at_work):
    other = challenge.rounds[0]

    assert at_work.get(address(written, "lengthen", other.uuid), follow=True).status_code == 404


def test_the_editor_of_the_page_leads_to_the_sections(written, client, administrator):
    client.force_login(administrator)

    answer = client.get(reverse("wagtailadmin_pages:edit", args=[written.pk]))

    assert address(written, "how_to_enter") in answer.content.decode()


def test_queries_of_a_section_do_not_grow_with_its_rows(
    written, at_work, django_assert_max_num_queries
):
    with django_assert_max_num_queries(60):
        at_work.get(address(written, "judging"))


def test_the_mandate_is_chosen_and_citizens_read_it(written, at_work, client, steward):
    url = address(written, "rules")
    at_work.post(url, typed(at_work, url) | {"fact-mandate": "binding"})
    kept = Process.objects.get(pk=written.process_id).mandate
    unknown = at_work.post(url, typed(at_work, url) | {"fact-mandate": "royal"})
    publish(written, steward)

    lowered = at_work.post(url, typed(at_work, url) | {"fact-mandate": "advisory"})
    shown = client.get(ChallengePage.objects.get(pk=written.pk).url).content.decode()

    assert (kept, unknown.status_code, lowered.status_code) == ("binding", 422, 409)
    assert "the mandate cannot be lowered" in lowered.content.decode()
    assert "What is decided here counts." in shown


def publish(page, steward):
    """Let everybody see what opens tomorrow."""
    facts = ChallengeFacts.objects.of(page.process)
    facts.state, facts.published_at = "published", timezone.now() - timedelta(hours=1)
    facts.save()
    follow_rounds(page.process, by=None)
    ChallengePage.objects.get(pk=page.pk).save_revision().publish()


def test_once_open_the_mandate_stays(challenge, at_work):
    url = address(challenge, "rules")

    at_work.post(url, typed(at_work, url) | {"fact-mandate": "binding"})

    assert Process.objects.get(pk=challenge.process_id).mandate == "advisory"
    assert at_work.get(url).context["own_facts"].fields["mandate"].disabled


def test_whoever_is_named_finds_their_challenges_and_nobody_pays_for_it(
    written, client, at_desk, citizen, neighbour, django_assert_num_queries
):
    written.process.challenge.managers.add(Participant.objects.of(citizen))
    index = reverse("civic_challenges_desk:index")
    found = []
    for user in (citizen, neighbour):
        client.force_login(at_desk(user))
        found.append(index in client.get(reverse("wagtailadmin_home")).content.decode())
        found.append(client.get(index).status_code == 200)

    with django_assert_num_queries(1):
        assert "challenge_manager_by_name" in roles_anywhere(citizen)

    assert found == [True, True, False, False]
