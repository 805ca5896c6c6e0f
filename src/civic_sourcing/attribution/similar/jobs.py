"""What the tick does for the index: little, because filing itself keeps it."""

from datetime import datetime

from civic_sourcing.attribution.similar import index

BATCHES_PER_TICK = 4


def index_stragglers(at: datetime) -> str:
    """Index what came in by another way (an import, a restore), some of it at every tick."""
    return f"{sum(index.rebuild(batches=BATCHES_PER_TICK))} indexed"
