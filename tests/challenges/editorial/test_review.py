"""The way of a challenge to the public."""

import pytest
from django.urls import reverse
from django.utils import timezone

from civic_sourcing.challenges.actions.review import (
    ApproveChallenge,
    ArchiveChallenge,
    NoteApproval,
    PublishChallenge,
    RequestEdits,
    RestoreChallenge,
    SendToReview,
    TakeBack,
    publish_due,
)
from civic_sourcing.challenges.actions.setup import SetCriteria, SetFacts, SetPrizes
from civic_sourcing.challenges.models import (
    Approval,
    ChallengeFacts,
    ChallengePage,
    ReviewMessage,
    Round,
)
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.notifications.models import Notification
from tests.challenges.editorial.conftest import DAY, prize

pytestmark = pytest.mark.django_db


def state_of(page):
    return ChallengeFacts.objects.get(process=page.process).state


def refused(step):
    with pytest.raises(ActionRefused) as refusal:
        step.execute()
    return refusal.value.code


def test_a_challenge_goes_from_draft_to_the_public(written, manager, steward):
    process = written.process

    SendToReview(process, by=manager, message="Please look.").execute()
    RequestEdits(process, by=steward, message="Who pays?", section="prizes").execute()
    SendToReview(process, by=manager).execute()
    ApproveChallenge(process, by=steward).execute()
    PublishChallenge(process, by=manager).execute()

    assert ChallengePage.objects.get(pk=written.pk).live
    assert process.phases.filter(kind="entering").exists()
    states = list(ReviewMessage.objects.values_list("state", flat=True))
    assert states == ["in_review", "edits_requested", "in_review", "approved", "published"]


def test_nothing_incomplete_is_sent_to_the_review(written, manager):
    ChallengeFacts.objects.update(contact="")

    assert refused(SendToReview(written.process, by=manager)) == "incomplete"


def test_who_sent_it_does_not_approve_it(written, steward):
    SendToReview(written.process, by=steward).execute()

    assert refused(ApproveChallenge(written.process, by=steward)) == "own"


def test_edits_are_requested_with_a_message(written, manager, steward):
    SendToReview(written.process, by=manager).execute()

    assert refused(RequestEdits(written.process, by=steward, message=" ")) == "no-message"


@pytest.mark.parametrize("step", [ApproveChallenge, RequestEdits])
def test_managers_do_not_review_their_own_challenge(written, manager, step):
    SendToReview(written.process, by=manager).execute()

    with pytest.raises(ActionForbidden):
        step(written.process, by=manager, message="Fine.").execute()


def test_while_it_is_reviewed_only_stewards_change_it(written, manager, steward):
    SendToReview(written.process, by=manager).execute()
    change = {"values": {"contact": "ask@example.org"}}

    code = refused(SetFacts(written.process, by=manager, **change))
    SetFacts(written.process, by=steward, **change).execute()

    assert code == "in-review"
    assert state_of(written) == "in_review"


def test_what_was_approved_and_changed_is_reviewed_anew(written, manager, steward):
    SendToReview(written.process, by=manager).execute()
    ApproveChallenge(written.process, by=steward).execute()

    SetFacts(written.process, by=manager, values={"contact": "other"}).execute()

    assert state_of(written) == "draft"
    assert refused(PublishChallenge(written.process, by=manager)) == "not-now"


def test_an_approved_challenge_goes_out_on_its_date(written, manager, steward):
    now = timezone.now()
    SendToReview(written.process, by=manager).execute()
    ApproveChallenge(written.process, by=steward, publish_on=now + DAY / 2).execute()

    publish_due(now)
    before = state_of(written)
    publish_due(now + DAY / 2)

    assert (before, state_of(written)) == ("approved", "published")
    assert ChallengePage.objects.get(pk=written.pk).live


def test_what_lacks_something_on_its_date_stays_and_others_go_out(
    written, write_challenge, manager, steward
):
    other = write_challenge("Another")
    for page in (written, other):
        SendToReview(page.process, by=manager).execute()
        ApproveChallenge(page.process, by=steward, publish_on=timezone.now()).execute()
    Round.objects.filter(process=written.process).update(
        opens_at=timezone.now() - 9 * DAY, closes_at=timezone.now() - 5 * DAY
    )

    for _minute in range(2):
        publish_due(timezone.now())

    told = Notification.objects.filter(subject__contains="could not be published")
    assert (state_of(written), state_of(other)) == ("approved", "published")
    assert set(told.values_list("user__username", flat=True)) == {"manager", "steward"}
    assert told.count() == 2


