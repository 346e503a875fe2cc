"""Boundaries: refused where geopandas is absent, a file cannot be read, an area has no shape or a shape no area."""

import json
import sys
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch

from planning.errors import InputError, PlanningError
from planning.reports import boundaries
from planning.reports.boundaries import read_outlines
from tests.languages import vietnamese

POLYGON = SimpleNamespace(is_empty=False, geom_type="Polygon")


def test_without_geopandas(monkeypatch, toy, tmp_path):
    monkeypatch.setitem(sys.modules, "geopandas", None)
    with pytest.raises(PlanningError, match=r"install the extra `geo`.*or leave the boundaries out") as refusal:
        read_outlines(tmp_path / "x.geojson", toy)
    assert vietnamese(refusal.value).startswith(
        "bản đồ theo ranh giới cần gói geopandas, hiện chưa cài; hãy cài gói mở"
    )


@pytest.mark.parametrize(
    ("codes", "shapes", "vi", "words"),
    [
        (
            ["hill", "naer"],
            [POLYGON] * 2,
            "có hình của địa bàn 'naer' mà bảng areas không có; có phải ý là 'near'?",
            "shape of unknown area 'naer'; did you mean 'near'",
        ),
        (
            ["hill"],
            [POLYGON],
            "1 trong 2 địa bàn không có hình: near; hãy thêm hình, hoặc vẽ bằng ô vuông",
            "no shape for 1 of 2 areas: near",
        ),
        (
            ["hill", "near", "hill"],
            [POLYGON] * 3,
            "địa bàn 'hill' có hai hình; hãy nhập thành một",
            "two shapes of area 'hill'",
        ),
        (
            ["hill", "near"],
            [POLYGON, None],
            "hình của địa bàn 'near' không phải là đa giác; hãy vẽ đường bao của nó thành đa giác",
            "the shape of area 'near' is no polygon",
        ),
        (
            ["hill", "near"],
            [POLYGON, SimpleNamespace(is_empty=False, geom_type="Point")],
            "hình của địa bàn 'near' không phải là đa giác",
            "'near' is no polygon",
        ),
    ],
)
def test_shapes_that_do_not_fit(monkeypatch, toy, tmp_path, codes, shapes, vi, words):
    frame = pd.DataFrame({"area": codes, "geometry": pd.Series(shapes, dtype=object)})
    monkeypatch.setattr(boundaries, "_geopandas", lambda: SimpleNamespace(read_file=lambda path: frame))
    path = tmp_path / "x.geojson"
    path.write_text("{}")
    with pytest.raises(InputError, match=words) as refusal:
        read_outlines(path, toy)
    assert vi in vietnamese(refusal.value)


def test_a_file_that_is_absent_or_names_no_areas(monkeypatch, toy, tmp_path):
    frame = pd.DataFrame({"code": ["hill"], "geometry": [POLYGON]})
    monkeypatch.setattr(boundaries, "_geopandas", lambda: SimpleNamespace(read_file=lambda path: frame))
    with pytest.raises(InputError, match="there is no such file"):
        read_outlines(tmp_path / "nowhere.geojson", toy)
    path = tmp_path / "x.geojson"
    path.write_text("{}")
    with pytest.raises(InputError, match=r"no property 'area' .* they have: code") as refusal:
        read_outlines(path, toy)
    assert vietnamese(refusal.value) == (
        "1 lỗi trong x.geojson:\n- các hình không có thuộc tính 'area' ghi mã của bảng areas; chúng có: code"
    )


def test_shapes_with_holes_and_islands(toy, tmp_path):
    pytest.importorskip("geopandas")
    ring = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
    hole = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]
    shapes = {
        "hill": {"type": "Polygon", "coordinates": [ring, hole]},
        "near": {
            "type": "MultiPolygon",
            "coordinates": [[[[x + 9, y] for x, y in ring]], [[[x + 19, y] for x, y in ring]]],
        },
    }
    features = [{"type": "Feature", "properties": {"area": code}, "geometry": shape} for code, shape in shapes.items()]
    path = tmp_path / "x.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    outlines = read_outlines(path, toy)
    figure = Figure()
    axes = figure.subplots()
    axes.add_patch(PathPatch(outlines["hill"], facecolor="black"))
    axes.set(xlim=(0, 4), ylim=(0, 4), position=(0, 0, 1, 1))
    axes.axis("off")
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    drawn = np.asarray(canvas.buffer_rgba())[..., 0] < 128
    assert drawn.mean() == pytest.approx(15 / 16, abs=0.01)
    assert outlines["near"].contains_point((20, 1))
    path.write_text("not a map")
    with pytest.raises(InputError, match="not a file of boundaries that can be read"):
        read_outlines(path, toy)
