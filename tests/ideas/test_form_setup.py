"""Editors say what the form asks, without a developer."""

import pytest
from django.urls import reverse

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.ideas.actions import EditIdea, ProposeIdea
from civic_sourcing.ideas.actions.form_setup import Question, SetIdeaForm
from civic_sourcing.ideas.models import Asked, FormQuestion, FormSetup
from tests.ideas.writing_town import question


@pytest.fixture
def screen(forum):
    return reverse("civic_ideas_processes:idea_form", args=[forum.process.uuid])


def rows(*questions):
    """What the browser sends for the rows of questions."""
    sent = {
        "questions-TOTAL_FORMS": len(questions),
        "questions-INITIAL_FORMS": 0,
        "questions-MIN_NUM_FORMS": 0,
        "questions-MAX_NUM_FORMS": 20,
    }
    for number, row in enumerate(questions):
        sent |= {f"questions-{number}-{name}": value for name, value in row.items()}
    return sent


ASKED = {
    "tags": "no",
    "category": "optional",
    "district": "no",
    "location": "required",
    "photos": "optional",
}


def test_editor_sets_up_the_form_on_its_screen(client, editor, forum, screen):
    client.force_login(editor)
    who = {"kind": "text", "label_en": "Who profits?", "label_ko": "누구에게 도움이 되나요?"}
    which = {
        "kind": "choice",
        "label_en": "Which bank?",
        "choices_en": "North\nSouth",
        "choices_ko": "북쪽\n남쪽",
        "is_required": "on",
    }

    answer = client.post(screen, {**ASKED, "prefilled_en": "Problem:", **rows(who, which)})

    assert answer.status_code == 302
    setup = FormSetup.objects.of(forum.process)
    assert (setup.location, setup.tags, setup.prefilled) == ("required", "no", {"en": "Problem:"})
    first, second = FormQuestion.objects.of(forum.process)
    assert first.labels == {"en": "Who profits?", "ko": "누구에게 도움이 되나요?"}
    assert second.choices == [{"en": "North", "ko": "북쪽"}, {"en": "South", "ko": "남쪽"}]
    assert second.is_required


def test_screen_shows_what_is_set(client, editor, forum, screen):
    SetIdeaForm(
        forum.process, by=editor, asked=ASKED, questions=[Question("date", {"en": "By when?"})]
    ).execute()
    client.force_login(editor)

    page = client.get(screen).content.decode()
    forum_editor = client.get(reverse("wagtailadmin_pages:edit", args=[forum.pk]))

    assert "By when?" in page
    assert "By when?" in forum_editor.content.decode()


def test_screen_is_for_who_may_publish_the_page(client, citizen, screen):
    client.force_login(citizen)

    assert client.get(screen).status_code in (302, 403)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param({"kind": "text"}, id="no words"),
        pytest.param({"kind": "choice", "label_en": "Which?", "choices_en": "One"}, id="one"),
        pytest.param({"kind": "essay", "label_en": "Why?"}, id="unknown kind"),
    ],
)
def test_half_a_question_is_shown_again(client, editor, screen, row):
    client.force_login(editor)

    answer = client.post(screen, {**ASKED, **rows(row)})

    assert answer.status_code == 200
    assert not FormQuestion.objects.exists()


def test_question_that_was_replied_to_is_retired_and_not_deleted(forum, citizen, editor):
    old, unused = question(forum), question(forum, label="Unused")
    words = {"title": "Benches", "description": "Here.", "replies": [(old, "Everybody", "")]}
    ProposeIdea(forum, by=citizen, **words).execute()

    SetIdeaForm(forum.process, by=editor, asked={}, questions=[]).execute()

    assert not FormQuestion.objects.of(forum.process).exists()
    assert FormQuestion.objects.get().pk == old.pk
    assert not FormQuestion.objects.filter(pk=unused.pk).exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param({"asked": {"title": Asked.NO}}, "unknown-field", id="title stays"),
        pytest.param({"asked": {"tags": "maybe"}}, "unknown-field", id="unknown answer"),
        pytest.param({"asked": {}, "questions": [Question("text", {})]}, "question", id="wordless"),
    ],
)
def test_setup_that_makes_no_form_is_refused(forum, editor, arguments, code):
    with pytest.raises(ActionRefused) as refused:
        SetIdeaForm(forum.process, by=editor, **arguments).execute()

    assert refused.value.code == code


