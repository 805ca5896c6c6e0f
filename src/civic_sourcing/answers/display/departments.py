"""What departments are called, in the language of who reads."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language

from civic_sourcing.answers.models import Department


class Names:
    """
    Names of departments in the active language. One query, once a name is asked for of one written
    in another language, or read without its ``locale``.
    """

    def __init__(self) -> None:
        self._names: dict[str, str] | None = None

    def of(self, department: Department | None) -> str:
        """Its name; empty for none."""
        if department is None:
            return ""
        locale = department._state.fields_cache.get("locale")
        if locale is not None and locale.language_code == get_language():
            return department.name
        return self.called(str(department.translation_key), department.name)

    def called(self, key: str, name: str) -> str:
        """What the department of this translation key is called; ``name`` where it is gone."""
        if self._names is None:
            rows = Department.objects.in_language(get_language())
            names = rows.values_list("translation_key", "name")
            self._names = {str(known): known_name for known, known_name in names}
        return self._names.get(key, name)

    def of_all(self, departments: Iterable[Department]) -> list[str]:
        return [self.of(department) for department in departments]
