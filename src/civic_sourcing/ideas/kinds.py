"""The kind of process an idea forum is, and the phases it may have."""

from django.utils.translation import gettext_lazy as _

from civic_sourcing.processes.kinds import PhaseKind, register_process_kind

IDEAS = "ideas"
COLLECT = "collect"
SUPPORT = "support"
REVIEW = "review"
ANSWER = "answer"


def register():
    register_process_kind(
        IDEAS,
        _("Idea forum"),
        [
            PhaseKind(
                COLLECT, _("Collecting ideas"), _("Propose ideas and support those of others.")
            ),
            PhaseKind(
                SUPPORT, _("Gathering support"), _("Support the ideas you want to see happen.")
            ),
            PhaseKind(REVIEW, _("Under review"), _("The city is looking at the ideas.")),
            PhaseKind(ANSWER, _("Answers"), _("Read what the city says to each idea.")),
        ],
    )
