"""
A step somebody takes: one class, one verb, one door for views, admin, API, commands and tests.

Order of locks: idempotency key, subject, whatever ``perform`` locks, and last the heads of the
audit chains. Keep to it in ``perform``: reach further rows in a fixed order.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import router, transaction
from django.db.models import Model, ObjectDoesNotExist
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core import audit, clock
from civic_sourcing.core.actors import actor_uuid
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.idempotency import Claim
from civic_sourcing.core.policies import Occasion, Policy

Subject = TypeVar("Subject", bound=Model)


class Action(Generic[Subject]):
    """
    Take one step on one subject: refuse it with a sentence, or perform, log and announce it.

    Subclasses name their ``verb`` (imperative, also the log's), their ``policy`` and the past-tense
    signal they announce, and write ``check`` and ``perform``. ``by`` is the user, or ``None`` for
    the system itself. Further keyword arguments become attributes. With an ``idempotency_key``
    a repeated request returns the first result and does nothing else; then ``repeated`` is true.

    The signal is sent after commit with ``sender`` (the class), ``action``, ``subject`` and
    ``result``. A receiver that fails is logged and does not disturb what is already done.
    """

    verb: ClassVar[str]
    policy: ClassVar[Policy]
    announces: ClassVar[Signal | None] = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        policy = getattr(cls, "policy", None)
        if hasattr(cls, "verb") and not isinstance(policy, Policy):
            raise TypeError(f"{cls.__name__}.policy must be a Policy, not {policy!r}.")

    def __init__(
        self,
        subject: Subject,
        *,
        by: Any,
        idempotency_key: str | None = None,
        **arguments: Any,
    ) -> None:
        for name in arguments:
            if hasattr(Action, name) or name in RESERVED:
                raise TypeError(f"{type(self).__name__} cannot take an argument named {name!r}.")
        if subject.pk is None:
            raise ValueError(f"{type(self).__name__} needs a saved subject, not {subject!r}.")
        self.subject = subject
        self.by = by
        self.idempotency_key = idempotency_key or None
        self.arguments = arguments
        self.using = router.db_for_write(type(subject), instance=subject)
        self.repeated = False
        self.__dict__.update(arguments)

    @classmethod
    def name(cls) -> str:
        """Return the name in the log, ``civic_ideas.shortlist``."""
        app = apps.get_containing_app_config(cls.__module__)
        return f"{app.label if app else cls.__module__.partition('.')[0]}.{cls.verb}"

    def execute(self) -> Any:
        """
        Take the step and return what ``perform`` returned.

        Raises ``ActionForbidden`` or ``ActionRefused`` with nothing stored. The time that decides,
        ``self.at``, is the database's after the subject's lock is held.
        """
        with transaction.atomic(using=self.using), audit.gathering(self.using) as drafts:
            self.actor = actor_uuid(self.by)
            claim = self._claim()
            if claim and not claim.take():
                self.repeated = True
                return claim.first_result()
            self.subject = self.fresh_subject()
            self.at = clock.now(self.using)
            self._ask_policy()
            self.check()
            subject = self.audit_subject()
            self.result = self.perform()
            if claim:
                claim.keep(self.result)
            drafts.append(self._draft(subject))
            transaction.on_commit(self._announce, using=self.using, robust=True)
        return self.result

    def was_taken_before(self) -> bool:
        """Tell whether the step was taken with this idempotency key and would only repeat."""
        self.actor = actor_uuid(self.by)
        claim = self._claim()
        return claim is not None and claim.is_taken()

    def check(self) -> None:
        """Raise ``ActionRefused`` where the state of the fresh subject speaks against the step."""

    def perform(self) -> Any:
        """Take the step on the fresh, locked subject."""
        raise NotImplementedError

    def chain(self) -> UUID:
        """Return the audit chain of the step: that of the subject's process."""
        process = getattr(self.subject, "process", None)
        if process is None:
            raise TypeError(
                f"{self.subject!r} has no process: {type(self).__name__} needs chain()."
            )
        return process.uuid

    def occasion(self) -> Occasion:
        """Return what the policy looks at; its ``extra`` are the action's arguments."""
        return Occasion(self.by, self.subject, self.at, self.arguments)

    def content(self) -> Mapping[str, Any]:
        """Return what tells this request from another one with the same idempotency key."""
        return {"subject": self.subject, "arguments": self.arguments}

    def audit_subject(self) -> tuple[str, str]:
        """Return kind and identifier for the log: label and UUID, or key where there is none."""
        identifier = getattr(self.subject, "uuid", None) or self.subject.pk
        return self.subject._meta.label_lower, str(identifier)

    def audit_details(self) -> dict[str, Any]:
        """Return identifiers, whole numbers and codes for the log. No personal text."""
        return {}

    def audit_reason(self) -> audit.Reason | None:
        """Return reference and salted digest of the reason given, if one was."""
        return None

    def fresh_subject(self) -> Any:
        """
        Return the subject's row as it is now, locked until the transaction ends.

        For multi-table rows such as pages the outermost parent's row is locked, which every class
        of the same row shares, and the most specific row is returned. Foreign keys may still be
        pointed at a locked row. Raises ``ActionRefused`` with code ``gone`` where it is deleted.
        """
        model = type(self.subject)
        root = _root(model)
        key = getattr(self.subject, root._meta.pk.attname)
        try:
            fresh = root._base_manager.using(self.using).select_for_update(no_key=True).get(pk=key)
            if root is not model:
                fresh = model._base_manager.using(self.using).get(pk=self.subject.pk)
        except ObjectDoesNotExist:
            raise gone() from None
        return _most_specific(fresh)

    def _claim(self) -> Claim | None:
        if self.idempotency_key is None:
            return None
        scope = [self.name(), str(self.actor)]
        return Claim(self.idempotency_key, scope=scope, content=self.content(), using=self.using)

    def _ask_policy(self) -> None:
        refusal = self.policy.refusal(self.occasion())
        if refusal:
            raise refusal.error()

    def _draft(self, subject: tuple[str, str]) -> audit.Draft:
        return audit.Draft(
            chain=self.chain(),
            action=self.name(),
            actor=self.actor,
            subject=subject,
            details=self.audit_details(),
            reason=self.audit_reason(),
            at=self.at,
        )

    def _announce(self) -> None:
        if self.announces is not None:
            self.announces.send_robust(
                sender=type(self), action=self, subject=self.subject, result=self.result
            )


RESERVED = frozenset(
    {"actor", "arguments", "at", "policy", "repeated", "result", "subject", "using", "verb"}
)


def gone() -> ActionRefused:
    """Return the refusal for a subject that is no longer there."""
    return ActionRefused(_("This no longer exists. It was deleted in the meantime."), code="gone")


def _most_specific(row: Any) -> Any:
    return row.specific if hasattr(row, "specific_class") else row


def _root(model: type[Model]) -> type[Model]:
    root = model._meta.concrete_model or model
    while root._meta.parents:
        root = next(iter(root._meta.parents))
    return root._meta.concrete_model or root
