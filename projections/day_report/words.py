"""The report's words in Chinese and English; sentences with values are templates."""

from __future__ import annotations


WORDS: dict[str, dict[str, str]] = {
    "title": {"zh": "运行抽查日报", "en": "Daily spot-check report"},
    "covers": {
        "zh": "依据当日记录第 1–{version} 号",
        "en": "Covers records 1–{version} of the day",
    },
    "generated": {"zh": "生成时间 {time}", "en": "Generated {time}"},
    "day-running": {
        "zh": "当日尚未结束，数据截至 {time}",
        "en": "The day is not over; figures as of {time}",
    },
    "day-overdue": {
        "zh": "当日未按时关闭，由次日开门时依规关闭",
        "en": "The day was left open and closed by rule on the next opening",
    },
    "conclusion": {"zh": "结论", "en": "Conclusions"},
    "points": {"zh": "关注点", "en": "Points to look at"},
    "volumes": {"zh": "业务量", "en": "Volumes"},
    "waits": {"zh": "等候", "en": "Waits"},
    "timeline": {"zh": "窗口时间线", "en": "Windows through the day"},
    "evaluations": {"zh": "好差评", "en": "Evaluations"},
    "method": {"zh": "口径说明", "en": "How the figures are made"},
    "none": {"zh": "无", "en": "none"},
    "total": {"zh": "合计", "en": "Total"},
    "zone": {"zh": "专区", "en": "Zone"},
    "class": {"zh": "类别", "en": "Class"},
    "channel": {"zh": "取号方式", "en": "Channel"},
    "window": {"zh": "窗口", "en": "Window"},
    "clerk": {"zh": "窗口人员", "en": "Clerk"},
    "issued": {"zh": "取号", "en": "Taken"},
    "called": {"zh": "叫到", "en": "Called"},
    "served": {"zh": "办毕", "en": "Served"},
    "no-show": {"zh": "过号作废", "en": "No-show"},
    "cancelled": {"zh": "取消", "en": "Cancelled"},
    "expired": {"zh": "日终作废", "en": "Expired"},
    "live": {"zh": "在厅", "en": "In the hall"},
    "count": {"zh": "人次", "en": "Number"},
    "mean": {"zh": "平均", "en": "Mean"},
    "p50": {"zh": "半数不超过", "en": "Half within"},
    "p90": {"zh": "九成不超过", "en": "9 in 10 within"},
    "longest": {"zh": "最长", "en": "Longest"},
    "minutes": {"zh": "分钟", "en": "min"},
    "time": {"zh": "时间", "en": "Time"},
    "fact": {"zh": "情况", "en": "What the record shows"},
    "records": {"zh": "记录号", "en": "Records"},
    "kind": {"zh": "类型", "en": "Kind"},
    "found": {"zh": "处数", "en": "Found"},
    "foremost": {"zh": "最突出的一处", "en": "The foremost"},
    "number": {"zh": "排队号", "en": "Number"},
    "on-duty": {"zh": "在岗", "en": "On duty"},
    "serving": {"zh": "办理", "en": "Serving"},
    "awaiting": {"zh": "叫号待到", "en": "Called"},
    "idle": {"zh": "空闲", "en": "Free"},
    "paused": {"zh": "暂停", "en": "Paused"},
    "services": {"zh": "办件", "en": "Services"},
    "evaluated": {"zh": "评价", "en": "Evaluated"},
    "rated": {"zh": "参评率", "en": "Rate given"},
    "bad": {"zh": "差评", "en": "Bad"},
    "grade": {"zh": "等级", "en": "Grade"},
    "said": {"zh": "指标与留言", "en": "Indicators and words"},
    "bad-list": {"zh": "差评明细", "en": "Bad evaluations"},
    "inspector": {"zh": "抽查人（签字）", "en": "Inspector (signature)"},
    "leader": {"zh": "负责人（签字）", "en": "In charge (signature)"},
    "date": {"zh": "日期", "en": "Date"},
    "more": {
        "zh": "本类共 {all} 处，此处列最突出的 {shown} 处，"
        "其余见同名工作簿“关注点”页。",
        "en": "{all} of this kind; the foremost {shown} are listed, the others stand "
        "on sheet “Points” of the workbook of the same name.",
    },
    "page": {"zh": "第", "en": "Page"},
    "key-mean": {"zh": "平均等候", "en": "Mean wait"},
    "key-p90": {"zh": "九成等候不超过", "en": "9 in 10 waited at most"},
    "key-points": {"zh": "关注点", "en": "Points"},
    "key-good": {"zh": "好评率", "en": "Good evaluations"},
    "plot-flow": {
        "zh": "每半小时取号（浅）与叫到（深）人次",
        "en": "Numbers taken (light) and called (dark) per half hour",
    },
    "plot-heat": {
        "zh": "各专区每半小时平均等候（分钟，按取号时刻）",
        "en": "Mean wait per zone and half hour, minutes, by the time of taking",
    },
    "plot-waits": {
        "zh": "柱：平均等候；横线：九成不超过（分钟，按取号半小时）",
        "en": "Bars: mean wait; marks: 9 in 10 within (minutes, by time of taking)",
    },
    "plot-timeline": {
        "zh": "窗口开放时段内的状态；点划处为大厅工作时间",
        "en": "State of each window on duty; dashed lines are the hall's sessions",
    },
    "sheet-summary": {"zh": "概况", "en": "Summary"},
    "sheet-points": {"zh": "关注点", "en": "Points"},
    "sheet-waits": {"zh": "等候", "en": "Waits"},
    "sheet-windows": {"zh": "窗口", "en": "Windows"},
    "sheet-services": {"zh": "办件", "en": "Services"},
    "sheet-tickets": {"zh": "号票", "en": "Tickets"},
    "sheet-evaluations": {"zh": "评价", "en": "Evaluations"},
    "wait": {"zh": "等候（分钟）", "en": "Wait (minutes)"},
    "item": {"zh": "事项", "en": "Item"},
    "outcome": {"zh": "结果", "en": "Outcome"},
    "duration": {"zh": "用时（分钟）", "en": "Duration (minutes)"},
    "expected": {"zh": "预计（分钟）", "en": "Expected (minutes)"},
    "ended": {"zh": "结束", "en": "Ended"},
    "end-reason": {"zh": "结束原因", "en": "How it ended"},
    "misses": {"zh": "过号次数", "en": "Misses"},
    "calls": {"zh": "叫号次数", "en": "Calls"},
    "missed": {"zh": "过号", "en": "Missed"},
    "half-hour": {"zh": "半小时", "en": "Half hour"},
    "service": {"zh": "服务编号", "en": "Service"},
    "started": {"zh": "开始", "en": "Began"},
    "pieces": {"zh": "{n} 处", "en": "{n}"},
}

