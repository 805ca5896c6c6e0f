from django.core.cache import cache

from civic_sourcing.core.tasks import task
from civic_sourcing.notifications.delivery import deliver

WAKING_KEY = "civic_notifications:waking"


@task
def deliver_outbox() -> str:
    """Send what is due. Asked for again once it has begun, so that nothing falls in between."""
    cache.delete(WAKING_KEY)
    return str(deliver())
