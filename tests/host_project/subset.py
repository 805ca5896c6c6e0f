"""The same site with one optional room (``CIVIC_ROOM``) and the rooms below all of them."""

import os

from .settings import *  # noqa: F403
from .settings import BEFORE, ROOMS

OPTIONAL = {"insights", "challenges", "budgets", "ideas", "comments"}
LEFT_OUT = OPTIONAL - {os.environ.get("CIVIC_ROOM", "")}
INSTALLED_APPS = [*(f"civic_sourcing.{room}" for room in ROOMS if room not in LEFT_OUT), *BEFORE]
# All subsets begin as copies of one database with the migrations they share.
FOUNDATION = [*(f"civic_sourcing.{room}" for room in ROOMS if room not in OPTIONAL), *BEFORE]
