"""Read a profile's file as text: bounded in size, in the encodings offices save."""

from __future__ import annotations

from pathlib import Path

from .faults import FaultList


LARGEST_FILE = 5 * 1024 * 1024

SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How xlsx and xls files begin."""


def content_of(
    path: Path, faults: FaultList, largest: int = LARGEST_FILE
) -> bytes | None:
    """Return the file's bytes, or None with a fault."""
    try:
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except FileNotFoundError:
        faults.add_at(0, "", "there is no such file", "缺少此文件")
        return None
    except OSError as fault:
        reason = fault.strerror or "unreadable"
        faults.add_at(0, "", f"cannot be read: {reason}", f"无法读取：{reason}")
        return None
    if len(content) > largest:
        megabytes = largest // 1024 // 1024
        en = f"is larger than {megabytes} MB"
        faults.add_at(0, "", en, f"超过 {megabytes} MB")
        return None
    return content


def decoded(content: bytes, faults: FaultList) -> str | None:
    """Return the text of UTF-8 or GB18030 bytes, or None with a fault."""
    if content.startswith(SPREADSHEETS):
        en = 'is an Excel workbook; save it as "CSV UTF-8 (comma delimited)"'
        faults.add_at(0, "", en, "是 Excel 工作簿，请另存为“CSV UTF-8（逗号分隔）”")
        return None
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content:
        en = 'is saved as Unicode text (UTF-16); save it as "CSV UTF-8"'
        faults.add_at(0, "", en, "存成了“Unicode 文本”（UTF-16），请另存为“CSV UTF-8”")
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        wrong_at = content.count(b"\n", 0, fault.start) + 1
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        en = "is neither UTF-8 nor GB18030 text from here on"
        faults.add_at(wrong_at, "", en, "从此处起既不是 UTF-8 也不是 GB18030 文字")
        return None
    en = "was read as GB18030, as older spreadsheets save it; CSV UTF-8 is safer"
    zh = "按 GB18030（旧版表格的编码）读取；建议另存为“CSV UTF-8”"
    faults.add_at(0, "", en, zh, advice=True)
    return text
