"""Addresses of credits, claim codes, certificates and the check page."""

from django.urls import path

from civic_sourcing.attribution.views import certificates, claim_codes, credits, invitations, offers

urlpatterns = [
    path("contributions/<uuid:uuid>/credits/", credits.credits, name="credits"),
    path("contributions/<uuid:uuid>/credits/invite/", credits.invite, name="invite"),
    path("contributions/<uuid:uuid>/credits/shares/", credits.set_shares, name="set_shares"),
    path("contributions/<uuid:uuid>/certificate/", certificates.certificate, name="certificate"),
    path("credits/<uuid:uuid>/answer/", credits.answer, name="answer"),
    path("credits/<uuid:uuid>/withdraw/", credits.withdraw_credit, name="withdraw_credit"),
    path("contributions/<uuid:uuid>/improve/", offers.offer_to_improve, name="offer_to_improve"),
    path("offers/<uuid:uuid>/answer/", offers.answer_offer, name="answer_offer"),
    path("offers/<uuid:uuid>/withdraw/", offers.withdraw_offer, name="withdraw_offer"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("claim-code/", claim_codes.claim_by_code, name="claim_by_code"),
    path("check/", certificates.check, name="check"),
    path("check/<str:fingerprint>/", certificates.check_fingerprint, name="check_fingerprint"),
]
