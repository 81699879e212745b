"""The house convention is data: a college's own pattern is followed, and a wrong one is told."""

import pytest

from taizhang.core.errors import ProfileError
from taizhang.web.ledger.evidence.numbering import number_for


def profile(tmp_path, pattern):
    file = tmp_path / "own.yaml"
    file.write_text(f"extends: provincial\nevidence:\n  number: '{pattern}'\n", encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("{year}-{task}-{sequence:03}", "2024-1-001"),
        ("ZC{task:02}{subtask:02}·{item}·{sequence}", "ZC0100·1·1"),
        ("{task.__class__}-{sequence}", "{task.__class__}-1"),
    ],
)
def test_a_college_numbers_as_it_likes(scene, tmp_path, pattern, number):
    scene.programme.profile = profile(tmp_path, pattern)
    scene.entries[0].round.programme = scene.programme
    assert number_for(scene.entries[0]) == number


def test_a_pattern_without_a_sequence_is_told(scene, tmp_path):
    scene.programme.profile = profile(tmp_path, "{task}")
    scene.entries[0].round.programme = scene.programme
    with pytest.raises(ProfileError, match="sequence"):
        number_for(scene.entries[0])
