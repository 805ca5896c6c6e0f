"""
Who may do what, and when: small questions that combine with ``&``, ``|`` and ``~``.

A policy looks at an ``Occasion`` (who, on what, at which database time) and knows nothing of HTTP,
so the whole matrix of role and phase can be tested by calling ``allows``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused

FORBIDDEN_CODES = frozenset({"forbidden", "sign-in"})


@dataclass(frozen=True)
class Occasion:
    """One person before one subject at one moment. ``user`` is ``None`` for the system itself."""

    user: Any
    subject: Any
    at: datetime
    extra: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Refusal:
    """
    A whole translated sentence and its code.

    The codes ``forbidden`` and ``sign-in`` are about the person and raise ``ActionForbidden``;
    every other code is about time or state and raises ``ActionRefused``.
    """

    message: str | Promise
    code: str = "forbidden"

    def error(self) -> ActionRefused:
        """Return the exception that carries this refusal."""
        if self.code in FORBIDDEN_CODES:
            return ActionForbidden(self.message, code=self.code)
        return ActionRefused(self.message, code=self.code)


class Policy:
    """One question about an occasion. Subclasses answer in ``refusal``."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        """Return why not, or ``None`` where it is allowed."""
        raise NotImplementedError

    def allows(self, occasion: Occasion) -> bool:
        """Tell whether nothing speaks against ``occasion``."""
        return self.refusal(occasion) is None

    def __and__(self, other: "Policy") -> "Policy":
        return AllOf(self, other) if isinstance(other, Policy) else NotImplemented

    def __or__(self, other: "Policy") -> "Policy":
        return AnyOf(self, other) if isinstance(other, Policy) else NotImplemented

    def __invert__(self) -> "Policy":
        return Not(self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class AllOf(Policy):
    """Every part must allow; the first refusal is the answer, so put the plainest part first."""

    def __init__(self, *parts: Policy) -> None:
        self.parts = parts

    def refusal(self, occasion: Occasion) -> Refusal | None:
        refusals = (part.refusal(occasion) for part in self.parts)
        return next((refusal for refusal in refusals if refusal), None)

    def __repr__(self) -> str:
        return f"({' & '.join(map(repr, self.parts))})"


class AnyOf(Policy):
    """One part that allows is enough; if none does, the first refusal is the answer."""

    def __init__(self, *parts: Policy) -> None:
        self.parts = parts

    def refusal(self, occasion: Occasion) -> Refusal | None:
        first: Refusal | None = None
        for part in self.parts:
            refusal = part.refusal(occasion)
            if refusal is None:
                return None
            first = first or refusal
        return first

    def __repr__(self) -> str:
        return f"({' | '.join(map(repr, self.parts))})"


class Not(Policy):
    """Allow what ``part`` refuses. Give ``refused`` where the plain sentence says too little."""

    def __init__(self, part: Policy, refused: Refusal | None = None) -> None:
        self.part = part
        self.refused = refused or Refusal(_("You are not allowed to do this."))

    def refusal(self, occasion: Occasion) -> Refusal | None:
        return self.refused if self.part.allows(occasion) else None

    def __repr__(self) -> str:
        return f"~{self.part!r}"


class Always(Policy):
    """Allow everybody, signed in or not."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        return None


class Never(Policy):
    """Allow nobody, not even a superuser."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        return Refusal(_("Nobody can do this."))


class System(Policy):
    """Allow only the system itself: a command or a task, acting by nobody."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        if occasion.user is None:
            return None
        return Refusal(_("Only the system itself does this."))


class SignedIn(Policy):
    """Allow every active user who is signed in."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        user = occasion.user
        if user is None or not user.is_authenticated:
            return Refusal(_("Please sign in first."), "sign-in")
        if not user.is_active:
            return Refusal(_("This account is not active. Please contact the city."))
        return None


class Superuser(Policy):
    """Allow active superusers of the site."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        user = occasion.user
        if user is not None and user.is_active and user.is_superuser:
            return None
        return Refusal(_("Only an administrator of this site can do this."))
