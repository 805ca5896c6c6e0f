"""What happens in judging, told after commit with ``action``, ``subject`` and ``result``."""

from django.dispatch import Signal

judge_invited = Signal()
"""Somebody was asked to judge. Subject: the challenge’s facts; result: the judge."""

judge_accepted = Signal()
"""Somebody joined a panel. Subject and result: the judge."""

judge_declined = Signal()
"""Somebody does not join a panel. Subject and result: the judge."""

judge_stepped_down = Signal()
"""A judge left the panel. Subject and result: the judge."""

entries_assigned = Signal()
"""Entries were shared out. Subject: the round; result: the plan."""

conflict_declared = Signal()
"""A judge said whether there is a conflict of interest. Subject and result: the assignment."""

sheet_completed = Signal()
"""A judge handed in a score sheet. Subject: the assignment; result: the sheet."""
