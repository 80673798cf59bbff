"""The profiles by which a hall has worked."""

from __future__ import annotations

from queue_core.commands import AdoptProfile
from queue_core.events import ProfileAdopted
from queue_core.rules.profile_adoption import AdoptedProfile, decide, evolve


def adoption(revision: str, command_id: str) -> AdoptProfile:
    """Return the wish to work by a revision."""
    return AdoptProfile(
        command_id=command_id,
        at=1,
        by="zhao",
        hall="city",
        revision=revision,
        content=revision.encode(),
    )


def test_a_changed_profile_is_adopted_whole() -> None:
    events = decide(AdoptedProfile(), adoption("5c1e", "k1"))

    assert events == [
        ProfileAdopted(
            at=1,
            by="zhao",
            command_id="k1",
            hall="city",
            revision="5c1e",
            content=b"5c1e",
        )
    ]


def test_the_profile_by_which_the_hall_works_is_not_adopted_again() -> None:
    state = AdoptedProfile()
    for event in decide(state, adoption("5c1e", "k1")):
        evolve(state, event)

    assert decide(state, adoption("5c1e", "k2")) == []
    assert state.answered == {"k1": (1, 1)}


def test_a_hall_may_go_back_to_an_earlier_profile() -> None:
    state = AdoptedProfile()
    for revision in ("5c1e", "77aa"):
        for event in decide(state, adoption(revision, revision)):
            evolve(state, event)

    assert len(decide(state, adoption("5c1e", "back"))) == 1
