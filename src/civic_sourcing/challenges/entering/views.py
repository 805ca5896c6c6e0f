"""Entering: begin, write, add files, check, hand in, withdraw. Pages call these by route."""

from __future__ import annotations

import uuid as uuids
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from civic_sourcing.attribution.licences import offered
from civic_sourcing.challenges.actions.entries import BeginEntry, SubmitEntry, WithdrawEntry
from civic_sourcing.challenges.entering import drafts, teams
from civic_sourcing.challenges.entering import files as entry_files
from civic_sourcing.challenges.entering.forms import EntryForm, HandInForm
from civic_sourcing.challenges.entering.numbers import number_of_entries
from civic_sourcing.challenges.entering.sources import source_of
from civic_sourcing.challenges.entering.visits import (
    Visit,
    missing_of,
    of_challenge,
    of_entry,
    status_of,
)
from civic_sourcing.challenges.models import EntryState, TeamMember
from civic_sourcing.core.exceptions import ActionRefused, IdempotencyConflict
from civic_sourcing.core.limits import client_ip
from civic_sourcing.core.text import TextRefused, render

ALIVE = (EntryState.DRAFT, EntryState.SUBMITTED)
forms_too = require_http_methods(["GET", "HEAD", "POST"])


@forms_too
@of_challenge
def enter(visit: Visit) -> HttpResponse:
    """Where entering begins: until when, who may, what one has here already."""
    if visit.request.method == "POST":
        return begin(visit)
    return show_start(visit)


def show_start(visit: Visit, *, refused: str = "", status: int = 200) -> HttpResponse:
    invitations: Any = []
    if visit.participant:
        rows = TeamMember.objects.invited().filter(participant=visit.participant)
        invitations = rows.filter(entry__process=visit.process).select_related("entry__captain")
    context = {
        "refused": refused,
        "entries": visit.mine(),
        "invitations": invitations,
        "eligibility": visit.eligibility,
        "number": number_of_entries(visit.process, visit.at),
        "roles": [label for _key, label in teams.demanded_roles(visit.process)],
    }
    return visit.show("start", context, status=status)


def begin(visit: Visit) -> HttpResponse:
    if not visit.request.user.is_authenticated:
        return redirect_to_login(visit.url("enter"))
    try:
        entry = BeginEntry(
            visit.process, by=visit.request.user, source=source_of(visit.request, visit.process)
        ).execute()
    except ActionRefused as refused:
        return show_start(visit, refused=refused.message, status=status_of(refused))
    return visit.lead_to("write", entry.uuid)


@sensitive_post_parameters()
@forms_too
@of_entry
def write(visit: Visit) -> HttpResponse:
    """The words of an entry. What is sent is kept first and judged afterwards."""
    entry = visit.entry
    assert entry is not None
    if entry.state not in ALIVE or (visit.closed and visit.request.method != "POST"):
        return visit.lead_to("receipt", entry.uuid)
    if visit.request.method != "POST":
        form = EntryForm(initial=entry.words, questions=visit.questions)
        return visit.show("write", {"form": form, "steps": visit.steps("write")})
    posted = visit.request.POST
    visit.entry = drafts.keep(entry, {name: posted[name] for name in posted})
    if visit.closed:
        messages.warning(visit.request, visit.closed, fail_silently=True)
        return visit.lead_to("receipt", entry.uuid)
    if posted.get("go") == "save":
        messages.success(visit.request, _("Saved. Nothing is handed in yet."), fail_silently=True)
        return visit.lead_to("write", entry.uuid)
    form = EntryForm(posted, questions=visit.questions)
    if form.is_valid():
        return redirect(visit.after("write"))
    return visit.show("write", {"form": form, "steps": visit.steps("write")}, status=422)


@forms_too
@of_entry
def files(visit: Visit) -> HttpResponse:
    """Files of an entry, added and taken out one at a time."""
    entry = visit.entry
    assert entry is not None
    if entry.state not in ALIVE or visit.closed:
        return visit.lead_to("receipt", entry.uuid)
    if visit.request.method != "POST":
        return show_files(visit)
    go = visit.request.POST.get("go", "")
    if go.startswith("remove:"):
        with transaction.atomic():
            fresh = drafts.locked(entry)
            file = entry_files.find_in(fresh, go.removeprefix("remove:"))
            if file:
                entry_files.take_out(fresh, file)
        return visit.lead_to("files", entry.uuid)
    return add_file(visit, go.removeprefix("add:"))


def add_file(visit: Visit, name: str) -> HttpResponse:
    """Add one, for the question of that name or for none."""
    entry = visit.entry
    assert entry is not None
    asked = next((each for each in visit.questions if each.field_name == name), None)
    form = entry_files.FileForm(visit.request.POST, visit.request.FILES, question=asked)
    if not form.is_valid():
        return show_files(visit, filled=form, status=422)
    try:
        with transaction.atomic():
            entry_files.add(drafts.locked(entry), form.cleaned_data["file"], asked)
    except ActionRefused as refused:
        form.add_error("file", refused.message)
        return show_files(visit, filled=form, status=422)
    return visit.lead_to("files", entry.uuid)


