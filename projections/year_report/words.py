"""The year report's own words; what it shares with the day's stands there."""

from __future__ import annotations


WORDS: dict[str, dict[str, str]] = {
    "title": {"zh": "{year} 年度运行报告", "en": "Annual report {year}"},
    "covers": {
        "zh": "依据记录至第 {position} 号",
        "en": "Read up to record {position}",
    },
    "as-of": {
        "zh": "以上各数截至记录第 {position} 号。",
        "en": "All figures above as of record {position}.",
    },
    "year-running": {
        "zh": "数据截至 {date} {time}，该日尚未结束",
        "en": "Figures as of {time} on {date}; that day is not over",
    },
    "days": {
        "zh": "{first} 至 {last}，开放 {days} 天",
        "en": "{first} to {last}, {days} days open",
    },
    "months": {"zh": "各月", "en": "Month by month"},
    "busy": {"zh": "忙时", "en": "When it is busy"},
    "zones": {"zh": "各专区", "en": "Zones"},
    "departments": {"zh": "各部门", "en": "Departments"},
    "windows": {"zh": "各窗口", "en": "Windows"},
    "clerks": {"zh": "窗口人员", "en": "Clerks"},
    "items": {"zh": "事项", "en": "Items"},
    "month": {"zh": "月份", "en": "Month"},
    "open-days": {"zh": "天数", "en": "Days"},
    "department": {"zh": "部门", "en": "Department"},
    "code": {"zh": "代号", "en": "Code"},
    "weekday": {"zh": "星期", "en": "Weekday"},
    "per-day": {"zh": "日均取号", "en": "Taken a day"},
    "position": {"zh": "截至记录", "en": "As of record"},
    "wait-mean": {"zh": "平均等候", "en": "Mean wait"},
    "wait-p50": {"zh": "半数等候不超过", "en": "Half waited within"},
    "wait-p90": {"zh": "九成不超过", "en": "9 in 10 within"},
    "wait-longest": {"zh": "最长等候", "en": "Longest wait"},
    "within": {"zh": "时限内叫到", "en": "In time"},
    "service-mean": {"zh": "平均用时", "en": "Mean service"},
    "service-p90": {"zh": "九成用时不超过", "en": "9 in 10 services within"},
    "missed": {"zh": "过号", "en": "Missed"},
    "on-duty": {"zh": "在岗", "en": "On duty"},
    "good": {"zh": "好评率", "en": "Good"},
    "hours": {"zh": "小时", "en": "h"},
    "plot-months": {
        "zh": "每月取号（浅）与办件（深）",
        "en": "Numbers taken (light) and services finished (dark) per month",
    },
    "plot-waits": {
        "zh": "柱：每月平均等候；横线：九成不超过（分钟）",
        "en": "Bars: mean wait per month; marks: 9 in 10 within (minutes)",
    },
    "plot-busy": {
        "zh": "每半小时平均取号数，按星期与取号时刻",
        "en": "Numbers taken per half hour, on average, by weekday and time",
    },
    "busiest": {"zh": "最忙的半小时", "en": "The busiest half hours"},
    "more": {
        "zh": "共 {all} 个，此处列办件最多的 {shown} 个，其余见同名工作簿“{sheet}”页。",
        "en": "{all} in all; the {shown} with the most services are listed, the others "
        "stand on sheet “{sheet}” of the workbook of the same name.",
    },
}

MONTHS: dict[str, list[str]] = {
    "zh": [f"{n} 月" for n in range(1, 13)],
    "en": [
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    ],
}

WEEKDAYS: dict[str, list[str]] = {
    "zh": ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"],
    "en": [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ],
}

CONCLUSIONS: dict[str, dict[str, str]] = {
    "volume": {
        "zh": "{year} 年，{hall}开放 {days} 天，取号 {issued} 个，日均 {per_day} 个，"
        "办毕 {served} 个（取消 {cancelled}、过号作废 {no_show}、日终作废 {expired}）；"
        "完成办件 {services} 件，平均用时 {service}。",
        "en": "In {year}, {hall} was open on {days} days, gave out {issued} numbers "
        "({per_day} a day) and served {served} of them ({cancelled} cancelled, "
        "{no_show} no-shows, {expired} expired); {services} services were finished, "
        "{service} on average.",
    },
    "waits": {
        "zh": "平均等候 {mean}，九成群众在 {p90} 内被叫到，最长 {longest}；{within} 在"
        "承诺的 {target} 内叫到。等候最久的是{zone}（平均 {zone_mean}）。",
        "en": "People waited {mean} on average, nine in ten were called within {p90}, "
        "the longest wait was {longest}; {within} were called within the promised "
        "{target}. The longest mean wait was in {zone} ({zone_mean}).",
    },
    "waits-none": {"zh": "本年未叫号。", "en": "Nobody was called."},
    "evaluations-none": {"zh": "本年无评价。", "en": "No service was evaluated."},
    "busy": {
        "zh": "最忙的月份是 {month}（日均取号 {per_day} 个）；"
        "一周中最忙的是{weekday} {time} 起的半小时（平均取号 {taken} 个）。",
        "en": "The busiest month was {month} ({per_day} numbers a day), the busiest "
        "half hour of the week begins on {weekday} at {time} ({taken} numbers on "
        "average).",
    },
}

METHOD: dict[str, list[str]] = {
    "zh": [
        "各数由逐日归集的数字相加而得，归集自记录第 1 至第 {position} 号；"
        "每件办件在归集表中注明所依据的当日记录号，可逐件核对。",
        "等候：从取号（预约号为取号与预约时间中较晚者）到第一次叫号；"
        "窗口与人员的等候是由其第一次叫到的号的等候。用时不含挂起时间。",
        "时限内叫到：第一次叫号前等候不超过 {target} 的号所占比例。",
        "半数、九成按最近秩取值，进到 0.1 分钟。",
        "专区、部门与事项按取号时的第一个事项计；含多个事项的办件计入其第一个事项。",
        "忙时：各星期每半小时取号数，按开放天数平均。",
        "评价计入办件当日；好评指非常满意、满意与基本满意。",
        "在岗从登录窗口到签退，含暂停。",
    ],
    "en": [
        "The figures are sums over days that were gathered from records 1 to "
        "{position}; every gathered service names the records of its day that prove "
        "it.",
        "A wait runs from taking the number (an appointment: from the booked time, if "
        "later) to the first call; a window's and a clerk's waits are those of the "
        "numbers they called first. Service times leave out time on hold.",
        "In time: the share of numbers that waited no longer than {target} for their "
        "first call.",
        "Half and nine in ten are by nearest rank, rounded up to 0.1 minutes.",
        "Zones, departments and items are those of the first item when the number was "
        "taken; a service of several items counts for its first.",
        "When it is busy: numbers taken per half hour, averaged over the open days of "
        "a weekday.",
        "An evaluation counts on the day of its service; good means very satisfied, "
        "satisfied or basically satisfied.",
        "On duty runs from signing on to signing off, pauses included.",
    ],
}
