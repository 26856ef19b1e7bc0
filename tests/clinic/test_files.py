"""Files between a clinic and a person: whole, or refused with one clear line."""

from __future__ import annotations

import base64
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketalearn.clinic import text
from ketalearn.clinic.assignment import Assignment, read_assignment, write_assignment
from ketalearn.clinic.completion import sealed
from ketalearn.clinic.fingerprint import six_words, word_list
from ketalearn.clinic.keys import read_keys
from ketalearn.clinic.returned import Return, opened, read_return
from ketalearn.clinic.roster import Roster, new_assignment
from ketalearn.clinic.trust import PHONE_THEM, Assignments
from ketalearn.errors import KetalearnError
from ketalearn.learning.records import ShortMemory
from tests.clinic.support import KEYS, NOW, assigned, dump, return_content, return_file

plain = (
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=80)
    .map(text.harmless)
    .filter(lambda words: bool(words) and not text.fault_in(words, 80))
)
ids = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)
codes = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True)
days = st.dates().map(lambda day: day.isoformat())


@st.composite
def assignments(draw: st.DrawFn) -> Assignment:
    return Assignment.model_validate(
        {
            "id": str(draw(st.uuids())),
            "clinic": {"name": draw(plain), "phone": draw(plain), "sign_key": KEYS.sign_key, "age_key": KEYS.age_key},
            "patient_code": draw(codes),
            "issued": draw(days),
            "due": draw(days | st.just("")),
            "modules": draw(st.lists(ids, min_size=1, max_size=5, unique=True)),
            "questions": [
                {"id": f"q{at}", "text": words} for at, words in enumerate(draw(st.lists(plain, max_size=3)))
            ],
            "note": draw(plain | st.just("")),
        }
    )


@given(assignments())
def test_an_assignment_is_read_as_it_was_written(one: Assignment) -> None:
    assert read_assignment(write_assignment(one, KEYS)) == one


@given(
    st.builds(
        lambda code, day, modules, topics, texts: Return.model_validate(
            {
                "assignment_id": "00000000-0000-4000-8000-000000000000", "patient_code": code, "returned": day,
                "modules": [
                    {"id": one, "done": True, "objectives": [{"id": one, "state": "right"}]} for one in modules
                ],
                "talk_about": topics, "answers": [{"kind": "free_text", "text": words} for words in texts],
            }
        ),
        codes, days, st.lists(ids, max_size=3), st.lists(ids, max_size=3), st.lists(st.text(max_size=50), max_size=2),
    )
)  # fmt: skip
def test_a_return_is_read_as_it_was_sealed(one: Return) -> None:
    import json

    content = json.dumps({"schema": "ketalearn/return@1", **one.model_dump(exclude_none=True)}).encode()
    data = sealed(content, KEYS.age_key)
    assert opened(data, KEYS, "r") == content
    assert read_return(content, "r") == one


def mutated(data: bytes, draw: random.Random) -> bytes:
    """The file with one to four bytes or stretches changed."""
    changed = bytearray(data)
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(changed) or 1)
        match draw.randrange(6):
            case 0:
                changed[at : at + 1] = bytes([draw.randrange(256)])
            case 1:
                changed[at : at + draw.randrange(1, 40)] = b""
            case 2:
                changed[at:at] = draw.randbytes(draw.randrange(1, 20))
            case 3:
                changed = changed[:at] + changed[at:] * 2
            case 4:
                changed[at:at] = draw.choice([b"\x1b[2J", b"{", b"\n", b"\\u0000", b'"', b"[" * 3000, b"NaN", b"1e999"])
            case _:
                changed = changed[:at]
    return bytes(changed)


def test_two_thousand_mutated_files_are_refused_in_one_line_or_read_the_same(tmp_path: Path) -> None:
    roster = Roster(tmp_path)
    one, file = assigned(roster, questions=("May I bring my sister?",))
    back, content = return_file(roster, one), return_content(one)
    before = dump(roster.path)
    draw = random.Random(5)
    refused = 0
    for at in range(2000):
        try:
            if at % 2:
                assert read_assignment(mutated(file, draw)) == one
            else:
                # the content alone is mutated in half of them: the seal itself lets nothing through
                bad = mutated(back, draw) if at % 4 else sealed(mutated(content, draw), roster.keys.age_key)
                plain_content = opened(bad, roster.keys, "f")
                read_return(plain_content, "f")
        except KetalearnError as error:
            refused += 1
            line = str(error)
            assert "\n" not in line and "\x1b" not in line and 20 < len(line) < 400
            if not at % 2:
                with pytest.raises(KetalearnError):
                    roster.add(bad, "f")
    assert refused > 1500
    assert dump(roster.path) == before


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "two lines"),
        (b"x" * 70_000, "64 kB"),
        (b'{"schema":"ketalearn/assignment@2"}\ned25519 AAAA', "newer ketalearn"),
        (b'{"schema":"other"}\ned25519 AAAA', "no assignment of ketalearn"),
        (b"[" * 20_000 + b"\ned25519 AAAA", "does not hold"),
        (b'{"schema":"ketalearn/assignment@1","schema":"x"}\ned25519 AAAA', "does not hold"),
        (b"age-encryption.org/v1\n-> X25519", "does not hold"),
    ],
)
def test_what_is_no_assignment_is_refused_with_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(KetalearnError, match=says):
        read_assignment(data)


