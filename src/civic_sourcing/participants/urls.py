from django.urls import include, path

from civic_sourcing.participants import views

app_name = "civic_participants"

urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/profile/", views.profile, name="profile"),
    path("me/consents/", views.consents, name="consents"),
    path("me/guardian/", views.ask_guardian, name="ask_guardian"),
    path("me/data/", views.my_data, name="my_data"),
    path("me/data/<uuid:uuid>/", views.fetch_data, name="fetch_data"),
    path("me/delete/", views.erase, name="erase"),
    path("me/deleted/", views.erased, name="erased"),
    path("", include("civic_sourcing.participants.eligibility.urls")),
    path("guardian/<str:token>/", views.guardian, name="guardian"),
    path("texts/<slug:kind>/", views.legal_text, name="current_legal_text"),
    path("texts/<slug:kind>/<int:version>/", views.legal_text, name="legal_text"),
]
