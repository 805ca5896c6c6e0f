"""The kind of process an idea forum is, and the keys of the phases it may have (see ``phases``)."""

IDEAS = "ideas"
COLLECT = "collect"
SUPPORT = "support"
REVIEW = "review"
ANSWER = "answer"
