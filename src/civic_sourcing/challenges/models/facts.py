"""What is true of a challenge in all its languages: who poses it, on what basis, for how much."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.core.money import format_money, validate_currency
from civic_sourcing.processes.naming import in_language


class ChallengeType(models.TextChoices):
    """What kind of solution is asked for."""

    ANALYTICS = "analytics", _("Analytics, visualizations, algorithms")
    BUSINESS = "business-plans", _("Business plans")
    CREATIVE = "creative", _("Creative (multimedia & design)")
    IDEAS = "ideas", pgettext_lazy("challenge type", "Ideas")
    NOMINATIONS = "nominations", _("Nominations")
    SCIENTIFIC = "scientific", _("Scientific")
    SOFTWARE = "software", _("Software and apps")
    TECHNOLOGY = "technology", _("Technology demonstration and hardware")


class EditorialState(models.TextChoices):
    """Where the challenge is on its way to the public."""

    DRAFT = "draft", pgettext_lazy("challenge", "Draft")
    IN_REVIEW = "in_review", _("In review")
    EDITS_REQUESTED = "edits_requested", _("Edits requested")
    APPROVED = "approved", pgettext_lazy("challenge", "Approved")
    PUBLISHED = "published", pgettext_lazy("challenge", "Published")
    ARCHIVED = "archived", pgettext_lazy("challenge", "Archived")


class TieRule(models.TextChoices):
    """Who goes first of entries with equal scores."""

    SHARED = "shared", _("They share the place")
    CRITERION = "criterion", _("The higher score in the first criterion, then in the second …")
    EARLIER = "earlier", _("The entry that was handed in first")


class LegalAuthority(models.Model):
    """What allows the city to give prizes: a law, a charter, a decision of the council."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    names = models.JSONField(_("name"), default=dict)
    explanations = models.JSONField(_("what it allows"), default=dict, blank=True)
    retired = models.BooleanField(_("not offered any more"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.names) or self.key


class ChallengeFactsQuerySet(models.QuerySet["ChallengeFacts"]):
    def of(self, process: Any) -> ChallengeFacts:
        """The facts of ``process``; new ones, not saved, where nobody has said any."""
        return self.filter(process=process).first() or ChallengeFacts(process=process)

    def out(self) -> ChallengeFactsQuerySet:
        """Those people can see: published, and perhaps archived since."""
        archived = Q(state=EditorialState.ARCHIVED, published_at__isnull=False)
        return self.filter(Q(state=EditorialState.PUBLISHED) | archived)


class ChallengeFacts(models.Model):
    """
    One challenge. Texts are on its pages, dates and criteria in its rounds.

    ``prize_total`` is whole minor units of ``currency`` (empty: nobody has said), ``prize_up_to``
    whether it is a ceiling. ``more_types`` and ``audiences`` are lists of keys. ``public_percent``
    and ``peer_percent`` are shares of the total score, ``judges_each`` is how many judges score an
    entry (0: all). ``imported_id`` is the key in the file it came from.
    """

    process = models.OneToOneField(
        "civic_processes.Process", on_delete=models.CASCADE, related_name="challenge"
    )
    department = models.ForeignKey(
        "civic_answers.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="challenges",
        verbose_name=_("department"),
    )
    department_name = models.CharField(_("department as announced"), max_length=200, blank=True)
    agency = models.CharField(_("office"), max_length=200, blank=True)
    other_offices = models.TextField(_("other public bodies"), max_length=2000, blank=True)
    other_partners = models.TextField(_("other partners"), max_length=2000, blank=True)
    contact = models.TextField(_("contact"), max_length=1000, blank=True)
    managers = models.ManyToManyField(
        "civic_participants.Participant",
        blank=True,
        related_name="managed_challenges",
        verbose_name=_("managers"),
    )
    primary_type = models.CharField(_("type"), max_length=20, choices=ChallengeType, blank=True)
    more_types = models.JSONField(_("further types"), default=list, blank=True)
    other_type = models.CharField(_("another type"), max_length=100, blank=True)
    audiences = models.JSONField(_("whom it is for"), default=list, blank=True)
    fiscal_years = models.CharField(_("fiscal years"), max_length=100, blank=True)
    authority = models.ForeignKey(
        LegalAuthority,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="challenges",
        verbose_name=_("legal basis"),
    )
    currency = models.CharField(_("currency"), max_length=3, validators=[validate_currency])
    prize_total = models.PositiveBigIntegerField(_("prize money"), null=True, blank=True)
    prize_up_to = models.BooleanField(_("up to"), default=False)
    has_other_prizes = models.BooleanField(_("prizes that are not money"), default=False)
    external_url = models.URLField(_("address where entries are taken"), max_length=500, blank=True)
    state = models.CharField(
        _("state"), max_length=16, choices=EditorialState, default=EditorialState.DRAFT
    )
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    publish_on = models.DateTimeField(_("to be published"), null=True, blank=True)
    archived_at = models.DateTimeField(_("archived"), null=True, editable=False)
    frozen_at = models.DateTimeField(_("frozen since"), null=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    sealed = models.BooleanField(
        _("sealed"),
        default=True,
        help_text=_("Nobody reads an entry before the deadline, staff included."),
    )
    blind = models.BooleanField(
        _("blind"), default=False, help_text=_("Judges do not learn who made an entry.")
    )
    judges_each = models.PositiveSmallIntegerField(_("judges for an entry"), default=3)
    public_percent = models.PositiveSmallIntegerField(
        _("share of the public vote, in percent"), default=0, validators=[MaxValueValidator(100)]
    )
    peer_percent = models.PositiveSmallIntegerField(
        _("share of other solvers' scores, in percent"),
        default=0,
        validators=[MaxValueValidator(100)],
    )
    corrects_severity = models.BooleanField(
        _("harsh and mild judges are balanced"),
        default=True,
        help_text=_(
            "Where judges see different entries, how much harsher or milder each is than the panel "
            "is taken off. The plain mean is shown beside it."
        ),
    )
    tie = models.CharField(
        _("equal scores"), max_length=12, choices=TieRule, default=TieRule.SHARED
    )
    takes_teams = models.BooleanField(_("teams may enter"), default=True)
    team_roles = models.JSONField(_("roles a team must have"), default=list, blank=True)
    verification_days = models.PositiveSmallIntegerField(
        _("days of public verification"), default=10
    )
    cancel_years = models.PositiveSmallIntegerField(
        _("years in which an award can be cancelled"), default=5
    )
    rights_back_days = models.PositiveSmallIntegerField(
        _("days until rights go back if nothing was carried out"), default=365
    )
    keep_days = models.PositiveSmallIntegerField(
        _("days entries that were not chosen are kept"), default=365
    )
    imported_id = models.BigIntegerField(null=True, unique=True, editable=False)
    imported_opens_at = models.DateTimeField(null=True, editable=False)
    imported_closes_at = models.DateTimeField(null=True, editable=False)
    source_url = models.URLField(_("source"), max_length=500, blank=True)
    source_digest = models.CharField(max_length=64, blank=True, editable=False)

    wagtail_reference_index_ignore = True

    objects = ChallengeFactsQuerySet.as_manager()

    class Meta:
        verbose_name = _("facts of a challenge")
        verbose_name_plural = _("facts of challenges")
        constraints = [
            models.CheckConstraint(
                name="civic_challenge_state_known",
                condition=Q(state__in=EditorialState.values),
                violation_error_message=_("This state is not known."),
            ),
            models.CheckConstraint(
                name="civic_challenge_type_known",
                condition=Q(primary_type__in=["", *ChallengeType.values]),
                violation_error_message=_("This type is not known."),
            ),
            models.CheckConstraint(
                name="civic_challenge_tie_known",
                condition=Q(tie__in=TieRule.values),
                violation_error_message=_("This rule is not known."),
            ),
            models.CheckConstraint(
                name="civic_challenge_shares",
                condition=Q(public_percent__lte=100 - F("peer_percent")),
                violation_error_message=_("The shares together are more than everything."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.process)

    @property
    def types(self) -> list[str]:
        """All its types, the primary one first, each once."""
        return list(dict.fromkeys(key for key in (self.primary_type, *self.more_types) if key))

    @property
    def imported(self) -> bool:
        return self.imported_id is not None

    @property
    def prize(self) -> str:
        """The prize money in words; empty where nobody has said."""
        if self.prize_total is None:
            return ""
        return str(format_money(self.prize_total, self.currency))


class Prize(models.Model):
    """
    A part of the prizes: what ``winners`` entries get each, or share if ``shared``.

    ``amount`` is whole minor units for all of them together (0: no money). ``others`` says, by
    language, what there is beside money. ``round`` is the phase it is given in (empty: the last).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    process = models.ForeignKey(
        "civic_processes.Process", on_delete=models.CASCADE, related_name="prizes"
    )
    round = models.ForeignKey(
        "civic_challenges.Round",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="prizes",
        verbose_name=_("phase"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    place = models.PositiveSmallIntegerField(_("place"), null=True, blank=True)
    titles = models.JSONField(_("name"), default=dict)
    others = models.JSONField(_("beside money"), default=dict, blank=True)
    amount = models.PositiveBigIntegerField(_("amount"), default=0)
    winners = models.PositiveSmallIntegerField(_("winners"), default=1)
    shared = models.BooleanField(_("split evenly among the winners"), default=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("prize")
        verbose_name_plural = _("prizes")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="civic_prize_has_winners",
                condition=Q(winners__gt=0),
                violation_error_message=_("A prize needs at least one winner."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self.titles)

    @property
    def other(self) -> str:
        return in_language(self.others)

    @property
    def each(self) -> int:
        """What one winner gets if all places are filled; what does not divide stays over."""
        return self.amount // self.winners


class Approval(models.Model):
    """Somebody named approved a sum above a limit."""

    process = models.ForeignKey(
        "civic_processes.Process", on_delete=models.CASCADE, related_name="challenge_approvals"
    )
    limit = models.PositiveBigIntegerField(_("limit"))
    name = models.CharField(_("who approved"), max_length=200)
    office = models.CharField(_("office"), max_length=200)
    approved_on = models.DateField(_("approved on"))
    reference = models.CharField(_("file number"), max_length=200, blank=True)
    noted_by = models.UUIDField(editable=False)
    noted_at = models.DateTimeField(editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("approval of a sum")
        verbose_name_plural = _("approvals of sums")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class ReviewMessage(models.Model):
    """
    A step of the review, with what was said to whoever goes on.

    Of an approval ``digests`` keeps the SHA-256 of the texts that were approved, by language.
    """

    process = models.ForeignKey(
        "civic_processes.Process", on_delete=models.CASCADE, related_name="review_messages"
    )
    state = models.CharField(_("state"), max_length=16, choices=EditorialState)
    section = models.CharField(_("section"), max_length=16, blank=True)
    text = models.TextField(_("message"), max_length=5000, blank=True)
    digests = models.JSONField(default=dict, blank=True, editable=False)
    by = models.ForeignKey(
        "civic_participants.Participant",
        on_delete=models.SET_NULL,
        null=True,
        related_name="review_messages",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"), editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("message of a review")
        verbose_name_plural = _("messages of reviews")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.get_state_display()
