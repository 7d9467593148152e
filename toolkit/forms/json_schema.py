"""Form → JSON Schema (2020-12), so that an editor can complete and check a data file."""

from typing import Any

from toolkit.forms.model import Form, Key

_DIALECT = "https://json-schema.org/draft/2020-12/schema"

_YEAR: dict[str, Any] = {"type": "integer"}
_COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}

_KINDS: dict[str, dict[str, Any]] = {
    "count": _COUNT,
    "signed": {"type": "integer"},
    "wan_yuan": {"type": "number", "minimum": 0},
    "money": {"type": ["number", "string"], "minimum": 0},
    "year": _YEAR,
    "flag": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "text": {"type": ["string", "array"], "items": {"type": "string"}},
    "list": {"type": "array"},
    "earlier_years": {
        "type": "array",
        "maxItems": 9,
        "items": {
            "type": "object",
            "properties": {
                **dict.fromkeys(("year", "年度", "年份"), _YEAR),
                **dict.fromkeys(("new", "新收", "results", "办理结果"), _COUNT),
            },
            "minProperties": 3,
        },
    },
    "suppressions": {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["code", "reason"],
            "properties": {
                "code": {"type": "string"},
                "reason": {"type": "string"},
                "path": {"type": "string"},
            },
        },
    },
}


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
    schema = dict(_KINDS.get(key.kind, {"type": ["string", "number"]}))
    if key.choices:
        schema = {"enum": [choice for choice, _ in key.choices]}
    if key.longest:
        schema["maxLength"] = key.longest
    return {**schema, "description": about}
