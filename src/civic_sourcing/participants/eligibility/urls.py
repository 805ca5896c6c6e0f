"""Addresses of this package, in the namespace ``civic_participants``."""

from django.urls import path

from civic_sourcing.participants.eligibility import views

urlpatterns = [
    path("code/", views.any_code, name="any_code"),
    path("eligibility/<uuid:uuid>/", views.eligibility, name="eligibility"),
    path("eligibility/<uuid:uuid>/code/", views.code, name="code"),
    path("eligibility/<uuid:uuid>/age/", views.age, name="age"),
    path(
        "eligibility/<uuid:uuid>/registers/<uuid:register_uuid>/", views.register, name="register"
    ),
    path("eligibility/<uuid:uuid>/object/", views.object_to, name="object"),
    path("eligibility/<uuid:uuid>/objections/<uuid:objection>/", views.objection, name="objection"),
]
