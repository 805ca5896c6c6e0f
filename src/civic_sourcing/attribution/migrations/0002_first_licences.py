"""The licences a town can offer from the first day, in plain words."""

from django.db import migrations

LICENCES = [
    (
        "city-purpose",
        "The city may use it for this purpose",
        "",
        False,
        "All rights stay with you. The city may publish your contribution here, examine it and "
        "carry it out in this process. For anything else it has to ask you, and it always names "
        "you.",
        "모든 권리는 제안자에게 남습니다. 시는 이 절차 안에서 제안을 게시하고 검토하고 실행할 수 "
        "있습니다. 그 밖의 이용은 제안자에게 물어야 하며, 언제나 제안자를 밝힙니다.",
    ),
    (
        "cc-by-4.0",
        "CC BY 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
        True,
        "Anyone may share and change your contribution, also for money, as long as they name you "
        "and say what they changed. You cannot take this back.",
        "누구나 이름을 밝히고 바꾼 점을 알리면 기여를 나누고 고칠 수 있으며, 영리 목적으로도 쓸 수 "
        "있습니다. 이 허락은 거둘 수 없습니다.",
    ),
    (
        "cc-by-sa-4.0",
        "CC BY-SA 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/",
        True,
        "Anyone may share and change your contribution, also for money, as long as they name you "
        "and pass on what they make of it under the same terms. You cannot take this back.",
        "누구나 이름을 밝히고 같은 조건으로 다시 나누면 기여를 나누고 고칠 수 있으며, 영리 목적으로도 "
        "쓸 수 있습니다. 이 허락은 거둘 수 없습니다.",
    ),
    (
        "cc0-1.0",
        "CC0 1.0",
        "https://creativecommons.org/publicdomain/zero/1.0/",
        True,
        "You give up all rights as far as the law allows. Anyone may do anything with your "
        "contribution, without asking and without naming you. You cannot take this back.",
        "법이 허용하는 범위에서 모든 권리를 포기합니다. 누구나 묻거나 이름을 밝히지 않고 무엇이든 할 "
        "수 있습니다. 이 허락은 거둘 수 없습니다.",
    ),
    (
        "all-rights-kept",
        "All rights kept",
        "",
        False,
        "All rights stay with you. The city may show your contribution here so that others can "
        "read it; for everything else it has to ask you first.",
        "모든 권리는 제안자에게 남습니다. 시는 다른 사람이 읽을 수 있도록 여기에 게시할 수 있으며, 그 "
        "밖의 모든 이용은 먼저 제안자에게 물어야 합니다.",
    ),
]
NAMES_KO = {
    "city-purpose": "시가 이 목적에만 쓸 수 있음",
    "all-rights-kept": "모든 권리 보유",
}


def add_licences(apps, schema_editor):
    using = schema_editor.connection.alias
    licences = apps.get_model("civic_attribution", "Licence").objects.using(using)
    versions = apps.get_model("civic_attribution", "LicenceVersion").objects.using(using)
    for key, name, url, claims_rights, english, korean in LICENCES:
        licence, made = licences.get_or_create(
            key=key, defaults={"name": name, "url": url, "claims_rights": claims_rights}
        )
        if made:
            names = {"ko": NAMES_KO[key]} if key in NAMES_KO else {}
            versions.create(
                licence=licence,
                number=1,
                names={"en": name, **names},
                summaries={"en": english, "ko": korean},
            )


def remove_licences(apps, schema_editor):
    """Take away what nobody was shown yet; a wording somebody chose stays."""
    from civic_sourcing.core import triggers

    using = schema_editor.connection.alias
    triggers.lift(using)
    licences = apps.get_model("civic_attribution", "Licence").objects.using(using)
    for licence in licences.filter(key__in=[row[0] for row in LICENCES]):
        chosen = licence.versions.filter(contributions__isnull=False)
        if not chosen.exists() and not licence.process_licences.exists():
            licence.versions.all().delete()
            licence.delete()


class Migration(migrations.Migration):
    dependencies = [("civic_attribution", "0001_ledger")]

    operations = [migrations.RunPython(add_licences, remove_licences)]
