from django.urls import path

from civic_sourcing.notifications import views

app_name = "civic_notifications"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read/", views.read_all, name="read_all"),
    path("settings/", views.settings, name="settings"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("<uuid:uuid>/read/", views.read, name="read"),
]
