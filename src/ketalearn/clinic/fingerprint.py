"""A key as six words that two people can read to each other.

`words.txt` holds 1,024 short words of the English list of BIP-39 (SatoshiLabs, MIT licence), without unkind ones. Six
words hold 60 bits; a slow hash makes each try at a key with the same words cost a tenth of a second or so.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

WORDS = 6
_BITS = 10


@cache
def word_list() -> tuple[str, ...]:
    """The fixed words; their order may never change."""
    return tuple((Path(__file__).parent / "words.txt").read_text("utf-8").split())


def six_words(sign_key: bytes) -> tuple[str, ...]:
    """The fingerprint of a public signing key of 32 bytes."""
    digest = hashlib.scrypt(sign_key, salt=b"ketalearn/fingerprint@1", n=2**14, r=8, p=1, dklen=8)
    number = int.from_bytes(digest) >> 4
    found = []
    for _ in range(WORDS):
        number, at = divmod(number, 1 << _BITS)
        found.append(word_list()[at])
    return tuple(found)
