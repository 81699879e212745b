"""Bytes are whole in the vault or not there at all."""

import hashlib
import uuid

import pytest

from taizhang.web.ledger.evidence import vault
from taizhang.web.ledger.workflow.trouble import OutOfOrderError

SHA = hashlib.sha256(b"abc").hexdigest()


@pytest.fixture(autouse=True)
def folder(vault_folder):
    return vault_folder


@pytest.mark.parametrize("hash_", ["../../etc/passwd", "", "abc", SHA.upper(), f"{SHA}/..", f"{SHA}\n", "٣" * 64])
def test_only_a_hash_has_a_place(hash_):
    with pytest.raises(ValueError, match="SHA-256"):
        vault.place(hash_)


def test_pieces_follow_each_other_and_a_broken_tail_is_cut():
    part = vault.arriving(uuid.uuid4())
    assert vault.write_piece(part, 0, [b"abc", b"def"]) == 6
    assert vault.write_piece(part, 3, [b"X"]) == 4
    assert part.read_bytes() == b"abcX"
    assert vault.checksum(part, 3) == 0x352441C2
    with pytest.raises(OutOfOrderError):
        vault.write_piece(part, 9, [b"Y"])


def test_a_kept_file_lies_under_its_hash_and_is_not_to_be_written():
    part = vault.arriving(uuid.uuid4())
    vault.write_piece(part, 0, [b"abc"])
    target = vault.keep(part, SHA)
    assert target == vault.place(SHA) and target.read_bytes() == b"abc"
    assert not target.stat().st_mode & 0o222
    assert not part.exists()
    assert vault.measure(target) == (SHA, 3)


def test_the_same_bytes_again_mend_what_was_spoilt():
    for spoilt in (False, True):
        part = vault.arriving(uuid.uuid4())
        vault.write_piece(part, 0, [b"abc"])
        if spoilt:
            vault.place(SHA).chmod(0o600)
            vault.place(SHA).write_bytes(b"abd")
        vault.keep(part, SHA)
        assert vault.place(SHA).read_bytes() == b"abc"
        assert list(vault.files()) == [vault.place(SHA)]
