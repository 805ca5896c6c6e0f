"""Why the city does not do, or not quite, what was proposed: short codes beside the text."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Label = str | Promise

_reasons: dict[str, Label] = {}


def register_reason(code: str, label: Label) -> None:
    """Let answers give ``code`` as a reason. A second call puts another label to it."""
    if not code.isascii() or not code.replace("-", "").isalnum() or len(code) > 32:
        raise ValueError(f"code must be up to 32 ASCII letters, digits and hyphens, not {code!r}.")
    _reasons[code] = label


def reasons() -> Mapping[str, Label]:
    """All codes with their labels, in order of registration."""
    return dict(_reasons)


def reason_label(code: str) -> Label:
    """The words of a code; one that is not registered any more speaks for itself."""
    return _reasons.get(code, code)


for _code, _label in (
    ("not-competent", _("Somebody else is responsible")),
    ("law", _("The law does not allow it")),
    ("no-money", _("There is no money for it")),
    ("costs-benefit", _("It costs more than it helps")),
    ("not-feasible", _("It cannot be built or done")),
    ("exists", _("It exists already")),
    ("planned", _("It is planned already")),
    ("other-plans", _("It collides with other plans")),
    ("others-rights", _("It would harm the rights of others")),
    ("not-enough-support", _("Too few people support it")),
    ("too-vague", _("It is not clear enough what is wanted")),
    ("other", _("Another reason, see the text")),
):
    register_reason(_code, _label)
