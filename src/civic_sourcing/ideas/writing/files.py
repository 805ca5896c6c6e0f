"""Photos and files of a draft: adding them one at a time, taking them out, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from civic_sourcing.attribution.policies import may_moderate
from civic_sourcing.core.forms import PlainTextField, UploadField
from civic_sourcing.core.policies import Occasion
from civic_sourcing.core.spots import in_degrees
from civic_sourcing.core.uploads import Upload, register_uploads
from civic_sourcing.core.uploads.kinds import Kind
from civic_sourcing.ideas.conf import conf
from civic_sourcing.ideas.models import FormQuestion, IdeaDraft, IdeaFile
from civic_sourcing.ideas.writing.drafts import locked
from civic_sourcing.ideas.writing.fields import replies
from civic_sourcing.ideas.writing.plan import FormPlan

PHOTO, ADD, REMOVE = "photo", "add:", "remove:"
ALTERNATIVE_LENGTH = 250
PICTURES = ",".join(kind.media_type for kind in Kind if kind.is_image)


class PhotoForm(forms.Form):
    """One photo, and in words what it shows: for who cannot see it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= photo_fields(gettext_lazy("Photo"))

    def clean_photo(self) -> Any:
        return only_pictures(self.cleaned_data["photo"])


def photo_fields(label: Any, *, required: bool = True) -> dict[str, Any]:
    """A photo, and in words what it shows; who does not need to add one may leave out both."""
    return {
        "photo": UploadField(
            label=label,
            required=required,
            help_text=gettext_lazy("JPEG, PNG or WebP. Where it was taken is removed from it."),
            widget=forms.FileInput(attrs={"accept": PICTURES}),
            error_messages={"required": gettext_lazy("Please choose a photo.")},
        ),
        "alternative": PlainTextField(
            label=gettext_lazy("What does the photo show?"),
            required=required,
            help_text=gettext_lazy("Read out to people who cannot see it."),
            max_length=300,
            max_graphemes=ALTERNATIVE_LENGTH,
            single_line=True,
            error_messages={"required": gettext_lazy("Please say what the photo shows.")},
        ),
    }


def only_pictures(received: Any) -> Any:
    """Return what was received, if anything was. Raises ``ValidationError`` for no picture."""
    if received and not received.kind.is_image:
        raise forms.ValidationError(_("This is not a photo. Please choose a picture."), "type")
    return received


