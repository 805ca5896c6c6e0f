"""The set-up check: every finding in words, with the screen that settles it."""

from collections import Counter

import pytest

from civic_sourcing.budgets.actions.vote_rules import ChangeVoteRules
from civic_sourcing.budgets.ballots import ApprovalLimits
from civic_sourcing.budgets.ballots.meeting import LINES
from civic_sourcing.budgets.ballots.setup import OPEN_POINTS
from civic_sourcing.budgets.desk.findings import PARTS, SETTLED_IN
from civic_sourcing.core import clock
from civic_sourcing.participants.models import (
    CodeBatch,
    CodePurpose,
    Register,
    RegisterEntry,
    VotingCode,
)

pytestmark = pytest.mark.django_db


def test_every_open_point_is_settled_in_one_place():
    told = Counter(code for codes in SETTLED_IN.values() for code in codes)

    assert told == Counter(list(OPEN_POINTS))


def test_everything_voters_meet_stands_under_one_heading():
    told = Counter(code for _heading, codes in PARTS for code in codes)

    assert told == Counter(list(LINES))


def test_vote_nobody_has_set_up_says_where_to_begin(desk, at):
    html = desk("check").content.decode()

    assert "1 point is open" in html
    assert f'href="{at("money")}"' in html


def test_check_says_what_contradicts_itself_and_where_to_mend_it(desk, set_up, at):
    ChangeVoteRules(set_up, by=None, limits=ApprovalLimits(least=7, most=5)).execute()

    html = desk("check").content.decode()

    assert "1 point is open" in html
    assert f'href="{at("ballot")}"' in html
    assert at("vote") + '" class="button"' not in html


@pytest.mark.parametrize(
    ("conditions", "tied", "warned"),
    [
        (["signed-in"], False, True),
        (["signed-in", "register"], False, True),
        (["signed-in", "register"], True, False),
        (["code"], False, False),
    ],
    ids=["account", "register and loose codes", "one register", "code"],
)
def test_check_warns_of_people_who_could_vote_with_an_account_and_a_code(
    desk, set_up, conditions, tied, warned
):
    now = clock.now()
    register = Register.objects.create(process=set_up, name="Residents", created_at=now)
    entries = RegisterEntry.objects
    entry = entries.create(register=register, number=1, digest="1") if tied else None
    batch = CodeBatch.objects.create(
        process=set_up, purpose=CodePurpose.VOTING, count=1, made_at=now, printed_at=now
    )
    VotingCode.objects.create(batch=batch, number=1, digest="2", entry=entry)
    set_up.eligibility_rules.all().delete()
    options = {
        "register": {"register": str(register.uuid), "name": "Residents"},
        "code": {"purpose": "voting"},
    }
    for verifier in conditions:
        set_up.eligibility_rules.create(verifier=verifier, options=options.get(verifier, {}))

    html = desk("check").content.decode()

    assert ("could vote twice" in html) == warned


def test_nothing_is_said_of_codes_where_there_are_none(desk, set_up):
    assert "could vote twice" not in desk("check").content.decode()


def test_clear_set_up_says_what_voters_meet_and_leads_on(desk, set_up, at):
    html = desk("check").content.decode()

    assert "Nothing is missing" in html
    assert "₩1,000,000" in html
    assert "Projects on the paper: 3." in html
    assert "Tick projects" in html
    assert at("vote") + '" class="button"' in html
