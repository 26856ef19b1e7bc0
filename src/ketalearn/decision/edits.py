"""What a person may do with their own sheet: star, hide, edit, add and move questions. Pure: profile in, profile out.

A name is a topic of the bank, or `own:N` for the person's Nth own question (counted from 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ketalearn.decision.profile import MOST_STARS, Profile
from ketalearn.errors import KetalearnError


def star(profile: Profile, name: str) -> Profile:
    """Star or unstar. Raises KetalearnError for a fourth star."""
    if name in profile.starred:
        return replace(profile, starred=tuple(one for one in profile.starred if one != name))
    if len(profile.starred) >= MOST_STARS:
        raise KetalearnError(f"You have {MOST_STARS} stars already. Take one off first.")
    return replace(profile, starred=(*profile.starred, name))


def hide(profile: Profile, name: str) -> Profile:
    """Take a question off the sheet, or put it back."""
    if name in profile.hidden:
        return replace(profile, hidden=tuple(one for one in profile.hidden if one != name))
    return replace(
        profile,
        hidden=(*profile.hidden, name),
        starred=tuple(one for one in profile.starred if one != name),
    )


def edit(profile: Profile, name: str, text: str) -> Profile:
    """Put a question in the person's own words; empty words bring the first wording back (or drop an own question)."""
    words = " ".join(text.split())
    if name.startswith("own:"):
        place = int(name.removeprefix("own:")) - 1
        if not words:
            return drop_own(profile, place)
        questions = list(profile.own_questions)
        if not 0 <= place < len(questions):
            return profile
        questions[place] = words
        return replace(profile, own_questions=tuple(questions))
    edited = {topic: kept for topic, kept in profile.edited.items() if topic != name}
    if words:
        edited[name] = words
    return replace(profile, edited=edited)


def add_own(profile: Profile, text: str) -> Profile:
    """Add a question of one's own; empty words change nothing."""
    words = " ".join(text.split())
    return replace(profile, own_questions=(*profile.own_questions, words)) if words else profile


def drop_own(profile: Profile, place: int) -> Profile:
    """Remove the own question at `place` (from 0) and renumber what refers to later ones; no other is changed."""
    if not 0 <= place < len(profile.own_questions):
        return profile

    def renamed(names: Sequence[str]) -> tuple[str, ...]:
        kept = []
        for name in names:
            if not name.startswith("own:"):
                kept.append(name)
                continue
            number = int(name.removeprefix("own:"))
            if number - 1 != place:
                kept.append(f"own:{number - 1}" if number - 1 > place else name)
        return tuple(kept)

    return replace(
        profile,
        own_questions=tuple(text for at, text in enumerate(profile.own_questions) if at != place),
        starred=renamed(profile.starred),
        hidden=renamed(profile.hidden),
        order=renamed(profile.order),
    )


def move(profile: Profile, name: str, by: int, peers: Sequence[str]) -> Profile:
    """Move a question up (-1) or down (+1) among `peers`: the names of its own rank, as now ordered."""
    names = list(peers)
    if name not in names:
        return profile
    at = names.index(name)
    to = at + by
    if not 0 <= to < len(names):
        return profile
    names[at], names[to] = names[to], names[at]
    others = [one for one in profile.order if one not in names]
    return replace(profile, order=(*others, *names))
