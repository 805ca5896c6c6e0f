"""What the database itself keeps of ideas: a page is live exactly while the ledger says so."""

from __future__ import annotations

from typing import Any

import swapper

from civic_sourcing.attribution.models import Contribution
from civic_sourcing.attribution.models.contributions import PUBLIC
from civic_sourcing.core.triggers import Event, Trigger, register_trigger


def keep_in_step_with_ledger(model: Any) -> None:
    """
    Refuse to take a public idea of ``model`` offline, and to put online what is not public.

    The base page's row is guarded, so that this holds also where no method of the page is asked:
    queryset updates and statements by hand. The ledger changes its state first, then the page.
    """
    pages = swapper.load_model("wagtailcore", "Page")._meta.db_table
    ideas, rows = model._meta.db_table, Contribution._meta.db_table
    public = ", ".join(f"'{state.value}'" for state in sorted(PUBLIC))
    for suffix, change, states, message in (
        ("public_stays", "OLD.live AND NOT NEW.live", f"IN ({public})", "taken offline"),
        ("hidden_stays", "NEW.live AND NOT OLD.live", f"NOT IN ({public})", "put online"),
    ):
        refuse_when = (
            f"{change} AND EXISTS (SELECT 1 FROM {ideas} i JOIN {rows} c"  # noqa: S608 - names of ours
            f" ON c.id = i.contribution_id WHERE i.{model._meta.pk.column} = OLD.id"
            f" AND c.state {states})"
        )
        register_trigger(
            Trigger(
                f"civic_ideas_{model._meta.model_name}_{suffix}",
                pages,
                Event.UPDATE,
                refuse_when,
                f"An idea is not {message} past the ledger: hide or restore its contribution.",
                reads=(ideas, rows),
            )
        )
