"""The brief as one HTML file that needs nothing else: pictures inside, no script, prints on A4."""

from importlib.resources import files
from typing import Any

TEMPLATE = "brief.html.j2"


def as_page(content: dict[str, Any]) -> bytes:
    """The page of a printed brief (`content.printed`); every word is escaped."""
    import jinja2

    template = files("planning.reports.brief").joinpath(TEMPLATE).read_text(encoding="utf-8")
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(template).render(content).encode()
