"""What an action answers when it does not happen: a whole sentence for people, with a code."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class ActionRefused(Exception):
    """
    The step was not taken, nothing was stored, and ``message`` says why and what can be done.

    ``code`` is for programs and tests. ``context`` fills named placeholders of ``message`` when it
    is shown, in the reader's language; without context the message is taken as it stands.
    """

    def __init__(self, message: str | Promise, *, code: str, **context: Any) -> None:
        super().__init__(message, code)
        self.raw_message = message
        self.code = code
        self.context = context

    @property
    def message(self) -> str:
        """Return the sentence in the active language."""
        text = str(self.raw_message)
        return text % self.context if self.context else text

    def __str__(self) -> str:
        return self.message

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.message!r}, code={self.code!r})"


class ActionForbidden(ActionRefused):
    """This person may not take this step, whatever the time or the state of things."""

    sentence = _("You are not allowed to do this.")

    def __init__(
        self,
        message: str | Promise = sentence,
        *,
        code: str = "forbidden",
        **context: Any,
    ) -> None:
        super().__init__(message, code=code, **context)


class IdempotencyConflict(ActionRefused):
    """The key of this request was already used for a request with other content."""

    sentence = _(
        "This form was already sent with other content. Open the page again to see what was "
        "saved, then make your change there."
    )

    def __init__(
        self,
        message: str | Promise = sentence,
        *,
        code: str = "idempotency-conflict",
        **context: Any,
    ) -> None:
        super().__init__(message, code=code, **context)


class RateLimited(ActionRefused):
    """Too many attempts; the next one is welcome in ``retry_after`` seconds."""

    def __init__(
        self,
        message: str | Promise | None = None,
        *,
        retry_after: int,
        code: str = "rate-limited",
        **context: Any,
    ) -> None:
        if message is None:
            message = ngettext_lazy(
                "That was too often. Please try again in %(seconds)d second.",
                "That was too often. Please try again in %(seconds)d seconds.",
                "seconds",
            )
            context["seconds"] = retry_after
        super().__init__(message, code=code, **context)
        self.retry_after = retry_after

    @property
    def message(self) -> str:
        """Return the sentence in the active language, in the right number."""
        if self.context:
            return str(self.raw_message % self.context)
        return str(self.raw_message)
