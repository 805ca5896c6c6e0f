"""The file behind “download my data”: one JSON document in a zip."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import translation

from civic_sourcing.core import clock
from civic_sourcing.core.personal_records import personal_records
from civic_sourcing.participants.conf import conf
from civic_sourcing.participants.models import DataExport, Participant

FILE_NAME = "my-data.json"


def everything_about(participant: Participant) -> dict[str, Any]:
    """What every room keeps about ``participant``, by the name of its handler."""
    return {records.name: records.export(participant) for records in personal_records()}


def zipped(content: dict[str, Any]) -> bytes:
    """Return ``content`` as JSON that people can read, in a zip."""
    text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(FILE_NAME, text)
    return buffer.getvalue()


def make_export(pk: int) -> bool:
    """Make the file somebody asked for. ``False`` if another worker did, or nobody wants it."""
    with transaction.atomic():
        rows = DataExport.objects.select_for_update().filter(pk=pk)
        export = rows.filter(state=DataExport.State.WAITING).first()
        if export is None:
            return False
        with translation.override(export.language or None):
            content = zipped(everything_about(export.participant))
        export.file.save("my-data.zip", ContentFile(content), save=False)
        export.state = DataExport.State.READY
        export.expires_at = clock.now() + timedelta(days=conf.EXPORT_DAYS)
        export.save(update_fields=["file", "state", "expires_at"])
    return True


def make_waiting_exports(at: datetime) -> str:
    """Make what no worker has made. A tick job."""
    keys = list(DataExport.objects.waiting().values_list("pk", flat=True))
    return f"{sum(make_export(key) for key in keys)} made"


def drop_overdue_exports(at: datetime) -> str:
    """Delete the files nobody fetched in time. A tick job."""
    dropped = 0
    for key in list(DataExport.objects.overdue(at).values_list("pk", flat=True)):
        with transaction.atomic():
            export = DataExport.objects.select_for_update().overdue(at).filter(pk=key).first()
            if export is not None:
                export.let_file_go(DataExport.State.EXPIRED)
                dropped += 1
    return f"{dropped} dropped"
