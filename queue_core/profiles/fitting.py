"""Fit loose TOML values to the types of a profile, noting every fault on the way.

``msgspec.convert`` stops at the first fault. ``Fitter`` goes on: what does not fit is
noted and stands in as its default or as an empty value, which the later checks pass
over, so that one reading shows all there is to mend.
"""

from __future__ import annotations

import datetime
import difflib
import math
import re
from functools import cache
from typing import Any, TypeVar, cast

import msgspec
import msgspec.inspect as kinds

from queue_core.values import UNSEEN

from .faults import FaultList, Path


S = TypeVar("S", bound=msgspec.Struct)

CONTROL = re.compile(f"[{UNSEEN}]")
SHOWN = 40
"""Characters of a wrong value that a fault repeats."""


class Fitter:
    """Turns plain TOML values into structs, with faults for what does not fit."""

    def __init__(self, faults: FaultList) -> None:
        self.faults = faults

    def fit(self, struct: type[S], value: dict[str, Any]) -> S:
        """Return ``value`` as ``struct``; complete even where there are faults."""
        return cast(S, self._struct(_struct_type(struct), value, ()))

    def _fit(self, kind: kinds.Type, value: object, path: Path) -> Any:
        kind = _bare(_without_none(kind))
        match kind:
            case kinds.StructType():
                return self._struct(kind, value, path)
            case kinds.ListType(item_type=item_type):
                return self._list(kind, item_type, value, path)
            case kinds.DictType(key_type=key_type, value_type=value_type):
                return self._dict(key_type, value_type, value, path)
            case _:
                return self._leaf(kind, value, path)

    # Containers.

    def _struct(self, kind: kinds.StructType, value: object, path: Path) -> Any:
        if not isinstance(value, dict):
            self._wrong(kind, value, path)
            return _empty(kind)
        known = {field.encode_name: field for field in kind.fields}
        for key in value:
            if key not in known:
                self._unknown(key, list(known), path)
        filled = {field.name: self._field(field, value, path) for field in kind.fields}
        return kind.cls(**filled)

    def _field(self, field: kinds.Field, table: dict[str, Any], path: Path) -> Any:
        place = (*path, field.encode_name)
        if field.encode_name in table:
            before = len(self.faults.found)
            fitted = self._fit(field.type, table[field.encode_name], place)
            spoiled = len(self.faults.found) > before
            is_leaf = not isinstance(fitted, (list, dict, msgspec.Struct))
            return _default(field) if spoiled and is_leaf else fitted
        if field.required:
            en, zh = _described(field.type)
            self.faults.add(place, f"is missing; give {en}", f"缺少此项，应为{zh}")
        return _default(field)

    def _list(
        self, kind: kinds.Type, item_type: kinds.Type, value: object, path: Path
    ) -> list[Any]:
        if not isinstance(value, list):
            self._wrong(kind, value, path)
            return []
        return [
            self._fit(item_type, element, (*path, place))
            for place, element in enumerate(value)
        ]

    def _dict(
        self, keys: kinds.Type, values: kinds.Type, value: object, path: Path
    ) -> dict[str, Any]:
        if not isinstance(value, dict):
            en, zh = "a table", "一个表"
            self._must_be(en, zh, value, path)
            return {}
        return {
            self._fit(keys, key, (*path, key)): self._fit(values, one, (*path, key))
            for key, one in value.items()
        }

    # Leaves.

    def _leaf(self, kind: kinds.Type, value: object, path: Path) -> Any:
        plain = _as_text(value) if isinstance(_core(kind), kinds.StrType) else value
        if isinstance(plain, str) and CONTROL.search(plain):
            en = "holds a line break or another invisible character"
            self.faults.add(path, en, "含有换行或其他不可见字符")
            return _empty(kind)
        if not _fits(kind, plain):
            self._wrong(kind, value, path)
            return _empty(kind)
        is_float = isinstance(_core(kind), kinds.FloatType)
        return float(cast(float, plain)) if is_float else plain

    # Faults.

    def _wrong(self, kind: kinds.Type, value: object, path: Path) -> None:
        self._must_be(*_described(kind), value, path)

    def _must_be(self, en: str, zh: str, value: object, path: Path) -> None:
        got = _shown(value)
        self.faults.add(path, f"must be {en}, not {got}", f"应为{zh}，现为 {got}")

    def _unknown(self, key: str, known: list[str], path: Path) -> None:
        close = difflib.get_close_matches(key, known, 1)
        hint = f"; did you mean {close[0]}?" if close else ""
        hint_zh = f"，是否应为 {close[0]}？" if close else ""
        self.faults.add((*path, key), f"is not known{hint}", f"没有这一项{hint_zh}")


# What a type is.


