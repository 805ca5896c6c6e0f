from __future__ import annotations

from django.utils.translation import gettext as _

from civic_sourcing.participants.eligibility.conf import conf
from civic_sourcing.participants.models import ProcessOffice
from civic_sourcing.participants.models.eligibility import in_active_language
from civic_sourcing.processes.models import Process


def office_of(process: Process | None) -> str:
    """The office people of ``process`` turn to: its own, else that of the settings."""
    own = ProcessOffice.objects.filter(process=process).first() if process else None
    if own is not None and own.words:
        return own.words
    given = conf.OFFICE
    words = given if isinstance(given, str) else in_active_language(given)
    return words or _("the city's participation office")
