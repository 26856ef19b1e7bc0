"""The shape of a learner's file, step by step. A step is never changed once released; a new one is added."""

from __future__ import annotations

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE answers (
            id INTEGER PRIMARY KEY,
            item TEXT NOT NULL,
            revision INTEGER NOT NULL,
            module TEXT NOT NULL,
            chosen TEXT NOT NULL,
            correct INTEGER NOT NULL,
            started TEXT NOT NULL,
            answered TEXT NOT NULL,
            sitting INTEGER NOT NULL,
            confidence INTEGER,
            hinted INTEGER NOT NULL
        )""",
        """CREATE TABLE pages (
            module TEXT NOT NULL,
            page TEXT NOT NULL,
            revision INTEGER NOT NULL,
            PRIMARY KEY (module, page)
        )""",
        "CREATE TABLE kept (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    ),
    # answers to items that are more than a choice of one; not_sure stays NULL in older rows
    (
        "ALTER TABLE answers ADD COLUMN not_sure INTEGER",
        "ALTER TABLE answers ADD COLUMN text TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE answers ADD COLUMN asked TEXT NOT NULL DEFAULT 'quiz'",
    ),
)

VERSION = len(MIGRATIONS)
