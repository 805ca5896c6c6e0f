"""
Whose idea it was: what happened between people in the town's idea forum.

Two co-authors, an improver, a workshop with claim codes, a merger, two claims and a child whose
guardian has not answered yet. Times are hours before now.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from civic_sourcing.attribution.actions.claim_decisions import AcceptDecision, DecideClaim
from civic_sourcing.attribution.actions.claims import AnswerClaim, FileClaim
from civic_sourcing.attribution.actions.credits import (
    AUTHOR,
    AcceptInvitation,
    DeclineInvitation,
    InviteCoAuthor,
    SetShares,
)
from civic_sourcing.attribution.actions.derive import MergeContributions
from civic_sourcing.attribution.actions.enter import ClaimByCode, EnterForSomebody
from civic_sourcing.attribution.ledger import Terms
from civic_sourcing.attribution.licences import offered
from civic_sourcing.attribution.models import (
    Channel,
    Claim,
    ClaimOutcome,
    Contribution,
    Credit,
    Role,
)
from civic_sourcing.ideas.models import IdeaForumPage
from civic_sourcing.participants.actions import AnswerAgeQuestion, AskGuardian
from civic_sourcing.participants.models import Participant

from .ideas import idea_called, plain, propose, support
from .past import Event
from .people import cannot_sign_in, person, somebody

TREES = "Let residents adopt the trees in their street"
FOUNTAINS = "Drinking fountains along the market street"
TURNAROUND = "Take up the asphalt of the old bus turnaround"
BUS_STOPS = "버스 정류장에 그늘막과 긴 의자를 설치해 주세요"
SEATS = "Places to sit on the way to the clinic"
MERGED = "A seat in the shade every three hundred metres"
VINE = "경로당 마당에 포도 덩굴 그늘을 만들어 주세요"
MINOR = ("minji", "Minji", "Han")

WORKSHOP: dict[str, dict[str, Any]] = {
    SEATS: {
        "hours": 320,
        "language": "en",
        "place": "Workshop at the Hillside clinic",
        "text": (
            "From the bus to the clinic it is 700 metres uphill in full sun. Put a bench under "
            "each of the three large trees, with arms to get up from."
        ),
    },
    VINE: {
        "hours": 318,
        "language": "ko",
        "place": "언덕마을 경로당 간담회",
        "name_on_paper": "이순자",
        "text": (
            "경로당 마당에는 앉을 그늘이 없습니다. 시렁을 세우고 포도나무를 심으면 여름에는 그늘이 "
            "되고 가을에는 포도도 함께 나눠 먹을 수 있습니다."
        ),
    },
}
SHADE = {
    "title": MERGED,
    "language": "en",
    "text": (
        "Whoever walks slowly needs a place to rest, and in summer one in the shade. At every bus "
        "stop, on the way to the clinic and then every three hundred metres: a bench with arms, "
        "under a tree or a roof."
    ),
}
CHILDS_IDEA = {
    "author": "minji",
    "title": "우리 학교 운동장에 물안개 길을 만들어 주세요",
    "description": "점심시간에 운동장이 너무 뜨거워서 나가 놀 수 없어요. 물안개가 나오면 좋겠어요.",
    "tags": ["학교", "물"],
}
CITIZENS_CLAIM = {
    "text": (
        "I asked for these three fountains, in these three places, at the market association's "
        "open evening in March. Tomas was there and took notes. I am glad that somebody wrote it "
        "down properly, but it began with me."
    ),
    "evidence": "Minutes of the market association, 14 March, item 4.",
}
TOMAS_ANSWER = (
    "That is true: the places are hers. I measured the distances and asked the water works about "
    "the pipes. It should have both our names."
)
REASONS = (
    "The minutes name the three places and who proposed them, and the author confirms it. The "
    "work on distances and pipes is his own. Both are therefore named, and the larger share "
    "stays with whoever worked it out."
)
OPEN_CLAIM = (
    "Our tenants' group has collected signatures for a meadow on the turnaround since last autumn, "
    "and the plan with the path across is the one from our leaflet. We would like to be named."
)


def events(forum: IdeaForumPage) -> Iterator[Event]:
    yield from _co_authors(forum)
    yield from _workshop(forum)
    yield from _merger(forum)
    yield from _claims(forum)
    yield from _child(forum)


def _co_authors(forum: IdeaForumPage) -> Iterator[Event]:
    """Lena names two co-authors and an improver; a third co-author would rather not."""
    invited = {
        "citizen": Role.CO_AUTHOR,
        "eunji": Role.CO_AUTHOR,
        "donghyun": Role.CO_AUTHOR,
        "tomas": Role.IMPROVER,
    }
    answers = {
        "citizen": (281, AcceptInvitation),
        "donghyun": (279, DeclineInvitation),
        "eunji": (276, AcceptInvitation),
        "tomas": (270, AcceptInvitation),
    }
    shares = {"lena": 4000, "citizen": 2500, "eunji": 2500, "tomas": 1000}
    for username, role in invited.items():
        yield Event(290, partial(_invite, forum, username, role))
    for username, (hours, answer) in answers.items():
        yield Event(hours, partial(_answer, forum, username, answer))
    yield Event(262, partial(_share, forum, shares))


def _workshop(forum: IdeaForumPage) -> Iterator[Event]:
    """Two cards out of a workshop: one has found its author, the other waits for hers."""
    for title, words in WORKSHOP.items():
        yield Event(words["hours"], partial(_enter, forum, title, words))
    yield Event(250, partial(_use_code, forum, SEATS, "neighbour"))
    for username in ("lena", "citizen"):
        yield Event(240, partial(support, forum, SEATS, username))


def _merger(forum: IdeaForumPage) -> Iterator[Event]:
    yield Event(96, partial(_merge, forum, [BUS_STOPS, SEATS]))
    for hours, username in ((90, "citizen"), (70, "seoyeon"), (31, "grace")):
        yield Event(hours, partial(support, forum, MERGED, username))


def _claims(forum: IdeaForumPage) -> Iterator[Event]:
    """One claim that ended well, and one whose other side has not been heard."""
    yield Event(440, partial(_claim, forum, FOUNTAINS, "citizen", **CITIZENS_CLAIM))
    yield Event(400, partial(_answer_claim, forum, "tomas"))
    yield Event(352, partial(_decide, forum, "official"))
    yield Event(340, partial(_accept, forum, "citizen"))
    yield Event(332, partial(_accept, forum, "tomas"))
    yield Event(58, partial(_claim, forum, TURNAROUND, "seoyeon", text=OPEN_CLAIM))


def _child(forum: IdeaForumPage) -> Iterator[Event]:
    korean = forum.get_translations().get(locale__language_code="ko")
    yield Event(50, _minor_arrives)
    yield Event(49, partial(propose, korean, plain(CHILDS_IDEA)))
    yield Event(48, _ask_guardian)


def _contribution(forum: IdeaForumPage, title: str) -> Contribution:
    return idea_called(forum, title).contribution


def _invite(forum: IdeaForumPage, username: str, role: str) -> None:
    trees = _contribution(forum, TREES)
    InviteCoAuthor(trees, by=somebody("lena"), invitee=username, role=role).execute()


def _answer(forum: IdeaForumPage, username: str, answer: Any) -> None:
    invitation = Credit.objects.invitations().get(
        contribution=_contribution(forum, TREES), participant=person(username)
    )
    answer(invitation, by=somebody(username)).execute()


def _share(forum: IdeaForumPage, shares: dict[str, int]) -> None:
    trees = _contribution(forum, TREES)
    credits = {row.participant: str(row.uuid) for row in trees.credits.active()}
    keys = {credits.get(person(name), AUTHOR): share for name, share in shares.items()}
    SetShares(trees, by=somebody("lena"), shares=keys).execute()


def _enter(forum: IdeaForumPage, title: str, words: dict[str, Any]) -> None:
    """Enter a card. Its code would be printed now; nobody keeps it here."""
    EnterForSomebody(
        forum.process,
        by=somebody("official"),
        kind="idea",
        channel=Channel.WORKSHOP,
        title=title,
        terms=Terms(licence=offered(forum.process)[0]),
        **{name: value for name, value in words.items() if name != "hours"},
    ).execute()


def _use_code(forum: IdeaForumPage, title: str, username: str) -> None:
    code = _contribution(forum, title).claim_codes.get()
    ClaimByCode(code, by=somebody(username)).execute()


def _merge(forum: IdeaForumPage, titles: list[str]) -> None:
    originals = [_contribution(forum, title) for title in titles]
    MergeContributions.of(originals, by=somebody("official"), **SHADE).execute()


def _claim(forum: IdeaForumPage, title: str, username: str, **words: str) -> None:
    FileClaim(_contribution(forum, title), by=somebody(username), **words).execute()


def _settled_claim(forum: IdeaForumPage) -> Claim:
    return Claim.objects.get(contribution=_contribution(forum, FOUNTAINS))


def _answer_claim(forum: IdeaForumPage, username: str) -> None:
    AnswerClaim(_settled_claim(forum), by=somebody(username), text=TOMAS_ANSWER).execute()


def _decide(forum: IdeaForumPage, username: str) -> None:
    DecideClaim(
        _settled_claim(forum),
        by=somebody(username),
        outcome=ClaimOutcome.SHARED,
        share=4000,
        reasons=REASONS,
    ).execute()


def _accept(forum: IdeaForumPage, username: str) -> None:
    AcceptDecision(_settled_claim(forum), by=somebody(username)).execute()


def _minor_arrives() -> None:
    username, first_name, last_name = MINOR
    child = cannot_sign_in(username, first_name, last_name)
    AnswerAgeQuestion(Participant.objects.of(child), by=child, of_age=False).execute()


def _ask_guardian() -> None:
    child = person(MINOR[0])
    address = f"guardian-of-{child.number}@neulbom.example"
    AskGuardian(child, by=child.user, address=address).execute()
