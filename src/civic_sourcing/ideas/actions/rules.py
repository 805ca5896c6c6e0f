"""What holds in a forum from now on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import swapper
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Always
from civic_sourcing.ideas.models import (
    Event,
    ForumRules,
    Initiator,
    Measure,
    Openness,
    ThresholdRule,
    Vocabulary,
)
from civic_sourcing.ideas.signals import forum_rules_set
from civic_sourcing.processes.models import Process

PROMISED = ("number", "measure", "days", "event", "answer_days")
WITH_DAYS = frozenset({Event.ANSWER_DUE, Event.REVIEW, Event.DEBATE})
MOST = 1_000_000_000
MOST_DAYS = 3650


@dataclass(frozen=True)
class Threshold:
    """A threshold as somebody types it; ``uuid`` names the one it was, ``None`` a new one."""

    number: int
    event: str
    measure: str = Measure.SUPPORTS
    days: int | None = None
    answer_days: int | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    note: str = ""
    uuid: UUID | None = None

    def says(self, rule: ThresholdRule) -> bool:
        """Whether ``rule`` asks and promises the same, from the same time on."""
        same = all(getattr(self, name) == getattr(rule, name) for name in PROMISED)
        return same and self.valid_from in {None, rule.valid_from}


class SetForumRules(Action[Process]):
    """
    Say what holds in a forum from now on, in all its languages. The result is the ``ForumRules``.

    Takes the fields of ``ForumRules`` by name, all of them, and ``thresholds`` (a sequence of
    ``Threshold``; ``None`` leaves them). A threshold that says something else takes the place of
    the one it was from now on: what is filed already keeps the one under which it was filed. So
    none begins or ends in a time in which somebody filed something (``retroactive``). The right to
    do this is the right to publish the page, which the caller has asked about before.
    """

    verb = "set_forum_rules"
    announces = forum_rules_set
    policy = Always()

    recipe: str = ""
    initiator: str = Initiator.CITIZENS
    problem_statements: dict[str, str] | None = None
    owner_name: str = ""
    owner: Any = None
    answer_on: date | None = None
    openness: str = Openness.OPEN
    vocabulary: str = Vocabulary.IDEA
    supports_hidden: bool = False
    anyone_supports: bool = False
    supports_per_person: int | None = None
    ideas_per_person: int | None = None
    edit_hours: int | None = None
    body_length: int | None = None
    review_days: int | None = None
    thresholds: Sequence[Threshold] | None = None

    def check(self) -> None:
        for value, known in (
            (self.initiator, Initiator.values),
            (self.openness, Openness.values),
            (self.vocabulary, Vocabulary.values),
        ):
            if value not in known:
                raise ActionRefused(_("This choice is not known."), code="unknown-choice")
        self.wanted = ForumRules(process=self.subject, **self._values())
        if self.wanted.missing() and self._is_published():
            raise incomplete(self.wanted)
        for threshold in self.thresholds or ():
            self._check_threshold(threshold)

    def perform(self) -> ForumRules:
        row, _made = ForumRules.objects.update_or_create(
            process=self.subject, defaults=self._values()
        )
        self.began: list[ThresholdRule] = []
        self.ended: list[ThresholdRule] = []
        if self.thresholds is not None:
            self._set_thresholds(self.thresholds)
        return row

    def audit_details(self) -> dict[str, Any]:
        rules: ForumRules = self.result
        names = ("recipe", "initiator", "openness", "vocabulary", "supports_hidden",
                 "anyone_supports", "supports_per_person", "ideas_per_person", "edit_hours",
                 "body_length", "review_days")  # fmt: skip
        return {
            "rules": {name: _code(getattr(rules, name)) for name in names},
            "began": [_facts(rule) for rule in self.began],
            "ended": [str(rule.uuid) for rule in self.ended],
        }

    def content(self) -> dict[str, Any]:
        typed = {**self.arguments, "thresholds": repr(self.thresholds)}
        return {"subject": self.subject, "arguments": typed}

    def _values(self) -> dict[str, Any]:
        names = [
            field.name
            for field in ForumRules._meta.concrete_fields
            if field.name not in {"id", "process"}
        ]
        values = {name: getattr(self, name) for name in names}
        statements = self.problem_statements or {}
        return values | {
            "problem_statements": {code: text for code, text in statements.items() if text.strip()}
        }

    def _is_published(self) -> bool:
        return any(page.live or page.scheduled_revision for page in pages_of(self.subject))

    def _check_threshold(self, typed: Threshold) -> None:
        if typed.event not in Event.values or typed.measure not in Measure.values:
            raise ActionRefused(_("This choice is not known."), code="unknown-choice")
        if not 1 <= typed.number <= MOST:
            raise ActionRefused(_("A threshold is at least one."), code="number")
        for days in (typed.days, typed.answer_days):
            if days is not None and not 1 <= days <= MOST_DAYS:
                raise ActionRefused(
                    _("Days are between 1 and %(most)s."), code="days", most=MOST_DAYS
                )
        if typed.valid_from and typed.valid_to and typed.valid_to < typed.valid_from:
            raise ActionRefused(_("It has to end after it begins."), code="reversed")

    def _set_thresholds(self, typed: Sequence[Threshold]) -> None:
        rows = {rule.uuid: rule for rule in ThresholdRule.objects.of(self.subject)}
        for threshold in typed:
            wanted = _without_idle_days(threshold)
            row = rows.pop(wanted.uuid, None) if wanted.uuid else None
            if row is not None and wanted.says(row):
                self._reset(row, wanted)
                continue
            if row is not None:
                self._end(row)
                wanted = replace(wanted, valid_from=None)
            self._begin(wanted)
        for row in rows.values():
            self._end(row)

    def _begin(self, typed: Threshold) -> None:
        start = typed.valid_from or self.at
        self._refuse_retroactive(start)
        if typed.valid_to is not None:
            self._refuse_retroactive(typed.valid_to)
        values = {name: getattr(typed, name) for name in (*PROMISED, "note")}
        rule = ThresholdRule(
            process=self.subject, valid_from=start, valid_to=typed.valid_to, **values
        )
        rule.save()
        self.began.append(rule)

    def _reset(self, row: ThresholdRule, typed: Threshold) -> None:
        """Keep a threshold, perhaps with another end or note."""
        if row.valid_to != typed.valid_to:
            earliest = min(end for end in (row.valid_to, typed.valid_to) if end is not None)
            self._refuse_retroactive(earliest)
        if (row.valid_to, row.note) != (typed.valid_to, typed.note):
            row.valid_to, row.note = typed.valid_to, typed.note
            row.save(update_fields=["valid_to", "note"])

    def _end(self, row: ThresholdRule) -> None:
        """End it now; one under which nobody filed anything goes without a trace."""
        if row.valid_to is not None and row.valid_to <= self.at:
            return
        self.ended.append(row)
        if row.valid_from >= self.at or not self._filed(row.valid_from):
            row.delete()
            return
        row.valid_to = self.at
        row.save(update_fields=["valid_to"])

    def _refuse_retroactive(self, since: datetime) -> None:
        """Nobody files under one rule and is judged by another."""
        if since < self.at and self._filed(since):
            raise ActionRefused(
                _(
                    "People have handed something in since then, and the thresholds of that time "
                    "hold for it. Choose a time from now on."
                ),
                code="retroactive",
            )

    def _filed(self, since: datetime) -> bool:
        """Whether something was filed in ``[since, now)``."""
        rows = Contribution.objects.of(self.subject).filter(kind="idea")
        return rows.filter(received_at__gte=since).exists()


def pages_of(process: Process) -> list[Any]:
    """The pages of a process in all languages, without aliases."""
    pages = swapper.load_model("wagtailcore", "Page").objects
    return list(pages.filter(translation_key=process.translation_key, alias_of=None))


MISSING = {
    "problem_statements": _("what the problem is"),
    "owner_name": _("who answers for it"),
    "answer_on": _("by when the city answers"),
}


def incomplete(rules: ForumRules) -> ActionRefused:
    """Why an agency's forum cannot be published yet."""
    needed = ", ".join(str(MISSING[name]) for name in rules.missing())
    return ActionRefused(
        _("An agency begins this process, so people have to know first: %(needed)s.")
        % {"needed": needed},
        code="incomplete-rules",
    )


def _without_idle_days(typed: Threshold) -> Threshold:
    """Days it may take belong only to what takes time."""
    return typed if typed.event in WITH_DAYS else replace(typed, answer_days=None)


def _facts(rule: ThresholdRule) -> dict[str, Any]:
    facts = {name: _code(getattr(rule, name)) for name in PROMISED}
    end = rule.valid_to.isoformat() if rule.valid_to else ""
    return {"rule": str(rule.uuid), "from": rule.valid_from.isoformat(), "to": end, **facts}


def _code(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value
