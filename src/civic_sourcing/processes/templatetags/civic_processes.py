"""``{% process_status process as status %}``: where a process stands now."""

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from civic_sourcing.core import clock
from civic_sourcing.processes.process import Process
from civic_sourcing.processes.status import ProcessStatus

register = template.Library()


@register.simple_tag(takes_context=True)
def process_status(context: Context, process: Process) -> ProcessStatus:
    """
    Return the status of ``process``: one query for the time, if nothing on this page has asked for
    it yet, and one for phases not prefetched.
    """
    request = getattr(context, "request", None)
    return ProcessStatus(process, clock.of_request(request) if request else clock.now())


@register.simple_tag(takes_context=True)
def civic_styles(context: Context) -> SafeString | str:
    """
    Bring our style sheet along, once a page, for blocks on pages that do not extend ours.

    A ``link`` to a style sheet may stand in the body; all our rules are in a layer of their own.
    """
    request = context.get("request")
    if getattr(request, "_civic_styles", False):
        return ""
    if request is not None:
        request._civic_styles = True
    return format_html('<link rel="stylesheet" href="{}">', static("civic_sourcing/civic.css"))
