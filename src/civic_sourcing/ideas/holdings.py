"""What a forum holds, and so may not simply vanish."""

from civic_sourcing.ideas.contributions import idea_models
from civic_sourcing.ideas.vocabulary import words_of
from civic_sourcing.processes.holdings import Holding
from civic_sourcing.processes.models import Process


def ideas_held(process: Process) -> Holding | None:
    """The ideas of a forum, published or not."""
    count = sum(model.objects.of(process).count() for model in idea_models())
    return Holding(words_of(process).number(count), count)
