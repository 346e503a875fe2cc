"""A grid in JupyterLab or Voilà on which a planner edits a table of a scenario, as in a spreadsheet.

The page draws and takes keys; what a text means, what is wrong with it and what is written is decided here, by the same
functions that read the files.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anywidget

from planning.errors import speaking
from planning.vocabulary import Language
from planning.workbench.changesfile import open_changes
from planning.workbench.session import Book, Session
from planning.workbench.tablefile import open_table

_HERE = Path(__file__).parent


class Grid(anywidget.AnyWidget):
    """The widget of one session: messages of the page go in, replies go out to every view of it."""

    _esm = _HERE / "grid.js"
    _css = _HERE / "grid.css"

    def __init__(self, book: Book, language: Language = "vi") -> None:
        super().__init__()
        self.session = Session(book, language)
        self.on_msg(self._answer)

    def _answer(self, _: Any, message: Mapping[str, Any], __: Any) -> None:
        for reply in self.session.answer(message):
            self.send({**reply, "for": message.get("view")})


def changes_grid(scenario: str | Path, language: Language = "vi") -> Grid:
    """The grid of what one scenario file changes in the tables.

    Raises InputError: the file cannot be read, or its changes are not written one below the other.
    """
    with speaking(language):
        return Grid(open_changes(scenario), language)


def table_grid(scenario: str | Path, table: str, language: Language = "vi") -> Grid:
    """The grid of one table of the data folder of a scenario, for instance `needs`.

    Raises InputError: there is no such table, or it cannot be opened as one.
    """
    with speaking(language):
        return Grid(open_table(scenario, table), language)
