"""The fixed words of a slip, in both languages."""

from __future__ import annotations

from typing import NamedTuple

from queue_core.values import Language


class SlipWords(NamedTuple):
    """The fixed words of a slip in one language."""

    your_number: str
    classes: dict[str, str]
    items: str
    ahead: str
    next_one: str
    area: str
    windows: str
    and_: str
    ask: str
    issued: str
    closing_soon: str
    missed: str
    missed_ends: str
    scan: str


WORDS: dict[Language, SlipWords] = {
    "zh": SlipWords(
        your_number="您的排队号",
        classes={"green": "绿色通道", "appointment": "预约"},
        items="办理事项：",
        ahead="前面等候：{people} 人",
        next_one="前面等候：0 人，请留意叫号",
        area="办理区域：{zone}（{place}）",
        windows="办理窗口：{windows} 号",
        and_="、",
        ask="办理窗口：请留意叫号屏",
        issued="取号时间：{issued}",
        closing_soon="临近下班，今天可能办不完，敬请谅解。",
        missed="请留意叫号。过号不用重新取号，再叫 {calls} 个号后会重新叫您；"
        "第 {limit} 次过号，号票作废。",
        missed_ends="请留意叫号。过号后号票作废，需重新取号。",
        scan="扫码看进度，可暂离、取消、评价",
    ),
    "en": SlipWords(
        your_number="Your number",
        classes={"green": "Green channel", "appointment": "Appointment"},
        items="For: ",
        ahead="Ahead of you: {people}",
        next_one="Ahead of you: 0. Please listen for your number",
        area="Area: {zone} ({place})",
        windows="Windows: {windows}",
        and_=", ",
        ask="Window: please watch the screens",
        issued="Taken at: {issued}",
        closing_soon="We close soon. You may not be served today.",
        missed="Please listen for your number. If you miss your call, keep this slip: "
        "you are called again after {calls} others. Missed call {limit} ends it.",
        missed_ends="Please listen for your number. If you miss your call, this number "
        "ends and you need a new one.",
        scan="Scan to follow your number, pause or cancel it",
    ),
}
