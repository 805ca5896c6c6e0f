"""The words of the news about decisions and awards."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NAMED = _("You are named as a winner: %(challenge)s")
NAMED_BODY = _(
    "“%(entry)s” is named for place %(place)s. Until %(until)s everybody can say that it uses work "
    "of others; after that the award is offered to you. How it was judged is at the address below."
)
ADVANCES = _("Your entry goes on: %(challenge)s")
ADVANCES_BODY = _(
    "“%(entry)s” goes on to the next phase. You can hand in for it until %(until)s. How it was "
    "judged is at the address below."
)
ADVANCES_ONLY = _(
    "“%(entry)s” goes on to the next phase. How it was judged is at the address below."
)
NOT_NAMED = _("It is decided: %(challenge)s")
NOT_NAMED_BODY = _(
    "Your entry is not among those that win or go on. Thank you for taking part. What judges gave "
    "and said, and where the field stood, is at the address below."
)
NO_AWARD_BODY = _(
    "Nobody wins this phase. The reason: %(reason)s What judges gave and said, and where the field "
    "stood, is at the address below."
)
WITHDRAWN = _("The decision was taken back: %(challenge)s")
WITHDRAWN_BODY = _(
    "What you were told about winners does not hold any more. The reason: %(reason)s You will be "
    "told when it is decided anew."
)
OFFERED = _("An award is offered to you: %(challenge)s")
OFFERED_BODY = _(
    "The public verification of “%(entry)s” is over: place %(place)s, %(money)s. Whoever leads the "
    "entry now says at the address below whether you accept."
)
NO_MONEY = _("without money")
ACCEPTED = _("Papers are needed: %(challenge)s")
ACCEPTED_BODY = _(
    "The award for “%(entry)s” is accepted. Before it can be paid, the city needs the papers that "
    "show whom to pay, and that they may be paid. Whom you can ask: %(contact)s"
)
ACCEPTED_WITHOUT_MONEY = _(
    "The award for “%(entry)s” is accepted. It is final once the city has the papers that show "
    "whom it goes to. Whom you can ask: %(contact)s"
)
DECLINED = _("The award was declined: %(challenge)s")
DECLINED_BODY = _(
    "Whoever leads “%(entry)s” has declined the award. Nothing is paid, and all rights are yours."
)
PAPERS = _("Your papers are complete: %(challenge)s")
PAPERS_BODY = _(
    "Everything is there to pay the award for “%(entry)s”, %(money)s. It is paid as milestones are "
    "reached; when that is planned is at the address below."
)
PAID = _("An instalment was paid: %(challenge)s")
PAID_BODY = _("%(money)s for “%(milestone)s”, on %(date)s.")
FINAL = _("Your award is final: %(challenge)s")
FINAL_BODY = _("The award for “%(entry)s” is complete. Nothing more is needed from you.")
CANCELLED = _("Your award was cancelled: %(challenge)s")
CANCELLED_BODY = _("The award for “%(entry)s” is cancelled. The public reason: %(reason)s")
NOT_CARRIED_OUT = _("Your solution is not carried out: %(challenge)s")
NOT_CARRIED_OUT_BODY = _(
    "The city will not carry out “%(entry)s”. On %(date)s all rights in it go back to you; the "
    "award stays yours."
)
RIGHTS_BACK = _("All rights are yours again: %(challenge)s")
RIGHTS_BACK_BODY = _(
    "The rights in “%(entry)s” have gone back to you, as it was not carried out. The city does not "
    "use it, and the award stays yours."
)
CLAIMED = _("Somebody objects: %(challenge)s")
CLAIMED_BODY = _(
    "In the public verification somebody says that “%(entry)s” uses their work. The award waits "
    "until that is decided. Who speaks for the entry has been asked to answer."
)
CLAIM_CLOSED = _("An objection is decided: %(challenge)s")
CLAIM_CLOSED_BODY = _(
    "The claim about “%(entry)s” is closed. What was decided is known to those it concerns; the "
    "award goes on from there."
)
