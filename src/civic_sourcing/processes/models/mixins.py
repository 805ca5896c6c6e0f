from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models, transaction
from wagtail.log_actions import log

from civic_sourcing.processes.holdings import refusal_to_unpublish
from civic_sourcing.processes.permissions import ProcessPagePermissionTester

from .process import Process

KEPT_PUBLISHED = "civic_processes.kept_published"
RULES_NOT_APPLIED = "civic_processes.rules_not_applied"


class ProcessPageMixin(models.Model):
    """
    Makes a page type a participation page: put it before the page class.

    The first save gives the page its ``process``: that of its translations if they have one, that
    of the original for an alias, otherwise a fresh one (a copy keeps the mandate of its source,
    and nothing else). Never set ``process`` by hand.
    """

    process_kind: ClassVar[str]

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
            changed = self._bind_process()
            if changed and kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], *changed}
            return super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """Build the page of a revision; its process is never a matter of the revision."""
        page = super().with_content_json(content)  # type: ignore[misc]
        page.process_id = self.process_id
        return page

    def permissions_for_user(self, user: Any) -> ProcessPagePermissionTester:
        """Wagtail's permissions, less deleting or unpublishing what holds contributions."""
        return ProcessPagePermissionTester(user, self)

    def unpublish(
        self,
        set_expired: bool = False,
        commit: bool = True,
        user: Any = None,
        log_action: bool | str = True,
    ) -> None:
        """
        Unpublish, unless the process holds contributions: then ``ActionRefused`` is raised.

        Expiry is different, so that one page does not stop the command for all: the page stays
        live, its expiry date is taken away, and the page's history says why.
        """
        refusal = refusal_to_unpublish(self) if self.live else None
        if refusal and set_expired:
            self.expire_at = None
            self.save(update_fields=["expire_at"], clean=False)
            log(instance=self, action=KEPT_PUBLISHED, data={"reason": refusal.message})
        elif refusal:
            raise refusal
        else:
            super().unpublish(  # type: ignore[misc]
                set_expired=set_expired, commit=commit, user=user, log_action=log_action
            )

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
        self.rules_draft = None
        return {"process", "rules_draft"}

    def _follow_original(self) -> set[str]:
        self.rules_draft = None
        if self.process_id is None:
            originals = type(self)._base_manager.filter(pk=self.alias_of_id)
            self.process_id = originals.values_list("process_id", flat=True).get()
        return {"process", "rules_draft"}


def _process_of_translations(translation_key: Any, *, kind: str, source: Process | None) -> Process:
    """One row however many translations are saved at once: ``translation_key`` is unique."""
    defaults = {"kind": kind, **({"mandate": source.mandate} if source else {})}
    process, _made = Process.objects.get_or_create(
        translation_key=translation_key, defaults=defaults
    )
    return process
