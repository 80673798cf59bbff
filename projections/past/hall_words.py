"""The sentences of what happens to a hall, its windows and its notices."""

from __future__ import annotations


HALL_SENTENCES: dict[str, dict[str, str]] = {
    "day-opened": {"zh": "当日营业开始", "en": "the day began"},
    "rules-adopted": {
        "zh": "启用更改后的大厅配置",
        "en": "the hall began to work by a changed profile",
    },
    "day-closed": {"zh": "当日营业结束", "en": "the day ended"},
    "day-closed-overdue": {
        "zh": "当日营业结束（次日补办）",
        "en": "the day was ended when a later one had begun",
    },
    "window-opened": {
        "zh": "{window}开窗，{clerk}值守",
        "en": "{window} opened with {clerk} on duty",
    },
    "window-paused": {
        "zh": "{window}暂停：{reason}",
        "en": "{window} paused: {reason}",
    },
    "window-resumed": {"zh": "{window}恢复叫号", "en": "{window} went on calling"},
    "window-closed": {"zh": "{window}关窗", "en": "{window} closed"},
    "notice-hall": {"zh": "通知全大厅：{text}", "en": "told the whole hall: {text}"},
    "notice-zones": {"zh": "通知{places}：{text}", "en": "told {places}: {text}"},
    "notice-staff": {
        "zh": "通知全体窗口人员：{text}",
        "en": "told all clerks: {text}",
    },
    "notice-staff-zones": {
        "zh": "通知{places}的窗口人员：{text}",
        "en": "told the clerks of {places}: {text}",
    },
    "notice-windows": {"zh": "通知{places}：{text}", "en": "told {places}: {text}"},
    "notice-withdrawn": {"zh": "撤下通知：{text}", "en": "withdrew the notice: {text}"},
    "of-a-number": {"zh": "{number} {text}", "en": "{number}: {text}"},
}
