"""Receipts and the bulletin: what proves that a ballot is in the box, and never what it says."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from civic_sourcing.budgets.booth.bulletins import fate_of
from civic_sourcing.budgets.booth.entrance import Visit, at_booth, redirect_to
from civic_sourcing.budgets.booth.forms import AddressForm, TrackerForm
from civic_sourcing.budgets.booth.mails import mail_receipt
from civic_sourcing.budgets.booth.receipts import grouped, kept_receipt, tracker_of
from civic_sourcing.budgets.casting.bulletin import document_of
from civic_sourcing.budgets.models import BulletinEntry, VoteRun
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.participants.views.answers import status_of

PER_PAGE = 100


@require_safe
@at_booth
def receipt(visit: Visit, tracker: str) -> HttpResponse:
    """
    What the bulletin says of a tracker; to the device that has just cast, also that it has.

    Every tracker that could be one has a page: whether it was given out is nobody's business
    before the bulletin says so.
    """
    plain = tracker_of(tracker)
    if plain != tracker:
        raise Http404("No tracker looks like this.")
    return _show_receipt(visit, plain, AddressForm(initial={"address": _own_address(visit)}))


@sensitive_post_parameters("address")
@require_http_methods(["POST"])
@at_booth
def mail(visit: Visit) -> HttpResponse:
    """Send the receipt this device was given to an address that is kept nowhere."""
    mine = kept_receipt(visit)
    if mine is None:
        return visit.show("mail_gone", status=409, title=_("Receipt"))
    form = AddressForm(visit.request.POST)
    if not form.is_valid():
        return _show_receipt(visit, mine.tracker, form)
    try:
        mail_receipt(visit, mine, form.cleaned_data["address"])
    except ActionRefused as refused:
        return _show_receipt(
            visit, mine.tracker, form, said=refused.message, status=status_of(refused)
        )
    messages.success(
        visit.request, _("The receipt was sent. The address was not kept."), fail_silently=True
    )
    return redirect_to(visit.address("receipt", mine.tracker))


@require_safe
@at_booth
def bulletin(visit: Visit) -> HttpResponse:
    """The public bulletin, page by page, the newest first; or what it says of one tracker."""
    if visit.run.state == VoteRun.State.PREPARED:
        raise Http404("The vote has not opened.")
    form = TrackerForm(visit.request.GET if "tracker" in visit.request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect_to(visit.address("receipt", form.cleaned_data["tracker"]))
    entries = BulletinEntry.objects.of(visit.run).reverse()
    page = Paginator(entries, PER_PAGE).get_page(visit.request.GET.get("page"))
    return visit.show(
        "bulletin",
        quiet=False,
        title=_("Public bulletin"),
        entries=page,
        lines=[(entry, grouped(entry.tracker)) for entry in page],
        form=form,
        file_url=visit.address("bulletin_file"),
    )


@require_safe
@at_booth
def bulletin_file(visit: Visit) -> HttpResponse:
    """The whole bulletin as JSON, so that anybody can check the chain of fingerprints."""
    run = visit.run
    if run.state == VoteRun.State.PREPARED:
        raise Http404("The vote has not opened.")
    entries = [
        document_of(entry, str(run.uuid)) | {"fingerprint": entry.fingerprint}
        for entry in BulletinEntry.objects.of(run).iterator()
    ]
    name = f"bulletin-{run.uuid}.json"
    return JsonResponse(
        {"rulebook": run.digest, "entries": entries},
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _show_receipt(
    visit: Visit, tracker: str, form: AddressForm, *, said: str = "", status: int = 200
) -> HttpResponse:
    mine = kept_receipt(visit)
    is_mine = mine is not None and mine.tracker == tracker
    replaced = mine.replaced if mine is not None and is_mine else ""
    return visit.show(
        "receipt",
        quiet=False,
        title=_("Receipt"),
        status=status,
        said=said,
        fate=fate_of(visit.run, tracker),
        is_mine=is_mine,
        replaced=grouped(replaced),
        form=form if is_mine else None,
        mail_url=visit.address("mail"),
    )


def _own_address(visit: Visit) -> Any:
    return getattr(visit.request.user, "email", "")
