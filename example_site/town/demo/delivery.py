"""What became of the projects the town voted for: kept, late, under way, changed and cancelled."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.utils import timezone

from civic_sourcing.answers.actions import (
    Adopt,
    ChangeAdoptionStatus,
    PlanAdoption,
    ReportDelivery,
    SetMilestone,
)
from civic_sourcing.answers.actions.adoptions import as_planned
from civic_sourcing.answers.models import Adoption, Milestone
from civic_sourcing.budgets.delivery.owed import owed_of
from civic_sourcing.budgets.models import Project
from town.models import TextPage

from . import departments, old_news, past
from .budgets import budget_vote
from .pages import page_in_both_languages
from .people import somebody

FILE = Path(__file__).with_name("vote_texts") / "delivery.json"
DAY = 24
STEPS = ("in_preparation", "in_progress")


def load() -> None:
    show_what_became_of_it()
    process = budget_vote().process
    plans = json.loads(FILE.read_text(encoding="utf-8"))
    owed = {each.project.number: each for each in owed_of(process) if not each.is_promised}
    begun = Adoption.objects.filter(contribution__process=process).exists()
    if begun:
        return
    works = (Work(owed[number].project, plans[number]) for number in plans if number in owed)
    last_mail = old_news.last_mail()
    past.play(event for work in works for event in work.events())
    old_news.read()
    old_news.drop_mail_after(last_mail)


def show_what_became_of_it() -> None:
    """A page of the town's own on which editors show how the year's promises were kept."""
    above = TextPage.objects.get(slug="services", locale__language_code="en")
    vote = budget_vote()
    pages = json.loads(FILE.with_name("promises.json").read_text(encoding="utf-8"))
    texts = {
        language: {
            "title": words["title"],
            "lead": words["lead"],
            "body": [
                ("year_of_promises", {"heading": "", "year": None, "page": None}),
                ("heading", words["vote"]),
                ("vote_outcome", {"vote": vote, "heading": words["funded"], "number": 8}),
            ],
        }
        for language, words in pages.items()
    }
    page_in_both_languages(TextPage, parent=above, slug="promises", texts=texts)


class Work:
    """One funded project on its way: plan, milestones, news and how it stands."""

    def __init__(self, project: Project, plan: dict[str, Any]) -> None:
        self.project, self.plan = project, plan
        self.promised: int = plan["promised"]
        self.adoption: Any = None

    def events(self) -> Iterator[past.Event]:
        plan, promised = self.plan, self.promised
        yield past.Event(promised * DAY, self.promise)
        for number, (title, due, done) in enumerate(plan["milestones"]):
            yield past.Event((promised - 1) * DAY - number, partial(self.plan_step, title, due))
            if done is not None:
                yield past.Event(-done * DAY - number / 10, partial(self.reach, title, due, done))
        for days, text, spent, picture, words in plan["updates"]:
            told = partial(self.report, text, spent, picture, words)
            yield past.Event(-days * DAY - 1, told)
        if "later" in plan:
            days, expected, reason = plan["later"]
            yield past.Event(-days * DAY, partial(self.take_longer, expected, reason))
        for number, status in enumerate(STEPS):
            if status == "in_preparation" or plan["status"] != "in_preparation":
                yield past.Event((promised - 20 * (number + 1)) * DAY, partial(self.become, status))
        if "delivered" in plan:
            yield past.Event(-plan["delivered"] * DAY - 2, partial(self.become, plan["status"]))

    def promise(self) -> None:
        lead, *partners = (departments.called(code, "en") for code in self.plan["departments"])
        self.adoption = Adopt(
            self.project.contribution,
            by=somebody("official"),
            is_work=True,
            owner=somebody("official"),
            department=lead,
            partners=partners,
            planned=self.project.cost,
            currency="KRW",
            spot=tuple(map(Decimal, self.plan["spot"])),
            expected_on=day(self.plan["expected"]),
        ).execute()

    def plan_step(self, title: str, due: int) -> None:
        SetMilestone(self.adoption, by=somebody("official"), title=title, due_on=day(due)).execute()

    def reach(self, title: str, due: int, done: int) -> None:
        SetMilestone(
            self.adoption,
            by=somebody("official"),
            milestone=Milestone.objects.get(adoption=self.adoption, title=title),
            title=title,
            due_on=day(due),
            done_on=day(done),
        ).execute()

    def report(self, text: str, spent: int, picture: str, words: str) -> None:
        photos = [(drawn(picture), words)] if picture and is_drawing() else []
        ReportDelivery(
            self.adoption, by=somebody("official"), text=text, spent=spent, photos=photos
        ).execute()

    def take_longer(self, expected: int, reason: str) -> None:
        self.adoption.refresh_from_db()
        plan = {**as_planned(self.adoption), "expected_on": day(expected)}
        PlanAdoption(self.adoption, by=somebody("official"), reason=reason, **plan).execute()

    def become(self, status: str) -> None:
        reason = self.plan.get("reason", "") if status not in STEPS else ""
        ChangeAdoptionStatus(
            self.adoption, by=somebody("official"), status=status, reason=reason
        ).execute()


def day(days: int) -> date:
    """So many days from today."""
    return timezone.localdate(past.present()) + timedelta(days=days)


def is_drawing() -> bool:
    """Pictures are drawn beside the ideas of the town."""
    return apps.is_installed("civic_sourcing.ideas")


def drawn(name: str) -> Any:
    return import_module("town.demo.photos").picture(name)
