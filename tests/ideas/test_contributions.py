"""Every idea has its row in the ledger, and is live exactly while that row is public."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from wagtail.models import Page

from civic_sourcing.attribution import gate, ledger
from civic_sourcing.attribution.actions import (
    ReleaseContribution,
    RemoveContribution,
    RestoreContribution,
    WithdrawContribution,
)
from civic_sourcing.attribution.kinds import Entry
from civic_sourcing.attribution.models import Channel, Contribution, LicenceVersion, State
from civic_sourcing.core.audit import verify
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.testing import triggers_suspended
from civic_sourcing.core.triggers import lift
from civic_sourcing.ideas.actions import ProposeIdea, SupportIdea
from civic_sourcing.ideas.contributions import IdeaContribution
from civic_sourcing.ideas.models import IdeaForumPage, IdeaPage
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import RoleAssignment

from .conftest import hide


@pytest.fixture
def moderator(make_citizen, editor, home):
    group = editor.groups.get()
    RoleAssignment.objects.create(group=group, page=home, role="moderator")
    return editor


@pytest.fixture
def careful_gate():
    """A keeper that holds everything until somebody has looked."""
    gate.register_keeper("test", keep)
    yield
    gate.unregister_keeper("test")


def keep(submission):
    return gate.Hold("look", "Somebody looks at it first.")


@pytest.fixture
def held_idea(careful_gate, propose, author):
    return propose(author, "Lamps")


def fresh(idea):
    return IdeaPage.objects.get(pk=idea.pk)


def faults():
    return [finding.code for report in verify() for finding in report.findings]


def test_proposed_idea_has_its_row_with_version_and_fingerprint(idea, author):
    row = idea.contribution

    assert (row.kind, row.state, row.author.user) == ("idea", State.PUBLISHED, author)
    assert (row.title, row.language, row.process) == (idea.title, "en", idea.process)
    assert row.versions.get().text == idea.description
    assert not faults()


def test_the_database_takes_no_idea_without_a_row(forum, author):
    idea = IdeaPage(
        title="x", slug="x", process=forum.process, description="x", locale=forum.locale
    )

    with pytest.raises((IntegrityError, Contribution.DoesNotExist)), transaction.atomic():
        forum.add_child(instance=idea)


def test_two_ideas_cannot_share_a_row(idea, propose, neighbour):
    other = propose(neighbour, "Lamps")

    with pytest.raises(IntegrityError), transaction.atomic():
        IdeaPage.objects.filter(pk=other.pk).update(contribution=idea.contribution)


def test_an_idea_is_never_deleted(idea):
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        Page.objects.filter(pk=idea.pk).delete()


def test_of_two_equal_ideas_the_first_received_keeps_priority(propose, author, neighbour):
    first, second = propose(author).contribution, propose(neighbour).contribution

    assert first.sequence < second.sequence
    assert first.received_at < second.received_at


def test_held_idea_is_not_seen_and_its_author_is_told(client, careful_gate, citizen, forum):
    client.force_login(citizen)
    words = {"title": "Lamps", "description": "Light.", "request_key": ""}

    response = client.post(forum.url + "propose/", words, follow=True)

    idea = IdeaPage.objects.get()
    assert "Somebody looks at it first." in response.content.decode()
    assert client.get(idea.url).status_code == 404
    assert not idea.contribution.versions.exists()
    assert not faults()


def test_released_idea_is_published_with_its_first_version(held_idea):
    ReleaseContribution(held_idea.contribution, by=None, keeper="test").execute()

    assert fresh(held_idea).live
    assert fresh(held_idea).first_published_at
    assert held_idea.contribution.versions.get().title == "Lamps"
    assert not faults()


def test_hidden_idea_comes_back_with_place_and_supports_as_they_were(supported_idea):
    hide(supported_idea)
    assert not fresh(supported_idea).live
    assert not faults()

    RestoreContribution(supported_idea.contribution, by=None).execute()

    after = fresh(supported_idea)
    assert after.live
    assert (after.path, after.slug) == (supported_idea.path, supported_idea.slug)
    assert after.supports.count() == 1
    assert after.first_published_at == supported_idea.first_published_at
    assert not after.revisions.exists()
    assert not faults()


def test_withdrawn_idea_stays_readable_says_so_and_takes_no_support(client, idea, author, citizen):
    WithdrawContribution(idea.contribution, by=author).execute()

    assert "Its author has withdrawn this" in client.get(idea.url).content.decode()
    with pytest.raises(ActionRefused) as refused:
        SupportIdea(fresh(idea), by=citizen).execute()
    assert refused.value.code == "withdrawn"


@pytest.mark.parametrize(
    "door",
    [
        pytest.param(lambda idea: idea.unpublish(), id="unpublish"),
        pytest.param(lambda idea: (setattr(idea, "live", False), idea.save()), id="save"),
    ],
)
def test_code_does_not_unpublish_an_idea_behind_the_ledgers_back(idea, door):
    with pytest.raises(ActionRefused, match="moderators only"):
        door(fresh(idea))

    assert fresh(idea).live


@pytest.mark.parametrize(
    "door",
    [
        pytest.param(lambda idea: idea.save_revision().publish(), id="revision"),
        pytest.param(lambda idea: (setattr(idea, "live", True), idea.save()), id="save"),
    ],
)
def test_code_does_not_publish_a_hidden_idea(idea, door):
    hide(idea)

    door(fresh(idea))

    assert not fresh(idea).live
    assert not faults()


def test_verification_finds_a_page_switched_off_behind_the_ledgers_back(idea):
    with triggers_suspended():
        Page.objects.filter(pk=idea.pk).update(live=False)

    assert faults() == ["state"]


def run(statement, idea):
    with connection.cursor() as cursor:
        cursor.execute(statement, [idea.pk])


@pytest.mark.parametrize(
    "door",
    [
        pytest.param(
            lambda idea, live: Page.objects.filter(pk=idea.pk).update(live=live), id="update"
        ),
        pytest.param(
            lambda idea, live: IdeaPage.objects.filter(pk=idea.pk).update(live=live),
            id="update of ideas",
        ),
        pytest.param(
            lambda idea, live: run(
                f"UPDATE wagtailcore_page SET live = (1 = {int(live)}) WHERE id = %s", idea
            ),
            id="statement",
        ),
    ],
)
@pytest.mark.parametrize("hidden", [False, True], ids=["public", "hidden"])
def test_database_keeps_an_idea_in_step_with_the_ledger(idea, hidden, door):
    if hidden:
        hide(idea)

    with pytest.raises(IntegrityError, match="past the ledger"), transaction.atomic():
        door(idea, hidden)

    assert fresh(idea).live is not hidden
    assert not faults()


def press(client, user, name, idea, **data):
    client.force_login(user)
    return client.post(reverse(f"wagtailadmin_pages:{name}", args=[idea.pk]), data)


def in_bulk(client, user, step, *pages):
    client.force_login(user)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", step])
    keys = "&".join(f"id={page.pk}" for page in pages)
    return client.post(f"{address}?next=/&{keys}", {"include_descendants": "on"})


def test_moderators_unpublish_button_hides(client, moderator, idea):
    press(client, moderator, "unpublish", idea)

    assert Contribution.objects.get().state == State.HIDDEN
    assert not fresh(idea).live
    assert not faults()


def test_moderators_publish_button_restores(client, moderator, idea):
    hide(idea)
    words = {"tags": "park", "slug": idea.slug, "action-publish": "1"}

    press(client, moderator, "edit", idea, **words)

    assert Contribution.objects.get().state == State.PUBLISHED
    assert fresh(idea).live
    assert not faults()


@pytest.mark.parametrize("step", ["unpublish", "publish"])
def test_moderator_hides_and_restores_in_bulk(client, moderator, idea, step):
    if step == "publish":
        hide(idea)

    in_bulk(client, moderator, step, idea)

    assert fresh(idea).live is (step == "publish")
    assert not faults()


def test_editors_unpublish_button_is_refused(client, editor, idea):
    answer = press(client, editor, "unpublish", idea)
    bulk = in_bulk(client, editor, "unpublish", idea)

    assert answer.status_code < 500
    assert bulk.status_code < 500
    assert fresh(idea).live


def test_editors_publish_button_does_not_restore(client, editor, idea):
    hide(idea)

    press(client, editor, "edit", idea, tags="", slug=idea.slug, **{"action-publish": "1"})

    assert not fresh(idea).live
    assert Contribution.objects.get().state == State.HIDDEN


@pytest.mark.parametrize("bulk", [False, True], ids=["button", "bulk"])
def test_section_is_not_unpublished_over_the_heads_of_ideas(client, editor, home, idea, bulk):
    if bulk:
        answer = in_bulk(client, editor, "unpublish", home)
    else:
        answer = press(client, editor, "unpublish", home, include_descendants="on")

    assert answer.status_code < 500
    assert fresh(idea).live


def test_masked_words_are_gone_from_page_revisions_log_and_ledger(idea, editor):
    idea.save_revision(user=editor, log_action=True)

    ledger.mask(idea.contribution, title="Benches", text="Call me at ███.")

    after = fresh(idea)
    assert (after.title, after.description, after.slug) == ("Benches", "Call me at ███.", "benches")
    assert "river" not in str([revision.content for revision in after.revisions.all()])
    assert [v.title for v in idea.contribution.versions.all()] == ["", "Benches"]
    assert not faults()


def test_blanked_idea_keeps_place_supports_and_a_verifying_chain(supported_idea):
    supported_idea.tags.add("river")
    supported_idea.save_revision()

    ledger.blank(supported_idea.contribution)

    after = fresh(supported_idea)
    row = Contribution.objects.get()
    assert (after.description, after.rendered_html, row.title) == ("", "", "")
    assert "river" not in after.slug + str([r.content for r in after.revisions.all()])
    assert not after.tags.exists()
    assert row.versions.get().fingerprint
    assert after.supports.count() == 1
    assert not faults()


def test_removed_idea_is_gone_for_good(idea):
    RemoveContribution(idea.contribution, by=None).execute()

    with pytest.raises(ActionRefused):
        RestoreContribution(idea.contribution, by=None).execute()
    assert not fresh(idea).live


def test_idea_moves_to_another_forum_with_supports_and_history(home, supported_idea):
    elsewhere = home.add_child(instance=IdeaForumPage(title="Other", slug="other"))

    with transaction.atomic():
        ledger.move(supported_idea.contribution, elsewhere.process)

    after = fresh(supported_idea)
    assert after.get_parent().pk == elsewhere.pk
    assert after.process == after.contribution.process == elsewhere.process
    assert after.supports.count() == 1
    assert after.contribution.sequence == 1
    assert not faults()


def test_staff_enter_an_idea_from_paper_without_an_author(forum, editor):
    staff = Participant.objects.of(editor)
    words = Entry("A bench", "By the bus stop.", "en", Channel.PAPER, entered_by=staff)

    with transaction.atomic():
        row = IdeaContribution().enter(forum.process, words)

    idea = IdeaPage.objects.get()
    assert idea.live
    assert idea.author is None
    assert (row.channel, row.entered_by) == (Channel.PAPER, staff)
    assert not faults()


def test_idea_without_known_author_is_shown_and_can_be_supported(client, forum, editor, citizen):
    with transaction.atomic():
        IdeaContribution().enter(forum.process, Entry("A bench", "Here.", "en", Channel.PAPER))
    idea = IdeaPage.objects.get()

    SupportIdea(idea, by=citizen).execute()

    assert client.get(idea.url).status_code == 200
    assert idea.supports.count() == 1


def test_licence_chosen_is_kept_with_the_row_and_printed_on_the_page(client, forum, citizen):
    ProposeIdea(forum, by=citizen, title="Lamps", description="Light.").execute()

    idea = IdeaPage.objects.get()
    assert idea.contribution.licence.licence.key == "city-purpose"
    assert idea.contribution.licence.summary in client.get(idea.url).content.decode()
    assert idea.author.consents.get().kind == "licence:city-purpose"


def test_licence_that_is_not_offered_is_refused(forum, citizen):
    other = LicenceVersion.objects.get(licence__key="cc0-1.0")

    with pytest.raises(ActionRefused) as refused:
        ProposeIdea(forum, by=citizen, title="x", description="x", licence=other).execute()

    assert refused.value.code == "licence-not-offered"


def test_suspended_person_proposes_nothing(forum, citizen):
    participant = Participant.objects.of(citizen)
    Participant.objects.filter(pk=participant.pk).update(standing="suspended")

    with pytest.raises(ActionRefused) as refused:
        ProposeIdea(forum, by=citizen, title="x", description="x").execute()

    assert refused.value.code == "suspended"


def test_person_not_asked_yet_is_asked_for_their_age_once(client, forum, citizen):
    Participant.objects.filter(user=citizen).update(age_band="unknown")
    client.force_login(citizen)
    words = {"title": "Lamps", "description": "Light.", "request_key": ""}

    refused = client.post(forum.url + "propose/", words)
    assert "years old or older" in refused.content.decode()
    client.post(forum.url + "propose/", {**words, "of_age": "no"})

    assert Participant.objects.get(user=citizen).age_band == "minor"
    assert Contribution.objects.get().held_by == "guardian"


def test_control_without_the_trigger_an_idea_can_be_deleted(idea):
    lift()

    IdeaPage.objects.filter(pk=idea.pk).update(title=idea.title)
    with transaction.atomic():
        idea.tagged_items.all().delete()
        IdeaPage.objects.filter(pk=idea.pk)._raw_delete("default")

    assert "content" in faults()
