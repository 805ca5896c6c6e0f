from __future__ import annotations

from django.urls import include, path
from wagtail import hooks

from civic_sourcing.moderation.checks.admin import register_word_lists
from civic_sourcing.moderation.netiquette_admin import register_netiquette
from civic_sourcing.moderation.process_admin import ADDRESSES
from civic_sourcing.moderation.queue.viewset import CaseViewSet
from civic_sourcing.moderation.showing import agreement

register_netiquette()
register_word_lists()


@hooks.register("register_admin_viewset")
def offer_cases() -> CaseViewSet:
    return CaseViewSet()


@hooks.register("register_admin_urls")
def add_process_addresses() -> list[object]:
    return [path("civic/", include((ADDRESSES, "civic_moderation_processes")))]


@hooks.register("register_admin_urls")
def add_agreement_address() -> list[object]:
    return agreement.ADDRESSES


@hooks.register("register_reports_menu_item")
def offer_agreement() -> object:
    return agreement.menu_item()
