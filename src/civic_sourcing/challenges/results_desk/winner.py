"""What the page of winners says of one award: a summary in each language, and a picture."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import get_content_languages
from wagtail.images import get_image_model
from wagtail.images.models import Image
from wagtail.images.widgets import AdminImageChooser
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from civic_sourcing.challenges.awards.actions import ALTERNATIVE, SUMMARY, DescribeWinner
from civic_sourcing.challenges.desk.words import Words
from civic_sourcing.challenges.entering.places import address as public_address
from civic_sourcing.challenges.entering.places import page_of
from civic_sourcing.challenges.models import Award
from civic_sourcing.challenges.results_desk.base import FOLDER, ResultsScreen, address
from civic_sourcing.core.forms import PlainTextField

DESCRIBE = "describe"
WORDS = Words(_("Summary (%(language)s)"), SUMMARY, rows=4)


class WinnerForm(forms.Form):
    """A summary by language, a picture of the site, and what it shows for who cannot see it."""

    picture: Any = forms.ModelChoiceField(
        None, label=_("Picture"), required=False, widget=AdminImageChooser
    )
    alternative = PlainTextField(
        label=_("What the picture shows"),
        help_text=_("For people who cannot see it. Needed with a picture."),
        max_length=ALTERNATIVE,
        single_line=True,
        required=False,
    )

    def __init__(self, *args: Any, award: Award, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts: dict[str, forms.Field] = {
            f"summary_{code}": WORDS.field(code, language)
            for code, language in get_content_languages().items()
        }
        self.fields = {**texts, **self.fields}
        picture: Any = self.fields["picture"]
        picture.queryset = pictures_for(user, award)
        self.initial = {
            "picture": award.picture_id,
            "alternative": award.picture_alternative,
            **{f"summary_{code}": award.summary.get(code, "") for code in get_content_languages()},
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("picture") and not cleaned.get("alternative"):
            self.add_error("alternative", _("Please say what the picture shows."))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """What ``DescribeWinner`` takes."""
        data = self.cleaned_data
        codes = get_content_languages()
        return {
            "summary": {code: data[f"summary_{code}"] for code in codes},
            "picture": data["picture"],
            "alternative": data["alternative"],
        }


def pictures_for(user: Any, award: Award) -> Any:
    """Images that ``user`` may choose, and the one that is there."""
    policy = CollectionOwnershipPermissionPolicy(
        get_image_model(), auth_model=Image, owner_field_name="uploaded_by_user"
    )
    mine = policy.instances_user_has_permission_for(user, "choose")
    present = get_image_model().objects.filter(pk=award.picture_id)
    return get_image_model().objects.filter(pk__in=mine.values("pk")) | present


class WinnerScreen(ResultsScreen):
    """Summary and picture of one award; they stand on the page of winners at once."""

    template_name = f"{FOLDER}/winner.html"
    page_title = _("On the page of winners")
    steps = {DESCRIBE: "describe"}

    @cached_property
    def award(self) -> Award:
        rows = Award.objects.filter(placement__entry__process=self.process)
        rows = rows.select_related("placement__entry__contribution", "placement__decision__round")
        return get_object_or_404(rows, uuid=self.kwargs["award"])

    def trail(self) -> list[tuple[str, Any]]:
        entry = self.award.placement.entry
        above = address("award", self.process.uuid, self.award.uuid)
        return [*super().trail(), (above, entry.title or _("Award"))]

    @property
    def next_url(self) -> str:
        return address("winner", self.process.uuid, self.award.uuid)

    def make_forms(self) -> dict[str, Any]:
        data = self.request.POST if self.step == DESCRIBE else None
        return {DESCRIBE: WinnerForm(data, award=self.award, user=self.request.user)}

    def describe(self, form: Any) -> None:
        DescribeWinner(self.award, by=self.request.user, **form.arguments()).execute()
        self.done = _("Saved. It stands on the page of winners.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contribution = self.award.placement.entry.contribution
        return super().get_context_data(**kwargs) | {
            "award": self.award,
            "round": self.award.placement.decision.round,
            "winners_page": public_address(page_of(self.process), "winners"),
            "is_public": contribution is not None and contribution.is_public,
        }
