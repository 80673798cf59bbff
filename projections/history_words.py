"""The sentences of a number's history, in Chinese and English.

``PHRASES`` name the codes of the record in words; the day report uses them too.
"""

from __future__ import annotations


SENTENCES: dict[str, dict[str, str]] = {
    "issued": {
        "zh": "取号 {number}（{ticket_class}，{channel}）：{items}；"
        "排入{queue}，前面 {ahead} 人，有效时间 {effective}",
        "en": "took number {number} ({ticket_class}, {channel}) for {items}; "
        "joined {queue} with {ahead} ahead, effective time {effective}",
    },
    "issued-booked": {
        "zh": "取号 {number}（{ticket_class} {booked}，{channel}）：{items}；"
        "排入{queue}，前面 {ahead} 人，有效时间 {effective}",
        "en": "took number {number} ({ticket_class} for {booked}, {channel}) for "
        "{items}; joined {queue} with {ahead} ahead, effective time {effective}",
    },
    "step-queued": {
        "zh": "继续办理{items}，排入{queue}，位次保留",
        "en": "goes on with {items} in {queue}, keeping the place",
    },
    "returned": {
        "zh": "按规则回到{place}排队，其间该队列已叫 {calls} 个号",
        "en": "returned to {place} by the rule, after {calls} other calls",
    },
    "resumed": {
        "zh": "暂离结束，回到队列，有效时间 {effective}",
        "en": "came back into the line, effective time {effective}",
    },
    "paused": {
        "zh": "暂离，位次保留到 {until}",
        "en": "left the line for a while; the place is kept until {until}",
    },
    "pinned": {
        "zh": "大厅管理员准许提前叫号：{reason}",
        "en": "a manager allowed it to be called out of order: {reason}",
    },
    "ended-served": {"zh": "办毕", "en": "all served; the number has ended"},
    "ended-cancelled": {"zh": "取消", "en": "cancelled"},
    "ended-no-show": {
        "zh": "过号次数已满，号票作废",
        "en": "missed too often; the number has ended",
    },
    "ended-expired": {
        "zh": "当日结束时仍未办理，号票作废",
        "en": "ended unserved when the day closed",
    },
    "item-added-now": {
        "zh": "加办{item}，在本窗口一并办理",
        "en": "{item} was added and is served at the same window",
    },
    "item-added-later": {
        "zh": "加办{item}，作为后续步骤",
        "en": "{item} was added as a later step",
    },
    "called-rule": {
        "zh": "{window}叫号：有效时间 {effective} 最早",
        "en": "called to {window}: earliest effective time, {effective}",
    },
    "called-rule-backup": {
        "zh": "{window}叫号（协助窗口，推后 {offset}）：有效时间 {effective}",
        "en": "called to {window} (backup, {offset} later): effective time {effective}",
    },
    "called-pinned": {
        "zh": "{window}叫号：经大厅管理员准许",
        "en": "called to {window}: allowed by a manager",
    },
    "called-transferred": {
        "zh": "{window}叫号：由其他窗口转来",
        "en": "called to {window}: it was transferred there",
    },
    "called-held": {
        "zh": "{window}叫号：此前在本窗口挂起",
        "en": "called to {window}: it was held there",
    },
    "recalled": {
        "zh": "{window}重呼，第 {times} 次播报",
        "en": "called again to {window}, announcement {times}",
    },
    "missed": {
        "zh": "{window}记过号，第 {times} 次{reason}",
        "en": "missed the call to {window}, miss {times}{reason}",
    },
    "started": {
        "zh": "{window}开始办理：{items}",
        "en": "service began at {window}: {items}",
    },
    "held": {"zh": "{window}挂起{reason}", "en": "held at {window}{reason}"},
    "held-resumed": {
        "zh": "{window}恢复办理",
        "en": "taken up again at {window}",
    },
    "transferred": {
        "zh": "由{window}转到{target}，位次保留{reason}",
        "en": "sent from {window} to {target}, keeping the place{reason}",
    },
    "transferred-later": {
        "zh": "由{window}转到{target}，位次保留，{ready} 前准备材料{reason}",
        "en": "sent from {window} to {target}, keeping the place, "
        "to be ready at {ready}{reason}",
    },
    "completed": {
        "zh": "{window}办理结束：{outcome}，用时 {duration}",
        "en": "service ended at {window}: {outcome}, {duration}",
    },
    "completed-supplement": {
        "zh": "{window}办理结束：{outcome}，用时 {duration}；一次性告知：{supplement}",
        "en": "service ended at {window}: {outcome}, {duration}; "
        "to bring: {supplement}",
    },
    "miss-undone": {
        "zh": "{window}撤销误记的过号，本次叫号仍然有效",
        "en": "the miss at {window} was a mistake and is undone; the call stands",
    },
    "completion-undone": {
        "zh": "{window}撤销误按的办理结束，继续办理",
        "en": "the end at {window} was a mistake and is undone; the service goes on",
    },
    "evaluated": {
        "zh": "评价：{grade}（{channel}）{said}",
        "en": "evaluated: {grade} ({channel}){said}",
    },
}

PHRASES: dict[str, dict[str, str]] = {
    "green": {"zh": "绿色通道", "en": "green channel"},
    "appointment": {"zh": "预约", "en": "appointment"},
    "ordinary": {"zh": "普通", "en": "ordinary"},
    "kiosk": {"zh": "取号机", "en": "kiosk"},
    "phone": {"zh": "手机", "en": "phone"},
    "help-desk": {"zh": "导办台", "en": "help desk"},
    "pad": {"zh": "评价器", "en": "pad"},
    "counter-code": {"zh": "窗口静态码", "en": "counter code"},
    "done": {"zh": "办结", "en": "done"},
    "accepted": {"zh": "受理", "en": "accepted"},
    "needs-supplement": {"zh": "需补正", "en": "needs a supplement"},
    "consulted": {"zh": "咨询", "en": "consulted"},
    "wrong-item": {"zh": "事项不符", "en": "wrong item"},
    "left": {"zh": "群众离开", "en": "left"},
    "very-satisfied": {"zh": "非常满意", "en": "very satisfied"},
    "satisfied": {"zh": "满意", "en": "satisfied"},
    "basically-satisfied": {"zh": "基本满意", "en": "basically satisfied"},
    "dissatisfied": {"zh": "不满意", "en": "dissatisfied"},
    "very-dissatisfied": {"zh": "非常不满意", "en": "very dissatisfied"},
    "served": {"zh": "办毕", "en": "served"},
    "cancelled": {"zh": "取消", "en": "cancelled"},
    "no-show": {"zh": "过号作废", "en": "no-show"},
    "expired": {"zh": "日终作废", "en": "expired"},
    "live": {"zh": "在厅", "en": "still in the hall"},
}
