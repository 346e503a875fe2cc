"""The picture of why there is no plan: every number of every package, and nothing lies over anything else."""

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from planning.insight.explain import explain
from planning.reports.pictures.explain import levels
from tests.cases import with_rules


@pytest.fixture(scope="module")
def finding(toy):
    rules = {"remote_share": {"share": 0.99}, "stability": {"decrease": 0.3, "increase": 0.1}}
    return explain(with_rules(toy, targets={"strength": "hard"}, per_child_floor={"amount": 0.3}, **rules))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_words_fit_and_do_not_overlap(finding, language):
    figure = levels(finding, language)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    texts = [label for axes in figure.axes for label in axes.get_yticklabels() if label.get_text()]
    boxes = [label.get_window_extent(renderer) for label in texts]
    width, height = canvas.get_width_height()
    assert all(box.x0 >= 0 and box.x1 <= width and box.y0 >= 0 and box.y1 <= height for box in boxes)
    assert not any(one.overlaps(other) for i, one in enumerate(boxes) for other in boxes[:i])


def test_there_is_a_line_for_each_change(finding):
    figure = levels(finding, "en")
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    table = finding.tables["packages"]
    assert len(labels) == len(table)
    assert labels[0].startswith("Package 1")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_where_there_is_a_plan_the_picture_says_so(toy, language):
    answer = explain(toy)
    picture = levels(answer, language)
    assert " ".join(picture.get_suptitle().split()) == answer.sentences[language][0]
    assert picture.png().startswith(b"\x89PNG")
