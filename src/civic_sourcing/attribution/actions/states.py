"""What can happen to a contribution as a whole. The content follows through its kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution import gate, ledger, signals
from civic_sourcing.attribution.models import Contribution, State
from civic_sourcing.attribution.models.contributions import PUBLIC
from civic_sourcing.attribution.policies import may_moderate, may_withdraw
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused


class ChangeState(Action[Contribution]):
    """Take a contribution from one of ``takes`` to ``gives``; refuse other states by name."""

    takes: ClassVar[frozenset[State]]
    gives: State

    def check(self) -> None:
        self.before = State(self.subject.state)
        if self.before not in self.takes:
            raise ActionRefused(
                _("This cannot be done now: “%(title)s” is marked “%(state)s”.")
                % {"title": self.subject.title, "state": self.before.label},
                code=f"is-{self.before}",
            )

    def perform(self) -> Contribution:
        self.subject.state = self.gives
        self.subject.held_by = ""
        self.subject.save(update_fields=["state", "held_by"])
        self.show()
        return self.subject

    def show(self) -> None:
        """Bring the content in line with the new state."""
        raise NotImplementedError

    def audit_details(self) -> dict[str, Any]:
        return {"before": str(self.before), "after": str(self.subject.state)}


class ReleaseContribution(ChangeState):
    """
    Let go of what was held. When nobody holds it any more it is published, as it was handed in.

    ``keeper`` is the keeper of the gate that lets go; without one, a moderator releases from all
    keepers but those that release alone. Where such a one remains, it is refused as ``"waits"``.
    """

    verb = "release"
    announces = signals.contribution_released
    policy = may_moderate
    takes = frozenset({State.HELD})
    gives = State.PUBLISHED

    keeper: str = ""

    def check(self) -> None:
        super().check()
        keepers = self.subject.keepers
        if self.keeper and self.by is None:
            self.remaining = [name for name in keepers if name != self.keeper]
        else:
            self.remaining = [name for name in keepers if gate.releases_alone(name)]
            if self.remaining == keepers:
                raise ActionRefused(
                    _("“%(title)s” waits for somebody else’s consent, so it cannot be released.")
                    % {"title": self.subject.title},
                    code="waits",
                )

    def perform(self) -> Contribution:
        if not self.remaining:
            return super().perform()
        self.subject.held_by = " ".join(self.remaining)
        self.subject.save(update_fields=["held_by"])
        return self.subject

    def show(self) -> None:
        kind = self.subject.kind_of
        kind.lock(self.subject)
        title, text = kind.canonical(self.subject)
        ledger.publish_version(self.subject, title=title, text=text)
        kind.show(self.subject)


class HideContribution(ChangeState):
    """Take a published contribution out of sight, so that it can be put back as it was."""

    verb = "hide"
    announces = signals.contribution_hidden
    policy = may_moderate
    takes = frozenset({State.PUBLISHED, State.WITHDRAWN})
    gives = State.HIDDEN

    def perform(self) -> Contribution:
        self.subject.hidden_from = self.before
        self.subject.save(update_fields=["hidden_from"])
        return super().perform()

    def show(self) -> None:
        self.subject.kind_of.hide(self.subject)


class PutBack(ChangeState):
    """
    Undo what took a contribution out of sight.

    ``title`` and ``text`` bring back words that were taken (``ledger.take_words``), ``keepsake``
    what the kind keeps beside them, such as an address.
    """

    title: str = ""
    text: str | None = None
    keepsake: Mapping[str, Any] | None = None

    def show(self) -> None:
        self.subject.kind_of.restore(self.subject)
        self.bring_words_back()

    def bring_words_back(self) -> None:
        if self.text is not None:
            ledger.bring_words_back(
                self.subject, title=self.title, text=self.text, keepsake=self.keepsake
            )

    def content(self) -> dict[str, Any]:
        """Tell requests apart without their words, which are no matter of the log."""
        return {"subject": self.subject}


class RestoreContribution(PutBack):
    """Put a hidden contribution back where it was."""

    verb = "restore"
    announces = signals.contribution_restored
    policy = may_moderate
    takes = frozenset({State.HIDDEN})

    def check(self) -> None:
        super().check()
        self.gives = State(self.subject.hidden_from or State.PUBLISHED)


class ReinstateContribution(PutBack):
    """
    Undo a removal: the contribution is again what it was before.

    What waited at the gate is published, or goes on waiting for a keeper that releases alone. With
    ``hidden`` it stays out of sight, as when another measure still holds. What its author took back
    or what was erased does not return (``gone``).
    """

    verb = "reinstate"
    announces = signals.contribution_reinstated
    policy = may_moderate
    takes = frozenset({State.REMOVED})

    hidden: bool = False

    def check(self) -> None:
        super().check()
        if not self.subject.hidden_from:
            raise ActionRefused(
                _("This was taken back or erased, so it cannot be put back."), code="gone"
            )
        self.was = State(self.subject.hidden_from)
        self.gives = self._goes_to()

    def perform(self) -> Contribution:
        self.subject.state = self.gives
        self.subject.held_by = self.waits_for
        if self.gives != State.HIDDEN:
            self.subject.hidden_from = ""
        self.subject.save(update_fields=["state", "held_by", "hidden_from"])
        self.show()
        return self.subject

    def show(self) -> None:
        contribution, kind = self.subject, self.subject.kind_of
        first_time = contribution.is_public and self.was not in PUBLIC
        if first_time:
            kind.show(contribution)
        elif contribution.is_public:
            kind.restore(contribution)
        self.bring_words_back()
        if first_time and (self.text is None or not contribution.was_published):
            title, text = kind.canonical(contribution)
            ledger.publish_version(contribution, title=title, text=text)

    def _goes_to(self) -> State:
        self.waits_for = ""
        if self.was in PUBLIC:
            return State.HIDDEN if self.hidden else self.was
        if self.was == State.DRAFT:
            return State.DRAFT
        self.waits_for = " ".join(ledger.held_alone(self.subject))
        return State.HELD if self.waits_for else State.PUBLISHED


class WithdrawContribution(ChangeState):
    """
    Take back one's own contribution. What was published stays readable, marked as withdrawn; what
    was not is never shown.
    """

    verb = "withdraw"
    announces = signals.contribution_withdrawn
    policy = may_withdraw
    takes = frozenset({State.DRAFT, State.HELD, State.PUBLISHED})

    def check(self) -> None:
        super().check()
        published = self.before is State.PUBLISHED and self.subject.kind_of.stays_when_withdrawn
        self.gives = State.WITHDRAWN if published else State.REMOVED

    def show(self) -> None:
        self.subject.kind_of.withdraw(self.subject)


class RemoveContribution(ChangeState):
    """Take a contribution out of sight for good. Its row, author and fingerprints stay."""

    verb = "remove"
    announces = signals.contribution_removed
    policy = may_moderate
    takes = frozenset(State) - {State.REMOVED}
    gives = State.REMOVED

    def perform(self) -> Contribution:
        if self.before != State.HIDDEN:
            self.subject.hidden_from = self.before
            self.subject.save(update_fields=["hidden_from"])
        return super().perform()

    def show(self) -> None:
        self.subject.kind_of.hide(self.subject)
