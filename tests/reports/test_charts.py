"""Pictures are drawn for few areas and many, one scenario and several, in both languages, with nothing cut off."""

import dataclasses
import itertools
import subprocess
import sys

import numpy as np
import pytest
from matplotlib.collections import PolyCollection

from planning.reports.areamap import money_per_child
from planning.reports.charts import allocation_by_field, coverage_by_programme, money_by_fund, remote_share
from planning.reports.lettering import Texts
from planning.reports.style import write_pictures
from planning.reports.timeline import capital_and_running, project_timeline

OF_PROJECTS = [project_timeline, capital_and_running]
CHARTS = [allocation_by_field, money_by_fund, coverage_by_programme, remote_share, money_per_child, *OF_PROJECTS]


def renamed(case, name):
    """The case under another name."""
    return dataclasses.replace(case, scenario=case.scenario.model_copy(update={"name": name}))


def is_cut(picture):
    """Whether anything sticks out of the picture, in inches."""
    picture.draw_without_rendering()
    scales = [texts for axes in picture.axes for texts in axes.texts if isinstance(texts, Texts)]
    around = picture.bbox.padded(3)
    if not all(
        around.containsx(x) and around.containsy(y) for t in scales for b in t.extents() for x, y in b.corners()
    ):
        return True
    box, (width, height) = picture.get_tightbbox(), picture.get_size_inches()
    return min(box.x0, box.y0, width - box.x1, height - box.y1) < -0.02


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.__name__)
def test_two_areas(chart, language, plan):
    picture = chart(plan, language)
    assert picture.png().startswith(b"\x89PNG")
    assert not is_cut(picture)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.__name__)
def test_many_areas(chart, communes):
    picture = chart(communes, "vi")
    assert len(picture.png()) > 20_000
    assert not is_cut(picture)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("chart", OF_PROJECTS, ids=lambda chart: chart.__name__)
def test_projects(chart, language, built):
    picture = chart(built, language)
    assert len(picture.png()) > 10_000
    assert not is_cut(picture)


def test_a_plan_of_sixty_projects_can_be_read(communes):
    """Every candidate built at once: each has its line, no two names on one another."""
    starts = communes.case.starts
    first = np.unique(starts.project, return_index=True)[1]
    given = communes.case.projects.iloc[starts.project[first]]
    table = given[["project", "area", "programme"]].assign(
        scenario="base", start=starts.year[first], share=1.0, building=starts.building[first].sum(axis=1), running=0.0,
        unfinished=0.0, tail=starts.tail[first],
    )  # fmt: skip
    picture = project_timeline(dataclasses.replace(communes, projects=table.reset_index(drop=True)), "vi")
    picture.draw_without_rendering()
    beside = [text for text in picture.axes[0].texts if isinstance(text, Texts) and text.get_ha() == "right"]
    names = sorted((box for texts in beside for box in texts.extents()), key=lambda box: -box.y0)
    assert len(names) == len(first) + 4
    assert not any(here.overlaps(below) for here, below in itertools.pairwise(names))
    assert not is_cut(picture)


@pytest.mark.parametrize("chart", OF_PROJECTS, ids=lambda chart: chart.__name__)
def test_projects_in_one_of_two_scenarios(chart, built, plan):
    picture = chart([built, dataclasses.replace(plan, case=renamed(plan.case, "none"))], "vi")
    assert [text.get_text() for text in picture.axes[1].texts] == ["Phương án này không có dự án nào."]
    assert not is_cut(picture)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.__name__)
def test_two_scenarios_side_by_side(chart, plan, other):
    picture = chart([plan, other], "en")
    titles = [axes.get_title(loc="left") for axes in picture.axes]
    assert len([title for title in titles if title]) == 2
    assert not is_cut(picture)


def test_bars_are_the_figures_of_the_table(plan):
    axes = allocation_by_field(plan, "en").axes[0]
    layers = [layer for layer in axes.collections if isinstance(layer, PolyCollection)]
    corners = [path.vertices.reshape(-1, 5, 2) for layer in layers for path in layer.get_paths()]
    heights = sum(float(np.ptp(shape[..., 1], axis=1).sum()) for shape in corners)
    assert heights == pytest.approx(plan.lines["amount"].sum())


@pytest.mark.parametrize("chart", [allocation_by_field, money_by_fund, capital_and_running])
def test_the_unit_stands_beside_the_figures_of_the_scale(chart, communes):
    picture = chart(communes, "vi")
    picture.draw_without_rendering()
    unit = picture.axes[0].yaxis.label.get_window_extent()
    figures = [texts for texts in picture.axes[0].texts if isinstance(texts, Texts) and texts.get_ha() == "right"]
    assert figures
    assert all(unit.x1 < box.x0 for texts in figures for box in texts.extents())


@pytest.mark.parametrize("chart", [allocation_by_field, coverage_by_programme, remote_share])
def test_panels_that_share_a_scale_name_it_once(chart, plan, other):
    picture = chart([plan, other], "vi")
    named = [[texts for texts in axes.texts if isinstance(texts, Texts)] for axes in picture.axes]
    assert [len(texts) for texts in named] == [2, 1]


def test_a_picture_tells_what_it_shows(plan):
    data, metadata = allocation_by_field(plan, "vi")._repr_mimebundle_()
    assert metadata["image/png"]["alt"] == data["text/plain"] == "Phân bổ theo lĩnh vực và năm"


def test_the_same_plan_gives_the_same_bytes(plan, tmp_path):
    first, second = (
        write_pictures(tmp_path / name, {"share": remote_share(plan, "vi")})[0].read_bytes() for name in ("a", "b")
    )
    assert first == second


def test_tables_need_no_matplotlib():
    program = (
        "import sys, planning, planning.reports.tables, planning.reports.files; sys.exit('matplotlib' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], timeout=60).returncode == 0
