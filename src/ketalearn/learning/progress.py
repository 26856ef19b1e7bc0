"""How far a learner has come, from what is remembered. Needs no models, so that Home can open at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ketalearn.content.heads import ModuleHead
from ketalearn.learning.records import Answer


class ModuleProgress(NamedTuple):
    """Progress in one module. `next_page` is the first page not read, "" when all are."""

    head: ModuleHead
    read: int
    checked: int
    next_page: str

    @property
    def pages(self) -> int:
        return len(self.head.pages)

    @property
    def items(self) -> int:
        return len(self.head.items)

    @property
    def reading(self) -> str:
        """The reading, in words."""
        if not self.head.readable:
            return "cannot be opened: run ketalearn check"
        if self.read == 0:
            return "not started"
        if self.read >= self.pages:
            return "all read"
        return f"{self.read} of {self.pages} read"

    @property
    def checking(self) -> str:
        """The quiz, in words: how much was answered, which is no score."""
        if not self.items:
            return ""
        if self.checked == 0:
            return "quiz not started"
        return f"quiz {self.checked} of {self.items} answered"


def latest(answers: Iterable[Answer]) -> dict[str, Answer]:
    """The last answer to each item; a guess before the lesson is none."""
    return {answer.item: answer for answer in answers if not answer.guess}


def progress_of(
    head: ModuleHead,
    answers: Mapping[str, Answer],
    pages_read: Mapping[tuple[str, str], int],
    revisions: Mapping[str, int] | None = None,
) -> ModuleProgress:
    """Progress in one module. With `revisions`, an answer to an older revision counts as not answered."""

    def counts(item: str) -> bool:
        answer = answers.get(item)
        if answer is None:
            return False
        return revisions is None or revisions.get(item, answer.revision) == answer.revision

    unread = [page for page in head.pages if (head.id, page) not in pages_read]
    return ModuleProgress(
        head=head,
        read=len(head.pages) - len(unread),
        checked=sum(counts(item) for item in head.items),
        next_page=unread[0] if unread else "",
    )
