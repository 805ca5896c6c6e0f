"""Checking a decision before it is made: outcome, rule, facts, scope, end, passages, place."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.core.text import graphemes, normalise
from civic_sourcing.moderation.deciding import words
from civic_sourcing.moderation.deciding.conf import TEXT_COLUMN, conf
from civic_sourcing.moderation.deciding.masking import BadPassage, digest
from civic_sourcing.moderation.deciding.outcomes import LIMITING, NEEDS_RULE
from civic_sourcing.moderation.deciding.statements import facts_for, place_of, scope_of
from civic_sourcing.moderation.models import Case, Measure, NetiquetteRule, Outcome
from civic_sourcing.moderation.reach import moderated_by
from civic_sourcing.processes.models import Process

ENDS_BY_ITSELF = frozenset({Outcome.TEMPORARY, Outcome.SUSPEND})
MAY_END = ENDS_BY_ITSELF | {Outcome.HIDE}


@dataclass
class Draft:
    """
    A decision somebody is about to make about ``case`` at ``at``.

    ``check`` raises ``ActionRefused`` with a sentence for what is missing or not possible, and
    leaves facts and scope as they are to be stored, in ``language``.
    """

    case: Case
    at: datetime
    outcome: str
    rule: NetiquetteRule | None = None
    facts: str = ""
    scope: str = ""
    until: datetime | None = None
    language: str = ""
    passages: Any = None
    target: Process | None = None
    site: bool = False
    by: Any = None
    taking: words.Taking | None = field(default=None, init=False)

    def check(self) -> None:
        """Check everything but the passages, which need the text as it will be found."""
        self.language = self.language or self.case.language or settings.LANGUAGE_CODE
        self._check_rule()
        self._check_end()
        self._check_place()
        with translation.override(self.language):
            self.facts = self._normal(self.facts) or facts_for(self.outcome)
            self.scope = self._normal(self.scope) or self._usual_scope()
        if self.outcome in LIMITING and graphemes(self.facts) < conf.FACTS_LENGTH:
            raise ActionRefused(
                ngettext_lazy(
                    "Please say what happened, in at least %(limit)d character.",
                    "Please say what happened, in at least %(limit)d characters.",
                    "limit",
                )
                % {"limit": conf.FACTS_LENGTH},
                code="no-facts",
            )

    def take_words(self) -> None:
        """Find what is to be masked or taken, in the text as it stands now."""
        contribution = self.case.contribution
        if contribution is None or not self._takes_words():
            return
        contribution.refresh_from_db()
        try:
            given = self.passages if self.outcome == Outcome.MASK else None
            self.taking = words.plan(contribution, given)
        except BadPassage:
            raise changed_meanwhile() from None
        if self.outcome == Outcome.MASK and self._quotes():
            raise ActionRefused(
                _("The reasons repeat a passage that is to be masked. Please describe it instead."),
                code="quotes",
            )

    @property
    def details(self) -> dict[str, Any]:
        """Identifiers and numbers that undo the decision exactly."""
        details: dict[str, Any] = {}
        if self.taking is not None:
            details["passages"] = self.taking.passages.as_json()
        if self.outcome == Outcome.SUSPEND and self.site:
            details["site"] = True
        if self.outcome == Outcome.MOVE:
            details |= self._way()
        return details

    def _way(self) -> dict[str, Any]:
        if self.target is None:
            return {"service": True}
        contribution = self.case.contribution
        assert contribution is not None
        return {
            "from": str(contribution.process.uuid),
            "sequence": contribution.sequence,
            "to": str(self.target.uuid),
        }

    def _takes_words(self) -> bool:
        if self.outcome in (Outcome.MASK, Outcome.REMOVE):
            return True
        return self.case.is_emergency and self.outcome in (Outcome.HIDE, Outcome.TEMPORARY)

    def _check_rule(self) -> None:
        if self.rule is None and self.outcome in NEEDS_RULE:
            raise ActionRefused(_("Please choose the rule that was broken."), code="no-rule")
        if self.outcome not in LIMITING:
            self.rule = None

    def _check_end(self) -> None:
        if self.outcome not in MAY_END:
            self.until = None
        if self.outcome in ENDS_BY_ITSELF and self.until is None:
            raise ActionRefused(_("Please say until when."), code="no-end")
        if self.until is not None and self.until <= self.at:
            raise ActionRefused(_("The end must lie in the future."), code="past")
        longest = conf.longest_temporary
        if self.outcome == Outcome.TEMPORARY and self.until and self.until > self.at + longest:
            raise ActionRefused(
                ngettext_lazy(
                    "Something can be hidden for the time being for at most %(days)d day.",
                    "Something can be hidden for the time being for at most %(days)d days.",
                    "days",
                )
                % {"days": longest.days},
                code="too-long",
            )

    def _check_place(self) -> None:
        if self.outcome == Outcome.MOVE and self.target == self.case.process:
            raise ActionRefused(_("It stands there already."), code="same-place")
        if self.outcome == Outcome.MOVE:
            refuse_elsewhere(self.by, self.target)
        if self.outcome != Outcome.SUSPEND:
            self.site = False
        elif self.case.process is None:
            self.site = True
        if self.site and not moderates_all(self.by):
            raise ActionForbidden(
                _("Only people who moderate the whole site can suspend somebody from all of it.")
            )
        if self.outcome == Outcome.SUSPEND and not self.site:
            refuse_elsewhere(self.by, self.case.process)

    def _normal(self, text: str) -> str:
        if not text.strip():
            return ""
        return normalise(text, max_length=TEXT_COLUMN, max_graphemes=conf.STATEMENT_LENGTH)

    def _usual_scope(self) -> str:
        return scope_of(
            self.outcome,
            until=self.until,
            place=place_of(self.case),
            site=self.site,
            service=self.target is None,
        )

    def _quotes(self) -> bool:
        assert self.taking is not None
        original = self.taking.original
        said = f"{self.facts}\n{self.scope}"
        passages = self.taking.passages
        return passages.quoted_in(said, title=original.title, text=original.text)


def check_seen(case: Case, version: int | None, seen_digest: str, *, needed: bool) -> None:
    """
    Raise ``ActionRefused`` (``changed-meanwhile``) unless the text is the one that was looked at.

    ``version`` is the number of the last published version, 0 where none was; ``seen_digest`` (see
    ``masking.digest``) also covers what waits. Without either nothing is compared, if ``needed``
    does not ask for it.
    """
    contribution = case.contribution
    if contribution is None:
        return
    last = contribution.versions.order_by("-number").values_list("number", flat=True).first() or 0
    differs = version is not None and version != last
    if seen_digest:
        differs = differs or seen_digest != digest(*contribution.kind_of.canonical(contribution))
    if differs or (needed and version is None and not seen_digest):
        raise changed_meanwhile()


def changed_meanwhile() -> ActionRefused:
    return ActionRefused(
        _("The text changed meanwhile. Please load the page again and look at it as it is now."),
        code="changed-meanwhile",
    )


def refuse_elsewhere(user: Any, process: Process | None) -> None:
    """Raise ``ActionForbidden`` where ``user`` sees the case and does not moderate ``process``."""
    if user is None or process is None or moderated_by(user).filter(pk=process.pk).exists():
        return
    raise ActionForbidden(_("Only moderators of that place can decide what holds there."))


def within_reach(measure: Measure, user: Any) -> bool:
    """Whether ``user`` may lift ``measure``: on a person, where it holds is what counts."""
    if user is None or measure.participant is None:
        return True
    if measure.process is not None:
        return moderated_by(user).filter(pk=measure.process.pk).exists()
    return measure.kind != Measure.Kind.SUSPENDED or moderates_all(user)


def moderates_all(user: Any) -> bool:
    """Whether ``user`` moderates every process of the site."""
    if user is None:
        return False
    if user.is_superuser:
        return True
    return not Process.objects.exclude(pk__in=moderated_by(user).values("pk")).exists()
