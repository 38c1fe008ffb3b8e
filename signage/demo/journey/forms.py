"""Reads the forms of a page as a browser does: where they go, and what stands in their fields."""

from html.parser import HTMLParser

import msgspec

Attributes = dict[str, str]


class Form(msgspec.Struct, kw_only=True):
    """A form with the values that would be sent if nobody touched it; files are left out."""

    action: str
    method: str
    fields: list[tuple[str, str]]
    names: set[str]

    def filled(self, values: dict[str, str | list[str]]) -> dict[str, list[str]]:
        """Return what is sent after `values` were typed; raises KeyError for a field it lacks."""
        sent: dict[str, list[str]] = {}
        for name, value in self.fields:
            sent.setdefault(name, []).append(value)
        for name, typed in values.items():
            if name not in self.names:
                raise KeyError(f"{self.action} has no field {name}; it has {sorted(self.names)}")
            sent[name] = typed if isinstance(typed, list) else [typed]
        return sent


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._by_id: dict[str, Form] = {}
        self._open: Form | None = None
        self._select: tuple[Form, str, bool] | None = None
        self._options: list[tuple[str, bool]] = []
        self._option: str | None = None
        self._area: tuple[Form, str] | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._begin_form(given)
        elif tag in {"input", "button"}:
            self._input(tag, given)
        elif tag == "select" and (form := self._form_of(given)) and given.get("name"):
            form.names.add(given["name"])
            self._select = form, given["name"], "multiple" in given
            self._options = []
        elif tag == "option" and self._select:
            self._options.append((given.get("value", ""), "selected" in given))
        elif tag == "textarea" and (form := self._form_of(given)) and given.get("name"):
            form.names.add(given["name"])
            self._area, self._text = (form, given["name"]), []

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select" and self._select:
            self._end_select(*self._select)
        elif tag == "textarea" and self._area:
            form, name = self._area
            # The line end right after the tag is markup, not text.
            form.fields.append((name, "".join(self._text).removeprefix("\n")))
            self._area = None

    def _begin_form(self, given: Attributes) -> None:
        self._open = Form(
            action=given.get("action", ""),
            method=given.get("method", "get").lower(),
            fields=[],
            names=set(),
        )
        self.forms.append(self._open)
        if given.get("id"):
            self._by_id[given["id"]] = self._open

    def _form_of(self, given: Attributes) -> Form | None:
        return self._by_id.get(given["form"]) if given.get("form") else self._open

    def _input(self, tag: str, given: Attributes) -> None:
        form, name = self._form_of(given), given.get("name", "")
        if form is None or not name or "disabled" in given:
            return
        kind = given.get("type", "submit" if tag == "button" else "text").lower()
        form.names.add(name)
        if kind in {"submit", "button", "image", "reset", "file"}:
            return
        if kind in {"checkbox", "radio"}:
            if "checked" in given:
                form.fields.append((name, given.get("value", "on")))
            return
        form.fields.append((name, given.get("value", "")))

    def _end_select(self, form: Form, name: str, several: bool) -> None:
        chosen = [value for value, selected in self._options if selected]
        if not chosen and not several and self._options:
            chosen = [self._options[0][0]]
        form.fields += [(name, value) for value in chosen]
        self._select = None


def forms_of(html: str) -> list[Form]:
    """Return the forms of a page in order."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms
