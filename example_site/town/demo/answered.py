"""What the city did with an idea: stages, official answers in time and late, adoption, delivery."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser

from civic_sourcing.answers.actions import (
    Adopt,
    AssignPromise,
    ChangeAdoptionStatus,
    ContributePart,
    DraftAnswer,
    ExtendPromise,
    PublishAnswer,
    ReportDelivery,
    SetMilestone,
    WaivePromise,
)
from civic_sourcing.answers.models import Agreement, Milestone, Promise
from civic_sourcing.attribution.actions.derive import DeriveContribution
from civic_sourcing.attribution.models import Contribution, DerivationKind
from civic_sourcing.ideas.actions.stages import ChangeStage
from civic_sourcing.ideas.actions.withdraw import WithdrawIdea

from . import departments, photos, reading
from .forums import day, midnight
from .ideas import DAY, ENDS, Life
from .past import Event
from .people import somebody

DECISIONS = {
    "accepted": "accepted",
    "progress": "accepted",
    "done": "accepted",
    "partly": "partly",
    "declined": "declined",
    "referred": "referred",
    "ballot": "answered",
    "review": "",
}
BALLOT = {
    "en": "On the ballot of the next participatory budget",
    "ko": "다음 참여예산 투표에 올립니다",
}


class Course:
    """The way of one idea through the city. Times are days before now; ``None``: not yet."""

    def __init__(self, life: Life, others: dict[str, Life]):
        self.life, self.others = life, others
        self.words, self.facts = life.words, life.words.facts
        self.stage = self.facts.get("stage", "")
        self.key = self.facts.get("key", "")
        self.plan = reading.texts("follow-up")
        self.reviewed = self._reviewed()
        self.due = self._due()
        self.answered = self._answered()

    @property
    def ended(self) -> float | None:
        """When it was withdrawn or became part of another."""
        return self.life.ended if self.stage in ENDS else None

    @property
    def turn(self) -> float | None:
        """When people began to speak of what the city says, or that it says nothing."""
        return self.due if self.facts.get("answer") == "overdue" else self.answered

    def events(self) -> Iterator[Event]:
        if self.reviewed is not None:
            yield Event(self.reviewed * DAY, partial(self.move, "review"))
        owed = self.facts.get("reached") or (self.due is not None and self.reviewed)
        if owed:
            yield Event(float(owed) * DAY - 3, self.assign)
        looked_into = self._looked_into()
        if looked_into is not None and looked_into > (self.ended or 0):
            yield Event(max(looked_into * DAY - 3, 0.01), self.assign)
        if self.ended is not None:
            end = self.withdraw if self.stage == "withdrawn" else self.merge
            yield Event(self.ended * DAY, end)
        if self.stage == "shortlisted":
            yield Event((13 + self.life.number % 9) * DAY, partial(self.move, "shortlisted"))
        yield from self._words_of_the_city()
        if self.key in self.plan["adoptions"]:
            yield from Adopted(self).events()
        elif self.answered is not None:
            yield from self._without_plan(self.answered)

    def _words_of_the_city(self) -> Iterator[Event]:
        if self.answered is not None:
            yield Event(self.answered * DAY, self.answer)
        if self.key in self.plan["drafts"]:
            yield Event(9 * DAY, self.draft)
        if self.key in self.plan["extended"]:
            yield Event((self.answered or 0) * DAY - 1, self.extend)
        if self.key in self.plan["waived"]:
            yield Event(50 * DAY, self.waive)

    def _without_plan(self, answered: float) -> Iterator[Event]:
        """What is built without a plan of its own; what people are to vote on."""
        if self.stage == "ballot":
            yield Event((answered - 1) * DAY, partial(self.move, "ballot"))
        if self.stage in {"progress", "done"}:
            yield Event((answered - 9) * DAY, partial(self.move, "progress"))
        if self.stage == "done":
            yield Event((answered - 40 - self.life.number) * DAY, partial(self.move, "done"))

    def move(self, stage: str) -> None:
        idea = self.life.idea
        idea.refresh_from_db(fields=["stage"])
        if idea.stage != stage:
            ChangeStage(idea, by=official(), stage=stage).execute()

    def assign(self) -> None:
        """What is owed is the department's that knows the matter."""
        department = departments.called(self.words.category, self.words.language)
        AssignPromise(
            self.promise(), by=official(), department=department, owner=official()
        ).execute()

    def withdraw(self) -> None:
        WithdrawIdea(
            self.life.idea,
            by=somebody(self.words.author),
            reason=self.facts["because"],
            text=self.facts["why"],
        ).execute()

    def merge(self) -> None:
        """It becomes part of another idea that stands."""
        DeriveContribution(
            self.others[self.facts["into"]].idea.contribution,
            by=official(),
            source=self.contribution(),
            kind=DerivationKind.MERGES,
        ).execute()

    def answer(self) -> None:
        PublishAnswer(self.drafted(self.words.answer), by=official()).execute()

    def draft(self) -> None:
        """It waits for the part of a partner."""
        self.drafted(self.plan["drafts"][self.key])

    def drafted(self, text: str) -> Any:
        parts = self.plan["parts"].get(self.key, {})
        language = self.words.language
        ballot = self.stage == "ballot"
        answer = DraftAnswer(
            self.contribution(),
            by=official(),
            kind="interim" if self.facts.get("answer") == "interim" else "final",
            decision=DECISIONS[self.stage],
            text=text,
            reason_codes=[self.facts["reason"]] if "reason" in self.facts else [],
            departs_reason=self.plan["departs"].get(self.key, ""),
            department=departments.called(self.words.category, language),
            partners=[departments.called(code, language) for code in parts],
            next_step=BALLOT[language] if ballot else "",
            next_date=day(280) if ballot else None,
        ).execute()
        for part in answer.parts.select_related("department"):
            if words := parts[departments.code_of(part.department)]:
                ContributePart(part, by=official(), text=words).execute()
        return answer

    def extend(self) -> None:
        promise = self.promise()
        reason = self.plan["extended"][self.key]
        ExtendPromise(promise, by=official(), due_at=midnight(26), reason=reason).execute()

    def waive(self) -> None:
        WaivePromise(self.promise(), by=official(), reason=self.plan["waived"][self.key]).execute()

    def promise(self) -> Promise:
        promise = Promise.objects.of(self.life.idea.contribution).running().first()
        assert promise is not None  # each idea under review is owed an answer
        return promise

    def contribution(self) -> Contribution:
        return Contribution.objects.get(pk=self.life.idea.contribution_id)

    def _reviewed(self) -> float | None:
        first = self.life.forum.first_day("review")
        if "into" in self.facts or self.stage == "withdrawn":
            return None
        if first is None:  # petitions are answered when enough people have signed
            return self.life.filed - 8 if self.stage == "review" else None
        if first >= 0 or self.life.forum.name == "safe":
            return None
        return -first - 2 - self.life.number * 0.7

    def _looked_into(self) -> float | None:
        """When so many people supported it that a department looks into it and owes an answer."""
        moments = self.life.moments()
        return next(
            (
                moments[threshold.number - 1]
                for threshold in self.life.forum.thresholds
                if threshold.event == "review"
                and threshold.answer_days
                and threshold.number <= len(moments)
            ),
            None,
        )

    def _due(self) -> float | None:
        """When an answer is owed, as far as it follows from the file."""
        threshold = self.life.forum.answer_due
        if "reached" in self.facts and threshold is not None:
            return float(self.facts["reached"]) - (threshold.answer_days or 0)
        days = self.life.forum.rules.get("review_days")
        return None if self.reviewed is None or days is None else self.reviewed - days

    def _answered(self) -> float | None:
        """In time, or as late as the file says."""
        if not self.words.answer:
            return None
        assert self.due is not None  # what is answered was looked at before
        if self.facts.get("answer") == "late":
            return self.due - float(self.facts["late"])
        soon = 4 + self.life.number % 5 + self.life.number / 10
        return max(self.due + 3 + self.life.number % 8, soon)


