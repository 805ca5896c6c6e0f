"""What a browser sends from the editor of a participation page, and what came of it."""

from django.urls import reverse
from django.utils import timezone

from civic_sourcing.processes.models import Mandate, Process

NOTHING = (Mandate.ADVISORY, [])
COLLECTING = (Mandate.ADVISORY, [("collect", {"en": "Hi"})])


def open_form(client, page, by):
    """What a browser would send back unchanged."""
    client.force_login(by)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return form_values(client.get(url).context["form"])


def form_values(form):
    rules = form.rules
    data = {"title": form.instance.title, "slug": form.instance.slug}
    comments = {f"comments-{k}": 0 for k in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    data |= {**comments, "comments-MAX_NUM_FORMS": 1000}
    data |= {"rules-mandate": rules["mandate"].value(), "rules-base": rules["base"].value()}
    rows = []
    for row in rules.phases.forms:
        value = {name: row[name].value() for name in row.fields}
        rows.append({name: typed(value[name]) for name in value})
    return data | posted(rows)


def typed(value):
    if hasattr(value, "strftime"):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.strftime("%Y-%m-%d %H:%M")
    return "" if value in {None, False} else str(value)


def posted(rows):
    data = {"rules-phases-TOTAL_FORMS": len(rows), "rules-phases-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        for name, value in row.items():
            data[f"rules-phases-{number}-{name}"] = typed(value)
    return data


def errors_of(response):
    form = response.context["form"]
    return str(form.rules.errors) + str(form.rules.phases.errors) + str(form.errors)


def in_force(page):
    process = Process.objects.get(pk=page.process_id)
    return process.mandate, [(p.kind, p.descriptions) for p in process.timeline()]
