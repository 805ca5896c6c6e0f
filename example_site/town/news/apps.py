from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    """Installed together with the room of comments, which its pages need."""

    name = "town.news"
    label = "town_news"
    verbose_name = _("News")
    default_auto_field = "django.db.models.BigAutoField"