class Adopted:
    """What the city makes of one idea: the plan, its milestones, news, and how it stands."""

    def __init__(self, course: Course):
        self.course, self.life = course, course.life
        self.plan = course.plan["adoptions"][course.key]
        assert course.answered is not None  # what is adopted was answered
        self.start = course.answered - 2
        self.adoption: Any = None

    def events(self) -> Iterator[Event]:
        yield Event(self.start * DAY, self.adopt)
        for number, (title, due, done) in enumerate(self.plan.get("milestones", [])):
            yield Event((self.start - 0.1) * DAY, partial(self.plan_milestone, title, due))
            if done is not None:
                days = min(-float(done), self.start - 0.2) - number / 100
                yield Event(days * DAY, partial(self.reach, title, due, done))
        for days, text, spent, picture, words in self.plan.get("updates", []):
            yield Event(-days * DAY, partial(self.report, text, spent, picture, words))
        status = self.plan["status"]
        if status == "planned":
            return
        yield Event((self.start - 0.5) * DAY, partial(self.become, "in_preparation"))
        if status in {"in_progress", "in_force", "changed"}:
            yield Event((self.start - 1.5) * DAY, partial(self.become, "in_progress"))
        if status in {"in_force", "changed"}:
            delivered = -float(self.plan.get("delivered", self.plan["expected"] - 2))
            yield Event(delivered * DAY, partial(self.become, status))

    def adopt(self) -> None:
        plan, language = self.plan, self.life.words.language
        gap = plan.get("gap", False)
        self.adoption = Adopt(
            self.course.contribution(),
            by=official(),
            text=plan["text"],
            owner=None if gap else official(),
            department=departments.called(self.life.words.category, language),
            budget_line=plan.get("budget", ""),
            currency="KRW",
            procedure_changed=plan.get("procedure", ""),
            expected_on=None if gap else day(plan["expected"]),
            agreement=Agreement.objects.first() if plan.get("agreement") else None,
        ).execute()

    def plan_milestone(self, title: str, due: int) -> None:
        SetMilestone(self.adoption, by=official(), title=title, due_on=day(due)).execute()

    def reach(self, title: str, due: int, done: int) -> None:
        SetMilestone(
            self.adoption,
            by=official(),
            milestone=Milestone.objects.get(adoption=self.adoption, title=title),
            title=title,
            due_on=day(due),
            done_on=day(done),
        ).execute()

    def report(self, text: str, spent: int, picture: str, words: str) -> None:
        shown = [(photos.picture(picture), words)] if picture else []
        ReportDelivery(
            self.adoption, by=official(), text=text, spent=spent or None, photos=shown
        ).execute()

    def become(self, status: str) -> None:
        reason = self.plan.get("reason", "") if status == "changed" else ""
        ChangeAdoptionStatus(self.adoption, by=official(), status=status, reason=reason).execute()


def official() -> AbstractBaseUser:
    user: AbstractBaseUser = somebody("official")
    return user
