"""Long work goes to a task worker where the host runs one, and to ``civic_tick`` elsewhere."""

from typing import Any

from django.conf import settings as host_settings
from django_tasks import task_backends
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import Task

from civic_sourcing.core.conf import conf


def hand_to_worker(task: Task[Any, Any], **arguments: Any) -> bool:
    """
    Enqueue ``task`` with the backend ``TASK_BACKEND`` and tell whether a worker will find it.

    ``False`` where ``TASKS`` has no such backend, or one that would do the work at once and so keep
    the request waiting: then a job of ``civic_tick`` has to do it. Call it after commit.
    """
    alias = conf.TASK_BACKEND
    if alias not in (getattr(host_settings, "TASKS", None) or {}):
        return False
    if isinstance(task_backends[alias], ImmediateBackend):
        return False
    task.using(backend=alias).enqueue(**arguments)
    return True
