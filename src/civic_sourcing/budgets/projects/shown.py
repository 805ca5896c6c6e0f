"""How facts of a project read."""

from __future__ import annotations

from civic_sourcing.core.money import format_money


def cost_text(cost: int, cost_least: int | None, currency: str) -> str:
    """A cost, or a range of costs, as people write it in the active language."""
    most = format_money(cost, currency)
    if cost_least is None or cost_least == cost:
        return most
    return f"{format_money(cost_least, currency)} – {most}"
