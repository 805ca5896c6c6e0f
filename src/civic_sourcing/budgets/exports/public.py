"""What everybody may read of the document of a count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from civic_sourcing.budgets.small_areas import LEFT_OUT, discreet, has_small_areas


def public_document(document: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return the document as ``count``; where few live in an area, without how many voted there.

    ``withheld`` names what is left out then: the fingerprint is of the whole.
    """
    if not has_small_areas(document):
        return {"count": document}
    return {"count": discreet(document), "withheld": list(LEFT_OUT)}
