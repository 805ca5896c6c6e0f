"""Managers set who scores beside the panel; all of it stays once the challenge has opened."""

from uuid import uuid4

import pytest

from civic_sourcing.challenges.copying import take_challenge_along
from civic_sourcing.challenges.crowd.setting import SetCrowdVotes
from civic_sourcing.challenges.editorial.draft import Draft
from civic_sourcing.challenges.editorial.points import points_of
from civic_sourcing.challenges.models import ChallengeFacts, CrowdVote
from civic_sourcing.core.clock import now
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.models import EligibilityRule
from civic_sourcing.processes.models import Process
from tests.challenges.editorial import conftest as writing
from tests.challenges.editorial.test_sections import address, typed

from .conftest import DAY
from .test_voting import cast

at_desk = writing.at_desk
authority = writing.authority
department = writing.department
write_challenge = writing.write_challenge
written = writing.written

PUBLIC = {"kind": "public", "wait_days": 1, "days": 5, "most": 3, "conditions": ["entrants"]}


@pytest.fixture
def draft(make_challenge):
    return make_challenge("Draft", state="draft", rounds=((DAY, 9 * DAY, 20 * DAY),))


def set_votes(page, by, *rows):
    round_ = page.process.rounds.get()
    return SetCrowdVotes(page.process, by=by, round=round_, votes=rows).execute()


def row_of_vote(**typed):
    """What the form sends for one vote of the first phase."""
    return {"votes-1-TOTAL_FORMS": "1"} | {
        f"votes-1-0-{name}": value for name, value in typed.items()
    }


def test_manager_adds_a_public_vote_in_the_section_judging(client, written, manager, at_desk):
    client.force_login(at_desk(manager))
    url = address(written, "judging")
    sent = row_of_vote(kind="public", wait_days="2", days="5", most="3")
    sent |= {"votes-1-0-conditions": ["entrants", "email"], "fact-public_percent": "20"}

    answer = client.post(url, {**typed(client, url), **sent})

    assert answer.status_code == 302
    vote = CrowdVote.objects.get()
    assert (vote.wait_days, vote.days, vote.most) == (2, 5, 3)
    assert vote.conditions == ["entrants", "email"]
    assert ChallengeFacts.objects.get(process=written.process).public_percent == 20
    version = ChallengeFacts.objects.get(process=written.process).version
    assert client.post(url, typed(client, url)).status_code == 302
    assert ChallengeFacts.objects.get(process=written.process).version == version


def test_what_was_typed_is_kept_when_a_vote_lasts_no_day(client, written, manager, at_desk):
    client.force_login(at_desk(manager))
    url = address(written, "judging")
    sent = row_of_vote(kind="peer", wait_days="7", days="0", most="4")

    answer = client.post(url, {**typed(client, url), **sent})

    assert answer.status_code == 422
    assert 'name="votes-1-0-wait_days" value="7"' in answer.text
    assert not CrowdVote.objects.exists()


REFUSED = {
    "twice": ([PUBLIC, PUBLIC], "twice"),
    "longer than judging": ([{**PUBLIC, "wait_days": 7}], "after-judging"),
    "for nothing": ([{**PUBLIC, "most": 0}], "invalid"),
    "an unknown condition": ([{**PUBLIC, "conditions": ["tall"]}], "invalid"),
}


@pytest.mark.parametrize(("rows", "code"), REFUSED.values(), ids=REFUSED)
def test_vote_that_cannot_be_held_is_refused(draft, manager, rows, code):
    with pytest.raises(ActionRefused) as refused:
        set_votes(draft, manager, *rows)

    assert refused.value.code == code


def test_votes_are_frozen_with_the_criteria(contest, manager):
    with pytest.raises(ActionRefused) as refused:
        set_votes(contest, manager, PUBLIC)

    assert refused.value.code == "frozen"


@pytest.mark.parametrize(("percent", "rows"), [(20, []), (0, [PUBLIC])])
def test_share_and_vote_need_each_other(draft, manager, percent, rows):
    set_votes(draft, manager, *rows)
    ChallengeFacts.objects.filter(process=draft.process).update(public_percent=percent)

    codes = {point.code for point in points_of(Draft.of(draft.process, now().date()))}

    assert "shares" in codes


def test_who_may_enter_may_vote_where_that_is_asked(make_challenge, manager, citizen):
    page = make_challenge("For few", state="draft", rounds=((-5 * DAY, -DAY, 20 * DAY),))
    set_votes(page, None, {**PUBLIC, "wait_days": 0})
    EligibilityRule.objects.create(process=page.process, verifier="code", options={})
    ChallengeFacts.objects.filter(process=page.process).update(
        state="published", published_at=now()
    )

    with pytest.raises(ActionRefused) as refused:
        cast(CrowdVote.objects.get(), citizen)

    assert "code" in refused.value.code


def test_copy_takes_the_votes_along(contest):
    copy = Process.objects.create(kind="challenge", translation_key=uuid4())

    take_challenge_along(contest.process, copy)

    assert sorted(CrowdVote.objects.filter(round__process=copy).values_list("kind", flat=True)) == [
        "peer",
        "public",
    ]
