"""Addresses of the desk, below the admin's ``civic/challenges/``."""

from __future__ import annotations

from django.urls import path

from civic_sourcing.challenges.desk import sections, steps
from civic_sourcing.challenges.desk.index import IndexView
from civic_sourcing.challenges.desk.partners import PartnersView
from civic_sourcing.challenges.desk.review import ReviewView
from civic_sourcing.challenges.desk.screens import PreviewView
from civic_sourcing.challenges.editorial.sections import Section

VIEWS = {
    Section.GENERAL: sections.GeneralView,
    Section.DETAILS: sections.DetailsView,
    Section.TIMELINE: sections.TimelineView,
    Section.PRIZES: sections.PrizesView,
    Section.RULES: sections.RulesView,
    Section.JUDGING: sections.JudgingView,
    Section.HOW_TO_ENTER: sections.HowToEnterView,
    Section.RESOURCES: sections.ResourcesView,
    Section.REVIEW: ReviewView,
}

ADDRESSES = [
    path("", IndexView.as_view(), name="index"),
    *(
        path(f"<uuid:uuid>/{section.slug}/", view.as_view(), name=section.value)
        for section, view in VIEWS.items()
    ),
    path(
        "<uuid:uuid>/timeline/<uuid:round>/put-off/", steps.LengthenView.as_view(), name="lengthen"
    ),
    path("<uuid:uuid>/prizes/<uuid:prize>/raise/", steps.RaiseView.as_view(), name="raise_prize"),
    path("<uuid:uuid>/preview/", PreviewView.as_view(), name="preview"),
    path("<uuid:uuid>/partners/", PartnersView.as_view(), name="partners"),
    path("<uuid:uuid>/review/send/", steps.SendView.as_view(), name="send"),
    path("<uuid:uuid>/review/take-back/", steps.TakeBackView.as_view(), name="take_back"),
    path("<uuid:uuid>/review/edits/", steps.EditsView.as_view(), name="edits"),
    path("<uuid:uuid>/review/approve/", steps.ApproveView.as_view(), name="approve"),
    path("<uuid:uuid>/review/publish/", steps.PublishView.as_view(), name="publish"),
    path("<uuid:uuid>/review/archive/", steps.ArchiveView.as_view(), name="archive"),
    path("<uuid:uuid>/review/restore/", steps.RestoreView.as_view(), name="restore"),
    path(
        "<uuid:uuid>/review/approvals/<int:limit>/", steps.ApprovalView.as_view(), name="approval"
    ),
]
