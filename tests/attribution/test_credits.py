"""Naming others: invited, accepted, declined, withdrawn, and how the credit is shared."""

import re

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.attribution.actions.credits import (
    AUTHOR,
    AcceptInvitation,
    DeclineInvitation,
    InviteCoAuthor,
    SetShares,
    WithdrawCredit,
    key_of,
)
from civic_sourcing.attribution.credits.flow import credits_for
from civic_sourcing.attribution.credits.invitations import find_by_token
from civic_sourcing.attribution.credits.records import circle, grant
from civic_sourcing.attribution.credits.shares import check_shares, percent, read_share
from civic_sourcing.attribution.models import Credit, CreditState, Role
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.notifications.delivery import deliver
from civic_sourcing.notifications.models import Notification, OutboxMessage
from tests.attribution.credit_people import *  # noqa: F403
from tests.attribution.credit_people import participant


def invite(contribution, by, invitee, role=Role.CO_AUTHOR):
    return InviteCoAuthor(contribution, by=by, invitee=invitee, role=role).execute()


def names(contribution):
    return [mention.name for mention in credits_for(contribution).mentions]


@pytest.fixture
def invitation(contribution, author, neighbour, notes):
    return invite(contribution, author, "neighbour")


@pytest.fixture
def co_author(invitation, neighbour, notes):
    return AcceptInvitation(invitation, by=neighbour).execute()


@pytest.fixture
def link(contribution, author, notes):
    """The link in the mail to somebody nobody knows yet."""
    invite(contribution, author, "kim@example.org")
    return OutboxMessage.objects.get(address="kim@example.org").url


def test_invited_person_is_named_only_after_accepting(contribution, invitation, neighbour):
    before = names(contribution)

    AcceptInvitation(invitation, by=neighbour).execute()

    assert (before, names(contribution)) == (["mina"], ["mina", "neighbour"])


def test_invitation_reaches_the_inbox_of_a_registered_person(invitation, neighbour):
    news = Notification.objects.get(user=neighbour)

    assert news.subject == "mina would name you as co-author"
    assert news.url == reverse("civic_attribution:credits", args=[invitation.contribution.uuid])


@pytest.mark.parametrize("typed", ["mina", "mina@example.org", "MINA+x@example.org"])
def test_inviting_oneself_is_refused(contribution, author, typed):
    author.email = "mina@example.org"
    author.save()

    with pytest.raises(ActionRefused, match="cannot invite yourself"):
        invite(contribution, author, typed)


@pytest.mark.parametrize("typed", ["neighbour", "kim@example.org"])
def test_inviting_twice_is_refused(contribution, author, neighbour, typed):
    invite(contribution, author, typed)

    with pytest.raises(ActionRefused, match="invited already"):
        invite(contribution, author, typed.upper() if "@" in typed else typed)


def test_person_named_already_is_not_invited_again(contribution, author, co_author):
    with pytest.raises(ActionRefused, match="named in this role already"):
        invite(contribution, author, "neighbour")


def test_same_person_may_have_another_role(contribution, author, co_author):
    invite(contribution, author, "neighbour", Role.TRANSLATOR)

    assert contribution.credits.count() == 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("nobody", "Nobody here is called"), ("not@an@address", "not an e-mail address")],
)
def test_whoever_cannot_be_meant_is_refused_by_own_sentence(contribution, author, typed, sentence):
    with pytest.raises(ActionRefused, match=sentence):
        invite(contribution, author, typed)


def test_name_of_several_people_is_refused(contribution, author, make_person):
    for number in (1, 2):
        person = participant(make_person(f"kim{number}"))
        person.name = "Kim"
        person.save()

    with pytest.raises(ActionRefused, match="Several people"):
        invite(contribution, author, "Kim")


def test_database_knows_one_standing_credit_for_person_and_role(contribution, neighbour):
    grant(contribution, participant(neighbour), Role.IMPROVER, at=clock.now())

    with pytest.raises(IntegrityError), transaction.atomic():
        Credit.objects.create(
            contribution=contribution,
            participant=participant(neighbour),
            role=Role.IMPROVER,
            state=CreditState.INVITED,
            created_at=clock.now(),
        )