def test_a_changed_word_is_seen(tmp_path: Path) -> None:
    _, file = assigned(Roster(tmp_path))
    with pytest.raises(KetalearnError, match="altered"):
        read_assignment(file.replace(b"555-0100", b"555-0199"))


def test_mail_may_change_line_ends(tmp_path: Path) -> None:
    one, file = assigned(Roster(tmp_path))
    assert read_assignment(b"\r\n" + file.replace(b"\n", b"\r\n") + b"\r\n\r\n") == one


@pytest.mark.parametrize(
    "words",
    [
        "You are eligible for ketamine.", "It is safe for you.", "Stop taking lithium.", "Only $400 a session!",
        "Now 400 euros", "A miracle for mood", "Ask for 80 mg", "x" * 201, "Look \x1b[31mred", "two\nlines",
        "Book now", "A session costs about 350",
    ],
)  # fmt: skip
def test_a_clinic_cannot_sell_decide_or_draw_on_the_sheet(words: str, tmp_path: Path) -> None:
    with pytest.raises(KetalearnError, match="Question 1 cannot stand on the sheet"):
        assigned(Roster(tmp_path), questions=(words,))


@pytest.mark.parametrize(
    "words", ["Who drives you home?", "Do not stop taking your medicines before we talk.", "What do you hope for?"]
)
def test_a_plain_question_stands(words: str, tmp_path: Path) -> None:
    assert assigned(Roster(tmp_path), questions=(words,))[0].questions[0].text == words


def test_another_key_in_the_same_name_is_refused_once_the_words_matched(tmp_path: Path) -> None:
    _, file = assigned(Roster(tmp_path / "a"))
    _, other = assigned(Roster(tmp_path / "b"), name="riverside  clinic".replace("  ", " "))
    known = Assignments(ShortMemory())
    assert not known.keep(file).matched
    assert known.trusted() == ()
    known.keep(file, matches=True)
    assert [one.matched for one in known.all()] == [True]
    with pytest.raises(KetalearnError) as caught:
        known.keep(other, matches=True)
    assert str(caught.value) == PHONE_THEM
    assert len(known.all()) == 1


def test_a_stranger_who_came_first_does_not_lock_the_clinic_out(tmp_path: Path) -> None:
    _, file = assigned(Roster(tmp_path / "a"))
    _, stranger = assigned(Roster(tmp_path / "b"))
    known = Assignments(ShortMemory())
    known.keep(stranger, matches=False)
    known.keep(file, matches=True)
    assert [one.matched for one in known.all()] == [False, True]


def test_the_words_are_short_plain_and_always_the_same() -> None:
    assert len(set(word_list())) == 1024
    assert all(word.isalpha() and word.islower() and 4 <= len(word) <= 6 for word in word_list())
    assert six_words(b"\0" * 32) == six_words(b"\0" * 32)
    assert six_words(b"\0" * 32) != six_words(b"\1" + b"\0" * 31)
    assert len(KEYS.words) == 6


def test_keys_are_for_the_clinic_alone_and_a_backup_brings_them_back(tmp_path: Path) -> None:
    roster = Roster(tmp_path)
    keys = roster.keys
    assert roster.keys_are_new
    for path in (roster.keys_path, roster.path):
        assert path.stat().st_mode & 0o777 == 0o600
    assert roster.folder.stat().st_mode & 0o777 == 0o700
    copy = tmp_path / "copy"
    copy.write_bytes(keys.as_file())
    assert read_keys(copy) == keys
    copy.write_text("nothing")
    with pytest.raises(KetalearnError, match="backup"):
        read_keys(copy)


def test_debians_age_opens_a_return(tmp_path: Path) -> None:
    if shutil.which("age") is None:
        pytest.skip("needs age: apt-get install age")
    roster = Roster(tmp_path)
    one, _ = assigned(roster)
    file = tmp_path / "back.ketalearn-return"
    file.write_bytes(return_file(roster, one))
    done = subprocess.run(["age", "-d", "-i", str(roster.keys_path), str(file)], capture_output=True, check=True)
    assert done.stdout == return_content(one)


def test_a_code_that_could_be_a_path_or_a_name_with_spaces_is_refused(tmp_path: Path) -> None:
    for bad in ("../x", "Ann Lee", "", "a/b", "=cmd"):
        with pytest.raises(KetalearnError, match="cannot be a code"):
            new_assignment(
                Roster(tmp_path), patient=bad, modules=["m"], known_modules=["m"], due="", questions=(), note="",
                clinic="C", phone="", now=lambda: NOW,
            )  # fmt: skip


def test_the_signature_is_over_the_exact_first_line(tmp_path: Path) -> None:
    from nacl.signing import VerifyKey

    one, file = assigned(Roster(tmp_path))
    first, second = file.split(b"\n")[:2]
    kind, _, signature = second.partition(b" ")
    assert kind == b"ed25519"
    VerifyKey(base64.b64decode(one.clinic.sign_key)).verify(first, base64.b64decode(signature))
