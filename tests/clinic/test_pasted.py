"""Assignments and returns that come as text: wrapped, quoted, with words around; mended as the signature allows."""

from __future__ import annotations

import random
import textwrap
from pathlib import Path

import pytest

from ketalearn.clinic.assignment import LARGEST, read_assignment
from ketalearn.clinic.completion import sealed
from ketalearn.clinic.pasted import assignment_in, complete, return_in
from ketalearn.clinic.returned import opened
from ketalearn.clinic.roster import Roster
from ketalearn.clinic.trust import Assignments
from ketalearn.errors import KetalearnError
from ketalearn.learning.records import ShortMemory
from tests.clinic.support import KEYS, assigned, return_content

QUESTIONS = ("Who can drive you home, and who stays with you?", "Which pills do you take in the morning?")


@pytest.fixture
def file(tmp_path: Path) -> bytes:
    return assigned(Roster(tmp_path), questions=QUESTIONS)[1]


def as_mail(text: str, width: int, *, at_spaces: bool, quote: str = "") -> str:
    """The file's text as mail programs leave it."""
    lines = []
    for line in text.splitlines():
        if at_spaces:
            lines += textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
        else:
            lines += [line[at : at + width] for at in range(0, len(line), width)]
    return "\r\n".join(["Hello P,", "", *(f"{quote}{line}" for line in lines), "", "Best wishes"])


@pytest.mark.parametrize("quote", ["", "> ", ">> "])
@pytest.mark.parametrize(("width", "at_spaces"), [(76, False), (200, False), (998, False), (300, True), (998, True)])
def test_a_mail_gives_the_file_back(file: bytes, width: int, at_spaces: bool, quote: str) -> None:
    mail = as_mail(file.decode(), width, at_spaces=at_spaces, quote=quote)
    assert assignment_in(mail.encode()) == file


def test_a_file_is_left_as_it_is(file: bytes) -> None:
    assert assignment_in(file) == file
    assert assignment_in(b"\r\n" + file.replace(b"\n", b"\r\n") + b"\r\n\r\n") == file


def test_what_was_kept_of_pasted_text_opens_again(file: bytes) -> None:
    known = Assignments(ShortMemory())
    known.keep(as_mail(file.decode(), 76, at_spaces=False, quote="> ").encode(), matches=True)
    (one,) = known.all()
    assert one.matched and one.assignment == read_assignment(file)


def test_a_changed_word_in_a_mail_is_refused(file: bytes) -> None:
    for old, new in (("sister", "brother"), ("Riverside", "Lakeside"), ("home", "Home")):
        changed = as_mail(file.decode().replace(old, new), 76, at_spaces=False)
        if changed == as_mail(file.decode(), 76, at_spaces=False):
            continue
        with pytest.raises(KetalearnError, match="altered"):
            assignment_in(changed.encode())
    with pytest.raises(KetalearnError, match="two lines"):
        assignment_in(b"Dear clinic, I have no file")
    with pytest.raises(KetalearnError, match="64 kB"):
        assignment_in(b"x" * (LARGEST + 1))


def test_no_mangled_mail_says_anything_but_what_was_signed(file: bytes) -> None:
    draw = random.Random(7)
    one = read_assignment(file)
    read = 0
    for _ in range(300):
        mail = bytearray(as_mail(file.decode(), draw.randint(40, 200), at_spaces=False, quote="> ").encode())
        for _ in range(draw.randint(0, 2)):
            at = draw.randrange(len(mail))
            mail[at : at + draw.randrange(3)] = draw.randbytes(draw.randrange(3))
        try:
            assert read_assignment(assignment_in(bytes(mail))) == one
            read += 1
        except KetalearnError as error:
            assert "\n" not in str(error) and "\x1b" not in str(error)
    assert 30 < read < 300


def test_a_return_as_text_opens_wrapped_and_quoted(tmp_path: Path) -> None:
    one, _ = assigned(Roster(tmp_path))
    content = return_content(one)
    text = sealed(content, KEYS.age_key, as_text=True).decode()
    quoted = "My code:\r\n" + "".join(f"> {line}\r\n" for line in text.splitlines()) + "\r\nBye"
    assert opened(return_in(quoted.encode()), KEYS, "f") == content
    one_line = " ".join(text.split("\n"))
    assert opened(return_in(one_line.encode()), KEYS, "f") == content
    assert return_in(b"age-encryption.org/v1\n...") == b"age-encryption.org/v1\n..."


def test_lines_are_waited_for_until_the_text_is_whole(file: bytes) -> None:
    first, second = file.decode().splitlines()
    assert not complete(first) and complete(f"{first}\n{second}")
    assert not complete("-----BEGIN AGE ENCRYPTED FILE-----\nYWdl")
    assert complete(as_mail(file.decode(), 76, at_spaces=False, quote="> ").partition("\r\n\r\n")[2])
    assert complete("/home/me/a.ketalearn-assign") and complete("")
