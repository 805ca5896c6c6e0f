"""Communities that bring people along, and how many came through each."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from civic_sourcing.challenges.actions.partners import InvitePartners
from civic_sourcing.challenges.entering.sources import SESSION_KEY
from civic_sourcing.challenges.models import (
    ChallengeFacts,
    Entry,
    LegalAuthority,
    Partner,
    PartnerInvitation,
)
from civic_sourcing.challenges.partners.figures import brought
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.notifications.models import OutboxMessage
from civic_sourcing.participants.models import Participant
from tests.scenes import scene

pytestmark = pytest.mark.django_db


@scene
def university(db):
    return Partner.objects.create(name="University", kind="university", email="uni@example.org")


@scene
def invitation(university, challenge):
    return InvitePartners(challenge.process, by=None, partners=[university]).execute()[0]


def test_a_partner_is_invited_once_and_written_to(university, challenge, manager):
    InvitePartners(challenge.process, by=manager, partners=[university], by_mail=True).execute()
    InvitePartners(challenge.process, by=manager, partners=[university], by_mail=True).execute()

    invitation = PartnerInvitation.objects.get()
    assert OutboxMessage.objects.get().address == "uni@example.org"
    assert invitation.sent_at is not None
    assert not mail.outbox


def test_who_is_retired_is_not_invited(university, challenge):
    Partner.objects.update(retired=True)
    university.refresh_from_db()

    with pytest.raises(ActionRefused) as refusal:
        InvitePartners(challenge.process, by=None, partners=[university]).execute()

    assert refusal.value.code == "retired"


def test_only_managers_invite(university, challenge, citizen):
    with pytest.raises(ActionForbidden):
        InvitePartners(challenge.process, by=citizen, partners=[university]).execute()


def test_the_address_counts_a_visit_once_and_remembers_where_from(invitation, challenge, client):
    url = reverse("civic_challenges:via", args=[invitation.code])

    answers = [client.get(url) for _visit in range(3)]

    invitation.refresh_from_db()
    assert {answer.status_code for answer in answers} == {302}
    assert answers[0].url == challenge.url
    assert invitation.visits == 1
    assert client.session[SESSION_KEY] == {str(challenge.process.uuid): invitation.code}


def test_a_challenge_nobody_sees_yet_is_not_found(written, university, client):
    made = InvitePartners(written.process, by=None, partners=[university]).execute()[0]

    answer = client.get(reverse("civic_challenges:via", args=[made.code]))

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("sealed", "number", "told"), [(True, 3, 0), (True, 13, 10), (False, 13, 13)]
)
def test_what_a_partner_brought_is_told_in_steps_while_sealed(
    invitation, challenge, citizen, sealed, number, told
):
    ChallengeFacts.objects.update(sealed=True)
    enter(challenge, invitation, citizen, number)
    at = challenge.rounds[0].closes_at if not sealed else timezone.now()

    line = brought(challenge.process, at)[0]

    assert (line.invitation, line.entries, line.first) == (invitation, told, told)


def enter(challenge, invitation, citizen, number):
    now = timezone.now()
    person = Participant.objects.of(citizen)
    Entry.objects.bulk_create(
        Entry(
            process=challenge.process,
            round=challenge.rounds[0],
            captain=person,
            state="submitted",
            source=invitation,
            is_first=True,
            number=place,
            receipt=f"receipt-{place}",
            created_at=now,
            changed_at=now,
            submitted_at=now,
        )
        for place in range(1, number + 1)
    )


def test_managers_invite_and_see_figures_on_their_screen(
    invitation, challenge, client, manager, at_desk
):
    client.force_login(at_desk(manager))
    other = Partner.objects.create(name="Makers")
    url = reverse("civic_challenges_desk:partners", args=[challenge.process.uuid])

    client.post(url, {"partners": [other.pk]})

    text = client.get(url).content.decode()
    assert f"/via/{invitation.code}/" in text
    assert "fewer than 10" in text
    assert PartnerInvitation.objects.filter(partner=other).exists()


@pytest.mark.parametrize(
    ("name", "partners", "bases"),
    [("citizen", 302, 302), ("manager", 200, 302), ("steward", 200, 200)],
)
def test_who_keeps_the_directories(client, at_desk, name, partners, bases, request):
    client.force_login(at_desk(request.getfixturevalue(name)))

    answers = [
        client.get(reverse(f"{each}:index")).status_code
        for each in ("civic_partners_admin", "civic_legal_bases_admin")
    ]

    assert answers == [partners, bases]


def test_a_steward_words_a_legal_basis_in_every_language(client, at_desk, steward):
    client.force_login(at_desk(steward))
    data = {"key": "bylaw", "position": 3, "name_en": "Bylaw 12", "name_ko": "조례 제12조"}

    client.post(reverse("civic_legal_bases_admin:add"), data)

    assert LegalAuthority.objects.get(key="bylaw").names == {"en": "Bylaw 12", "ko": "조례 제12조"}


class TestIndex:
    """The challenges somebody looks after."""

    url = "civic_challenges_desk:index"

    def test_managers_see_theirs_and_what_waits_first(
        self, written, challenge, client, manager, at_desk
    ):
        client.force_login(at_desk(manager))
        ChallengeFacts.objects.filter(process=written.process).update(state="in_review")

        lines = client.get(reverse(self.url)).context["lines"]

        assert [line["state"] for line in lines] == ["In review", "Published"]
        assert lines[1]["status"] == "Open"

    def test_who_is_named_sees_that_one_alone(self, written, challenge, client, citizen, at_desk):
        ChallengeFacts.objects.get(process=written.process).managers.add(
            Participant.objects.of(citizen)
        )
        client.force_login(at_desk(citizen))

        lines = client.get(reverse(self.url)).context["lines"]

        assert [line["title"] for line in lines] == [written.title]

    def test_others_see_nothing(self, written, client, editor):
        client.force_login(editor)

        assert client.get(reverse(self.url)).status_code == 302

    def test_its_queries_do_not_grow(
        self, write_challenge, client, steward, at_desk, django_assert_max_num_queries
    ):
        for number in range(4):
            write_challenge(f"Challenge {number}")
        client.force_login(at_desk(steward))

        with django_assert_max_num_queries(30):
            client.get(reverse(self.url))

    def test_the_explorer_says_where_each_stands(self, index, challenge, client, administrator):
        client.force_login(administrator)

        text = client.get(reverse("wagtailadmin_explore", args=[index.pk])).content.decode()

        assert "Published" in text
        assert "€6,000" in text
