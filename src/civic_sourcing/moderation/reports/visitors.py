"""Telling people who are not signed in apart, for one day and without keeping their address."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from civic_sourcing.core.limits import client_ip
from civic_sourcing.moderation.models import Report

FORGOTTEN = "forgotten-"
KEPT = timedelta(days=2)
"""How long a digest tells a second report of the same address; it is another one every day."""


def anonymous_key(request: HttpRequest, at: datetime) -> str:
    """Return what stands for this address today: a keyed digest that nobody can turn back."""
    words = f"{client_ip(request)}\n{timezone.localdate(at)}"
    return salted_hmac("civic_moderation.visitor", words, algorithm="sha256").hexdigest()


def forget_visitors(at: datetime) -> str:
    """Put a number that says nothing in place of digests that have served their time."""
    old = Report.objects.filter(created_at__lt=at - KEPT).exclude(anonymous_key="")
    old = old.exclude(anonymous_key__startswith=FORGOTTEN)
    number = Concat(Value(FORGOTTEN), Cast("pk", CharField()))
    return f"{old.update(anonymous_key=number)} forgotten"
