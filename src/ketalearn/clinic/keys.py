"""The clinic's two keys: one signs assignments, the other opens returns. Made on first use, for the clinic alone."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ketalearn.clinic.fingerprint import six_words
from ketalearn.errors import KetalearnError

if TYPE_CHECKING:
    from nacl.signing import SigningKey

FILE = "keys.txt"
_SIGN = re.compile(r"# ketalearn-sign ([A-Za-z0-9+/]{43}=)")
_AGE = re.compile(r"AGE-SECRET-KEY-1[0-9A-Z]{58}")
HEAD = (
    "# The keys of a clinic that uses ketalearn. Keep this file secret, and keep a copy.",
    "# Without it no one can open returns that are encrypted to it, and new assignments come from a new key:",
    "# patients would be told that they may not be from you. Put it back as keys.txt in the clinic's data folder.",
    "# `age -d -i THIS_FILE RETURN` opens a return without ketalearn.",
)
IF_LOST = (
    "If this file is lost, returns that were made for it can never be opened, and patients who matched your six words "
    "are told that new files may not be from you. Keep a copy on another stick or computer."
)
HOW_TO_COPY = "To make one: ketalearn roster keys backup FILE"
ABOUT_KEYS = (
    "Your clinic has two keys, in one file. One signs what you assign: patients can tell your file by six words. "
    "The other opens what they send back: no one else can read it."
)


@dataclass(frozen=True)
class Keys:
    """`seed` is the Ed25519 seed of 32 bytes, `age_secret` an age identity in words."""

    seed: bytes
    age_secret: str

    @property
    def signing(self) -> SigningKey:
        from nacl.signing import SigningKey

        return SigningKey(self.seed)

    @property
    def sign_key(self) -> str:
        """The public signing key, base64."""
        return base64.b64encode(bytes(self.signing.verify_key)).decode()

    @property
    def age_key(self) -> str:
        """The public age key to which returns are encrypted."""
        from pyrage import x25519

        return str(x25519.Identity.from_str(self.age_secret).to_public())

    @property
    def words(self) -> tuple[str, ...]:
        return six_words(bytes(self.signing.verify_key))

    def as_file(self) -> bytes:
        """The keys as a file that `age -i` takes as well."""
        sign = f"# ketalearn-sign {base64.b64encode(self.seed).decode()}"
        return "\n".join((*HEAD, sign, self.age_secret, "")).encode()


def make_keys() -> Keys:
    from nacl.utils import random
    from pyrage import x25519

    return Keys(seed=random(32), age_secret=str(x25519.Identity.generate()))


def read_keys(path: Path) -> Keys:
    """The keys in `path`. Raises KetalearnError when they are not whole."""
    try:
        text = path.read_text("utf-8")
        sign, age = _SIGN.search(text), _AGE.search(text)
        if sign is None or age is None:
            raise ValueError
        keys = Keys(base64.b64decode(sign[1], validate=True), age[0])
        _ = keys.age_key
    except OSError as error:
        raise KetalearnError(f"{path} cannot be read ({error.strerror}); check who may read it") from None
    except Exception as error:
        if not isinstance(error, (ValueError, binascii.Error)) and type(error).__name__ != "IdentityError":
            raise
        raise KetalearnError(f"{path} does not hold the clinic's keys; put your backup in its place") from None
    return keys


def keys_in(folder: Path) -> tuple[Keys, bool]:
    """The clinic's keys in `folder`, and whether they were made just now. Raises KetalearnError."""
    from ketalearn.store.folders import FileInTheWay, save_new

    path = folder / FILE
    if path.exists():
        return read_keys(path), False
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
    except OSError as error:
        raise KetalearnError(f"{folder} cannot be made ({error.strerror}); choose another KETALEARN_HOME") from None
    try:
        save_new(path, make_keys().as_file())
    except FileInTheWay:
        # another window made them a moment ago
        return read_keys(path), False
    return read_keys(path), True
