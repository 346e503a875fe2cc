"""A run notebook as a page to read: no code, no messages, pictures inside, nothing fetched from a network."""

import copy
from typing import Any

from nbconvert import HTMLExporter

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
</style>
{%- endblock -%}
"""


def page(notebook: Any, language: Language) -> str:
    """The HTML of an executed notebook; the title is its first heading in that language."""
    shown = copy.deepcopy(notebook)
    for cell in shown.cells:
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if output.output_type != "stream"]
    exporter = HTMLExporter(
        raw_template=_TEMPLATE,
        language_code=language,
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
        embed_images=True,
    )
    return exporter.from_notebook_node(shown, resources={"metadata": {"name": _title(shown, language)}})[0]


def _title(notebook: Any, language: Language) -> str:
    """The first heading: Vietnamese stands in the line with the mark, English in italics below it."""
    cells = (cell.source for cell in notebook.cells if cell.cell_type == "markdown" and cell.source.startswith("#"))
    lines = [line.strip("#* ") for line in next(cells, "planning").splitlines() if line]
    return lines[1] if language == "en" and len(lines) > 1 else lines[0]
