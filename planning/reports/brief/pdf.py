"""The brief as a PDF: Typst with its own fonts, so that every machine makes the same bytes."""

import base64
import json
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

TEMPLATE = "brief.typ"


def as_pdf(content: dict[str, Any]) -> bytes:
    """The PDF of a printed brief (`content.printed`); A4, fonts embedded, dated with the brief's day."""
    import matplotlib
    import typst

    template = files("planning.reports.brief").joinpath(TEMPLATE).read_bytes()
    with TemporaryDirectory() as name:
        place = Path(name)
        content = content | {"sections": [_with_files(place, at, part) for at, part in enumerate(content["sections"])]}
        (place / "brief.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        (place / TEMPLATE).write_bytes(template)
        fonts = [str(Path(matplotlib.get_data_path()) / "fonts" / "ttf")]
        return typst.compile(str(place / TEMPLATE), root=name, font_paths=fonts, ignore_system_fonts=True)


def _with_files(place: Path, at: int, section: dict[str, Any]) -> dict[str, Any]:
    """The section with its pictures written into `place` and named by their files."""
    parts = []
    for number, part in enumerate(section["parts"]):
        if part["kind"] == "image":
            file = f"picture_{at}_{number}.png"
            (place / file).write_bytes(base64.b64decode(part["data"]))
            part = {key: value for key, value in part.items() if key != "data"} | {"file": file}
        parts.append(part)
    return section | {"parts": parts}