def test_a_translation_goes_out_along_once_it_is_whole(
    written, korean_home, korean, manager, steward
):
    written.get_parent().copy_for_translation(korean, copy_parents=True)
    whole = written.copy_for_translation(korean)
    whole.save_revision()
    SendToReview(written.process, by=manager).execute()
    ApproveChallenge(written.process, by=steward).execute()

    PublishChallenge(written.process, by=manager).execute()

    assert ChallengePage.objects.get(pk=whole.pk).live


@pytest.mark.parametrize("name", ["problem", "rights_text", "privacy_text", "minors_text"])
def test_a_translation_that_lacks_a_text_people_need_stays_behind(
    written, korean_home, korean, manager, steward, name
):
    written.get_parent().copy_for_translation(korean, copy_parents=True)
    half = written.copy_for_translation(korean)
    setattr(half, name, "<p></p>")
    half.save_revision()
    SendToReview(written.process, by=manager).execute()
    ApproveChallenge(written.process, by=steward).execute()

    PublishChallenge(written.process, by=manager).execute()

    assert ChallengePage.objects.get(pk=written.pk).live
    assert not ChallengePage.objects.get(pk=half.pk).live


def test_a_text_changed_after_the_approval_does_not_go_out(written, manager, steward):
    SendToReview(written.process, by=manager).execute()
    ApproveChallenge(written.process, by=steward).execute()
    page = ChallengePage.objects.get(pk=written.pk)
    page.title = "Another problem"
    page.save_revision()

    assert refused(PublishChallenge(written.process, by=manager)) == "changed-meanwhile"
    assert refused(PublishChallenge(written.process, by=None)) == "changed-meanwhile"


def test_a_translation_begun_after_the_approval_waits(
    written, korean_home, korean, manager, steward
):
    SendToReview(written.process, by=manager).execute()
    ApproveChallenge(written.process, by=steward).execute()
    written.get_parent().copy_for_translation(korean, copy_parents=True)
    later = written.copy_for_translation(korean)
    later.save_revision()

    PublishChallenge(written.process, by=manager).execute()

    assert ChallengePage.objects.get(pk=written.pk).live
    assert not ChallengePage.objects.get(pk=later.pk).live


@pytest.fixture
def published(written, manager, steward):
    """People see it; it opens tomorrow."""
    SendToReview(written.process, by=manager).execute()
    ApproveChallenge(written.process, by=steward).execute()
    PublishChallenge(written.process, by=manager).execute()
    return written.process


def prizes_of(total):
    return {"currency": "EUR", "total": total, "parts": [prize(total)]}


@pytest.mark.parametrize(
    "change",
    [
        lambda process, by: SetFacts(process, by=by, values={"contact": ""}),
        lambda process, by: SetFacts(process, by=by, values={"authority": None}),
        lambda process, by: SetPrizes(process, by=by, **prizes_of(200_000_00)),
        lambda process, by: SetPrizes(process, by=by, currency="EUR", total=None, parts=[]),
        lambda process, by: SetCriteria(process, by=by, round=process.rounds.get(), criteria=[]),
    ],
    ids=["contact", "legal basis", "a sum above the limit", "no prize", "no criteria"],
)
def test_what_it_was_published_with_is_not_taken_out_before_it_opens(published, manager, change):
    assert refused(change(published, manager)) == "incomplete"

    SetFacts(published, by=manager, values={"contact": "Room 4"}).execute()
    SetPrizes(published, by=manager, **prizes_of(90_000_00)).execute()


def test_a_sum_above_the_limit_can_be_set_once_somebody_has_approved_it(
    published, manager, steward
):
    note_sum(published, steward)

    SetPrizes(published, by=manager, **prizes_of(200_000_00)).execute()

    assert ChallengeFacts.objects.get(process=published).prize_total == 200_000_00


def note_sum(process, steward):
    today = timezone.localdate()
    signed = {"approver": "Kim", "office": "Mayor", "approved_on": today}
    NoteApproval(process, by=steward, limit=100_000_00, **signed).execute()


