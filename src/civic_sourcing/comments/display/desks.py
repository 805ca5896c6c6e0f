"""Where somebody writes a comment: the form, what it answers, and what there is to know first."""

from __future__ import annotations

import uuid as uuids
from collections.abc import Iterable
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from civic_sourcing.comments.display.addresses import address, place_key
from civic_sourcing.comments.display.comments import Quote, quote_of
from civic_sourcing.comments.display.writing import Writing
from civic_sourcing.comments.drafts import draft_for
from civic_sourcing.comments.forms import CommentForm
from civic_sourcing.comments.models import Comment, Thread
from civic_sourcing.comments.places import address_of, addresses, title_of
from civic_sourcing.comments.policies import while_open
from civic_sourcing.core import clock
from civic_sourcing.core.policies import Occasion
from civic_sourcing.moderation.waiting import usual_sentence
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.roles import roles_of


class Desk:
    """
    One form of one thread, for a comment on the first level or a reply to ``parent``.

    ``in_place`` says that it stands on the page of the thread, and not on one of its own.
    """

    def __init__(
        self,
        request: HttpRequest,
        thread: Thread,
        parent: Comment | None = None,
        *,
        in_place: bool,
        page_url: str = "",
    ) -> None:
        self.request = request
        self.thread = thread
        self.parent = parent
        self.in_place = in_place
        if page_url:
            self.page_url = page_url

    @cached_property
    def key(self) -> str:
        """Names the form on the page and its draft."""
        return f"reply-{self.parent.uuid}" if self.parent else f"post-{place_key(self.thread)}"

    @cached_property
    def url(self) -> str:
        if self.parent is not None:
            return reverse("civic_comments:reply", args=[self.parent.uuid])
        return address(self.thread, "post")

    @cached_property
    def page_url(self) -> str:
        """The page of the thread; the site's home while it has none."""
        return addresses([self.thread]).get(self.thread.pk, "") or "/"

    @cached_property
    def closed(self) -> str:
        """What keeps everybody from commenting just now, or nothing."""
        occasion = Occasion(None, self.thread, clock.now())
        refusal = while_open.refusal(occasion)
        return str(refusal.message) if refusal else ""

    # The form

    def empty_form(self, *, focus: bool = True) -> CommentForm:
        """The form as it is opened: with what was typed before signing in, if anything was."""
        draft = draft_for(self.request, self.key)
        initial = {"request_key": uuids.uuid4(), "back": self._back(), **draft}
        if self.parent is not None and self.request.GET.get("quote"):
            initial["quoted"] = self.parent.uuid
        form = self._form(initial=initial)
        if focus:
            form.fields["text"].widget.attrs["autofocus"] = True
        return form

    def filled_form(self) -> CommentForm:
        user = self.request.user
        person = Participant.objects.of(user) if user.is_authenticated else None
        return self._form(data=self.request.POST, participant=person)

    def _form(self, **given: Any) -> CommentForm:
        positions = self.thread.rules.positions and self.parent is None
        form = CommentForm(
            key=self.key,
            positions=positions,
            roles=self._roles(given.get("data")),
            **given,
        )
        form.fields["text"].widget.attrs |= {
            "data-civic-people": address(self.thread, "people"),
            "data-civic-people-label": _("People here"),
        }
        return form

    def _roles(self, sent: Any) -> Iterable[str]:
        """In which roles this person can speak; a form that did not ask was for people without."""
        if sent is not None and "role" not in sent:
            return ()
        return roles_of(self.request.user, self.thread)

    def _back(self) -> str:
        return self.page_url if self.in_place else self.request.GET.get("back", "")

    # What stands around it

    def context(self, form: CommentForm, **around: Any) -> dict[str, Any]:
        """What the templates of the form need; ``around`` as ``Writing`` takes it."""
        return {
            "form": form,
            "writing": self.writing(form, **around),
            "title": self.title,
            **({} if self.in_place else {"trail": [self._step_back()]}),
        }

    def _step_back(self) -> dict[str, str]:
        return {"title": title_of(self.thread), "url": self.back_url}

    def writing(self, form: CommentForm, **around: Any) -> Writing:
        if self.closed and not around.get("notices"):
            around["notices"] = [("info", self.closed)]
        elif not form.is_bound and draft_for(self.request, self.key):
            around["notices"] = [("success", _("We kept what you typed. Read it, then post it."))]
        return Writing(
            key=self.key,
            url=self.url,
            title=self.title,
            submit="" if self.closed else self.submit,
            heading=self._heading(),
            of=self._of(form),
            back_url=self.back_url if self.parent or not self.in_place else "",
            quote=self._quote(form),
            **around,
        )

    @property
    def title(self) -> str:
        if self.parent is None:
            return _("Write a comment")
        author = self.parent.author
        return _("Reply to %(name)s") % {"name": author.public_name if author else ""}

    @property
    def submit(self) -> str:
        if not self.request.user.is_authenticated:
            return _("Continue and sign in")
        return _("Post reply") if self.parent else _("Post comment")

    @property
    def back_url(self) -> str:
        if self.parent is not None:
            return address_of(self.parent, self.page_url)
        return f"{self.page_url}#comments"

    def _of(self, form: CommentForm) -> str:
        if self.parent is None:
            return ""
        return f"{self.parent.uuid}-quote" if form["quoted"].value() else str(self.parent.uuid)

    def _heading(self) -> int:
        if not self.in_place:
            return 2
        return self.parent.depth + 3 if self.parent else 3

    def _quote(self, form: CommentForm) -> Quote | None:
        """What is quoted; on a page of its own also what is only answered."""
        wanted = form["quoted"].value() or not self.in_place
        return quote_of(self.parent) if self.parent is not None and wanted else None

    # Once it is written

    def opened_thread(self) -> Thread:
        """The thread as a row, made by the first comment."""
        if not self.thread.pk:
            self.thread = Thread.objects.opened_below(
                self.thread.contribution or self.thread.process
            )
        return self.thread

    def quoted(self, uuid: UUID | None) -> Comment | None:
        """The comment a reply quotes, which is the one it replies to."""
        return self.parent if self.parent is not None and uuid == self.parent.uuid else None

    def waiting_words(self, comment: Comment) -> str:
        reasons = " ".join(map(str, comment.contribution.waits_for))
        words = _("We have received your comment. It waits before others can see it.")
        return f"{words} {reasons or usual_sentence(self.thread.process)}"
