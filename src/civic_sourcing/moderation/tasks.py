"""Work for a task worker; what none takes up, ``civic_tick`` does."""

from civic_sourcing.core import clock
from civic_sourcing.core.tasks import task
from civic_sourcing.moderation.showing.freezing import freeze_waiting


@task
def count_reports() -> str:
    """Count the figures of reports that were published and have none yet."""
    return freeze_waiting(clock.now())
