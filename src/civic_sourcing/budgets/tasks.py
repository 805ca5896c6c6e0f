"""Work for a task worker; what none takes up, ``civic_tick`` does."""

from civic_sourcing.budgets.count_jobs import work_on
from civic_sourcing.core.tasks import task


@task
def count_vote(uuid: str) -> bool:
    """Go at the count with this ``uuid``; nothing happens if somebody else does."""
    return work_on(uuid)