KIND_NAMES: dict[str, dict[str, str]] = {
    "bad-evaluation": {"zh": "差评", "en": "bad evaluations"},
    "idle": {"zh": "窗口空闲而有人等候", "en": "window free while somebody waited"},
    "late": {"zh": "晚到岗", "en": "window open late"},
    "early": {"zh": "早离岗", "en": "window closed early"},
    "pause-long": {"zh": "工作时间内暂停过长", "en": "long pause in working hours"},
    "pauses-many": {"zh": "工作时间内暂停频繁", "en": "many pauses in working hours"},
    "missed-hasty": {"zh": "叫号后立即记过号", "en": "call given up within seconds"},
    "missed-unrecalled": {"zh": "未重呼即记过号", "en": "missed without a recall"},
    "service-short": {"zh": "办理时间过短", "en": "service far too short"},
    "service-long": {"zh": "办理时间过长", "en": "service far too long"},
    "unrated": {"zh": "参评过少", "en": "few services evaluated"},
    "expired": {"zh": "闭厅时未办而作废", "en": "ended unserved at closing"},
}

SENTENCES: dict[str, dict[str, str]] = {
    "bad-evaluation": {
        "zh": "{number} 号评价“{grade}”（{channel}）{said}",
        "en": "{number} was evaluated “{grade}” ({channel}){said}",
    },
    "idle": {
        "zh": "{since}–{until} 空闲 {idle}，其间 {number} 号等 {tickets} 个可办号在等",
        "en": "free for {idle} ({since}–{until}) while {number} waited "
        "(numbers it may serve: {tickets})",
    },
    "late": {
        "zh": "应于 {due} 到岗，{came} 才在岗，晚 {late}",
        "en": "due at {due}, present from {came}, {late} late",
    },
    "early": {
        "zh": "应在岗到 {due}，{left} 离岗，早 {early}",
        "en": "due until {due}, last present at {left}, {early} early",
    },
    "pause-long": {
        "zh": "{since}–{until} 暂停，工作时间内 {pause}（{reason}）",
        "en": "paused {since}–{until}, {pause} of it in working hours ({reason})",
    },
    "pauses-many": {
        "zh": "工作时间内暂停 {times} 次，共 {pause}（{reasons}）",
        "en": "paused {times} times in working hours, {pause} in all ({reasons})",
    },
    "missed-hasty": {
        "zh": "{number} 号 {called} 叫号，{waited} 后即记过号，共播报 {times} 次",
        "en": "{number} was called at {called} and given up after {waited}, "
        "announcements: {times}",
    },
    "missed-unrecalled": {
        "zh": "{number} 号 {called} 叫号后未重呼，{waited} 后记过号",
        "en": "{number} was called at {called}, never repeated, "
        "and given up after {waited}",
    },
    "service-short": {
        "zh": "{number} 号“{items}”用时 {service}，预计 {expected}（{outcome}）",
        "en": "{number}, {items}: {service} against {expected} expected ({outcome})",
    },
    "service-long": {
        "zh": "{number} 号“{items}”用时 {service}，预计 {expected}（{outcome}）",
        "en": "{number}, {items}: {service} against {expected} expected ({outcome})",
    },
    "unrated": {
        "zh": "办件 {served} 件，评价 {given} 件",
        "en": "{given} of {served} services were evaluated",
    },
    "expired": {
        "zh": "{number} 号（{queue}）{issued} 取号，叫过 {calls} 次，闭厅时未办",
        "en": "{number} ({queue}), taken at {issued}, ended unserved (calls: {calls})",
    },
}

