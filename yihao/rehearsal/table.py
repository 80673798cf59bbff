"""The result of a rehearsed day: as a table for people, as JSON for programs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from math import ceil
from typing import Any

from queue_core.values import Language

from .stage import Stage
from .violations import Violation


WORDS: dict[str, dict[Language, str]] = {
    "day": {"zh": "演练日", "en": "rehearsed day"},
    "tickets": {"zh": "取号", "en": "tickets"},
    "calls": {"zh": "叫号", "en": "calls"},
    "recalls": {"zh": "重呼", "en": "recalls"},
    "missed": {"zh": "过号", "en": "missed calls"},
    "no_shows": {"zh": "过号作废", "en": "no-shows"},
    "cancelled": {"zh": "取消", "en": "cancelled"},
    "pauses": {"zh": "暂离", "en": "pauses"},
    "transfers": {"zh": "转窗", "en": "transfers"},
    "services": {"zh": "办件", "en": "services"},
    "served": {"zh": "办毕", "en": "served"},
    "evaluations": {"zh": "评价", "en": "evaluations"},
    "pad_evaluations": {"zh": "其中评价器", "en": "of these at pads"},
    "bad_evaluations": {"zh": "差评", "en": "bad evaluations"},
    "turned_away": {"zh": "未能取号", "en": "turned away"},
    "calls_checked": {"zh": "核对叫号", "en": "calls checked"},
    "others_calls": {"zh": "他人叫号", "en": "calls by others"},
    "requests": {"zh": "请求", "en": "requests"},
    "repeated": {"zh": "重发请求", "en": "repeated requests"},
    "reconnects": {"zh": "重连", "en": "reconnects"},
    "wait": {"zh": "等候（分钟）", "en": "wait, minutes"},
    "count": {"zh": "人次", "en": "number"},
    "mean": {"zh": "平均", "en": "mean"},
    "p90": {"zh": "九成", "en": "p90"},
    "all": {"zh": "合计", "en": "all"},
    "errors": {"zh": "错误", "en": "errors"},
    "none": {"zh": "无", "en": "none"},
    "violations": {"zh": "违反叫号规则", "en": "broken rules"},
    "failures": {"zh": "中断", "en": "players who failed"},
}
CLASSES: dict[str, dict[Language, str]] = {
    "green": {"zh": "绿色通道", "en": "green channel"},
    "appointment": {"zh": "预约", "en": "appointment"},
    "ordinary": {"zh": "普通", "en": "ordinary"},
}
LISTED = 20
"""So many broken rules are printed; the JSON has them all."""


@dataclass(frozen=True)
class Wait:
    """The waits of a group, in minutes."""

    count: int
    mean: float
    p90: float


@dataclass(frozen=True)
class Result:
    """Everything that a rehearsed day came to."""

    hall: str
    date: str
    version: int
    figures: dict[str, int]
    waits: dict[str, Wait]
    waits_by_class: dict[str, Wait]
    waits_by_zone: dict[str, Wait]
    errors: dict[str, int]
    turned_away: dict[str, int]
    violations: list[Violation]
    failures: list[str]

    @property
    def is_clean(self) -> bool:
        """Tell whether no rule was broken and nothing went wrong."""
        return not (self.violations or self.errors or self.failures)


def result_of(
    stage: Stage, violations: list[Violation], failures: list[str], **extra: int
) -> Result:
    """Sum the day up."""
    groups = _waits(stage)
    counts, traffic = stage.counts, stage.api.traffic
    issued = sum(sight.what == "issued" for sight in stage.witness.sights)
    figures = {k: v for k, v in asdict(counts).items() if isinstance(v, int)}
    figures |= {
        "tickets": issued,
        "turned_away": sum(counts.turned_away.values()),
        "requests": traffic.requests,
        "repeated": traffic.repeated,
        **extra,
    }
    by_kind = {
        kind: {k: wait_of(v) for (group, k), v in groups.items() if group == kind}
        for kind in ("all", "class", "zone")
    }
    return Result(
        hall=stage.name,
        date=str(stage.hall["date"]),
        version=stage.witness.latest,
        figures=figures,
        waits=by_kind["all"],
        waits_by_class=by_kind["class"],
        waits_by_zone=by_kind["zone"],
        errors=dict(traffic.errors),
        turned_away=dict(counts.turned_away),
        violations=violations,
        failures=failures,
    )


def wait_of(seconds: list[float]) -> Wait:
    """Return count, mean and p90 (nearest rank) of waits in seconds."""
    ordered = sorted(seconds)
    p90 = ordered[max(1, ceil(0.9 * len(ordered))) - 1]
    return Wait(len(ordered), sum(ordered) / len(ordered) / 60, p90 / 60)


def _waits(stage: Stage) -> dict[tuple[str, str], list[float]]:
    zone_of = {q["queue"]: q["zone"] for q in stage.hall["queues"]}
    first: dict[str, int] = {}
    for sight in sorted(stage.witness.sights, key=lambda s: s.version):
        if sight.what == "called" and sight.version in stage.witness.board:
            first.setdefault(sight.ticket, stage.witness.board[sight.version].at)
    groups: dict[tuple[str, str], list[float]] = defaultdict(list)
    for sight in stage.witness.sights:
        if sight.what == "issued" and sight.ticket in first:
            since = max(sight.more["issued_at"], sight.more["booked_at"])
            seconds = max(0, first[sight.ticket] - since) / 1000
            groups["all", "all"].append(seconds)
            groups["class", sight.more["class"]].append(seconds)
            groups["zone", zone_of.get(sight.queue, "")].append(seconds)
    return groups


# For people and for programs.


def result_json(result: Result) -> dict[str, Any]:
    """Return the result as plain JSON."""
    return asdict(result)


def table(result: Result, names: dict[str, str], language: Language) -> str:
    """Return the result as a table; ``names`` are those of the zones."""

    def word(key: str) -> str:
        return WORDS[key][language]

    lines = [f"{word('day')}: {result.hall} {result.date} #1–#{result.version}"]
    lines += [
        f"  {word(key):<20} {value:>8,}"
        for key, value in sorted(result.figures.items(), key=_in_order)
        if key in WORDS
    ]
    lines += [
        "",
        f"{word('wait'):<24} {word('count'):>8} {word('mean'):>8} {word('p90'):>8}",
    ]
    rows = [(word("all"), wait) for wait in result.waits.values()]
    classes = result.waits_by_class
    rows += [(CLASSES[c][language], classes[c]) for c in CLASSES if c in classes]
    zones = result.waits_by_zone
    rows += [(name, zones[zone]) for zone, name in names.items() if zone in zones]
    lines += [
        f"{name:<24} {w.count:>8,} {w.mean:>8.1f} {w.p90:>8.1f}" for name, w in rows
    ]
    lines += ["", *_troubles(result, language)]
    return "\n".join(lines)


def _troubles(result: Result, language: Language) -> list[str]:
    def counted(key: str, found: dict[str, int]) -> list[str]:
        head = WORDS[key][language]
        if not found:
            return [f"{head}: {WORDS['none'][language]}"]
        return [f"{head}:", *(f"  {n:>6} × {what}" for what, n in found.items())]

    lines = counted("turned_away", result.turned_away)
    lines += counted("errors", result.errors)
    violations = [str(violation) for violation in result.violations]
    for key, texts in (("failures", result.failures), ("violations", violations)):
        none = WORDS["none"][language]
        lines.append(f"{WORDS[key][language]}: {len(texts) or none}")
        lines += [f"  {text}" for text in texts[:LISTED]]
        if len(texts) > LISTED:
            lines.append(f"  … +{len(texts) - LISTED}")
    return lines


def _in_order(item: tuple[str, int]) -> int:
    keys = list(WORDS)
    return keys.index(item[0]) if item[0] in keys else len(keys)