class FileForm(forms.Form):
    """The file that replies to one question."""

    def __init__(self, *args: Any, question: FormQuestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        self.fields[question.field_name] = UploadField(
            label=question.label,
            help_text=question.help,
            error_messages={"required": gettext_lazy("Please choose a file.")},
        )


class AddForms:
    """What can be added to a draft now: a photo, while there is room, and files asked for."""

    def __init__(
        self, plan: FormPlan, draft: IdeaDraft | None, *, filled: forms.Form | None = None
    ) -> None:
        there = list(draft.files.all()) if draft else []
        number = sum(file.question_id is None for file in there)
        self.full = number >= conf.IDEA_PHOTOS
        self.photo: forms.Form | None = None
        if plan.asks("photos") and not self.full:
            self.photo = filled if isinstance(filled, PhotoForm) else PhotoForm()
        replied = {file.question_id: file for file in there}
        self.questions = [
            {
                "question": question,
                "file": replied.get(question.pk),
                "form": _form_for(question, filled),
            }
            for question in plan.file_questions
        ]


def _form_for(question: FormQuestion, filled: forms.Form | None) -> forms.Form:
    if isinstance(filled, FileForm) and filled.question == question:
        return filled
    return FileForm(question=question)


def is_step(go: str) -> bool:
    return go.startswith((ADD, REMOVE))


def step(draft: IdeaDraft, plan: FormPlan, go: str, request: HttpRequest) -> AddForms | None:
    """Add or take out a file; return the forms where something is to be mended."""
    if go.startswith(REMOVE):
        _remove(draft, go.removeprefix(REMOVE))
        return None
    what = go.removeprefix(ADD)
    if what == PHOTO:
        return _add_photo(draft, plan, request)
    question = next((one for one in plan.file_questions if one.field_name == what), None)
    return _add_reply(draft, plan, question, request) if question else None


def _add_photo(draft: IdeaDraft, plan: FormPlan, request: HttpRequest) -> AddForms | None:
    form = PhotoForm(request.POST, request.FILES)
    if not plan.asks("photos") or _is_full(draft):
        return AddForms(plan, draft)
    if not form.is_valid():
        return AddForms(plan, draft, filled=form)
    words = form.cleaned_data
    with transaction.atomic():
        locked(draft)
        if _is_full(draft):
            return AddForms(plan, draft)
        IdeaFile.holding(
            words["photo"],
            draft=draft,
            alternative=words["alternative"],
            position=draft.files.photos().count(),
        ).save()
    return None


def _is_full(draft: IdeaDraft) -> bool:
    return draft.files.photos().count() >= conf.IDEA_PHOTOS


def _add_reply(
    draft: IdeaDraft, plan: FormPlan, question: FormQuestion, request: HttpRequest
) -> AddForms | None:
    form = FileForm(request.POST, request.FILES, question=question)
    if not form.is_valid():
        return AddForms(plan, draft, filled=form)
    received = form.cleaned_data[question.field_name]
    with transaction.atomic():
        locked(draft)
        for before in draft.files.filter(question=question):
            before.delete_with_content()
        IdeaFile.holding(received, draft=draft, question=question, position=100).save()
    return None


def _remove(draft: IdeaDraft, number: str) -> None:
    try:
        file = draft.files.filter(uuid=UUID(number)).first()
    except ValueError:
        return
    if file:
        file.delete_with_content()


def missing(form: Any, plan: FormPlan, draft: IdeaDraft | None) -> bool:
    """Say in ``form`` which files everybody has to hand in are not there yet."""
    there = set(draft.files.values_list("question", flat=True)) if draft and _asks(plan) else set()
    lacking = []
    if plan.asks("photos") and plan.setup.requires("photos") and None not in there:
        lacking.append(_("Please add a photo."))
    lacking += [
        _("Please add a file: %(question)s") % {"question": question.label}
        for question in plan.file_questions
        if question.is_required and question.pk not in there
    ]
    for sentence in lacking:
        form.add_error(None, sentence)
        form.steps["__all__"] = "files"
    return bool(lacking)


def _asks(plan: FormPlan) -> bool:
    return bool(plan.asks("photos") or plan.file_questions)


def facts(
    plan: FormPlan, given: Mapping[str, Any], draft: IdeaDraft | None
) -> list[dict[str, Any]]:
    """What stands beside the text in the preview: place, category, replies, files."""
    latitude, longitude = given.get("coordinates") or (None, None)
    place = [given.get("address"), in_degrees(latitude, longitude)]
    rows = [
        (_("Category"), getattr(given.get("category"), "name", "")),
        (_("District"), getattr(given.get("district"), "name", "")),
        (pgettext("idea", "Place"), " · ".join(part for part in place if part)),
        *((question.label, text) for question, text, _value in replies(plan, given)),
    ]
    if draft and plan.file_questions:
        files = draft.files.filter(question__isnull=False).select_related("question")
        rows += [(file.question.label, file.name) for file in files if file.question]
    return [{"term": term, "text": text} for term, text in rows if text]


# Who may see them once the idea is filed


def register() -> None:
    register_uploads(IdeaFile._meta.label_lower, find=find_file, may_see=may_see_file)


def find_file(uuid: UUID) -> IdeaFile | None:
    rows = IdeaFile.objects.select_related(
        "draft__participant", "contribution__author", "contribution__process"
    )
    return rows.filter(Q(draft__isnull=False) | Q(contribution__isnull=False), uuid=uuid).first()


def may_see_file(user: Any, upload: Upload) -> bool:
    """Who may read the idea, its author while it waits, and moderators."""
    assert isinstance(upload, IdeaFile)
    if upload.draft:
        owner = upload.draft.participant
        return owner is not None and owner.user_id is not None and owner.user_id == user.pk
    contribution = upload.contribution
    if contribution is None:
        return False
    author = contribution.author
    if author is not None and author.user_id is not None and author.user_id == user.pk:
        return True
    if contribution.is_public and _page_is_open_to(user, contribution):
        return True
    signed_in = user is not None and user.is_authenticated
    occasion = Occasion(user, contribution, contribution.received_at)
    return signed_in and may_moderate.allows(occasion)


def _page_is_open_to(user: Any, contribution: Any) -> bool:
    """
    Whether the page is not private, or is to this person's group.

    A password is known to a session, not to a person: behind one, files are for who is signed in.
    """
    idea = contribution.kind_of.content(contribution)
    if idea is None:
        return False
    return all(_lets_in(restriction, user) for restriction in idea.get_view_restrictions())


def _lets_in(restriction: Any, user: Any) -> bool:
    if user is None or not user.is_authenticated:
        return False
    if restriction.restriction_type != restriction.GROUPS or user.is_superuser:
        return True
    return bool(restriction.groups.filter(pk__in=user.groups.all()).exists())
