"""The master key on disk and on paper."""

import os
import resource
import stat
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clinic.keyring.derivation import derive
from clinic.keyring.errors import KeyProblemError
from clinic.keyring.master import (
    MasterKey,
    from_recovery_code,
    new_master_key,
    read_master_key,
    recovery_code,
    write_master_key,
)

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

keys = st.binary(min_size=32, max_size=32).map(MasterKey)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "master.key"


@given(keys)
def test_the_recovery_code_gives_the_key_back(key):
    assert from_recovery_code(recovery_code(key)) == key


@given(keys, st.data())
def test_every_single_mistyped_character_is_caught(key, data):
    code = recovery_code(key).replace(" ", "")
    position = data.draw(st.integers(0, len(code) - 1))
    typed = data.draw(st.sampled_from(LETTERS).filter(lambda letter: letter != code[position]))
    with pytest.raises(KeyProblemError, match="group by group"):
        from_recovery_code(code[:position] + typed + code[position + 1 :])


def test_no_mistyped_character_of_one_code_slips_through():
    code = recovery_code(MasterKey(bytes(range(32)))).replace(" ", "")
    for position, letter in enumerate(code):
        for typed in set(LETTERS) - {letter}:
            with pytest.raises(KeyProblemError):
                from_recovery_code(code[:position] + typed + code[position + 1 :])


@given(keys, st.data())
def test_a_code_with_a_character_too_many_or_too_few_is_refused(key, data):
    code = recovery_code(key).replace(" ", "")
    position = data.draw(st.integers(0, len(code) - 1))
    for typed in (code[:position] + code[position + 1 :], code[:position] + "A" + code[position:]):
        with pytest.raises(KeyProblemError):
            from_recovery_code(typed)


@given(keys)
def test_small_letters_dashes_and_line_breaks_do_not_matter(key):
    groups = recovery_code(key).split()
    assert from_recovery_code("-".join(groups).lower()) == key
    assert from_recovery_code("  \n".join(groups)) == key


@given(keys)
@example(MasterKey(bytes.fromhex("74" * 32)))
def test_zero_and_one_typed_for_the_letters_o_and_i_are_understood(key):
    typed = recovery_code(key).replace("O", "0").replace("I", "1")
    assert from_recovery_code(typed) == key


@given(st.text(max_size=80))
@example("")
@example("ä" * 56)
def test_any_other_text_is_refused_in_a_sentence(text):
    with pytest.raises(KeyProblemError, match="not a whole recovery code"):
        from_recovery_code(text)


def test_the_key_file_is_for_its_owner_alone(path):
    write_master_key(path, new_master_key())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_key_file_is_private_even_when_the_account_shares_its_files(path):
    before = os.umask(0)
    try:
        write_master_key(path, new_master_key())
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_was_written_is_read_back(path):
    key = new_master_key()
    write_master_key(path, key)
    assert read_master_key(path) == key


def test_a_key_is_never_written_over_another(path):
    first = new_master_key()
    write_master_key(path, first)
    with pytest.raises(KeyProblemError, match="already a key"):
        write_master_key(path, new_master_key())
    assert read_master_key(path) == first
    assert os.listdir(path.parent) == [path.name]


def test_a_write_that_fails_leaves_neither_key_nor_draft(path):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20, before[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            write_master_key(path, new_master_key())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert os.listdir(path.parent) == []


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o644, 0o660])
def test_a_key_that_others_can_reach_is_refused_with_what_to_do(path, mode):
    write_master_key(path, new_master_key())
    path.chmod(mode)
    with pytest.raises(KeyProblemError, match=f"chmod 600 {path}"):
        read_master_key(path)


def test_a_missing_key_names_the_recovery_sheet(path):
    with pytest.raises(KeyProblemError, match="restore-key"):
        read_master_key(path)


def test_a_folder_in_the_key_s_place_is_refused(path):
    path.mkdir(parents=True)
    with pytest.raises(KeyProblemError, match="cannot be read"):
        read_master_key(path)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"ABCD " * 14, b"\x00" * 56])
def test_a_damaged_key_file_names_the_recovery_sheet(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(KeyProblemError, match=r"damaged|cannot be read"):
        read_master_key(path)


def test_a_key_file_of_any_shorter_length_is_damaged(path):
    write_master_key(path, new_master_key())
    whole = path.read_bytes().rstrip()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(KeyProblemError, match="damaged"):
            read_master_key(path)


def test_keys_are_never_shown(path):
    key = new_master_key()
    assert key.secret.hex() not in repr(key)
    assert repr(key) == "MasterKey()"


def test_a_wrapped_data_key_opens_with_its_own_version_only():
    key = new_master_key()
    wrapped = key.wrap(b"d" * 32, 1)
    assert key.unwrap(wrapped, 1) == b"d" * 32
    with pytest.raises(KeyProblemError, match="does not belong"):
        key.unwrap(wrapped, 2)


def test_a_data_key_of_another_installation_or_cut_short_is_refused():
    key = new_master_key()
    wrapped = key.wrap(b"d" * 32, 1)
    for broken in (new_master_key().wrap(b"d" * 32, 1), wrapped[:5], wrapped[:-1], b""):
        with pytest.raises(KeyProblemError, match="does not belong"):
            key.unwrap(broken, 1)


def test_every_purpose_has_a_key_of_its_own():
    made = [derive(b"s" * 32, *purpose) for purpose in (("ab", "c"), ("a", "bc"), ("abc",), ())]
    assert len(set(made)) == len(made)
    assert {len(key) for key in made} == {32}
    assert derive(b"t" * 32, "abc") != derive(b"s" * 32, "abc")
