"""Work for a task worker; what none takes up, ``civic_tick`` does."""

from civic_sourcing.core.tasks import task
from civic_sourcing.participants.exports import make_export
from civic_sourcing.participants.models import DataExport


@task
def make_data_export(uuid: str) -> bool:
    """Make the download with this ``uuid``; nothing happens if it is gone or made."""
    key = DataExport.objects.filter(uuid=uuid).values_list("pk", flat=True).first()
    return key is not None and make_export(key)
