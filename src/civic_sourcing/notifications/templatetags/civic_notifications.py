from django import template
from django.template.context import Context

from civic_sourcing.notifications.models import Notification

register = template.Library()

REMEMBERED_AS = "_civic_unread_notifications"


@register.simple_tag(takes_context=True)
def unread_notifications(context: Context) -> int:
    """
    Return how many notifications the person who looks at this page has not read; 0 when signed out.

    One query for a page, however often it is asked::

        {% load civic_notifications %}{% unread_notifications as unread %}
    """
    request = context.get("request")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return 0
    if not hasattr(request, REMEMBERED_AS):
        setattr(request, REMEMBERED_AS, Notification.objects.inbox(user).unread().count())
    return getattr(request, REMEMBERED_AS)


@register.inclusion_tag("civic_sourcing/notifications/link.html", takes_context=True)
def notifications_link(context: Context, css_class: str = "") -> dict[str, object]:
    """Show a link to the inbox with the number of unread notifications, for the host's header."""
    return {"unread": unread_notifications(context), "css_class": css_class}
