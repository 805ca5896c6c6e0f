"""``{% process_status process as status %}``: where a process stands now."""

from django import template
from django.template.context import Context

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
