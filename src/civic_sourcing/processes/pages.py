from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.processes.copying import copy_rules
from civic_sourcing.processes.forms import ProcessPageForm
from civic_sourcing.processes.holdings import refusal_to_unpublish
from civic_sourcing.processes.panels import RoomPanels, RulesPanel
from civic_sourcing.processes.permissions import ProcessPagePermissionTester
from civic_sourcing.processes.process import Process


class ProcessPageMixin(models.Model):
    """
    Makes a page type a participation page: put it before the page class.

    The first save gives the page its ``process``: that of its translations if they have one, that
    of the original for an alias, otherwise a fresh one (a copy keeps the mandate of its source and
    the rules that rooms take along, see ``copying``, and nothing else). Never set ``process`` by
    hand. A participation page never expires.
    """

    process_kind: ClassVar[str]
    base_form_class = ProcessPageForm
    rules_panels: ClassVar[list[Any]] = [
        RulesPanel(heading=_("Mandate and phases"), icon="calendar-alt"),
        RoomPanels(),
    ]

    process = models.ForeignKey(
        Process,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    rules_draft = models.JSONField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            self.expire_at = None
            stays_up = self._is_taken_down()
            changed = self._bind_process()
            if changed and kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], *changed}
            self.live = self.live or stays_up
            result = super().save(*args, **kwargs)
            self.live = self.live and not stays_up
            return result

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """Build the page of a revision; its process is never a matter of the revision."""
        own = {**content, "process": self.process_id}
        page: Self = super().with_content_json(own)  # type: ignore[misc]
        return page

    def permissions_for_user(self, user: Any) -> ProcessPagePermissionTester:
        """Wagtail's permissions, less deleting or unpublishing what holds contributions."""
        return ProcessPagePermissionTester(user, self)

    def refusal_to_unpublish(self) -> ActionRefused | None:
        """Why this page has to stay published, or ``None``."""
        return refusal_to_unpublish(self)

    def _is_taken_down(self) -> bool:
        """
        Tell whether this save would hide the page until a scheduled time, which must not be.

        That happens when a page without live revision is scheduled. Every other way of hiding what
        holds contributions raises ``ActionRefused``.
        """
        if self.live or self._state.adding or not self._is_live_in_database():
            return False
        refusal = refusal_to_unpublish(self)
        if refusal and not (self.go_live_at and self.go_live_at > timezone.now()):
            raise refusal
        return refusal is not None

    def _is_live_in_database(self) -> bool:
        return type(self)._base_manager.filter(pk=self.pk, live=True).exists()

    def _bind_process(self) -> set[str]:
        """Point to the right process and tell which fields changed."""
        if self.alias_of_id:
            return self._follow_original()
        current = self.process
        if current is not None and current.translation_key == self.translation_key:
            return set()
        self.process = _process_of_translations(
            self.translation_key, kind=self.process_kind, source=current
        )
        self.rules_draft = None if current else self._adopted_draft()
        return {"process", "rules_draft"}

    def _adopted_draft(self) -> dict[str, Any] | None:
        """A draft typed before the page was first saved did not know the process yet."""
        if not self.process or not self.rules_draft or self.rules_draft["process"]:
            return None
        return {**self.rules_draft, "process": str(self.process.uuid)}

    def _follow_original(self) -> set[str]:
        self.rules_draft = None
        if self.process_id is None:
            originals = type(self)._base_manager.filter(pk=self.alias_of_id)
            self.process_id = originals.values_list("process_id", flat=True).get()
        return {"process", "rules_draft"}


def _process_of_translations(translation_key: Any, *, kind: str, source: Process | None) -> Process:
    """One row however many translations are saved at once: ``translation_key`` is unique."""
    defaults = {"kind": kind, **({"mandate": source.mandate} if source else {})}
    process, made = Process.objects.get_or_create(
        translation_key=translation_key, defaults=defaults
    )
    if made and source is not None:
        copy_rules(source, process)
    return process
