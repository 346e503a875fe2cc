"""Outlines of areas from a file of boundaries, for maps in place of tiles; needs the optional package geopandas."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planning.errors import InputError, PlanningError, Problem
from planning.inputs.case import Case
from planning.inputs.words import did_you_mean, listing, number
from planning.vocabulary import Text

if TYPE_CHECKING:
    from matplotlib.path import Path as Outline

COLUMN = "area"
_SHOWN = 5
_NO_FILE = Text("không có tệp này; hãy kiểm tra đường dẫn", "there is no such file; check the path")
_NO_PACKAGE = Text(
    "bản đồ theo ranh giới cần gói geopandas, hiện chưa cài; hãy cài gói mở rộng `geo` (pip install 'planning[geo]'), "
    "hoặc bỏ ranh giới: khi đó mỗi địa bàn được vẽ thành một ô vuông",
    "boundaries need the package geopandas, which is not installed; install the extra `geo` "
    "(pip install 'planning[geo]'), or leave the boundaries out: every area is then drawn as a tile",
)


def read_outlines(path: Path | str, case: Case) -> "Mapping[str, Outline]":
    """Area → outline in degrees, for every area of the case, from the shapes of a GeoJSON file.

    Each shape has a property `area` with the code of table areas. Raises PlanningError where geopandas is not
    installed, and InputError where the file cannot be read, an area has no shape or two, or a shape no area.
    """
    path = Path(path)
    geopandas = _geopandas()
    if not path.is_file():
        raise _refusal(path, [_NO_FILE])
    try:
        shapes = geopandas.read_file(path)
    except Exception as error:  # each driver below geopandas raises errors of its own
        raise _refusal(path, [_unreadable(error)]) from None
    if COLUMN not in shapes:
        raise _refusal(path, [_no_codes([name for name in shapes.columns if name != "geometry"])])
    if problems := _problems(shapes, list(case.areas)):
        raise _refusal(path, problems)
    shapes = shapes.set_crs(4326) if shapes.crs is None else shapes.to_crs(4326)
    return {code: _outline(shape) for code, shape in zip(shapes[COLUMN], shapes.geometry, strict=True)}


def _geopandas() -> Any:
    try:
        import geopandas
    except ImportError:
        raise PlanningError(_NO_PACKAGE) from None
    return geopandas


def _problems(shapes: Any, areas: Sequence[str]) -> list[Text]:
    found = [str(code) for code in shapes[COLUMN]]
    problems = [_unknown(code, areas) for code in found if code not in areas]
    missing = [code for code in areas if code not in found]
    if missing:
        problems.append(_without(missing, len(areas)))
    problems += [_twice(code) for code in sorted({code for code in found if found.count(code) > 1})]
    kinds = zip(found, shapes.geometry, strict=True)
    problems += [
        _no_polygon(code)
        for code, shape in kinds
        if shape is None or shape.is_empty or shape.geom_type not in ("Polygon", "MultiPolygon")
    ]
    return problems


def _unreadable(error: Exception) -> Text:
    return Text(
        f"đây không phải là tệp ranh giới đọc được ({error}); hãy lưu thành GeoJSON",
        f"this is not a file of boundaries that can be read ({error}); save it as GeoJSON",
    )


def _no_codes(have: Sequence[str]) -> Text:
    names = ", ".join(have)
    return Text(
        f"các hình không có thuộc tính '{COLUMN}' ghi mã của bảng areas; chúng có: {names or 'không có gì'}",
        f"the shapes have no property '{COLUMN}' with the code of table areas; they have: {names or 'none'}",
    )


def _unknown(code: str, areas: Sequence[str]) -> Text:
    return Text(
        f"có hình của địa bàn '{code}' mà bảng areas không có; {did_you_mean(code, areas, 'vi')}",
        f"shape of unknown area '{code}'; {did_you_mean(code, areas)}",
    )


def _without(missing: Sequence[str], every: int) -> Text:
    return Text(
        f"{number(len(missing), 'vi')} trong {number(every, 'vi')} địa bàn không có hình: "
        f"{listing(missing, _SHOWN, 'vi')}; hãy thêm hình, hoặc vẽ bằng ô vuông",
        f"no shape for {len(missing)} of {every} areas: {listing(missing, _SHOWN)}; add them, or draw tiles",
    )


def _twice(code: str) -> Text:
    return Text(
        f"địa bàn '{code}' có hai hình; hãy nhập thành một",
        f"two shapes of area '{code}'; join them into one",
    )


def _no_polygon(code: str) -> Text:
    return Text(
        f"hình của địa bàn '{code}' không phải là đa giác; hãy vẽ đường bao của nó thành đa giác",
        f"the shape of area '{code}' is no polygon; draw its outline as one",
    )


def _outline(shape: Any) -> "Outline":
    """Every ring of a shape as one outline; holes stay holes because their rings turn the other way."""
    import numpy as np
    from matplotlib.path import Path as Outline
    from shapely.geometry.polygon import orient

    parts = getattr(shape, "geoms", [shape])
    rings = [ring for part in map(orient, parts) for ring in (part.exterior, *part.interiors)]
    return Outline.make_compound_path(*(Outline(np.asarray(ring.coords)[:, :2], closed=True) for ring in rings))


def _refusal(path: Path, texts: Sequence[Text]) -> InputError:
    return InputError([Problem(path.name, text) for text in texts])
