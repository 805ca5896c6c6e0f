"""What has happened to the town's challenges: who entered, who judged, who won and was paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone, translation

from civic_sourcing.answers.actions import Adopt, ChangeAdoptionStatus, SetMilestone
from civic_sourcing.attribution.actions.claims import FileClaim
from civic_sourcing.attribution.licences import offered
from civic_sourcing.challenges.actions.entries import BeginEntry, SubmitEntry
from civic_sourcing.challenges.actions.freeze import FreezeChallenge
from civic_sourcing.challenges.actions.opening import OpenEntries
from civic_sourcing.challenges.actions.partners import InvitePartners
from civic_sourcing.challenges.actions.review import ArchiveChallenge
from civic_sourcing.challenges.actions.teams import InviteMember, JoinTeam, NameTeam
from civic_sourcing.challenges.asking.actions import AskQuestion, ReplyToQuestion
from civic_sourcing.challenges.awards.actions import (
    AcceptAward,
    CompletePapers,
    DescribeWinner,
    SayCarriedOut,
)
from civic_sourcing.challenges.awards.instalments import (
    Part,
    PayInstalment,
    PlanInstalments,
    ReachMilestone,
)
from civic_sourcing.challenges.entering.drafts import keep
from civic_sourcing.challenges.entering.jobs import publish_due
from civic_sourcing.challenges.judging.sheets import Mark
from civic_sourcing.challenges.models import (
    Assignment,
    Award,
    ChallengeFacts,
    ChallengePage,
    ConflictState,
    Criterion,
    Decision,
    Entry,
    Partner,
    PartnerInvitation,
    Round,
)
from civic_sourcing.challenges.panel.actions.assigning import AssignEntries
from civic_sourcing.challenges.panel.actions.conflicts import DeclareConflict
from civic_sourcing.challenges.panel.actions.judges import AcceptJudging, InviteJudge
from civic_sourcing.challenges.panel.actions.scoring import CompleteSheet, SaveSheet
from civic_sourcing.challenges.results.actions import (
    ConfirmWinners,
    ProposeWinners,
    RankEntries,
)
from civic_sourcing.challenges.results.finishing import FinaliseDecision
from civic_sourcing.challenges.results.proposals import as_ranked
from civic_sourcing.challenges.results.rounds import prizes_of
from civic_sourcing.core import clock

from . import departments, past
from .people import cannot_sign_in, person, say_of_age, somebody
from .residents import CITIZENS

DAY = timedelta(days=1)
JUDGES = ("judge1", "judge2", "judge3")
OPEN = "cool-school-yards"
JUDGED = "rain-stays-here"
CLAIMED = "waste-less-lunch"
NO_AWARD = "signs-for-everybody"


def tell(process: Any, entries: Sequence[Any], words: Mapping[str, Any], today: datetime) -> None:
    """Play the story of a challenge until today."""
    story = Story(process, entries, words, today)
    for step in (story.enter, story.judge, story.decide, story.award, story.put_away):
        if not step():
            return


class Story:
    """One challenge on its way; each step tells whether there is a next one."""

    def __init__(
        self, process: Any, entries: Sequence[Any], words: Mapping[str, Any], today: datetime
    ) -> None:
        self.process, self.entries, self.words, self.today = process, entries, words, today
        self.round: Any = Round.objects.of(process).get()
        self.facts = ChallengeFacts.objects.get(process=process)
        self.slug = _slug(process)
        self.handed_in: dict[str, tuple[Entry, Any]] = {}

    def enter(self) -> bool:
        """Everybody hands in, one a day."""
        if not self.entries:
            return False
        opens = self.round.opens_at
        with past.at(opens + DAY / 24):
            FreezeChallenge(self.process, by=None).execute()
            partners = self._invite_partners()
            past.follow()
        for number, entry in enumerate(self.entries, start=1):
            with past.at(opens + number * DAY), translation.override(entry["language"]):
                self._hand_in(entry, partners.get(entry.get("partner")))
                past.follow()
        if self.slug == OPEN:
            self._ask()
        return bool(self.round.closes_at <= self.today)

    def _invite_partners(self) -> dict[Any, PartnerInvitation]:
        """Three communities are told, and some of their people come."""
        partners = [
            Partner.objects.get_or_create(name=name, defaults={"kind": kind})[0]
            for name, kind in self.words["partners"].items()
        ]
        made = InvitePartners(self.process, by=somebody("editor"), partners=partners).execute()
        return {invitation.partner.name: invitation for invitation in made}

    def _ask(self) -> None:
        """Two questions have their reply, the third one is new."""
        for number, words in enumerate(self.words["questions"]):
            with (
                past.at(self.today - (6 - 2 * number) * DAY),
                translation.override(words["language"]),
            ):
                user = solver(words["asker"])
                question = AskQuestion(self.process, by=user, text=words["text"]).execute()
                if "reply" in words:
                    ReplyToQuestion(question, by=somebody("editor"), reply=words["reply"]).execute()
                past.follow()

    def _hand_in(self, words: Mapping[str, Any], source: PartnerInvitation | None) -> None:
        user = solver(words["solver"])
        entry = BeginEntry(self.process, by=user, source=source).execute()
        if "team" in words:
            NameTeam(entry, by=user, team_name=words["team"]).execute()
            for name in words["members"]:
                mate = solver(name)
                member = InviteMember(entry, by=user, invitee=mate.username).execute()
                JoinTeam(member, by=mate).execute()
        typed = {name: words[name] for name in ("title", "brief", "description")}
        keep(entry, typed)
        SubmitEntry(
            entry,
            by=user,
            words=typed,
            shown=True,
            licence=offered(self.process)[0],
        ).execute()
        self.handed_in[words["title"]] = (entry, words)

    def judge(self) -> bool:
        """Three judges score every entry blind; one of them knows a solver and says so."""
        closes = self.round.closes_at
        with past.at(closes - 5 * DAY):
            for name in JUDGES:
                self._seat(name)
            past.follow()
        with past.at(closes + DAY):
            OpenEntries(self.round, by=None).execute()
            AssignEntries(self.round, by=somebody("editor")).execute()
            past.follow()
        criteria = list(Criterion.objects.filter(round=self.round))
        judged = closes + 2 * DAY
        for entry, words in self.handed_in.values():
            for place, name in enumerate(JUDGES):
                judged += DAY / 12
                with past.at(judged):
                    self._score(entry, name, words["points"][place], criteria, place)
                    past.follow()
        return self.slug != JUDGED

    def _seat(self, name: str) -> None:
        judge = InviteJudge(self.facts, by=somebody("editor"), participant=person(name)).execute()
        AcceptJudging(judge, by=somebody(name), promised=True).execute()

    def _score(
        self, entry: Entry, name: str, points: Sequence[int], criteria: list[Any], place: int
    ) -> None:
        """Without points the judge has a conflict. The last judge has only begun where it runs."""
        assignment = Assignment.objects.get(
            entry=entry, round=self.round, judge__participant=person(name)
        )
        user = somebody(name)
        if not points:
            note = self.words["conflict"]["text"]
            DeclareConflict(assignment, by=user, conflict=True, note=note).execute()
            return
        is_begun = self.slug == JUDGED and name == "judge3"
        mine = Assignment.objects.filter(judge=assignment.judge_id, round=self.round)
        if is_begun and mine.filter(conflict=ConflictState.NONE).exists():
            return
        DeclareConflict(assignment, by=user, conflict=False).execute()
        marks = {
            str(criterion.uuid): Mark(given, "")
            for criterion, given in zip(criteria, points, strict=True)
        }
        if is_begun:
            SaveSheet(assignment, by=user, marks=dict([*marks.items()][:1])).execute()
            return
        comment = self.words["comments"]["texts"][place]
        CompleteSheet(assignment, by=user, marks=marks, comment=comment).execute()

    def decide(self) -> bool:
        """One manager proposes, another confirms; of one challenge somebody claims a part."""
        until = self.round.judging_until
        with past.at(until + 2 * DAY):
            ranking = RankEntries(self.round, by=somebody("editor")).execute()
            decision = self._propose(ranking)
            past.follow()
        with past.at(self._confirmed_at):
            ConfirmWinners(decision, by=somebody("official")).execute()
            past.follow()
            publish_due(clock.now(), self.process)
        if self.slug == CLAIMED:
            with past.at(self.today - DAY):
                self._claim(decision)
                past.follow()
        return self.slug != CLAIMED

    @property
    def _confirmed_at(self) -> datetime:
        """A few days ago where it is being verified, else soon after the judging."""
        if self.slug == CLAIMED:
            return self.today - 3 * DAY
        at: datetime = self.round.judging_until + 4 * DAY
        return at

    def _propose(self, ranking: Any) -> Decision:
        none = self.slug == NO_AWARD
        named = [] if none else as_ranked(ranking.document, prizes_of(self.round), advancing=None)
        made: Decision = ProposeWinners(
            self.round,
            by=somebody("editor"),
            ranking=ranking,
            named=named,
            no_award=none,
            reason=self.words["no_award"]["text"] if none else "",
        ).execute()
        return made

    def _claim(self, decision: Decision) -> None:
        winner = decision.placements.get(place=1).entry
        winner.refresh_from_db()
        FileClaim(winner.contribution, by=somebody("citizen"), **self.words["claim"]).execute()

    def award(self) -> bool:
        """Nobody objected: the award is accepted, half of it paid, the solution adopted."""
        if self.slug == NO_AWARD:
            return True
        decision = Decision.objects.standing().get(round=self.round)
        final = decision.verification_until + DAY
        with past.at(final):
            (award,) = FinaliseDecision(decision, by=None).execute()
            past.follow()
        with past.at(final + 3 * DAY):
            winner = award.placement.entry
            AcceptAward(award, by=winner.captain.user).execute()
            past.follow()
        with past.at(final + 8 * DAY):
            self._pay_half(award)
            past.follow()
        with past.at(final + 10 * DAY):
            self._adopt(award)
            past.follow()
        return False

    def _pay_half(self, award: Award) -> None:
        editor, today = somebody("editor"), timezone.localdate(clock.now())
        CompletePapers(award, by=editor).execute()
        DescribeWinner(award, by=editor, summary=dict(self.words["winner"])).execute()
        half = award.amount // 2
        parts = [
            Part("Papers complete", half, today),
            Part("First winter carried through", award.amount - half, today + 360 * DAY),
        ]
        first, _second = PlanInstalments(award, by=editor, parts=parts).execute()
        ReachMilestone(first, by=editor, on=today).execute()
        PayInstalment(first, by=somebody("official"), on=today, reference="2025-0412").execute()

    def _adopt(self, award: Award) -> None:
        """The town carries it out; half a year later it is in force."""
        entry, official = award.placement.entry, somebody("official")
        entry.refresh_from_db()
        plan, now = self.words["adoption"], timezone.localdate(clock.now())
        adoption = Adopt(
            entry.contribution,
            by=official,
            title=plan["title"],
            text=plan["text"],
            owner=official,
            department=departments.called("business", "en"),
            partners=[departments.called("safety", "en")],
            planned=8_400_000,
            currency="KRW",
            procedure_changed=plan["procedure"],
            expected_on=now + 90 * DAY,
        ).execute()
        bought = plan["milestone"]
        SetMilestone(adoption, by=official, title=bought, due_on=now + 40 * DAY).execute()
        for status in ("in_preparation", "in_progress", "in_force"):
            ChangeAdoptionStatus(adoption, by=official, status=status).execute()
        SayCarriedOut(award, by=official, carried_out=True).execute()

    def put_away(self) -> bool:
        with past.at(self.round.judging_until + 60 * DAY):
            ArchiveChallenge(self.process, by=somebody("editor")).execute()
            past.follow()
        return False


def solver(username: str) -> Any:
    """Somebody of the town who takes part; who cannot sign in may be new."""
    if username in CITIZENS:
        user = cannot_sign_in(username, *CITIZENS[username])
        say_of_age(user)
        return user
    return somebody(username)


def _slug(process: Any) -> str:
    page = ChallengePage.objects.filter(process=process, locale__language_code="en").get()
    return str(page.slug)
