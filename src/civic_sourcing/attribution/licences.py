"""Which licences a process offers, and what somebody chose of them."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.models import Licence, LicenceVersion
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.consents import Shown, record_consent
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Process

PROTECTIVE = "city-purpose"
"""Offered where a process chose nothing: rights stay with whoever proposes."""


def offered(process: Process) -> list[LicenceVersion]:
    """
    The wordings in force of what ``process`` offers, the one chosen beforehand first.

    Never empty while the protective licence exists. Two queries.
    """
    licences = Licence.objects.filter(process_licences__process=process, retired=False)
    keys = list(licences.order_by("process_licences__position").values_list("pk", flat=True))
    if not keys:
        keys = list(Licence.objects.filter(key=PROTECTIVE).values_list("pk", flat=True))
    current = {version.licence_id: version for version in LicenceVersion.objects.current(keys)}
    return [current[key] for key in keys if key in current]


def chosen(process: Process, licence: LicenceVersion | None) -> LicenceVersion | None:
    """
    Return the wording that holds: ``licence`` where it is offered, the first offered for ``None``.

    Raises ``ActionRefused`` (code ``licence-not-offered``) for another one or an older wording.
    """
    choice = offered(process)
    if licence is None:
        return next(iter(choice), None)
    if licence not in choice:
        raise ActionRefused(
            _("The terms have changed in the meantime. Please read them again and choose."),
            code="licence-not-offered",
        )
    return licence


def name_of_choice(key: str, number: str) -> str:
    """The licence somebody chose, as they know it; empty where it is not known here."""
    versions = LicenceVersion.objects.filter(licence__key=key).order_by("-number")
    chosen_one = versions.filter(number=number) if number.isdecimal() else versions
    version = chosen_one.first() or versions.first()
    return str(version.name) if version else ""


def record_choice(
    participant: Participant, licence: LicenceVersion | None, *, at: datetime
) -> None:
    """Keep that ``participant`` chose this wording, as shown in the active language."""
    if licence is None:
        return
    language = get_language() or ""
    text = f"{licence.name}\n{licence.url}\n\n{licence.summary}"
    digest = hashlib.sha256(text.encode()).hexdigest()
    shown = Shown(f"licence:{licence.licence.key}", str(licence.number), language, digest)
    record_consent(participant, shown, at=at)
