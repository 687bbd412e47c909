"""A box in which an industry is found by its code or by words of its title."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from countries.models import Industry

NAMED = 5  # industries that a refusal names, as many as are read at a glance
_CODE = re.compile(r"[A-U]|[0-9]{2,4}")


def offered(industries: Iterable[Industry]) -> list[Industry]:
    """Those to choose from: where a group has one class, of the same title, the class alone."""
    found = list(industries)
    whole = {(one.code, one.title) for one in found}
    return [one for one in found if len(one.code) != 3 or (f"{one.code}0", one.title) not in whole]


class IndustryInput(forms.TextInput):
    """A text box; while one types, the browser offers industries by their codes and titles."""

    template_name = "widgets/industry.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        listed = f"{name}-industries"
        context = super().get_context(name, value, (attrs or {}) | {"list": listed})
        return context | {"listed": listed, "industries": offered(self.choices.queryset)}


class IndustryField(forms.ModelChoiceField):
    """An industry of ISIC Rev. 4, typed as its code, alone or before its title.

    Whatever else is typed is refused, with the industries whose titles have its words.
    """

    widget = IndustryInput({"autocomplete": "off"})

    def __init__(self, queryset: QuerySet[Industry], **options: Any) -> None:
        widest_first = queryset.order_by(Length("code"), "code")
        super().__init__(widest_first, **options)
        self.help_text = gettext_lazy(
            "Type a code or a word of the title, and choose. Two digits are enough; the four of "
            "a class say more."
        )

    def prepare_value(self, value: Any) -> Any:
        found = self._read(str(value)) if value else None
        return str(found) if found else value

    def to_python(self, value: Any) -> Industry | None:
        said = str(value or "").strip()
        if not said:
            return None
        if found := self._read(said):
            return found
        words = said.casefold().split()
        near = [
            str(one)
            for one in offered(self.queryset)
            if all(word in str(one).casefold() for word in words)
        ]
        told = {"said": said[:60], "near": "; ".join(near[:NAMED])}
        if not near:
            raise forms.ValidationError(
                _("“%(said)s” is no code of ISIC Rev. 4, and no title has these words. Expected a "
                  "code such as 1520, or a word such as footwear.") % told
            )  # fmt: skip
        if len(near) > NAMED:
            raise forms.ValidationError(
                _("“%(said)s” is no code of ISIC Rev. 4. Among the titles with these words: "
                  "%(near)s.") % told
            )  # fmt: skip
        raise forms.ValidationError(
            _("“%(said)s” is no code of ISIC Rev. 4. Titles with these words: %(near)s.") % told
        )

    def _read(self, said: str) -> Industry | None:
        """The industry whose code comes first. A letter may be a word: its title must follow."""
        code, _blank, title = said.partition(" ")
        if not _CODE.fullmatch(code.upper()):
            return None
        found = self.queryset.filter(pk=code.upper()).first()
        sure = code.isdigit() or not title or str(found) == said
        return found if sure else None
