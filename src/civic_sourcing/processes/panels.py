from __future__ import annotations

from typing import Any

from wagtail.admin.panels import ObjectList, Panel

from civic_sourcing.processes.holdings import refusal_to_delete


class RulesPanel(Panel):
    """Mandate and phases in a page's editor. The page's form has to be a ``ProcessPageForm``."""

    def classes(self) -> list[str]:
        return [*super().classes(), "w-panel--nested"]

    class BoundPanel(Panel.BoundPanel):
        template_name = "civic_sourcing/processes/admin/rules_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["rules"] = self.form.rules
            context["kept"] = self._kept()
            return context

        def _kept(self) -> str:
            """Why there is no button to delete or unpublish, in words."""
            refusal = refusal_to_delete([self.instance]) if self.instance.pk else None
            return refusal.message if refusal else ""


_panels: list[Panel] = []


def register_process_panel(panel: Panel) -> None:
    """
    Show ``panel`` in the editor of every participation page, below its rules.

    For rooms above that a page type does not know, such as comments.
    """
    if panel not in _panels:
        _panels.append(panel)


def forget_process_panel(panel: Panel) -> None:
    """Take a panel back; for tests."""
    _panels.remove(panel)


class RoomPanels(ObjectList):
    """The panels other rooms have registered, one after the other; nothing where there are none."""

    def on_model_bound(self) -> None:
        self.children = [*_panels]
        super().on_model_bound()
