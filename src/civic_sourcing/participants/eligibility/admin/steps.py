"""Forms of the office, each with the one step it takes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin import messages

from civic_sourcing.core import clock
from civic_sourcing.participants.codes.actions import MakeCodeBatch, ReplaceCode, RevokeBatch
from civic_sourcing.participants.codes.crockford import grouped
from civic_sourcing.participants.codes.digests import entry_digest
from civic_sourcing.participants.codes.sheets import Sheets
from civic_sourcing.participants.eligibility.actions import (
    AnswerObjection,
    ImportRegister,
    MakeRegister,
    SetEligibility,
)
from civic_sourcing.participants.eligibility.admin.base import (
    DESK_ROLES,
    FOLDER,
    FormScreen,
    address,
)
from civic_sourcing.participants.eligibility.admin.forms import (
    AnswerForm,
    CodeBatchForm,
    ConditionsForm,
    LostCodeForm,
    NewRegisterForm,
    RegisterFileForm,
)
from civic_sourcing.participants.eligibility.offices import office_of
from civic_sourcing.participants.eligibility.places import titles_of
from civic_sourcing.participants.eligibility.register_files import Reading, read_register
from civic_sourcing.participants.eligibility.uploads import MemoryOnly
from civic_sourcing.participants.models import CodeBatch, Objection, Register, RegisterEntry

SHOWN = 3


class Conditions(FormScreen):
    """Choose the conditions of a process."""

    page_title = gettext_lazy("Conditions")
    template_name = f"{FOLDER}/conditions.html"
    form_class = ConditionsForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "process": self.process, "user": self.request.user}

    def act(self, form: Any) -> HttpResponse:
        SetEligibility(
            self.process, by=self.request.user, rules=form.rules, office=form.office
        ).execute()
        messages.success(self.request, _("The conditions are set, in every language."))
        return redirect(address("process", self.process.uuid))


@method_decorator(never_cache, name="dispatch")
class MakeCodes(FormScreen):
    """Make a batch. The answer is the file to print, the only time its codes are readable."""

    page_title = gettext_lazy("Make codes")
    submit = gettext_lazy("Make and download, once")
    template_name = f"{FOLDER}/make_codes.html"
    form_class = CodeBatchForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "process": self.process}

    def act(self, form: Any) -> Any:
        cleaned = dict(form.cleaned_data)
        layout, language = cleaned.pop("layout"), cleaned.pop("language")
        cleaned["count"] = cleaned["count"] or 0
        made = MakeCodeBatch(self.process, by=self.request.user, **cleaned).execute()
        with override(language):
            title = titles_of([self.process])[self.process.pk]
            where = self.request.build_absolute_uri(reverse("civic_participants:any_code"))
        sheets = Sheets(made, layout=layout, language=language, title=title, address=where)
        response = StreamingHttpResponse(sheets.html(), content_type="text/html; charset=utf-8")
        name = f"codes-{made.batch.number}.html"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class Batch(FormScreen):
    """What became of a batch, and the button that revokes it."""

    page_title = gettext_lazy("Batch of codes")
    submit = gettext_lazy("Revoke this batch")
    serious = True
    template_name = f"{FOLDER}/batch.html"
    form_class = forms.Form

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.batch = get_object_or_404(CodeBatch, uuid=kwargs["batch"], process=self.process)

    def get_page_title(self) -> str:
        return str(self.batch)

    def act(self, form: Any) -> HttpResponse:
        RevokeBatch(self.batch, by=self.request.user).execute()
        messages.success(self.request, _("The batch is revoked. None of its codes works any more."))
        return redirect(address("process", self.process.uuid))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"batch": self.batch}


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class ReplaceLostCode(FormScreen):
    """At the desk: void a lost code and hand out another one."""

    roles = DESK_ROLES
    page_title = gettext_lazy("Replace a lost code")
    submit = gettext_lazy("Void it and make a new one")
    template_name = f"{FOLDER}/replace.html"
    form_class = LostCodeForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "process": self.process}

    def act(self, form: Any) -> HttpResponse:
        printed = ReplaceCode(form.code, by=self.request.user).execute()
        context = {
            "printed": printed,
            "code": grouped(printed.code),
            "voided": form.code.serial,
            "office": office_of(self.process),
            "code_address": self.request.build_absolute_uri(reverse("civic_participants:any_code")),
        }
        fresh = self.get_form_class()(process=self.process)
        return self.render_to_response(self.get_context_data(form=fresh, **context))


class NewRegister(FormScreen):
    page_title = gettext_lazy("New register")
    form_class = NewRegisterForm

    def act(self, form: Any) -> HttpResponse:
        register = MakeRegister(
            self.process,
            by=self.request.user,
            title=form.cleaned_data["name"],
            columns=form.cleaned_data["columns"],
        ).execute()
        return redirect(address("register", self.process.uuid, register.uuid))


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class RegisterUpload(FormScreen):
    """
    Check a file and say what is wrong row by row, then import it whole.

    The handlers must be changed before anything reads the body, so the CSRF check comes after.
    """

    page_title = gettext_lazy("Register")
    template_name = f"{FOLDER}/register.html"
    form_class = RegisterFileForm

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.register = get_object_or_404(Register, uuid=kwargs["register"], process=self.process)

    def get_page_title(self) -> str:
        return self.register.name

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        request.upload_handlers = [MemoryOnly(request)]
        return self.checked_dispatch(request, *args, **kwargs)

    @method_decorator(csrf_protect)
    def checked_dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if form.is_bound and getattr(self.request, "civic_upload_too_large", False):
            form.add_error("file", _("This file is too large."))
        return form

    def act(self, form: Any) -> HttpResponse:
        reading = read_register(form.cleaned_data["file"].read(), self.register.columns)
        if reading.mistakes:
            messages.error(self.request, _("Nothing was imported. Please mend the file."))
            return self.show(form, reading, status=409)
        digests = [entry_digest(self.register.uuid, row) for row in reading.rows]
        if "check" in self.request.POST:
            return self.show(form, reading)
        new = ImportRegister(self.register, by=self.request.user, digests=digests).execute()
        messages.success(
            self.request,
            _("%(new)d new entries; %(known)d were already there. The file was not kept.")
            % {"new": new, "known": len(digests) - new},
        )
        return redirect(address("register", self.process.uuid, self.register.uuid))

    def show(self, form: Any, reading: Reading, *, status: int = 200) -> HttpResponse:
        samples = [[masked(cell) for cell in row] for row in reading.rows[:SHOWN]]
        context = self.get_context_data(form=form, reading=reading, samples=samples)
        return self.render_to_response(context, status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = RegisterEntry.objects.filter(register=self.register)
        return super().get_context_data(**kwargs) | {
            "register": self.register,
            "size": entries.count(),
            "proved": entries.exclude(matched_at=None).count(),
        }


def masked(cell: str) -> str:
    """The first sign of a datum and its length, to recognise a column by."""
    return cell[:1] + "•" * (len(cell) - 1)


class AnswerTo(FormScreen):
    """An objection and its answer."""

    page_title = gettext_lazy("Objection")
    submit = gettext_lazy("Send the answer")
    template_name = f"{FOLDER}/objection.html"
    form_class = AnswerForm

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.objection = get_object_or_404(
            Objection, uuid=kwargs["objection"], process=self.process
        )

    def act(self, form: Any) -> HttpResponse:
        AnswerObjection(self.objection, by=self.request.user, **form.cleaned_data).execute()
        messages.success(self.request, _("The answer is on its way."))
        return redirect(address("process", self.process.uuid))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "objection": self.objection,
            "overdue": self.objection.overdue_at(clock.now()),
        }