def show_files(
    visit: Visit, *, filled: entry_files.FileForm | None = None, status: int = 200
) -> HttpResponse:
    assert visit.entry is not None
    there = entry_files.files_of(visit.entry)
    asked = [each for each in visit.questions if each.kind == each.Kind.FILE]
    forms = []
    for question in [*asked, None]:
        is_filled = filled is not None and filled.question == question
        key = question.pk if question else None
        forms.append(
            {
                "question": question,
                "files": [file for file in there if file.question_id == key],
                "form": filled if is_filled else entry_files.FileForm(question=question),
                "go": f"add:{question.field_name if question else ''}",
            }
        )
    context = {"forms": forms, "steps": visit.steps("files"), "after": visit.after("files")}
    return visit.show("files", context, status=status)


@sensitive_post_parameters()
@forms_too
@of_entry
def check(visit: Visit) -> HttpResponse:
    """The entry as judges will read it, what is missing, and the button that hands it in."""
    entry = visit.entry
    assert entry is not None
    if entry.state not in ALIVE:
        return visit.lead_to("receipt", entry.uuid)
    if visit.closed:
        return show_check(visit, refused=visit.closed, status=409)
    if visit.request.method != "POST":
        return show_check(visit)
    return take(visit)


def take(visit: Visit) -> HttpResponse:
    """Hand in what was typed, or show what speaks against it."""
    assert visit.entry is not None
    terms = hand_in_form(visit, visit.request.POST)
    words = EntryForm(visit.entry.words, questions=visit.questions)
    if not terms.is_valid() or not words.is_valid():
        return show_check(visit, terms=terms, status=422)
    try:
        hand_in(visit, terms, words)
    except IdempotencyConflict:
        messages.info(visit.request, _("It was handed in already."), fail_silently=True)
    except ActionRefused as refused:
        return show_check(visit, terms=terms, refused=refused.message, status=status_of(refused))
    except TextRefused as refused:
        return show_check(visit, terms=terms, refused=" ".join(refused.messages), status=422)
    return visit.lead_to("receipt", visit.entry.uuid)


def hand_in(visit: Visit, terms: HandInForm, words: EntryForm) -> None:
    """Record what was still open about the person, and hand the entry in, or neither."""
    request = visit.request
    with transaction.atomic():
        terms.record_answers(request.user)
        SubmitEntry(
            visit.entry,  # type: ignore[arg-type]
            by=request.user,
            idempotency_key=terms.cleaned_data["request_key"],
            words=words.words,
            replies=words.replies,
            ip=client_ip(request),
            **terms.terms,
        ).execute()


def hand_in_form(visit: Visit, data: Any = None) -> HandInForm:
    entry = visit.entry
    assert entry is not None
    initial = {
        "request_key": str(uuids.uuid4()),
        "shown": entry.handed_in.get("shown", False),
        "licence": entry.licence_id,
        "third_party": bool(entry.third_party_note),
        "third_party_note": entry.third_party_note,
        "made_on_duty": entry.made_on_duty,
    }
    return HandInForm(
        data,
        initial={name: value for name, value in initial.items() if value is not None},
        licences=list(offered(visit.process)),
        participant=visit.participant,
    )


def show_check(
    visit: Visit, *, terms: HandInForm | None = None, refused: str = "", status: int = 200
) -> HttpResponse:
    entry = visit.entry
    assert entry is not None
    words = EntryForm(entry.words, questions=visit.questions)
    words.is_valid()
    there = entry_files.files_of(entry)
    lacking = entry_files.missing_files(visit.round, there) if visit.round else []
    context = {
        "terms": terms or hand_in_form(visit),
        "refused": refused,
        "preview": {**words.words, "replies": words.replies, "files": there},
        "rendered": render(words.cleaned_data.get("description", "")),
        "wrong": [words.fields[name].label for name in words.errors],
        "lacking": lacking,
        "team_lacks": missing_of(entry),
        "members": teams.members_of(entry),
        "steps": visit.steps("check"),
    }
    return visit.show("check", context, status=status)


@require_http_methods(["GET", "HEAD"])
@of_entry
def receipt(visit: Visit) -> HttpResponse:
    """How an entry stands: what was handed in and when, its receipt, what can be done with it."""
    entry = visit.entry
    assert entry is not None
    document = entry.handed_in
    last = entry.submissions.filter(number=entry.version).first()
    numbers = [file["uuid"] for file in document.get("files", ())]
    context = {
        "document": document,
        "rendered": render(document.get("description", "")),
        "files": list(entry.files.filter(uuid__in=numbers)),
        "submission": last,
        "members": teams.members_of(entry),
        "minors": teams.needing_guardian(entry),
        "unsent": entry.words if visit.closed and not document else {},
        "has_changes": entry.state == EntryState.SUBMITTED and differs(visit),
        "is_alive": entry.state in ALIVE,
    }
    return visit.show("receipt", context)


def differs(visit: Visit) -> bool:
    """Whether what is typed now is not what is handed in."""
    entry = visit.entry
    assert entry is not None
    words = EntryForm(entry.words, questions=visit.questions)
    if not words.is_valid():
        return True
    return any(entry.handed_in.get(name) != text for name, text in words.words.items())


@forms_too
@of_entry
def withdraw(visit: Visit) -> HttpResponse:
    """Ask before an entry is taken back."""
    entry = visit.entry
    assert entry is not None
    refused, status = "", 200
    if visit.request.method == "POST":
        try:
            WithdrawEntry(entry, by=visit.request.user).execute()
        except ActionRefused as refusal:
            refused, status = refusal.message, status_of(refusal)
        else:
            messages.success(visit.request, _("It is withdrawn."), fail_silently=True)
            return visit.lead_to("enter")
    return visit.show("withdraw", {"refused": refused}, status=status)