CONCLUSIONS: dict[str, dict[str, str]] = {
    "volume": {
        "zh": "{date}，{hall}取号 {issued} 个，办毕 {served} 个"
        "（取消 {cancelled}、过号作废 {no_show}、日终作废 {expired}）；"
        "开放窗口 {windows} 个，完成办件 {services} 件，平均用时 {service}。",
        "en": "On {date}, {hall} gave out {issued} numbers and served {served} of them "
        "({cancelled} cancelled, {no_show} no-shows, {expired} expired); {windows} "
        "windows were on duty and finished {services} services, {service} on average.",
    },
    "waits": {
        "zh": "平均等候 {mean}，九成群众在 {p90} 内被叫到，最长 {longest}；"
        "等候最久的是{zone}（平均 {zone_mean}）。",
        "en": "People waited {mean} on average, nine in ten were called within {p90}, "
        "the longest wait was {longest}; the longest mean wait was in {zone} "
        "({zone_mean}).",
    },
    "waits-none": {"zh": "当日未叫号。", "en": "Nobody was called."},
    "evaluations": {
        "zh": "收到评价 {given} 件，参评率 {rate}，好评率 {good}，差评 {bad} 件。",
        "en": "{given} services were evaluated ({rate} of all), {good} of them good, "
        "{bad} bad.",
    },
    "evaluations-none": {"zh": "当日无评价。", "en": "No service was evaluated."},
    "points": {
        "zh": "抽查记录共列 {count} 处关注点：{kinds}。均注明记录号，可逐条核对。",
        "en": "Points to look at in the record, {count} in all: {kinds}. Each names "
        "the records that show it.",
    },
    "points-none": {
        "zh": "按下列口径抽查记录，未见需要关注之处。",
        "en": "By the limits stated below, the record shows nothing to look at.",
    },
    "clear": {"zh": "未见：{kinds}。", "en": "Nothing was found of: {kinds}."},
}

METHOD: dict[str, list[str]] = {
    "zh": [
        "等候：从取号（预约号为取号与预约时间中较晚者）到第一次叫号。",
        "半数、九成按最近秩取值。用时不含挂起时间。",
        "空闲而有人等候：窗口在岗、未暂停、无号，且其可办队列有号连续等候满 {idle}；"
        "协助队列从其推后时间起算。",
        "晚到岗、早离岗：与大厅各工作时段比较，容许 {punctual}。暂停只计工作时段内，"
        "满 {pause} 为过长，多于 {pauses} 次为频繁。",
        "叫号后不足 {hasty} 记过号为立即记过号；未重呼指该次叫号只播报一次。",
        "过短、过长：不足预计用时的 {short} 或超过 {long} 倍，且偏离当日同事项"
        "（办件少时为同队列）分布 {deviation} 个稳健标准差以上；"
        "离开、咨询、事项不符不计过短。",
        "参评过少：办件满 {rated_from} 件而评价不足 {rated}。评价自愿，"
        "此项只提示设备或提醒。",
        "关注点是查看的理由，不是结论。“#”后为当日记录（hall-day）的号，"
        "评价另有其自身记录（evaluation/服务编号）。",
    ],
    "en": [
        "A wait runs from taking the number (an appointment: from the booked time, if "
        "later) to the first call.",
        "Half and nine in ten are by nearest rank. Durations leave out time on hold.",
        "Free while somebody waited: on duty, not paused, nobody at the window, and a "
        "number it may serve in line for {idle} on end; a backup queue counts from "
        "its offset.",
        "Late and early: against the hall's sessions, with {punctual} of grace. Pauses "
        "count inside sessions only; {pause} is long, more than {pauses} are many.",
        "Given up within seconds: less than {hasty} after the call. Without a recall: "
        "the call was announced once only.",
        "Too short or long: below {short} of the expected minutes or above {long} "
        "times, and {deviation} robust deviations off the item's day (its queue's, if "
        "it was seldom served); left, consulted and wrong item are never too short.",
        "Few evaluated: at least {rated_from} services and less than {rated} of them. "
        "Evaluation is voluntary; this only hints at devices or reminders.",
        "A point is a reason to look, not a verdict. “#” is a record's number in the "
        "hall-day; an evaluation has a record of its own (evaluation/service).",
    ],
}
