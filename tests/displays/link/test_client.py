"""The client's side of the link behaves as the shared vectors say."""

from __future__ import annotations

from typing import Any

import pytest

from displays.link.client import Client, Reaction
from displays.link.frames import Frame
from tests.link_vectors import vectors


@pytest.mark.parametrize("vector", vectors("protocol"), ids=lambda v: v["name"])
def test_the_client_follows_the_script(vector: dict[str, Any]) -> None:
    client = Client(vector["hello"], random=lambda: float(vector["random"]))
    now = 0
    for number, step in enumerate(vector["steps"]):
        now = step.get("now", now)
        expected = step.get("expect", {})

        reaction = act(client, step, now)

        states = {topic: client.pictures[topic].state for topic in expected_in(step)}
        told = {**told_by(reaction), "states": states}
        assert told == {**NOTHING, **expected}, f"step {number}: {step['do']}"


def test_the_hall_clock_runs_at_its_speed_from_the_welcome_on() -> None:
    client = Client({}, random=lambda: 0.5)
    before = client.hall_now(500)

    client.receive(Frame(5, "", "", 0, 0, [1_000_000, 60, 5]), now=2_000)

    assert before is None
    assert client.hall_now(2_000) == 1_000_000
    assert client.hall_now(3_000) == 1_060_000


NOTHING: dict[str, Any] = {
    "send": [],
    "updates": [],
    "refused": [],
    "stale": [],
    "reconnect_in": None,
    "ended": None,
    "drop": False,
    "states": {},
}


def act(client: Client, step: dict[str, Any], now: int) -> Reaction:
    """Tell the client what one step says."""
    match step["do"]:
        case "follow":
            return client.follow(step["topic"], step.get("secret", ""))
        case "unfollow":
            return client.unfollow(step["topic"])
        case "open":
            return client.opened(now)
        case "receive":
            return client.receive(Frame(*step["frame"]), now)
        case "drawn":
            client.drawn(step["topic"], step["seq"])
            return Reaction()
        case "tick":
            return client.passed(now)
        case "lost":
            return client.lost(step["code"], now)
        case other:
            raise AssertionError(f"the vectors know no step {other}")


def expected_in(step: dict[str, Any]) -> list[str]:
    """Return the topics whose state the step expects."""
    return list(step.get("expect", {}).get("states", {}))


def told_by(reaction: Reaction) -> dict[str, Any]:
    """Return a reaction as the vectors write it."""
    return {
        "send": [
            [f.kind, f.topic, f.epoch, f.seq, f.sent_at, f.body] for f in reaction.send
        ],
        "updates": [list(update) for update in reaction.updates],
        "refused": [list(refused) for refused in reaction.refused],
        "stale": [list(turned) for turned in reaction.stale],
        "reconnect_in": reaction.reconnect_in,
        "ended": reaction.ended,
        "drop": reaction.drop,
    }
