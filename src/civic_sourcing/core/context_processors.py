from django.http import HttpRequest

from civic_sourcing.core.conf import conf


def base_template(request: HttpRequest) -> dict[str, str]:
    """Tell our templates which base template of the host they extend (``BASE_TEMPLATE``)."""
    return {"civic_base_template": conf.BASE_TEMPLATE}
