"""The picture of the form: what its panels may not do to each other."""

import pytest

from planning.solver.plan import solve
from planning.workbench.board import board
from planning.workbench.form_words import say


@pytest.mark.parametrize("word", ["reference", "first_plan"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_legend_of_remote_areas_covers_nothing(toy, language, word):
    made = board(solve(toy), language, say(word, language))
    made.show(solve(toy))
    made.figure.draw_without_rendering()
    _, _, remote, areas, *_ = made.figure.axes
    legend = remote.get_legend().get_window_extent()
    assert min(text.get_window_extent().y0 for text in remote.get_legend().get_texts()) > remote.bbox.y1
    assert legend.x1 <= areas.bbox.x0
    assert legend.y1 <= remote._left_title.get_window_extent().y0 + 1
