"""Addresses of the desk."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

NAMESPACE = "civic_challenges_desk"


def address(name: str, process: Any, *more: Any, language: str = "") -> str:
    """The address of one of the desk's screens about ``process``, with texts in ``language``."""
    path = reverse(f"{NAMESPACE}:{name}", args=[process.uuid, *more])
    return f"{path}?language={language}" if language else path
