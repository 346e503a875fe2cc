"""`planning schema`: what editors need to complete and underline a scenario file."""

from pathlib import Path
from typing import Annotated

import typer

from planning.commands.common import Lang, print_path


def schema(
    out: Annotated[Path, typer.Option("--out", help="File to write")] = Path("scenarios/scenario.schema.json"),
    lang: Lang = "en",
) -> None:
    """Write the JSON Schema of scenario files, from which editors complete, explain and underline."""
    from planning.disk import write_files
    from planning.inputs.schema import schema_text

    print_path(write_files(out.parent, {out.name: schema_text().encode()})[0])
