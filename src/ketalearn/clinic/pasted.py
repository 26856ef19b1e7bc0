"""Files that come as text: pasted from a mail that wrapped and quoted them, or scanned from paper.

Nothing is guessed: an assignment counts only when the clinic's signature fits the mended line, and a return only when
it opens. So mending can never change what a file says.
"""

from __future__ import annotations

import itertools
import re

from ketalearn.clinic.assignment import LARGEST, read_assignment
from ketalearn.errors import KetalearnError

ARMOR_BEGIN, ARMOR_END = "-----BEGIN AGE ENCRYPTED FILE-----", "-----END AGE ENCRYPTED FILE-----"
_BODY = re.compile(r"\{\s*\"schema\".*\}", re.S)
_SIGNED = re.compile(r"\bed25519\s+((?:[A-Za-z0-9+/]\s*){86}=\s*=)")
_QUOTED = re.compile(r"^(?:>[ \t]?)+", re.M)
_ARMOR = re.compile(rf"{ARMOR_BEGIN}(.*?){ARMOR_END}", re.S)
MOST_BREAKS = 8
"""Breaks of a wrapped line of which every mending is tried: each was a space or nothing."""


def assignment_in(data: bytes, name: str = "This text") -> bytes:
    """The two lines of an assignment as the clinic signed them, from a file or from text around, wrapped or quoted.

    Raises KetalearnError in one line, that of `read_assignment`, when no mending fits the signature.
    """
    if len(data) > LARGEST:
        read_assignment(data, name)
    try:
        read_assignment(data, name)
        return data.strip(b"\r\n\t ").replace(b"\r\n", b"\n") + b"\n"
    except KetalearnError as error:
        refused = error
    text = _unquoted(data.decode("utf-8", "replace").replace("\u00a0", " "))
    body, signed = _BODY.search(text), list(_SIGNED.finditer(text))
    if body is None or not signed:
        raise refused
    second = b"ed25519 " + "".join(signed[-1][1].split()).encode()
    for line in _mended(body[0].split("\n")):
        mended = line.encode() + b"\n" + second + b"\n"
        try:
            read_assignment(mended, name)
        except KetalearnError as error:
            refused = error
        else:
            return mended
    raise refused


def _unquoted(text: str) -> str:
    return _QUOTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _mended(lines: list[str]) -> list[str]:
    """What the one line may have been before it was wrapped."""
    breaks = len(lines) - 1
    if breaks > MOST_BREAKS:
        return ["".join(lines), " ".join(line.strip() for line in lines), "".join(line.strip() for line in lines)]
    found = ["".join(lines)]
    parts = [line.strip() for line in lines]
    for gaps in itertools.product(("", " "), repeat=breaks):
        found.append("".join(itertools.chain(*zip(parts, (*gaps, ""), strict=True))))
    return found


def return_in(data: bytes) -> bytes:
    """A return file as it is, or the one that stands in text: from a QR code that was scanned, or from a mail."""
    if ARMOR_BEGIN.encode() not in data:
        return data
    found = _ARMOR.search(_unquoted(data.decode("ascii", "replace")))
    if found is None:
        return data
    letters = "".join(found[1].split())
    lines = [letters[at : at + 64] for at in range(0, len(letters), 64)]
    return "\n".join([ARMOR_BEGIN, *lines, ARMOR_END, ""]).encode("ascii", "replace")


def begun(text: str) -> bool:
    """Whether text is the beginning of an assignment or return, not the name of a file."""
    return text.lstrip("> \t\r\n").startswith(("{", "-----BEGIN AGE"))


def complete(text: str) -> bool:
    """Whether lines typed or pasted so far are whole: a path, or all of an assignment or return."""
    text = _unquoted(text)
    if not begun(text):
        return True
    return ARMOR_END in text or _SIGNED.search(text) is not None
