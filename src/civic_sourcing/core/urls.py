from django.urls import path

from civic_sourcing.core import views

app_name = "civic_core"

urlpatterns = [
    path("files/<uuid:uuid>/", views.serve_file, name="file"),
]