def test_forum_in_two_languages_has_one_form(forum, korean_forum, editor, client):
    SetIdeaForm(
        forum.process,
        by=editor,
        asked={},
        questions=[Question("text", {"en": "Who profits?", "ko": "누구에게 도움이 되나요?"})],
    ).execute()

    page = client.get(f"{korean_forum.url}propose/?step=about").content.decode()

    assert "누구에게 도움이 되나요?" in page


WORDS = ["parks", "streets"]


@pytest.fixture
def fixed_tags(forum, editor):
    SetIdeaForm(
        forum.process, by=editor, asked={"tags": "required"}, tag_words=["Streets", "#parks"]
    ).execute()
    return forum


def test_editor_lists_the_tags_there_are_to_choose_from(client, editor, forum, screen):
    client.force_login(editor)
    typed = {**ASKED, "tags": "optional", "tag_words": "Parks, #streets，parks, 나무", **rows()}

    client.post(screen, typed)
    too_long = client.post(screen, {**typed, "tag_words": "x" * 99})

    assert FormSetup.objects.of(forum.process).tag_words == [*WORDS, "나무"]
    assert "parks, streets, 나무" in client.get(screen).content.decode()
    assert too_long.status_code == 200
    assert "x" * 99 in too_long.content.decode()


def test_tags_of_the_forum_are_ticked_and_kept_from_step_to_step(client, citizen, fixed_tags):
    client.force_login(citizen)
    url = f"{fixed_tags.url}propose/"
    idea = {"title": "A bench", "description": "In the shade.", "step": "idea"}

    client.post(url, {**idea, "tags": ["parks", "streets"], "go": "next"})
    both = fixed_tags.process.idea_drafts.get()
    client.post(url, {**idea, "tags": ["parks"], "go": "save", "draft": str(both.uuid)})
    one = fixed_tags.process.idea_drafts.get()
    form = client.get(f"{url}?step=idea").content.decode()
    none = client.post(url, {**idea, "go": "next", "draft": str(both.uuid)})

    assert (both.words["tags"], one.words["tags"]) == ("parks, streets", "parks")
    assert form.count('type="checkbox" name="tags"') == len(WORDS)
    assert form.count("checked") == 1
    assert none.status_code == 200
    assert fixed_tags.process.idea_drafts.get().words["tags"] == ""


def test_other_tags_are_taken_neither_by_the_form_nor_by_the_action(client, citizen, fixed_tags):
    client.force_login(citizen)
    typed = {"title": "A bench", "description": "In the shade.", "tags": "night", "step": "idea"}

    answer = client.post(f"{fixed_tags.url}propose/", {**typed, "go": "next"})
    with pytest.raises(ActionRefused) as refused:
        ProposeIdea(
            fixed_tags, by=citizen, title="A bench", description="Shade.", tags=["night"]
        ).execute()

    assert "Please choose among the tags" in answer.content.decode()
    assert refused.value.code == "tag-not-offered"


def test_author_keeps_a_tag_that_is_offered_no_more(client, citizen, editor, fixed_tags, propose):
    idea = propose(citizen, "A bench", tags=["parks"])
    SetIdeaForm(fixed_tags.process, by=editor, asked={}, tag_words=["streets"]).execute()
    kept = {"title": "A bench", "description": "In the shade.", "note": "Said better."}

    EditIdea(idea, by=citizen, tags=["parks", "streets"], **kept).execute()
    with pytest.raises(ActionRefused):
        EditIdea(idea, by=citizen, tags=["night"], **kept).execute()

    assert sorted(idea.tags.names()) == WORDS
