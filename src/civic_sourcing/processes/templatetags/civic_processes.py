"""``{% process_status process as status %}``: where a process stands now."""

from django import template

from civic_sourcing.core import clock
from civic_sourcing.processes.process import Process
from civic_sourcing.processes.status import ProcessStatus

register = template.Library()


@register.simple_tag
def process_status(process: Process) -> ProcessStatus:
    """Return the status of ``process``; one query for the time, one for phases not prefetched."""
    return ProcessStatus(process, clock.now())
