"""The team of an entry, invitations to it, and entries a manager entered for somebody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from civic_sourcing.attribution.credits.invitations import token_digest
from civic_sourcing.challenges.actions.on_behalf import DisownEntry, VerifyEntry
from civic_sourcing.challenges.actions.teams import (
    DeclinePlace,
    HandOver,
    InviteMember,
    JoinTeam,
    LeaveTeam,
    NameTeam,
    RemoveMember,
)
from civic_sourcing.challenges.entering import teams
from civic_sourcing.challenges.entering.forms import InviteForm, TeamForm
from civic_sourcing.challenges.entering.visits import (
    Visit,
    of_challenge,
    of_entry,
    signed_in,
    status_of,
)
from civic_sourcing.challenges.models import Entry, EntryState, TeamMember
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.text import render

ALIVE = (EntryState.DRAFT, EntryState.SUBMITTED)
forms_too = require_http_methods(["GET", "HEAD", "POST"])


@forms_too
@of_entry
def team(visit: Visit) -> HttpResponse:
    """Who is in the team, and what its captain and its members can do about it."""
    entry = visit.entry
    assert entry is not None
    if entry.state not in ALIVE:
        return visit.lead_to("receipt", entry.uuid)
    if visit.request.method != "POST":
        return show_team(visit)
    go, _colon, number = visit.request.POST.get("go", "").partition(":")
    try:
        return STEPS.get(go, unknown)(visit, number)
    except ActionRefused as refused:
        return show_team(visit, refused=refused.message, status=status_of(refused))


def show_team(
    visit: Visit,
    *,
    naming: TeamForm | None = None,
    inviting: InviteForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    entry = visit.entry
    assert entry is not None
    members = teams.members_of(entry)
    roles = teams.role_choices(entry.process)
    own = next((each for each in members if each.participant_id == entry.captain_id), None)
    initial = {"team_name": entry.team_name, "role": own.role if own else ""}
    invited = TeamMember.objects.invited().filter(entry=entry)

    def named(member: TeamMember) -> str:
        return dict(roles).get(member.role, "") if member.role else ""

    context = {
        "refused": refused,
        "members": [(each, named(each)) for each in members],
        "invited": [(each, named(each)) for each in invited],
        "missing": teams.missing_roles(entry),
        "naming": naming or TeamForm(initial=initial, roles=roles),
        "inviting": inviting or InviteForm(roles=roles),
        "minors": teams.needing_guardian(entry),
        "others": [each for each in members if each.participant_id != entry.captain_id],
        "steps": visit.steps("team") if not visit.closed else [],
        "after": visit.after("team") if not visit.closed else "",
    }
    return visit.show("team", context, status=status)


def name_team(visit: Visit, _number: str) -> HttpResponse:
    entry, user = visit.entry, visit.request.user
    assert entry is not None
    form = TeamForm(visit.request.POST, roles=teams.role_choices(entry.process))
    if not form.is_valid():
        return show_team(visit, naming=form, status=422)
    NameTeam(entry, by=user, **form.cleaned_data).execute()
    return visit.lead_to("team", entry.uuid)


def invite(visit: Visit, _number: str) -> HttpResponse:
    entry, user = visit.entry, visit.request.user
    assert entry is not None
    form = InviteForm(visit.request.POST, roles=teams.role_choices(entry.process))
    if not form.is_valid():
        return show_team(visit, inviting=form, status=422)
    try:
        InviteMember(entry, by=user, **form.cleaned_data).execute()
    except ActionRefused as refused:
        form.add_error("invitee", refused.message)
        return show_team(visit, inviting=form, status=status_of(refused))
    messages.success(visit.request, _("The invitation is on its way."), fail_silently=True)
    return visit.lead_to("team", entry.uuid)


def remove(visit: Visit, number: str) -> HttpResponse:
    assert visit.entry is not None
    RemoveMember(visit.entry, by=visit.request.user, member=member_of(visit, number)).execute()
    return visit.lead_to("team", visit.entry.uuid)


def hand_over(visit: Visit, number: str) -> HttpResponse:
    assert visit.entry is not None
    HandOver(visit.entry, by=visit.request.user, successor=member_of(visit, number)).execute()
    return visit.lead_to("team", visit.entry.uuid)


def leave(visit: Visit, _number: str) -> HttpResponse:
    assert visit.entry is not None
    LeaveTeam(visit.entry, by=visit.request.user).execute()
    messages.success(visit.request, _("You have left the team."), fail_silently=True)
    return visit.lead_to("enter")


def unknown(visit: Visit, _number: str) -> HttpResponse:
    return show_team(visit, status=422)


STEPS = {
    "name": name_team,
    "invite": invite,
    "remove": remove,
    "lead": hand_over,
    "leave": leave,
}


def member_of(visit: Visit, number: str) -> TeamMember:
    """The row of that number in this team, or 404."""
    try:
        wanted = UUID(number)
    except ValueError:
        raise Http404("This is no number of a member.") from None
    rows = TeamMember.objects.filter(entry=visit.entry, uuid=wanted, left_at=None)
    found = rows.first()
    if found is None:
        raise Http404("No such member of this team.")
    return found


# Invitations


@forms_too
@of_challenge
@signed_in
def join(visit: Visit, uuid: UUID) -> HttpResponse:
    """Answer an invitation that names one."""
    rows = invitations_to(visit).filter(uuid=uuid, participant=visit.participant)
    return answer(visit, rows.first())


@forms_too
@of_challenge
def join_by_mail(visit: Visit, token: str) -> HttpResponse:
    """Answer an invitation that came by mail; to join it takes an account, to decline none."""
    member = invitations_to(visit).filter(token_digest=token_digest(token)).first()
    return answer(visit, member, token=token)


def invitations_to(visit: Visit) -> Any:
    rows = TeamMember.objects.invited().filter(entry__process=visit.process)
    return rows.select_related("entry__captain__user", "entry__process")


def answer(visit: Visit, member: TeamMember | None, *, token: str = "") -> HttpResponse:
    if member is None:
        raise Http404("No open invitation of this visitor here.")
    request = visit.request
    user = request.user if request.user.is_authenticated else None
    refused, status = "", 200
    if request.method == "POST":
        declined = request.POST.get("go") == "decline"
        if user is None and not declined:
            return redirect_to_login(request.get_full_path())
        try:
            (DeclinePlace if declined else JoinTeam)(member, by=user, token=token).execute()
        except ActionRefused as refusal:
            refused, status = refusal.message, status_of(refusal)
        else:
            said = _("You have declined.") if declined else _("You are in the team.")
            messages.success(request, said, fail_silently=True)
            if declined:
                return visit.lead_to("enter")
            return visit.lead_to("team", member.entry.uuid)
    role = dict(teams.role_choices(visit.process)).get(member.role, "")
    context = {"member": member, "role": role if member.role else "", "refused": refused}
    return visit.show("join", context, status=status)


# What a manager entered for somebody


@forms_too
@of_challenge
@signed_in
def verify(visit: Visit, uuid: UUID) -> HttpResponse:
    """Say whether what was entered in one's name is one's own."""
    rows = unverified_in(visit).filter(uuid=uuid, captain=visit.participant)
    return answer_for(visit, rows.first())


@forms_too
@of_challenge
@signed_in
def verify_by_mail(visit: Visit, token: str) -> HttpResponse:
    """The same for who was written to; whoever has the link becomes its captain."""
    rows = unverified_in(visit).filter(token_digest=token_digest(token), captain=None)
    return answer_for(visit, rows.first(), token=token)


def unverified_in(visit: Visit) -> Any:
    rows = Entry.objects.of(visit.process).filter(
        state=EntryState.SUBMITTED, verified_at=None, entered_by__isnull=False
    )
    return rows.select_related("process", "round")


def answer_for(visit: Visit, entry: Entry | None, *, token: str = "") -> HttpResponse:
    if entry is None:
        raise Http404("Nothing was entered here for this visitor.")
    refused, status = "", 200
    if visit.request.method == "POST":
        disowned = visit.request.POST.get("go") == "decline"
        step: Any = DisownEntry if disowned else VerifyEntry
        try:
            step(entry, by=visit.request.user, token=token).execute()
        except ActionRefused as refusal:
            refused, status = refusal.message, status_of(refusal)
        else:
            said = _("It is taken out.") if disowned else _("Thank you. It is your entry now.")
            messages.success(visit.request, said, fail_silently=True)
            return visit.lead_to("enter") if disowned else visit.lead_to("receipt", entry.uuid)
    document = entry.handed_in
    context = {
        "document": document,
        "rendered": render(document.get("description", "")),
        "refused": refused,
        "shown_entry": entry,
    }
    return visit.show("verify", context, status=status)
