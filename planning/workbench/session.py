"""The editing of one file in a grid, without the widget: what a planner does goes in, what the page shows comes out."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from planning.disk import write_files
from planning.errors import PlanningError
from planning.vocabulary import Language, Text
from planning.workbench import words
from planning.workbench.drafts import Draft, drop_draft, fingerprint, read_draft, taken_up, write_draft
from planning.workbench.merge import carried, differences
from planning.workbench.rows import Heading, Mark, Row, changed_cells, with_cells, with_new, without

Reply = dict[str, Any]
REMEMBERED = 200  # steps that can be undone
SHOWN = 200  # sentences and differences that one message carries


class Book(Protocol):
    """A file that can be edited as rows."""

    path: Any
    content: bytes | None
    title: Text
    first_row: int
    rows: tuple[Row, ...]
    key: tuple[int, ...]
    width: int

    def headings(self, language: Language) -> list[Heading]: ...
    def entered(self, at: int, text: str) -> str: ...
    def faults(self, rows: Sequence[Row]) -> list[Mark]: ...
    def disagreements(self, rows: Sequence[Row]) -> list[Mark]: ...
    def written(self, rows: Sequence[Row]) -> bytes: ...
    def reopened(self) -> "Book": ...
    def after(self, content: bytes) -> "Book": ...


class Session:
    """One grid on one file: its rows, what can be undone, and what stood on the disk when it was opened."""

    def __init__(self, book: Book, language: Language) -> None:
        self.language = language
        self.name = secrets.token_hex(4)
        self.notice = self.buttons = ""
        self._begin(book, book.rows)
        self.draft = read_draft(book.path)
        if self.draft:
            self._offer(self.draft)

    def _begin(self, book: Book, rows: tuple[Row, ...]) -> None:
        self.book, self.base, self.rows = book, book.rows, rows
        self.past: list[tuple[Row, ...]] = []
        self.future: list[tuple[Row, ...]] = []
        self.next_id = max((row.id for row in (*book.rows, *rows)), default=-1) + 1

    def answer(self, message: Mapping[str, Any]) -> list[Reply]:
        """What the page must show after what a planner did; a refusal is shown in its own words."""
        deeds: dict[str, Callable[[Mapping[str, Any]], list[Reply]]] = {
            "open": self._open, "set": self._set, "add": self._add, "delete": self._delete, "undo": self._undo,
            "redo": self._redo, "check": self._check, "save": self._save, "compare": self._compare,
            "reload": self._reload, "carry": self._carry, "take": self._take, "drop": self._drop,
        }  # fmt: skip
        if self.draft is not None and message["do"] not in ("open", "take", "drop"):
            return [self._state()]
        try:
            return [*deeds[message["do"]](message), self._state()]
        except PlanningError as refusal:
            self.notice, self.buttons = refusal.told(self.language), ""
            return [self._state()]

    # ---- what the page shows ----------------------------------------------------------------------------------------
    def _open(self, _: Mapping[str, Any]) -> list[Reply]:
        opened = {
            "kind": "open",
            "title": self.book.title[self.language],
            "file": self.book.path.name,
            "first": self.book.first_row,
            "words": words.grid_words(self.language),
            "columns": [heading._asdict() for heading in self.book.headings(self.language)],
        }
        return [opened, self._all_rows(), *self._check({})]

    def _all_rows(self) -> Reply:
        return {
            "kind": "rows",
            "rows": [[row.id, row.cells] for row in self.rows],
            "base": [[row.id, row.cells] for row in self.base],
        }

    def _state(self) -> Reply:
        return {
            "kind": "state",
            "unsaved": changed_cells(self.base, self.rows),
            "undo": bool(self.past),
            "redo": bool(self.future),
            "notice": self.notice,
            "buttons": self.buttons,
            "locked": self.draft is not None,
        }

    def _marks(self, marks: Sequence[Mark], whole: bool) -> Reply:
        told = [mark._replace(text=mark.text[self.language]) for mark in marks]
        return {"kind": "marks", "marks": told, "whole": whole}

    def _say(self, text: Text, buttons: str = "", **values: object) -> None:
        self.notice = text[self.language].format(file=self.book.path.name, **values)
        self.buttons = buttons

    # ---- edits ------------------------------------------------------------------------------------------------------
    def _edit(self, rows: tuple[Row, ...]) -> list[Reply]:
        """The rows become these; the page gets what changed."""
        if rows == self.rows:
            return [self._patch(rows)]
        self.past = [*self.past, self.rows][-REMEMBERED:]
        self.future = []
        return self._show(rows)

    def _show(self, rows: tuple[Row, ...]) -> list[Reply]:
        patch = self._patch(rows)
        self.rows = rows
        self.notice = self.buttons = ""
        return [patch, self._marks(self.book.faults(rows), False)]

    def _patch(self, rows: tuple[Row, ...]) -> Reply:
        before = {row.id: row.cells for row in self.rows}
        changed = [[row.id, row.cells] for row in rows if before.get(row.id) != row.cells]
        order = [row.id for row in rows]
        same = order == [row.id for row in self.rows]
        return {"kind": "patch", "changed": changed, "order": None if same else order}

    def _set(self, message: Mapping[str, Any]) -> list[Reply]:
        """Texts into cells: [row, column, text], where row "+0" is the first of the new rows at the end."""
        rows = self.rows
        new = sorted({row for row, _, _ in message["cells"] if isinstance(row, str)}, key=int)
        ids = dict(zip(new, range(self.next_id, self.next_id + len(new)), strict=True))
        self.next_id += len(new)
        changes: dict[int, dict[int, str]] = {}
        for row, at, text in message["cells"]:
            changes.setdefault(ids.get(row, row), {})[at] = self.book.entered(at, text)
        return self._edit(with_cells(with_new(rows, len(rows), ids.values(), self.book.width), changes))

    def _add(self, message: Mapping[str, Any]) -> list[Reply]:
        count = int(message.get("count", 1))
        ids = range(self.next_id, self.next_id + count)
        self.next_id += count
        return self._edit(with_new(self.rows, int(message["at"]), ids, self.book.width))

    def _delete(self, message: Mapping[str, Any]) -> list[Reply]:
        return self._edit(without(self.rows, message["rows"]))

    def _undo(self, _: Mapping[str, Any]) -> list[Reply]:
        if not self.past:
            return []
        self.future = [*self.future, self.rows]
        *self.past, rows = self.past
        return self._show(rows)

    def _redo(self, _: Mapping[str, Any]) -> list[Reply]:
        if not self.future:
            return []
        self.past = [*self.past, self.rows]
        *self.future, rows = self.future
        return self._show(rows)

    # ---- checking and saving ----------------------------------------------------------------------------------------
    def _all_marks(self) -> list[Mark]:
        return self.book.faults(self.rows) or self.book.disagreements(self.rows)

    def _check(self, _: Mapping[str, Any]) -> list[Reply]:
        self._keep_draft()
        return [self._marks(self._all_marks(), True)]

    def _keep_draft(self) -> None:
        """Unsaved edits go into the draft, unless that of another grid is there."""
        if self.draft is not None:
            return
        other = read_draft(self.book.path)
        if other and other.grid != self.name:
            if self.rows != self.base:
                self._say(words.SHARED)
        elif self.rows != self.base:
            write_draft(self.book.path, self.name, self.book.content, self.base, self.rows)
        elif other:
            drop_draft(self.book.path)

    def _on_disk(self) -> bytes | None:
        return self.book.path.read_bytes() if self.book.path.is_file() else None

    def _save(self, _: Mapping[str, Any]) -> list[Reply]:
        marks = self._all_marks()
        wrong = sum(mark.blocking for mark in marks)
        if self._on_disk() != self.book.content:
            self._say(words.CHANGED, "compare,carry,reload")
        elif self.rows == self.base:
            self._say(words.NOTHING)
        elif wrong:
            self._say(words.FAULTY, count=wrong)
        else:
            return self._write(marks)
        return [self._marks(marks, True)]

    def _write(self, marks: Sequence[Mark]) -> list[Reply]:
        content = self.book.written(self.rows)
        write_files(self.book.path.parent, {self.book.path.name: content})
        self.book = self.book.after(content)
        self.rows = self.base = tuple(row for row in self.rows if any(row.cells))
        self._keep_draft()
        self._say(words.SAVED)
        return [self._all_rows(), self._marks(marks, True)]

    # ---- a file that changed on the disk, and drafts ----------------------------------------------------------------
    def _compare(self, _: Mapping[str, Any]) -> list[Reply]:
        found = list(differences(self.base, self.book.reopened().rows, self.rows, self.book.key))
        return [{"kind": "compare", "cells": found[:SHOWN], "more": max(0, len(found) - SHOWN)}]

    def _reload(self, _: Mapping[str, Any]) -> list[Reply]:
        self._begin(self.book.reopened(), ())
        self.rows = self.base
        self._say(words.LOADED)
        return [self._all_rows(), *self._check({})]

    def _carry(self, _: Mapping[str, Any]) -> list[Reply]:
        fresh, base, mine = self.book.reopened(), self.base, self.rows
        rows, lost = carried(base, fresh.rows, _beyond(mine, base, len(fresh.rows)), fresh.key)
        self._begin(fresh, rows)
        self._say(words.CARRIED, count=lost)
        return [self._all_rows(), *self._check({})]

    def _offer(self, draft: Draft) -> None:
        when = f"{draft.when:%H:%M %d/%m/%Y}"
        if draft.of == fingerprint(self.book.content):
            self._say(words.DRAFT, "take,drop", when=when)
        else:
            self._say(words.STALE, "drop", when=when, draft=f".{self.book.path.name}.draft")

    def _take(self, _: Mapping[str, Any]) -> list[Reply]:
        draft, self.draft = self.draft, None
        drop_draft(self.book.path)
        rows = taken_up(draft, self.base, self.next_id) if draft else None
        self.notice = self.buttons = ""
        edited = self._edit(rows) if rows is not None else []
        self.next_id += len(rows or ())
        return [*edited, *self._check({})]

    def _drop(self, _: Mapping[str, Any]) -> list[Reply]:
        self.draft = None
        drop_draft(self.book.path)
        self.notice = self.buttons = ""
        return self._check({})


def _beyond(mine: Sequence[Row], base: Sequence[Row], first: int) -> tuple[Row, ...]:
    """The rows with new numbers for those that are not of the file, so that they meet none of a longer file."""
    old = {row.id for row in base}
    least = max(first, *old, 0) + 1 if old else first + 1
    return tuple(row if row.id in old else row._replace(id=least + at) for at, row in enumerate(mine))