def test_a_challenge_is_archived_when_it_is_over(written, manager, steward, set_clock):
    SendToReview(written.process, by=manager).execute()
    ApproveChallenge(written.process, by=steward).execute()
    PublishChallenge(written.process, by=manager).execute()
    set_clock(timezone.now() + 2 * DAY)

    assert refused(ArchiveChallenge(written.process, by=manager)) == "still-running"


def test_a_draft_that_leads_nowhere_is_archived_and_stays_as_it_is(written, manager):
    ArchiveChallenge(written.process, by=manager).execute()

    assert refused(SetFacts(written.process, by=manager, values={"contact": "x"})) == "archived"


def test_what_was_archived_is_restored_to_where_it_was(written, manager):
    ArchiveChallenge(written.process, by=manager).execute()

    RestoreChallenge(written.process, by=manager).execute()

    assert state_of(written) == "draft"
    assert ChallengeFacts.objects.get().archived_at is None


def test_stewards_note_who_approved_a_sum_and_managers_do_not(written, manager, steward):
    approval = {"limit": 100, "approver": "Kim", "office": "Mayor"}
    today = timezone.localdate()

    NoteApproval(written.process, by=steward, approved_on=today, **approval).execute()

    assert Approval.objects.get().name == "Kim"
    assert (
        refused(NoteApproval(written.process, by=steward, approved_on=today + DAY, **approval))
        == "invalid"
    )
    with pytest.raises(ActionForbidden):
        NoteApproval(written.process, by=manager, approved_on=today, **approval).execute()


def test_taking_it_back_makes_it_a_draft(written, manager):
    SendToReview(written.process, by=manager).execute()

    TakeBack(written.process, by=manager).execute()

    assert state_of(written) == "draft"


@pytest.mark.django_db(transaction=True)
def test_stewards_and_managers_hear_of_each_step(written, manager, steward):
    SendToReview(written.process, by=manager).execute()
    ApproveChallenge(written.process, by=steward).execute()

    told = set(Notification.objects.values_list("user__username", "category"))
    assert told == {
        ("steward", "civic_challenges.to_manage"),
        ("manager", "civic_challenges.to_manage"),
    }


class TestButtonPublish:
    """Wagtail's own button is the same step."""

    def press(self, client, page):
        data = {
            "title": page.title, "slug": page.slug, "tagline": page.tagline,
            "short_description": page.short_description, "action-publish": "1",
            "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0,
        }  # fmt: skip
        return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)

    def test_what_is_not_approved_does_not_go_out(self, written, client, administrator):
        client.force_login(administrator)

        answer = self.press(client, written)

        assert answer.url == reverse("civic_challenges_desk:review", args=[written.process.uuid])
        assert not ChallengePage.objects.get(pk=written.pk).live

    def test_what_is_approved_does(self, written, client, administrator, manager, steward):
        SendToReview(written.process, by=manager).execute()
        ApproveChallenge(written.process, by=steward).execute()
        client.force_login(administrator)

        self.press(client, written)

        assert state_of(written) == "published"
        assert ChallengePage.objects.get(pk=written.pk).live

    @pytest.mark.parametrize("bulk", [False, True], ids=["the button", "a bulk action"])
    def test_half_a_translation_of_what_is_out_does_not(
        self, written, korean_home, korean, client, administrator, manager, steward, bulk
    ):
        SendToReview(written.process, by=manager).execute()
        ApproveChallenge(written.process, by=steward).execute()
        PublishChallenge(written.process, by=manager).execute()
        written.get_parent().copy_for_translation(korean, copy_parents=True)
        half = written.copy_for_translation(korean)
        half.minors_text = ""
        half.save_revision()
        client.force_login(administrator)

        if bulk:
            url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
            answer = client.post(f"{url}?id={half.pk}", follow=True)
        else:
            answer = client.get(self.press(client, half).url)

        assert not ChallengePage.objects.get(pk=half.pk).live
        assert "These texts are missing: minors." in answer.text

    def test_while_it_is_reviewed_the_editor_of_the_page_saves_nothing(
        self, written, client, editor, manager
    ):
        SendToReview(written.process, by=manager).execute()
        client.force_login(editor)
        written.title = "Something else"

        self.press(client, written)

        page = ChallengePage.objects.get(pk=written.pk)
        assert page.get_latest_revision_as_object().title != "Something else"

    def test_nor_does_a_bulk_action_publish_it(self, written, client, administrator):
        client.force_login(administrator)
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

        client.post(f"{url}?id={written.pk}")

        assert not ChallengePage.objects.get(pk=written.pk).live
