"""The town of the tests as a server runs it: connections are kept, PostgreSQL is its own."""

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES

DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
LOGGING = {"version": 1, "disable_existing_loggers": True}
