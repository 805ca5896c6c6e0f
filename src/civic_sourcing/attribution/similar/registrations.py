"""What similar contributions need of the rooms below."""

from civic_sourcing.attribution.similar.jobs import index_stragglers
from civic_sourcing.attribution.similar.personal_records import DifferenceRecords
from civic_sourcing.core.personal_records import register_personal_records
from civic_sourcing.core.tick import register_tick


def register_similar() -> None:
    register_personal_records(DifferenceRecords())
    register_tick("civic_attribution.similar", index_stragglers)
