"""Outlines of areas from a file of boundaries, for maps in place of tiles; needs the optional package geopandas."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planning.errors import InputError, PlanningError, Problem
from planning.inputs.case import Case
from planning.inputs.words import did_you_mean

if TYPE_CHECKING:
    from matplotlib.path import Path as Outline

COLUMN = "area"
_SHOWN = 5


def read_outlines(path: Path | str, case: Case) -> "Mapping[str, Outline]":
    """Area → outline in degrees, for every area of the case, from the shapes of a GeoJSON file.

    Each shape has a property `area` with the code of table areas. Raises PlanningError where geopandas is not
    installed, and InputError where the file cannot be read, an area has no shape or two, or a shape no area.
    """
    path = Path(path)
    geopandas = _geopandas()
    if not path.is_file():
        raise _refusal(path, ["there is no such file; check the path"])
    try:
        shapes = geopandas.read_file(path)
    except Exception as error:  # each driver below geopandas raises errors of its own
        raise _refusal(
            path, [f"this is not a file of boundaries that can be read ({error}); save it as GeoJSON"]
        ) from None
    if COLUMN not in shapes:
        have = ", ".join(name for name in shapes.columns if name != "geometry") or "none"
        text = f"the shapes have no property '{COLUMN}' with the code of table areas; they have: {have}"
        raise _refusal(path, [text])
    if problems := _problems(shapes, list(case.areas)):
        raise _refusal(path, problems)
    shapes = shapes.set_crs(4326) if shapes.crs is None else shapes.to_crs(4326)
    return {code: _outline(shape) for code, shape in zip(shapes[COLUMN], shapes.geometry, strict=True)}


def _geopandas() -> Any:
    try:
        import geopandas
    except ImportError:
        text = (
            "boundaries need the package geopandas, which is not installed; install the extra `geo` "
            "(pip install 'planning[geo]'), or leave the boundaries out: every area is then drawn as a tile"
        )
        raise PlanningError(text) from None
    return geopandas


def _problems(shapes: Any, areas: Sequence[str]) -> list[str]:
    found = [str(code) for code in shapes[COLUMN]]
    problems = [f"shape of unknown area '{code}'; {did_you_mean(code, areas)}" for code in found if code not in areas]
    missing = [code for code in areas if code not in found]
    if missing:
        listed = ", ".join(missing[:_SHOWN]) + (f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else "")
        problems.append(f"no shape for {len(missing)} of {len(areas)} areas: {listed}; add them, or draw tiles")
    twice = sorted({code for code in found if found.count(code) > 1})
    problems += [f"two shapes of area '{code}'; join them into one" for code in twice]
    kinds = zip(found, shapes.geometry, strict=True)
    problems += [
        f"the shape of area '{code}' is no polygon; draw its outline as one"
        for code, shape in kinds
        if shape is None or shape.is_empty or shape.geom_type not in ("Polygon", "MultiPolygon")
    ]
    return problems


def _outline(shape: Any) -> "Outline":
    """Every ring of a shape as one outline; holes stay holes because their rings turn the other way."""
    import numpy as np
    from matplotlib.path import Path as Outline
    from shapely.geometry.polygon import orient

    parts = getattr(shape, "geoms", [shape])
    rings = [ring for part in map(orient, parts) for ring in (part.exterior, *part.interiors)]
    return Outline.make_compound_path(*(Outline(np.asarray(ring.coords)[:, :2], closed=True) for ring in rings))


def _refusal(path: Path, texts: Sequence[str]) -> InputError:
    return InputError([Problem(path.name, text) for text in texts])
