"""A dictionary that is no larger than needed spells what the whole one spells."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from queue_core.profiles.pinyin import is_telling


PHRASES = Path(__file__).with_name("spoken_phrases.txt")

SPELL = """
import json, sys
from pathlib import Path
from queue_core.profiles import search, spoken
from queue_core.profiles.catalog import shipped_profile_dir, shipped_profiles
from queue_core.profiles.reading import read_profile

spelled = {}
for name in shipped_profiles():
    items = search.ItemSearch(read_profile(shipped_profile_dir(name)))
    texts = [one for item in items._items for one in search._phrases(item)]
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    texts += [spoken.plain(line) for line in lines]
    spelled |= {text: spoken.syllables(text) for text in texts}
from pypinyin.constants import PHRASES_DICT
print(json.dumps([len(PHRASES_DICT), spelled]))
"""


def spell(before: str) -> tuple[int, dict[str, list[str]]]:
    """Return the size of the dictionary of a new process, and what it spells."""
    done = subprocess.run(
        [sys.executable, "-c", before + SPELL, str(PHRASES)],
        capture_output=True,
        check=True,
    )
    size, spelled = json.loads(done.stdout)
    return size, spelled


def test_items_and_what_citizens_say_sound_as_by_the_whole_dictionary() -> None:
    whole, expected = spell("import pypinyin")
    size, spelled = spell("")

    assert spelled == expected
    assert len(spelled) > 1000
    assert size < whole / 8


@pytest.mark.parametrize(
    ("phrase", "readings", "telling"),
    [
        ("银行", [["yín"], ["háng"]], True),
        ("重新", [["chóng"], ["xīn"]], True),
        ("行人", [["xíng"], ["rén"]], False),
        ("办理", [["bàn"], ["lǐ"]], False),
    ],
)
def test_a_phrase_tells_something_if_a_character_sounds_otherwise_alone(
    phrase: str, readings: list[list[str]], telling: bool
) -> None:
    assert is_telling(phrase, readings) is telling
