"""What was lost, changed, or lies there unknown is found."""

import uuid

from taizhang.web.ledger.evidence import integrity, vault
from taizhang.web.ledger.evidence.integrity import Trouble


def troubles():
    return [(doubt.trouble, doubt.titles) for doubt in integrity.doubts()]


def test_a_sound_vault_has_no_doubts(kept):
    kept()
    seen = []
    assert list(integrity.doubts(seen.append)) == []
    assert seen == [1]


def test_one_flipped_bit_is_found(kept):
    evidence = kept("通知.txt")
    path = vault.place(evidence.blob_id)
    data = bytearray(path.read_bytes())
    data[7] ^= 1
    path.chmod(0o600)
    path.write_bytes(data)
    assert troubles() == [(Trouble.CHANGED, ("通知",))]


def test_a_lost_file_is_found_with_what_rests_on_it(kept):
    vault.place(kept("通知.txt").blob_id).unlink()
    [doubt] = integrity.doubts()
    assert doubt.trouble == Trouble.MISSING and "通知" in doubt.sentence


def test_what_no_row_knows_is_a_stray(kept, vault_folder):
    kept()
    stray = vault.arriving(uuid.uuid4())
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"x")
    (vault_folder / "ab").mkdir(exist_ok=True)
    (vault_folder / "ab" / ("ab" * 32)).write_bytes(b"y")
    (vault_folder / "notes.txt").write_bytes(b"z")
    assert troubles() == [(Trouble.STRAY, ())] * 3
