from civic_sourcing.challenges.desk import hooks as _desk_hooks  # noqa: F401
from civic_sourcing.challenges.entries_desk import hooks as _entries_hooks  # noqa: F401
from civic_sourcing.challenges.panel import hooks as _judging_hooks  # noqa: F401
from civic_sourcing.challenges.results_desk import hooks as _results_hooks  # noqa: F401
