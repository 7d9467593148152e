"""Form → JSON Schema (2020-12), so that an editor can complete and check a data file."""

from typing import Any

from toolkit.forms.kinds import Kind
from toolkit.forms.model import Form, Key
from toolkit.forms.values import LARGEST, NOT_APPLICABLE

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(form: Form) -> dict[str, Any]:
    """Describe a data file on this form; keys may be ids or official labels."""
    schema = _object(form.keys)
    return {"$schema": _DIALECT, "$id": f"nianbao:{form.id}", "title": form.name, **schema}


def _object(keys: tuple[Key, ...]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for key in keys:
        described = _property(key)
        properties[key.id] = described
        properties.setdefault(key.label, {**described, "description": key.id})
    required = [
        {"anyOf": [{"required": [key.id]}, {"required": [key.label]}]}
        for key in keys
        if key.required
    ]
    schema: dict[str, Any] = {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    return {**schema, "allOf": required} if required else schema


def _property(key: Key) -> dict[str, Any]:
    about = "; ".join(part for part in (key.label, key.about) if part)
    if key.keys:
        return {**_object(key.keys), "description": about}
    schema = _values(key.holds)
    if key.choices:
        schema = {"enum": [word for choice in key.choices for word in dict.fromkeys(choice)]}
    if key.longest:
        schema["maxLength"] = key.longest
    if key.columns:
        schema |= {"items": _item(key.columns, closed=key.records)} | (
            {"maxItems": key.most} if key.most else {}
        )
    return {**schema, "description": about}


def _values(kind: Kind) -> dict[str, Any]:
    """Describe the values of a kind: its type, and the limits that mean something."""
    schema = dict(kind.json)
    if kind.minimum is not None and kind.minimum > -LARGEST:
        schema["minimum"] = _plain(kind.minimum)
    if kind.maximum is not None and kind.maximum < LARGEST:
        schema["maximum"] = _plain(kind.maximum)
    if kind.absent:
        words = list(dict.fromkeys((kind.absent, *sorted(NOT_APPLICABLE))))
        return {"anyOf": [schema, {"enum": words}]}
    if kind.pattern:
        schema["pattern"] = f"^(?:{kind.pattern})$"
    return schema


def _column(key: Key) -> dict[str, Any]:
    if not key.choices:
        return _values(key.holds)
    return {"enum": [word for choice in key.choices for word in dict.fromkeys(choice)]}


def _plain(number: Any) -> int | float:
    return int(number) if number == int(number) else float(number)


def _item(columns: tuple[Key, ...], *, closed: bool = False) -> dict[str, Any]:
    """Describe one item of a list; a column may go by its id, its label or another spelling."""
    names = [(key, (key.id, key.label, *key.variants)) for key in columns]
    required = [
        {"anyOf": [{"required": [name]} for name in spelled]}
        for key, spelled in names
        if key.required
    ]
    return {
        "type": "object",
        "properties": {name: _column(key) for key, spelled in names for name in spelled},
        **({"additionalProperties": False} if closed else {}),
        **({"allOf": required} if required else {}),
    }
