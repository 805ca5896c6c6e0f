"""Reports of comments, what follows from them, and what moderators read before deciding."""

import pytest
from django.urls import reverse
from django.utils import timezone

from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.models import Contribution
from civic_sourcing.comments.models import Comment, CommentRules, Thread, Tombstone
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.ideas.models import IdeaForumPage
from civic_sourcing.moderation.models import Case
from civic_sourcing.moderation.places import cases_for
from civic_sourcing.participants.actions import EraseParticipant
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import RoleAssignment
from town.news.models import NewsPage

from .conftest import open_phase
from .moderated import DAY, RUDE, TEXT, faults, let_pass, now, row, seen, span, told

pytestmark = pytest.mark.django_db


def test_every_comment_of_others_leads_to_the_form_for_reports(client, talk, idea, neighbour):
    client.force_login(neighbour)
    page = client.get(idea.url).content.decode()

    own = talk[2].uuid
    links = {each.uuid: reverse("civic_moderation:new_report", args=[each.uuid]) for each in talk}
    assert [link in page for link in links.values()] == [uuid != own for uuid in links]
    assert RUDE in client.get(links[talk[1].uuid]).content.decode()


def test_three_people_known_here_hide_it_until_somebody_has_looked(said, report, citizen, decide):
    report(said)
    report(said)
    assert now(said).is_readable

    report(said)

    case = Case.objects.get()
    assert (now(said).tombstone, case.reporters) == (Tombstone.MODERATION, 3)
    assert len(told(citizen)) == 1
    decide(case, "no_breach", rule=None)
    assert now(said).is_readable
    assert faults() == []


def test_newcomers_hide_nothing_however_many_they_are(said, report, make_citizen):
    for number in range(5):
        report(said, by=make_citizen(f"new{number}"))

    assert now(said).is_readable
    assert Case.objects.get().reporters == 5


@pytest.mark.parametrize("rule", ["safety", "privacy"])
def test_grave_rule_hides_at_once_and_nobody_reads_it_meanwhile(said, report, idea, rule):
    report(said, rule=rule)

    assert RUDE not in seen(idea)
    assert now(said).tombstone == Tombstone.MODERATION


def test_what_is_hidden_or_held_cannot_be_reported(said, case, report, decide):
    decide(case)

    with pytest.raises(ActionRefused) as refused:
        report(said)

    assert refused.value.code == "not-public"


class TestCasePage:
    @pytest.fixture
    def administrator(self, make_citizen):
        return make_citizen("admin", is_superuser=True, is_staff=True)

    def page(self, client, case):
        response = client.get(reverse("civic_moderation_admin:case", args=[case.uuid]))
        assert response.status_code == 200
        return response.content.decode()

    def test_it_shows_what_the_comment_answers_what_is_beside_it_and_where(
        self, client, administrator, talk, speak, proposer, case, idea
    ):
        speak(proposer, "Stone or wood?", parent=talk[0])
        client.force_login(administrator)

        page = self.page(client, case)

        assert RUDE in page
        assert "Where do we want them?" in page
        assert "Stone or wood?" in page
        assert idea.title in page
        assert f"#comment-{talk[1].uuid}" in page

    @pytest.mark.parametrize("outcome", ["hide", "remove", "mask"])
    def test_it_opens_once_it_is_decided(
        self, client, administrator, case, decide, citizen, outcome
    ):
        decide(case, outcome, spans=[span(RUDE)], seen_version=1)
        client.force_login(administrator)

        assert "civic-" in self.page(client, case)

    def test_it_opens_when_the_author_has_left(self, client, administrator, case, citizen):
        EraseParticipant(Participant.objects.of(citizen), by=citizen, blank_texts=True).execute()
        client.force_login(administrator)

        assert RUDE not in self.page(client, case)


class TestMoved:
    """Cases of comments when what they are about is moved."""

    @pytest.fixture
    def other_forum(self, home):
        page = home.add_child(instance=IdeaForumPage(title="Library", slug="library"))
        open_phase(page.process, "collect")
        CommentRules.objects.get_or_create(process=page.process)
        return page

    @pytest.fixture
    def elsewhere(self, make_citizen, give_role, other_forum):
        return give_role(make_citizen("elsewhere"), "moderator", page=other_forum)

    @pytest.fixture
    def move(self, idea, other_forum, django_capture_on_commit_callbacks):
        def go(process=None):
            with django_capture_on_commit_callbacks(execute=True):
                contribution = Contribution.objects.get(pk=idea.contribution_id)
                ledger.move(contribution, process or other_forum.process)

        return go

    def test_open_ones_follow_to_the_moderators_there(self, case, move, moderator, elsewhere):
        Case.objects.filter(pk=case.pk).update(assigned_to=moderator, assigned_at=timezone.now())

        move()

        moved = Case.objects.get(pk=case.pk)
        assert moved.process == now(moved.contribution.comment).thread.process
        assert list(cases_for(elsewhere)) == [moved]
        assert list(cases_for(moderator)) == []
        assert moved.assigned_to is None

    def test_they_are_decided_there(self, talk, case, move, decide, elsewhere, moderator):
        move()
        moved = Case.objects.get(pk=case.pk)

        with pytest.raises(ActionRefused):
            decide(moved, by=moderator)
        decide(moved, by=elsewhere)

        assert now(talk[1]).tombstone == Tombstone.MODERATION
        assert faults() == []

    def test_decided_ones_stay_and_are_still_reversed(
        self, talk, case, move, decide, appeal, other_forum
    ):
        decision = decide(case, "remove")
        move()

        appeal(decision)

        assert now(talk[1]).text == TEXT
        assert Thread.objects.get().process == other_forum.process
        assert faults() == []

    @pytest.fixture
    def news(self, home, moderator):
        """A page of news that takes comments, on which nobody has said anything."""
        page = home.add_child(instance=NewsPage(title="Benches", slug="benches"))
        open_phase(page.process, "discuss")
        RoleAssignment.objects.create(group=moderator.groups.get(), page=page, role="moderator")
        return page

    def test_to_a_page_nobody_has_commented_on(self, talk, case_of_answer, decide, news):
        decide(case_of_answer, "move", rule=None, target=news.process)

        assert now(talk[2]).thread == Thread.objects.get(page_key=news.process.translation_key)
        assert faults() == []

    def test_reversed_it_stands_again_where_its_thread_went(
        self, talk, case_of_answer, decide, move, appeal, news, neighbour, other_forum
    ):
        before = now(talk[2]).thread
        decision = decide(case_of_answer, "move", rule=None, target=news.process)
        move()

        appeal(decision, by=neighbour)

        back = now(talk[2])
        assert (back.thread, back.parent) == (before, talk[1])
        assert back.contribution.process == other_forum.process
        assert faults() == []

    @pytest.fixture
    def case_of_answer(self, talk, open_case):
        return open_case(talk[2].contribution)

    def test_a_case_about_the_idea_itself_follows_too(self, idea, open_case, move, other_forum):
        case = open_case(idea.contribution)

        move()

        assert Case.objects.get(pk=case.pk).process == other_forum.process

    def test_what_is_hidden_for_a_while_appears_there_by_itself(
        self, client, talk, case, move, decide, idea
    ):
        decision = decide(case, "temporary", until=timezone.now() + DAY)
        move()
        let_pass(decision)

        seen(type(idea).objects.get(pk=idea.pk))

        assert now(talk[1]).is_readable


@pytest.mark.parametrize("name", ["thread", "replies", "arrivals", "comment"])
def test_a_part_that_is_fetched_ends_what_is_over_first(client, talk, case, decide, idea, name):
    before = timezone.now() - DAY
    decision = decide(case, "temporary", until=timezone.now() + DAY)
    let_pass(decision)
    about = talk[0] if name in ("replies", "comment") else idea.contribution
    url = reverse(f"civic_comments:{name}", args=[about.uuid])

    client.get(url, {"since": before.isoformat(), "show": "1"}, HTTP_HX_REQUEST="true")

    assert row(talk[1]).state == "published"
    assert Comment.objects.readable().count() == 3
