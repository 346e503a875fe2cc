"""A run notebook as a page to read: no code, no messages, pictures inside, nothing fetched from a network."""

import copy
import re
import threading
from functools import cache
from typing import Any
from uuid import uuid4

from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from planning.vocabulary import Language

# The lab look without its four scripts from the network: plain results need none of them.
_TEMPLATE = """{%- extends 'lab/index.html.j2' -%}
{%- block html_head_js -%}{%- endblock -%}
{%- block html_head_js_mathjax -%}{%- endblock -%}
{%- block html_head_js_mermaidjs -%}{%- endblock -%}
{%- block data_png scoped -%}
<img src="data:image/png;base64,{{ output.data['image/png'] | escape_html }}"
  width="{{ output | get_metadata('width', 'image/png') }}"
  alt="{{ output | get_metadata('alt', 'image/png') | escape_html }}">
{%- endblock -%}
{%- block extra_css -%}
<style>
body.jp-Notebook { max-width: 1200px; margin: 0 auto; padding: 1em 2em; overflow-x: auto; }
.jp-OutputArea img { max-width: 100%; height: auto; }
@page { size: A4 landscape; margin: 12mm; }
@media print {
  body.jp-Notebook { max-width: none; padding: 0; }
  .jp-OutputArea img { max-height: 130mm; width: auto; }
  .sheet { font-size: 75%; }
  .sheet tr, .jp-OutputArea img { break-inside: avoid; }
  h1, h2, .sheet caption { break-after: avoid; }
}
</style>
{%- endblock -%}
"""

_ONE_AT_A_TIME = threading.Lock()


def prepare(language: Language) -> None:
    """Make a page of each kind of cell, so that the templates are there when the first one is asked for."""
    data = {"text/html": "", "image/png": ""}
    output = new_output("display_data", data, metadata={"image/png": {"width": 1, "alt": ""}})
    page(new_notebook(cells=[new_markdown_cell("# -"), new_code_cell("", outputs=[output])]), language)


def page(notebook: Any, language: Language) -> str:
    """The HTML of an executed notebook in one language; the title is its first heading."""
    shown = copy.deepcopy(notebook)
    tables: dict[str, str] = {}
    for cell in shown.cells:
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if output.output_type != "stream"]
            for output in cell.outputs:
                _set_aside(output, tables)
        else:
            cell.source = _in_one_language(cell.source, language)
    resources = {"metadata": {"name": _title(shown)}}
    with _ONE_AT_A_TIME:
        html = _exporter(language).from_notebook_node(shown, resources=resources)[0]
    return re.sub("|".join(tables), lambda mark: tables[mark[0]], html) if tables else html


def _set_aside(output: Any, tables: dict[str, str]) -> None:
    """Leave a mark where a table goes: the exporter parses all that it is given, most of which are tables."""
    if "text/html" in output.get("data", {}):
        mark = f"<!--{uuid4().hex}-->"
        tables[mark], output.data["text/html"] = output.data["text/html"], mark


@cache
def _exporter(language: Language) -> HTMLExporter:
    """An exporter, which keeps its templates compiled."""
    return HTMLExporter(
        raw_template=_TEMPLATE,
        default_preprocessors=[],
        language_code=language,
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
        embed_images=True,
    )


def _in_one_language(text: str, language: Language) -> str:
    """The lines of one language where each Vietnamese line has its English one in italics below it; else all of it."""
    lines = [line for line in text.splitlines() if line.strip()]
    vietnamese, english = lines[::2], lines[1::2]
    if len(vietnamese) != len(english) or not all(line[0] == line[-1] == "*" for line in english):
        return text
    if language == "en":
        marks = (re.match(r"#* ?", line) for line in vietnamese)
        vietnamese = [mark[0] + line.strip("*") for mark, line in zip(marks, english, strict=True) if mark]
    return "\n\n".join(vietnamese)


def _title(notebook: Any) -> str:
    """The first heading."""
    headings = (cell.source for cell in notebook.cells if cell.cell_type == "markdown" and cell.source.startswith("#"))
    return next(headings, "planning").splitlines()[0].strip("# ")
