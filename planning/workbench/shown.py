"""Word from the page that it shows a widget: what changes before that may never reach it."""

from collections.abc import Callable

import anywidget


class Shown(anywidget.AnyWidget):
    """Nothing to see; calls `then` each time that a page shows it.

    A page that opens reads the state of all widgets first and listens for changes only later, so whatever changes in
    between is to be sent again.
    """

    _esm = "export default { render({ model }) { model.send({}); } };"

    def __init__(self, then: Callable[[], None]) -> None:
        super().__init__(layout={"display": "none"})
        self.on_msg(lambda *_: then())
