"""Which parts of the districts of 2024 and of the communes of 2025 are the same ground."""

import pandas as pd

from derive.figures import COMMUNES, DISTRICTS, facts, whole

PARTS = 1_000_000


def crosswalk() -> pd.DataFrame:
    """Shares of surface in millionths; those of each district and those of each commune add up to 1."""
    table = facts("crosswalk", DISTRICTS)
    for name, world in (("district", DISTRICTS), ("commune", COMMUNES)):
        codes = facts(world.places, world).set_index("gso_code")["slug"].str.replace("-", "_")
        table[name] = table[f"{name}_gso_code"].map(codes)
        share = pd.to_numeric(table[f"share_of_{name}"])
        table[f"share_of_{name}"] = share.groupby(table[name]).transform(lambda part: whole(PARTS, part)) / PARTS
    table["source"] = "S02, S05, S21: overlay of outlines, shares made to add up to 1"
    table["status"] = "derived"
    return table[["district", "commune", "share_of_district", "share_of_commune", "source", "status"]]
