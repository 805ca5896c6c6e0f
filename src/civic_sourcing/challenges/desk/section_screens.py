"""The sections of a challenge, each edited and saved by itself."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.actions.review import keep_approved_texts
from civic_sourcing.challenges.actions.setup import FROZEN, SetFacts
from civic_sourcing.challenges.desk.facts_forms import FactsForm
from civic_sourcing.challenges.desk.screens import DeskScreen
from civic_sourcing.challenges.desk.texts_form import texts_form
from civic_sourcing.challenges.editorial.points import points_of
from civic_sourcing.challenges.editorial.publishing import lacks_of
from civic_sourcing.challenges.editorial.sections import Section, fields_of
from civic_sourcing.challenges.editorial.texts import plain
from civic_sourcing.challenges.freezing import is_frozen
from civic_sourcing.challenges.models import ChallengeFacts, EditorialState
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.models import Process

CHANGED_MEANWHILE = _(
    "Somebody else has changed this section in the meantime. Below is what you typed; nothing of "
    "it is lost. If you save it again, it takes the place of theirs."
)


@dataclass(frozen=True)
class RowList:
    """Rows that come and go: formset, heading, words on the button that adds one, explanation."""

    formset: Any
    heading: Any
    add: Any
    introduction: Any = ""


class NoFacts(FactsForm):
    """Of a section that has texts and rows only."""


class SectionScreen(DeskScreen):
    """
    One section: texts in one language, facts for all of them, lists of rows.

    Nothing is saved over what somebody else saved since the form was opened: the answer is then 409
    with everything as it was typed, and what the other wrote beside it.
    """

    facts_form: ClassVar[type[FactsForm]] = NoFacts
    form_class = forms.Form
    template_name = "civic_sourcing/challenges/admin/section.html"
    done = _("The section is saved.")
    freezes_rows: ClassVar[bool] = True

    @property
    def page_title(self) -> Any:  # type: ignore[override]
        return self.section.label

    def lists(self) -> Mapping[str, RowList]:
        """The lists of rows by name, which is their prefix in the form."""
        return {}

    def rows(self, name: str) -> list[dict[str, Any]]:
        """What the rows of one list show."""
        raise NotImplementedError

    def options(self, name: str) -> dict[str, Any]:
        """Arguments for the forms of one list."""
        return {}

    def write(self) -> None:
        """Take the steps that store the rows; called with everything valid."""

    def page_rows(self) -> dict[str, Any]:
        """Lists that belong to the page, by the name of its field."""
        return {}

    @cached_property
    def is_frozen(self) -> bool:
        return is_frozen(self.process, self.at)

    @cached_property
    def texts(self) -> Any:
        names = [name for name in fields_of(self.section).texts if name not in ("glossary", "faq")]
        if not names:
            return None
        form = texts_form(type(self.text_page), names)
        return form(self._sent, instance=self.text_page, prefix="text", for_user=self.request.user)

    @cached_property
    def own_facts(self) -> FactsForm:
        return self.facts_form(
            self._sent,
            prefix="fact",
            facts=self.facts,
            frozen=FROZEN if self.is_frozen else frozenset(),
            initial=self.facts_initial(),
        )

    def facts_initial(self) -> dict[str, Any]:
        return self.facts_form.initial_of(self.facts)

    @cached_property
    def formsets(self) -> dict[str, Any]:
        return {
            name: each.formset(
                self._sent, prefix=name, initial=self.rows(name), form_kwargs=self.options(name)
            )
            for name, each in self.lists().items()
        }

    @property
    def _sent(self) -> Any:
        return self.request.POST if self.request.method == "POST" else None

    @cached_property
    def seen(self) -> str:
        """A digest of what is stored, sent along to notice that somebody else has changed it."""
        texts = {name: getattr(self.text_page, name) for name in fields_of(self.section).texts}
        self.stored_texts = texts
        rows = [self.rows(name) for name in self.lists()]
        told = [sorted(texts.items()), sorted(self.facts_initial().items()), rows]
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        stored = self.seen
        parts = [part for part in (self.texts, self.own_facts, *self.formsets.values()) if part]
        valid = [part.is_valid() for part in parts]
        form = self.get_form()
        if not all(valid) or not self.fits_together():
            return self.form_invalid(form)
        if self.request.POST.get("seen", stored) != stored:
            theirs = self._theirs()
            context = self.get_context_data(form=form, refused=CHANGED_MEANWHILE, theirs=theirs)
            return self.render_to_response(context, status=409)
        if not any(part.has_changed() for part in parts):
            return self._on()
        return self.form_valid(form)

    def fits_together(self) -> bool:
        """Look at what the parts say together, once each is right by itself."""
        return True

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                self._refuse_overtaken()
                self.settle(form)
        except ActionRefused as refused:
            context = self.get_context_data(form=form, refused=refused.message)
            return self.render_to_response(context, status=409)
        messages.success(self.request, self.done)
        return self._on()

    def settle(self, form: Any) -> None:
        SetFacts(self.process, by=self.request.user, values=self.facts_values()).execute()
        self.write()
        self._save_texts()

    def facts_values(self) -> dict[str, Any]:
        return self.own_facts.values()

    def _theirs(self) -> list[tuple[Any, Any]]:
        """What is stored where something else was typed: the name of the field and its value."""
        found = []
        for form, stored in (
            (self.texts, self.stored_texts),
            (self.own_facts, self.facts_initial()),
        ):
            for name in form.changed_data if form else ():
                found.append((form.fields[name].label, stored.get(name)))
        return [(label, plain(str(value))) for label, value in found if value not in (None, [])]

    def _refuse_overtaken(self) -> None:
        """Two that save at once queue for the process; the second finds that it has moved on."""
        Process.objects.select_for_update(no_key=True).get(pk=self.process.pk)
        now = ChallengeFacts.objects.of(self.process)
        if now.version != self.facts.version:
            raise ActionRefused(CHANGED_MEANWHILE, code="changed-meanwhile")

    def _save_texts(self) -> None:
        page, lists = self.text_page, self.page_rows()
        changed = self.texts is not None and self.texts.has_changed()
        for name, rows in lists.items():
            changed = changed or getattr(page, name) != rows
            setattr(page, name, rows)
        if not changed:
            return
        if page.live and self.goes_out and (sentence := lacks_of(page, self.facts)):
            raise ActionRefused(sentence, code="incomplete")
        if not page.live:
            page.save()
        revision = page.save_revision(user=self.request.user, log_action=True)
        if ChallengeFacts.objects.of(self.process).state == EditorialState.APPROVED:
            # Only a steward gets here: whoever else changes it makes it a draft again.
            keep_approved_texts(self.process)
        if page.live and self.goes_out:
            revision.publish(user=self.request.user, skip_permission_checks=True)

    @property
    def goes_out(self) -> bool:
        """Whether changed texts of a published page go out at once."""
        return "publish" in self.request.POST

    def _on(self) -> HttpResponse:
        order = list(Section)
        after = order[min(order.index(self.section) + 1, len(order) - 1)]
        return redirect(self.way(after if "go_on" in self.request.POST else self.section))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        media = self.own_facts.media
        for part in (*([self.texts] if self.texts else []), *self.formsets.values()):
            media += part.media
        points = [each for each in points_of(self.draft) if each.section == self.section]
        return {
            **context,
            "media": media,
            "texts": self.texts,
            "own_facts": self.own_facts,
            "lists": [
                {"name": name, "rows": self.formsets[name], "words": each}
                for name, each in self.lists().items()
            ],
            "seen": self.seen,
            "points": points,
            "frozen_rows": self.is_frozen and self.freezes_rows,
            "is_published": self.facts.state == EditorialState.PUBLISHED,
        }