def test_declined_person_may_be_asked_again(contribution, author, invitation, neighbour):
    DeclineInvitation(invitation, by=neighbour).execute()

    again = invite(contribution, author, "neighbour")

    assert again.state == CreditState.INVITED


def test_answer_is_given_once(invitation, neighbour):
    DeclineInvitation(invitation, by=neighbour).execute()

    with pytest.raises(ActionRefused, match="settled already"):
        AcceptInvitation(invitation, by=neighbour).execute()


def test_inviter_is_told_the_answer(invitation, author, neighbour):
    AcceptInvitation(invitation, by=neighbour).execute()

    assert "is now named as co-author" in Notification.objects.get(user=author).subject


def test_name_can_be_taken_back(contribution, co_author, neighbour):
    WithdrawCredit(co_author, by=neighbour).execute()

    assert names(contribution) == ["mina"]


def test_author_takes_the_name_back_only_with_the_contribution(contribution, author):
    credit = grant(contribution, participant(author), Role.ORIGINATOR, at=clock.now())

    with pytest.raises(ActionRefused, match="withdraw the contribution"):
        WithdrawCredit(credit, by=author).execute()


@pytest.mark.parametrize(
    ("who", "accepts", "withdraws"),
    [
        ("author", False, True),
        ("neighbour", True, True),
        ("citizen", False, False),
        ("official", False, False),
        ("moderator", False, False),
    ],
)
def test_who_may_answer_and_withdraw_an_invitation(
    request, contribution, invitation, who, accepts, withdraws
):
    user = request.getfixturevalue(who)

    for action, allowed in ((AcceptInvitation, accepts), (WithdrawCredit, withdraws)):
        with transaction.atomic():
            if allowed:
                action(invitation, by=user).execute()
            else:
                with pytest.raises(ActionForbidden):
                    action(invitation, by=user).execute()
            transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("who", "own", "staffs"),
    [
        ("author", True, False),
        ("neighbour", False, False),
        ("official", False, True),
        ("moderator", False, True),
    ],
)
def test_who_may_name_others(request, receive, citizen, contribution, who, own, staffs):
    by_staff = receive("Merged", "Together.", by=None, channel="staff")
    user = request.getfixturevalue(who)

    for subject, allowed in ((contribution, own), (by_staff, staffs)):
        if allowed:
            assert invite(subject, user, "citizen").state == CreditState.INVITED
        else:
            with pytest.raises(ActionForbidden):
                invite(subject, user, "citizen")


def test_address_is_gone_once_the_mail_is_sent(link, settings):
    deliver()

    assert mail.outbox[0].to == ["kim@example.org"]
    assert not OutboxMessage.objects.exclude(address="").exists()


def test_address_and_link_are_forgotten_with_the_answer(client, link):
    credit = Credit.objects.get()
    known = bool(credit.address_digest and credit.token_digest)

    client.post(link, {"answer": "decline"})

    credit.refresh_from_db()
    assert known
    assert (credit.state, credit.address_digest, credit.token_digest) == ("declined", "", "")


def test_link_names_whoever_signs_in_with_it(client, link, contribution, neighbour):
    client.force_login(neighbour)

    client.post(link, {"answer": "accept"})

    assert names(contribution) == ["mina", "neighbour"]


def test_accepting_by_link_leads_through_sign_in(client, link):
    response = client.post(link, {"answer": "accept"})

    assert response.status_code == 302
    assert re.search(r"next=.*invitations", response.url)


def test_author_cannot_accept_a_link_of_their_own(client, link, author, contribution):
    client.force_login(author)

    response = client.post(link, {"answer": "accept"})

    assert response.status_code == 409
    assert "named in this role already" in response.content.decode()


@pytest.mark.parametrize("token", ["x", "abc.def", "a" * 60])
def test_forged_link_leads_nowhere_without_a_query(db, django_assert_num_queries, token):
    with django_assert_num_queries(0):
        found = find_by_token(token)

    assert found is None


# Shares


def set_shares(contribution, author, *shares):
    people = circle(contribution)
    given = {key_of(credit): share for credit, share in zip(people, shares, strict=True)}
    return SetShares(contribution, by=author, shares=given).execute()


