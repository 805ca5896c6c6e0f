"""What departments are called, in the language of who reads."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language

from civic_sourcing.answers.models import Department


class Names:
    """Names of departments in the active language. One query, once a name is asked for."""

    def __init__(self) -> None:
        self._names: dict[object, str] | None = None

    def of(self, department: Department | None) -> str:
        """Its name; empty for none."""
        if department is None:
            return ""
        if self._names is None:
            rows = Department.objects.in_language(get_language())
            self._names = dict(rows.values_list("translation_key", "name"))
        return self._names.get(department.translation_key, department.name)

    def of_all(self, departments: Iterable[Department]) -> list[str]:
        return [self.of(department) for department in departments]
