"""
The audit log: append-only, hash-chained per process, without foreign keys and personal text.

``record`` appends (actions do it by themselves), ``verify`` walks the chains, other rooms add what
they can verify with ``register_verifier``.
"""

from civic_sourcing.core.audit.entries import Draft, Reason, append, gathering, record
from civic_sourcing.core.audit.fingerprints import (
    GENESIS,
    canonical_json,
    entry_fingerprint,
    salted_digest,
)
from civic_sourcing.core.audit.guards import register_guards
from civic_sourcing.core.audit.verification import (
    Finding,
    Report,
    Verification,
    compare_heads,
    register_undisclosed,
    register_verifier,
    undisclosed,
    verify,
    verify_audit_log,
    verify_triggers,
)
from civic_sourcing.core.models import AuditChain, AuditEntry

__all__ = [
    "GENESIS",
    "AuditChain",
    "AuditEntry",
    "Draft",
    "Finding",
    "Reason",
    "Report",
    "Verification",
    "append",
    "canonical_json",
    "compare_heads",
    "entry_fingerprint",
    "gathering",
    "record",
    "register_guards",
    "register_undisclosed",
    "register_verifier",
    "salted_digest",
    "undisclosed",
    "verify",
    "verify_audit_log",
    "verify_triggers",
]
