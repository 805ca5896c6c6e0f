"""Work for a task worker; what none takes up, ``civic_tick`` does."""

from typing import Any

from django.db import transaction

from civic_sourcing.budgets.actions.count import StartCount
from civic_sourcing.budgets.count_jobs import work_on
from civic_sourcing.budgets.models import CountJob, VoteRun
from civic_sourcing.core.tasks import hand_to_worker, task


@task
def count_vote(uuid: str) -> bool:
    """Go at the count with this ``uuid``; nothing happens if somebody else does."""
    return work_on(uuid)


def ask_for_count(run: VoteRun, *, by: Any, **given: Any) -> CountJob:
    """Have ``run`` counted beside the request; ``given`` as ``StartCount`` takes it."""
    job: CountJob = StartCount(run, by=by, **given).execute()
    transaction.on_commit(lambda: hand_to_worker(count_vote, uuid=str(job.uuid)), robust=True)
    return job
