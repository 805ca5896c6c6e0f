"""Addresses of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

if TYPE_CHECKING:
    from civic_sourcing.processes.models import Process

NAMESPACE = "civic_budgets_desk"


def address(name: str, process: Process, *more: Any) -> str:
    """The address of one of the desk's screens about the vote of ``process``."""
    return reverse(f"{NAMESPACE}:{name}", args=[process.uuid, *more])
