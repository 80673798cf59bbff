"""The indicators of 好差评: what a citizen may tick beside each grade.

Codes and Chinese texts are those of the evaluation interface in use (``evalDetail``);
the first digit stands for the grade. Indicators marked basic are offered first.
"""

from __future__ import annotations

from typing import NamedTuple

from queue_core.values import Grade


class Indicator(NamedTuple):
    """One statement that belongs to one grade."""

    code: str
    grade: Grade
    zh: str
    en: str
    basic: bool = False


def _indicators(grade: Grade, *rows: tuple[str, str, str]) -> list[Indicator]:
    return [
        Indicator(code.rstrip("*"), grade, zh, en, code.endswith("*"))
        for code, zh, en in rows
    ]


_TABLE: list[Indicator] = [
    *_indicators(
        "very-satisfied",
        ("510*", "一窗受理一次办结", "Accepted at one window and finished in one go"),
        (
            "511*",
            "可以先受理后补材料",
            "Accepted first, missing papers handed in later",
        ),
        ("512*", "不用提交证明", "No certificates had to be handed in"),
        ("513", "可以全程网上办理", "Everything can be done online"),
        ("514", "可以使用手机办理", "It can be done on a mobile phone"),
        ("515", "可以就近办理", "It can be done close to home"),
        ("516", "无需材料直接办理", "Done at once, without any papers"),
        ("517", "服务热情效率高", "Friendly and efficient service"),
    ),
    *_indicators(
        "satisfied",
        ("406*", "填写一张表单就可完成申报", "One form was enough to apply"),
        ("407*", "在线提交材料窗口核验", "Papers sent online, checked at the window"),
        ("408*", "一张清单告知全部申报材料", "One list named every paper needed"),
        ("409", "用告知承诺减免申报材料", "A signed promise stood in for papers"),
        ("410", "可以在线预约办理", "An appointment can be made online"),
        ("411", "跑大厅一次办完", "Finished in a single visit to the hall"),
        ("412", "可以使用自助机办理", "It can be done at a self-service machine"),
        ("413", "服务态度较好", "Good manners"),
    ),
    *_indicators(
        "basically-satisfied",
        ("307*", "一次性告知需要补正的材料", "Told once, in full, what was missing"),
        ("308*", "提供申报材料样本", "Samples of the papers were provided"),
        ("309*", "在承诺的时间内办结", "Finished within the promised time"),
        ("310", "办事指南指引准确", "The service guide was accurate"),
        (
            "311",
            "按办事指南要求的材料即可办理",
            "The papers named in the service guide were enough",
        ),
        ("312", "可以快递送达", "The result can be sent by courier"),
        ("313", "跑动次数与承诺的一致", "As many visits as were promised"),
        ("314", "服务态度一般", "Average manners"),
    ),
    *_indicators(
        "dissatisfied",
        ("207*", "没有提供材料样本", "No samples of the papers were provided"),
        ("208*", "没有提供材料清单", "No list of the papers was provided"),
        ("209*", "未在承诺时间内办结", "Not finished within the promised time"),
        (
            "210",
            "同样内容的证明材料被要求多次提交",
            "The same proof was asked for more than once",
        ),
        (
            "211",
            "承诺网办但无法在线办理",
            "Promised online, but it could not be done online",
        ),
        (
            "212",
            "在线预约办理后到实体大厅重复取号排队",
            "Had an appointment, but had to take a number and queue again",
        ),
        ("213", "窗口人员业务不熟练", "The clerk did not know the work well"),
        ("214", "服务态度生硬", "Brusque manners"),
    ),
    *_indicators(
        "very-dissatisfied",
        (
            "108*",
            "在办事指南之外增加新的审批条件",
            "Conditions were added that are not in the service guide",
        ),
        (
            "109*",
            "需提供办事指南之外的申报材料",
            "Papers were asked for that are not in the service guide",
        ),
        (
            "110*",
            "无理由超过法定办理时间",
            "The legal time limit was exceeded without a reason",
        ),
        ("111", "办事指南提供样本有错", "The samples in the service guide were wrong"),
        (
            "112",
            "承诺在线收取申报材料实际无法收取",
            "Papers promised to be taken online could not be sent",
        ),
        ("113", "多头跑窗口和部门", "Sent from window to window and office to office"),
        ("114", "跑动次数与承诺的不一致", "More visits than were promised"),
        ("115", "服务态度差效率低", "Bad manners and slow work"),
    ),
]

INDICATORS: dict[str, Indicator] = {indicator.code: indicator for indicator in _TABLE}
"""Every indicator by its code, in the order in which a screen shows them."""


def indicators_of(grade: Grade) -> list[Indicator]:
    """Return the indicators that belong to a grade, basic ones first."""
    return [indicator for indicator in _TABLE if indicator.grade == grade]
