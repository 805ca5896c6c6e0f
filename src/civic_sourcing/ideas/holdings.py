"""What a forum holds, and so may not simply vanish."""

from django.utils.translation import ngettext

from civic_sourcing.ideas.models import IdeaPage
from civic_sourcing.processes.holdings import Holding
from civic_sourcing.processes.models import Process


def ideas_held(process: Process) -> Holding | None:
    """The ideas of a forum, published or not."""
    count = IdeaPage.objects.of(process).count()
    return Holding(ngettext("%(count)d idea", "%(count)d ideas", count) % {"count": count}, count)