def test_shares_of_all_together_make_a_hundred(contribution, author, co_author):
    set_shares(contribution, author, 6667, 3333)

    assert [mention.share for mention in credits_for(contribution).mentions] == [6667, 3333]


@pytest.mark.parametrize(
    ("shares", "code", "sentence"),
    [
        ((5000, 4900), "shares-too-small", r"add up to 99 %: 1 % are still"),
        ((5000, 5100), "shares-too-large", r"add up to 101 %, which is 1 % more"),
        ((5000, 4999), "shares-too-small", r"99.99 %: 0.01 %"),
        ((10000, None), "shares-missing", "everybody a share, or nobody"),
        ((10000, 0), "share-out-of-range", "more than 0 %"),
    ],
)
def test_other_shares_are_refused_by_own_sentence(
    contribution, author, co_author, shares, code, sentence
):
    with pytest.raises(ActionRefused, match=sentence) as refusal:
        set_shares(contribution, author, *shares)

    assert refusal.value.code == code


def test_shares_are_void_when_somebody_joins(contribution, author, co_author, citizen):
    set_shares(contribution, author, 5000, 5000)

    AcceptInvitation(invite(contribution, author, "citizen"), by=citizen).execute()

    assert not contribution.credits.exclude(share=None).exists()


def test_shares_are_void_when_somebody_leaves(contribution, author, co_author, neighbour):
    set_shares(contribution, author, 5000, 5000)

    WithdrawCredit(co_author, by=neighbour).execute()

    assert not contribution.credits.exclude(share=None).exists()


def test_shares_for_a_circle_that_has_changed_are_refused(contribution, author, co_author):
    with pytest.raises(ActionRefused, match="joined or left"):
        SetShares(contribution, by=author, shares={AUTHOR: 10000}).execute()


@pytest.mark.parametrize(
    ("typed", "hundredths"),
    [("50", 5000), ("33.34", 3334), ("33,34 %", 3334), ("", None), ("５０", 5000), ("0.01", 1)],
)
def test_share_is_read_exactly(typed, hundredths):
    assert read_share(typed) == hundredths


@pytest.mark.parametrize("typed", ["33.333", "a third", "-1", "0", "101", "NaN", "1e9999", "∞"])
def test_what_is_no_share_is_refused(typed):
    with pytest.raises(ActionRefused):
        read_share(typed)


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=8))
def test_shares_are_taken_exactly_where_they_make_a_hundred(numbers):
    shares = {str(index): number for index, number in enumerate(numbers)}

    try:
        check_shares(shares)
        taken = True
    except ActionRefused:
        taken = False

    assert taken is (sum(numbers) == 10_000)


@given(st.integers(1, 10_000))
def test_share_written_and_read_again_is_the_same(hundredths):
    assert read_share(percent(hundredths)) == hundredths


# The page


def test_credits_page_shows_forms_to_whoever_may_name_others(client, contribution, author):
    client.force_login(author)

    page = client.get(reverse("civic_attribution:credits", args=[contribution.uuid]))

    assert "Name somebody else" in page.content.decode()


def test_credits_page_shows_no_forms_to_others(client, contribution, neighbour):
    client.force_login(neighbour)

    page = client.get(reverse("civic_attribution:credits", args=[contribution.uuid]))

    assert "Name somebody else" not in page.content.decode()


def test_refused_invitation_comes_back_with_what_was_typed(client, contribution, author):
    client.force_login(author)

    response = client.post(
        reverse("civic_attribution:invite", args=[contribution.uuid]),
        {"invitee": "mina", "role": "co_author"},
    )

    assert response.status_code == 409
    assert "cannot invite yourself" in response.content.decode()


def test_shares_are_set_on_the_page(client, contribution, author, co_author):
    client.force_login(author)
    form = {f"share_{key_of(each)}": "50" for each in circle(contribution)}

    client.post(reverse("civic_attribution:set_shares", args=[contribution.uuid]), form)

    assert {credit.share for credit in contribution.credits.active()} == {5000}


def test_credits_of_what_is_not_public_are_not_found(client, contribution):
    contribution.state = "hidden"
    contribution.save()

    page = client.get(reverse("civic_attribution:credits", args=[contribution.uuid]))

    assert page.status_code == 404
