"""Values that have broken other software, and bytes that are spoilt."""

from __future__ import annotations

import random
from typing import Any


TEXTS = (
    "",
    " ",
    "\0",
    "\x7f\x80\x9b",
    "a\r\nSet-Cookie: yihao_session=x",
    "a\nERROR something was logged",
    '=HYPERLINK("http://example.invalid")',
    "@SUM(1+1)*cmd",
    "<script>document.title='x'</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}${7*7}%s%n%x",
    "' OR 1=1 --",
    "'; DROP TABLE stored_events; --",
    "../../../../etc/passwd",
    "..\\..\\windows",
    "%2e%2e%2f",
    "\u202eevitca\u202c",
    "\u200b\u200d\ufeff",
    "\ud7ff\ue000\ufffd\uffff",
    "\U0001f469\u200d\U0001f467\U00020bb7",
    "e" + "\u0301" * 50,
    "NaN",
    "-0",
    "1e400",
    "9" * 40,
    "true",
    "null",
    "[]",
    "A001",
    "township",
    "SW001",
    "2026-02-30",
    "9999-12-31",
    "0000-00-00",
    "110101199003070000",
    "13800000000",
    "大厅",
)
"""Every one has been some program's last."""

NUMBERS: tuple[Any, ...] = (
    *(0, -1, 1, 2**31, 2**53, 2**63, 2**64, -(2**63), 10**40),
    *(0.5, -0.0, 1e308, 4102444800001),
)


def text(chance: random.Random) -> str:
    """Return a text that nobody wants."""
    kind = chance.random()
    if kind < 0.7:
        return chance.choice(TEXTS)
    if kind < 0.8:
        return chance.choice(TEXTS) * chance.choice((2, 40, 3_000))
    length = chance.choice((1, 8, 64, 65, 201, 1_001))
    return "".join(character(chance) for _ in range(length))


def character(chance: random.Random) -> str:
    """Return any character that UTF-8 can carry."""
    limit = chance.choice((0x20, 0x7F, 0x100, 0x3000, 0xD800, 0x110000))
    point = chance.randrange(limit)
    return chr(point) if not 0xD800 <= point < 0xE000 else "\ufffd"


def value(chance: random.Random, depth: int = 0) -> Any:
    """Return any JSON value."""
    kind = chance.randrange(7 if depth < 3 else 4)
    match kind:
        case 0:
            return text(chance)
        case 1:
            return chance.choice(NUMBERS)
        case 2:
            return chance.choice((None, True, False))
        case 3:
            return text(chance)[:20]
        case 4:
            return [value(chance, depth + 1) for _ in range(chance.randrange(4))]
        case 5:
            names = [text(chance)[:30] for _ in range(chance.randrange(4))]
            return {name: value(chance, depth + 1) for name in names}
        case _:
            nested: Any = []
            for _ in range(chance.choice((5, 200))):
                nested = [nested]
            return nested


def spoilt(raw: bytes, chance: random.Random) -> bytes:
    """Return the bytes with some of them changed, left out or said again."""
    spoilt = bytearray(raw)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(spoilt) + 1)
        match chance.randrange(5):
            case 0 if spoilt:
                spoilt[at % len(spoilt)] = chance.randrange(256)
            case 1:
                del spoilt[at : at + chance.randint(1, 20)]
            case 2:
                spoilt[at:at] = chance.randbytes(chance.randint(1, 8))
            case 3:
                again = spoilt[at : at + chance.randint(1, 60)]
                spoilt[at:at] = again * chance.randint(1, 10)
            case _:
                spoilt[at:at] = text(chance).encode()[:200]
    return bytes(spoilt)
