"""Telling people who are not signed in apart, for one day and without keeping their address."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from civic_sourcing.core.limits import client_ip


def anonymous_key(request: HttpRequest, at: datetime) -> str:
    """Return what stands for this address today: a keyed digest that nobody can turn back."""
    words = f"{client_ip(request)}\n{timezone.localdate(at)}"
    return salted_hmac("civic_moderation.visitor", words, algorithm="sha256").hexdigest()
