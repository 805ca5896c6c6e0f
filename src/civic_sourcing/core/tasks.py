"""Long work goes to a task worker where the host runs one, and to ``civic_tick`` elsewhere."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import django_tasks.base
from django.conf import settings as host_settings

from civic_sourcing.core.conf import conf

FRAMEWORK = "django.tasks" if find_spec("django.tasks") else "django_tasks"
"""Django 6 has tasks of its own, and workers made for it take no others."""

_backends = import_module(FRAMEWORK).task_backends
_at_once = tuple(
    import_module(f"{framework}.backends.immediate").ImmediateBackend
    for framework in {FRAMEWORK, "django_tasks"}
)


def task(function: Callable[..., Any]) -> Any:
    """Make ``function`` a task of the class that the backend ``TASK_BACKEND`` works on."""
    alias = conf.TASK_BACKEND
    if not _is_set(alias):
        return import_module(FRAMEWORK).task(function)
    older = issubclass(_backends[alias].task_class, django_tasks.base.Task)
    framework = django_tasks if older else import_module(FRAMEWORK)
    return framework.task(function, backend=alias)


def hand_to_worker(task: Any, **arguments: Any) -> bool:
    """
    Enqueue ``task`` with the backend ``TASK_BACKEND`` and tell whether a worker will find it.

    ``False`` where ``TASKS`` has no such backend, or one that would do the work at once and so keep
    the request waiting: then a job of ``civic_tick`` has to do it. Call it after commit.
    """
    alias = conf.TASK_BACKEND
    if not _is_set(alias) or isinstance(_backends[alias], _at_once):
        return False
    task.using(backend=alias).enqueue(**arguments)
    return True


def _is_set(alias: str) -> bool:
    return alias in (getattr(host_settings, "TASKS", None) or {})