@cache
def _struct_type(struct: type[msgspec.Struct]) -> kinds.StructType:
    return cast(kinds.StructType, kinds.type_info(struct))


def _without_none(kind: kinds.Type) -> kinds.Type:
    if not isinstance(kind, kinds.UnionType):
        return kind
    return next(one for one in kind.types if not isinstance(one, kinds.NoneType))


def _bare(kind: kinds.Type) -> kinds.Type:
    """Return the type without its description where that is of no use."""
    core = _core(kind)
    return core if isinstance(core, (kinds.ListType, kinds.DictType)) else kind


def _core(kind: kinds.Type) -> kinds.Type:
    return kind.type if isinstance(kind, kinds.Metadata) else kind


def _fits(kind: kinds.Type, value: object) -> bool:
    core = _core(kind)
    match core:
        case kinds.StrType():
            return isinstance(value, str) and _text_fits(core, value)
        case kinds.BoolType():
            return isinstance(value, bool)
        case kinds.IntType():
            whole = isinstance(value, int) and not isinstance(value, bool)
            return whole and _in_bounds(core, cast(int, value))
        case kinds.FloatType():
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            return number and _in_bounds(core, cast(float, value))
        case kinds.LiteralType(values=values):
            return isinstance(value, (str, int)) and value in values
        case _:
            raise TypeError(f"a profile has no fields of type {core}")


def _text_fits(kind: kinds.StrType, value: str) -> bool:
    shortest, longest = kind.min_length or 0, kind.max_length or 300
    if not shortest <= len(value.strip()) <= longest:
        return False
    return kind.pattern is None or re.search(kind.pattern, value) is not None


def _in_bounds(kind: kinds.IntType | kinds.FloatType, value: float) -> bool:
    return (
        not (isinstance(value, float) and not math.isfinite(value))
        and (kind.ge is None or value >= kind.ge)
        and (kind.gt is None or value > kind.gt)
        and (kind.le is None or value <= kind.le)
    )


def _empty(kind: kinds.Type) -> Any:
    core = _core(_without_none(kind))
    match core:
        case kinds.StructType():
            return core.cls(**{one.name: _default(one) for one in core.fields})
        case kinds.ListType():
            return []
        case kinds.DictType():
            return {}
        case kinds.LiteralType(values=values):
            return values[0]
        case kinds.BoolType():
            return False
        case kinds.IntType() | kinds.FloatType():
            return 0
        case _:
            return ""


def _default(field: kinds.Field) -> Any:
    if field.default is not msgspec.NODEFAULT:
        return field.default
    if field.default_factory is not msgspec.NODEFAULT:
        return field.default_factory()
    return _empty(field.type)


# Words.


def _described(kind: kinds.Type) -> tuple[str, str]:
    """Say in English and in Chinese what a value of this type looks like."""
    kind = _without_none(kind)
    if isinstance(kind, kinds.Metadata) and kind.extra_json_schema:
        zh = (kind.extra or {}).get("zh", "")
        return str(kind.extra_json_schema["description"]), str(zh)
    match core := _core(kind):
        case kinds.IntType():
            return _number_described(core, "a whole number", "整数")
        case kinds.FloatType():
            return _number_described(core, "a number", "数字")
        case kinds.BoolType():
            return "true or false", " true 或 false"
        case kinds.LiteralType(values=values):
            words = [f'"{one}"' for one in values]
            return f"one of {', '.join(words)}", f"{'、'.join(words)} 之一"
        case kinds.StructType(fields=fields):
            names = ", ".join(one.encode_name for one in fields if one.required)
            return f"a table with {names}", f"含有 {names} 的表"
        case kinds.ListType():
            return "a list in square brackets", "方括号中的列表"
        case kinds.DictType():
            return "a table", "一个表"
        case _:
            return "text in quotes", "引号中的文字"


def _number_described(
    kind: kinds.IntType | kinds.FloatType, en: str, zh: str
) -> tuple[str, str]:
    low = kind.ge if kind.ge is not None else kind.gt
    if low is None or kind.le is None:
        return en, zh
    above = "above" if kind.gt is not None else "from"
    above_zh = "大于" if kind.gt is not None else "从"
    bounds = f"{above} {low:g} to {kind.le:g}"
    return f"{en} {bounds}", f"{above_zh} {low:g} 到 {kind.le:g} 的{zh}"


def _as_text(value: object) -> object:
    """Return dates and times, which TOML also knows without quotes, as text."""
    if isinstance(value, datetime.datetime):
        return value
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return value.isoformat("minutes")
    return value


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and value.bit_length() > SHOWN:
        return "a very large number"
    text = f'"{value}"' if isinstance(value, str) else str(value)
    text = CONTROL.sub("␣", text)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
