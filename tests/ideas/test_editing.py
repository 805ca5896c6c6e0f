"""Authors change and withdraw their ideas; supporters stand behind a version, not a moving text."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from wagtail.models import Page, Revision

from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.actions import HideContribution
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.ideas.actions import (
    EditIdea,
    FollowIdea,
    KeepSupport,
    SupportIdea,
    UnfollowIdea,
    WithdrawIdea,
    WithdrawSupport,
)
from civic_sourcing.ideas.models import (
    Category,
    FormQuestion,
    FormReply,
    IdeaChange,
    IdeaFollow,
    IdeaPage,
    IdeaWithdrawal,
    Stage,
    StageChange,
)
from civic_sourcing.notifications.models import Notification
from tests.ideas.conftest import open_phase
from tests.ideas.writing_town import ask, question


def shown(response):
    return response.content.decode()


def edit(idea, by, **words):
    words = {"title": idea.title, "description": idea.description, "tags": [], **words}
    return EditIdea(idea, by=by, **words).execute()


def make_old(idea):
    """Let the time for plain edits be over."""
    IdeaPage.objects.filter(pk=idea.pk).update(filed_at=timezone.now() - timedelta(days=3))
    idea.refresh_from_db()


# Editing ------------------------------------------------------------------------------------------


def test_edit_publishes_another_version_and_keeps_the_address(idea, author):
    url = idea.url

    change = edit(idea, author, description="People want to lie down.")

    idea.refresh_from_db()
    assert (idea.url, change.number, change.is_material) == (url, 2, True)
    assert "lie down" in idea.rendered_html
    versions = idea.contribution.versions.order_by("number")
    assert [version.text for version in versions] == [
        "People want to sit down.",
        "People want to lie down.",
    ]


def test_edit_that_changes_nothing_leaves_no_version(idea, author):
    assert edit(idea, author) is None
    assert idea.contribution.versions.count() == 1


def test_plain_edits_end_and_then_a_word_why_is_needed(idea, author):
    make_old(idea)

    with pytest.raises(ActionRefused) as refused:
        edit(idea, author, title="Beds by the river")
    edit(idea, author, title="Beds by the river", note="People asked for beds.")

    assert refused.value.code == "note-needed"
    assert IdeaChange.objects.get().note == "People asked for beds."


def test_only_the_author_edits(idea, people):
    for role, user in people.items():
        if role != "author":
            with pytest.raises(ActionRefused):
                edit(idea, user, title="Mine now")


@pytest.mark.parametrize("stage", [Stage.SHORTLISTED, Stage.ACCEPTED, Stage.BALLOT, Stage.DONE])
def test_what_was_decided_about_stays_as_it_was(idea, author, stage):
    IdeaPage.objects.filter(pk=idea.pk).update(stage=stage)

    with pytest.raises(ActionRefused) as refused:
        edit(idea, author, title="Something else")

    assert refused.value.code == "decided"


def test_hidden_idea_is_not_edited(idea, author):
    HideContribution(idea.contribution, by=None).execute()

    with pytest.raises(ActionRefused) as refused:
        edit(idea, author, title="Something else")

    assert refused.value.code == "is-hidden"


def test_revision_of_an_editor_does_not_bring_back_what_the_author_said(idea, author):
    older = idea.save_revision()
    edit(idea, author, title="Beds by the river")

    Revision.objects.get(pk=older.pk).publish()

    assert IdeaPage.objects.get().title == "Beds by the river"
    assert Page.objects.get(pk=idea.pk).draft_title == "Beds by the river"


def test_replies_are_edited_too(idea, author, forum):
    who = question(forum)

    edit(idea, author, replies=[(who, "Everybody", "")])
    change = edit(idea, author, replies=[(who, "Nobody", "")])

    assert FormReply.objects.get().text == "Nobody"
    assert (change.parts, change.is_material) == (["replies"], True)


def test_masked_text_swallows_replies_and_gives_them_back(idea, author, forum):
    who = question(forum)
    edit(idea, author, replies=[(who, "Call 010-1234-5678", "")])
    contribution = idea.contribution
    contribution.refresh_from_db()
    kind = contribution.kind_of
    title, text = kind.canonical(contribution)

    keepsake = ledger.take_words(contribution, title=title, text="[masked]")
    masked = kind.canonical(contribution)
    ledger.bring_words_back(contribution, title=title, text=text, keepsake=keepsake)

    assert masked == (title, "[masked]")
    assert kind.canonical(contribution) == (title, text)
    assert FormReply.objects.get().text == "Call 010-1234-5678"


def test_blanked_idea_keeps_nothing_its_author_wrote(idea, author, forum):
    make_old(idea)
    edit(
        idea,
        author,
        address="River Road 5",
        note="Because of SECRET",
        replies=[(question(forum), "SECRET", "")],
    )

    ledger.blank(idea.contribution)

    idea.refresh_from_db()
    assert (idea.address, FormReply.objects.count()) == ("", 0)
    assert IdeaChange.objects.get().note == ""


def test_what_the_form_asks_no_more_stays_with_the_idea(client, forum, idea, author):
    spot = {"latitude": Decimal("35.1"), "longitude": Decimal("128.9"), "address": "River Road 5"}
    roads = Category.objects.create(process=forum.process, code="roads", names={"en": "Roads"})
    who = question(forum)
    edit(idea, author, tags=["park"], category=roads, replies=[(who, "All", "")], **spot)
    ask(forum, tags="no", location="no")
    Category.objects.update(offered=False)
    FormQuestion.objects.update(retired_at=timezone.now())
    client.force_login(author)

    form = client.get(idea.url + "edit/").context["form"]
    client.post(idea.url + "edit/", {**form.initial, "title": "Benches by the rivers"})

    idea = IdeaPage.objects.get()
    assert (idea.title, idea.category, idea.address) == (
        "Benches by the rivers", roads, "River Road 5",
    )  # fmt: skip
    assert (idea.latitude, [*idea.tags.names()]) == (Decimal("35.1"), ["park"])
    assert FormReply.objects.get().text == "All"
    assert IdeaChange.objects.latest("pk").parts == []


def test_other_words_for_a_question_are_no_edit_of_its_reply(forum, idea, author):
    who = question(forum)
    edit(idea, author, replies=[(who, "All", "")])
    who.labels = {"en": "Who would gain?"}
    who.save()

    change = edit(idea, author, title="Benches by the rivers", replies=[(who, "All", "")])

    assert (change.parts, change.is_material) == ([], False)
    assert FormReply.objects.get().question_text == "Who profits?"


# Support belongs to a version ---------------------------------------------------------------------


def test_material_edit_asks_supporters_and_shows_both_numbers(
    supported_idea, author, citizen, neighbour, client
):
    edit(supported_idea, author, description="People want parking instead.")
    SupportIdea(supported_idea, by=neighbour).execute()

    client.force_login(citizen)
    page = shown(client.get(supported_idea.url))

    assert "1 of the text as it is now; 1 person of an earlier one" in page
    assert "Keep my support" in page
    assert "was changed" in Notification.objects.get(user=citizen).subject


def test_kept_support_counts_for_the_new_text(supported_idea, author, citizen, client):
    edit(supported_idea, author, description="People want parking instead.")
    client.force_login(citizen)

    page = shown(client.post(supported_idea.url + "support/keep/", follow=True))

    assert "earlier one" not in page
    assert "Keep my support" not in page


def test_correction_asks_nobody(supported_idea, author, citizen, client):
    change = edit(supported_idea, author, description="People want to sit down!")

    client.force_login(citizen)

    assert not change.is_material
    assert "Keep my support" not in shown(client.get(supported_idea.url))
    assert not Notification.objects.filter(user=citizen).exists()


def test_who_does_not_keep_it_takes_it_back(supported_idea, author, citizen):
    edit(supported_idea, author, description="People want parking instead.")

    WithdrawSupport(supported_idea, by=citizen).execute()

    assert not supported_idea.supports.exists()


def test_who_was_asked_may_take_it_back_after_the_phase(supported_idea, author, citizen, forum):
    edit(supported_idea, author, description="People want parking instead.")
    open_phase(forum, "review")

    WithdrawSupport(supported_idea, by=citizen).execute()

    assert not supported_idea.supports.exists()


def test_nobody_keeps_what_they_do_not_support(idea, neighbour):
    with pytest.raises(ActionRefused) as refused:
        KeepSupport(idea, by=neighbour).execute()

    assert refused.value.code == "not-supported"


# Withdrawing and following ------------------------------------------------------------------------


def test_withdrawn_idea_stays_readable_with_its_reason(idea, author, client):
    WithdrawIdea(idea, by=author, reason="solved", text="The benches are there.").execute()

    page = shown(client.get(idea.url))

    assert "People want to sit down." in page
    assert "The matter is settled" in page
    assert "The benches are there." in page
    idea.refresh_from_db()
    assert idea.stage == Stage.WITHDRAWN
    assert StageChange.objects.filter(contribution=idea.contribution).count() == 1


@pytest.mark.parametrize(
    ("who", "reason", "code"),
    [
        pytest.param("citizen", "solved", "forbidden", id="somebody else"),
        pytest.param("author", "boredom", "unknown-reason", id="unknown reason"),
    ],
)
def test_withdrawing_needs_the_author_and_a_reason(idea, request, who, reason, code):
    with pytest.raises(ActionRefused) as refused:
        WithdrawIdea(idea, by=request.getfixturevalue(who), reason=reason).execute()

    assert refused.value.code == code
    assert not IdeaWithdrawal.objects.exists()


def test_follower_is_told_of_another_text_and_can_stop(idea, author, neighbour):
    FollowIdea(idea, by=neighbour).execute()
    edit(idea, author, description="People want parking instead.")
    UnfollowIdea(idea, by=neighbour).execute()

    assert Notification.objects.filter(user=neighbour).count() == 1
    assert not IdeaFollow.objects.exists()


@pytest.mark.parametrize("action", [FollowIdea, UnfollowIdea])
def test_following_twice_is_as_wished(idea, neighbour, action, client):
    client.force_login(neighbour)
    route = "follow/" if action is FollowIdea else "follow/stop/"

    answers = [client.post(idea.url + route, follow=True).status_code for _ in range(2)]

    assert answers == [200, 200]
    assert IdeaFollow.objects.count() == (action is FollowIdea)


# Pages --------------------------------------------------------------------------------------------


def test_author_changes_the_idea_on_its_form(idea, author, client):
    client.force_login(author)
    words = {"title": "Beds by the river", "description": "People want to lie down.", "note": ""}

    form = shown(client.get(idea.url + "edit/"))
    page = shown(client.post(idea.url + "edit/", words, follow=True))
    versions = shown(client.get(idea.url + "versions/"))

    assert "People want to sit down." in form
    assert "Beds by the river" in page
    assert "<del>" in versions
    assert "<ins>" in versions


@pytest.mark.parametrize("route", ["edit/", "withdraw/"])
def test_pages_of_the_author_are_nobody_elses(idea, neighbour, client, route):
    signed_out = client.get(idea.url + route)
    client.force_login(neighbour)

    assert signed_out.status_code == 302
    assert client.get(idea.url + route).status_code == 404
    assert client.post(idea.url + route, {"reason": "solved"}).status_code == 404


def test_form_of_a_decided_idea_says_why_it_is_closed(idea, author, client):
    IdeaPage.objects.filter(pk=idea.pk).update(stage=Stage.ACCEPTED)
    client.force_login(author)

    assert "cannot be changed any more" in shown(client.get(idea.url + "edit/"))
