"""Files that come as text: pasted from a mail that wrapped and quoted them, or scanned from paper.

A return that is too long for one QR code stands in several: each is one line that says which of how many it is, and
they are put together in any order.

Nothing is guessed: an assignment counts only when the clinic's signature fits the mended line, and a return only when
it opens. So mending can never change what a file says.
"""

from __future__ import annotations

import hashlib
import itertools
import re

from ketalearn.clinic.assignment import LARGEST, read_assignment
from ketalearn.errors import KetalearnError

ARMOR_BEGIN, ARMOR_END = "-----BEGIN AGE ENCRYPTED FILE-----", "-----END AGE ENCRYPTED FILE-----"
_BODY = re.compile(r"\{\s*\"schema\".*\}", re.S)
_SIGNED = re.compile(r"\bed25519\s+((?:[A-Za-z0-9+/]\s*){86}=\s*=)")
_QUOTED = re.compile(r"^(?:>[ \t]?)+", re.M)
PARTS_BEGIN = "ketalearn return "
_PART = re.compile(rf"{PARTS_BEGIN}([0-9A-F]{{4}}), code (\d{{1,2}}) of (\d{{1,2}}):([A-Za-z0-9+/=\s]+)\.", re.I)
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
        return _joined(data)
    found = _ARMOR.search(_unquoted(data.decode("ascii", "replace")))
    if found is None:
        return data
    return _armored("".join(found[1].split()))


def _armored(letters: str) -> bytes:
    lines = [letters[at : at + 64] for at in range(0, len(letters), 64)]
    return "\n".join([ARMOR_BEGIN, *lines, ARMOR_END, ""]).encode("ascii", "replace")


def in_parts(armored: str, most: int) -> list[str]:
    """The texts of numbered codes that together hold a return in age's form of letters, each of at most `most` letters.

    Four letters of a digest tell the codes of one return from those of another.
    """
    found = _ARMOR.search(armored)
    if found is None:
        raise ValueError("no return in age's form of letters")
    letters = "".join(found[1].split())
    name = hashlib.sha256(letters.encode()).hexdigest()[:4].upper()
    room = most - len(f"{PARTS_BEGIN}{name}, code 10 of 10:.")
    pieces = [letters[at : at + room] for at in range(0, len(letters), room)]
    return [f"{PARTS_BEGIN}{name}, code {at} of {len(pieces)}:{one}." for at, one in enumerate(pieces, start=1)]


def _numbered(text: str) -> tuple[dict[int, str], int, int]:
    """Numbered codes in a text: the letters by number, of how many, and of how many returns."""
    found = [(name.upper(), int(at), int(of), "".join(piece.split())) for name, at, of, piece in _PART.findall(text)]
    pieces = {at: piece for _, at, _, piece in found}
    return pieces, max((of for _, _, of, _ in found), default=0), len({(name, of) for name, _, of, _ in found})


def _joined(data: bytes) -> bytes:
    """The return that numbered codes hold together, or the bytes as they are when there are none."""
    if PARTS_BEGIN.encode() not in data:
        return data
    pieces, of, returns = _numbered(_unquoted(data.decode("ascii", "replace")))
    if returns > 1:
        raise KetalearnError("These codes are of more than one return; scan one return at a time")
    if missing := [str(at) for at in range(1, of + 1) if at not in pieces]:
        raise KetalearnError(
            f"Code {' and '.join(missing)} of {of} is missing; scan all {of}, and paste their texts together"
        )
    return _armored("".join(pieces[at] for at in sorted(pieces))) if of else data


def begun(text: str) -> bool:
    """Whether text is the beginning of an assignment or return, not the name of a file."""
    return text.lstrip("> \t\r\n").startswith(("{", "-----BEGIN AGE", PARTS_BEGIN))


def complete(text: str) -> bool:
    """Whether lines typed or pasted so far are whole: a path, or all of an assignment or return."""
    text = _unquoted(text)
    if not begun(text):
        return True
    if text.lstrip().startswith(PARTS_BEGIN):
        pieces, of, returns = _numbered(text)
        return returns > 1 or (of > 0 and len(pieces) >= of)
    return ARMOR_END in text or _SIGNED.search(text) is not None
