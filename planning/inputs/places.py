"""Where codes stand in a list of known ones."""

import numpy as np
import pandas as pd


def places(known: pd.Index | pd.Series, codes: pd.Series) -> np.ndarray:
    """The place of each code among the known ones, −1 where it is none; each distinct code is looked up once."""
    numbers, distinct = codes.factorize()
    return pd.Index(known).get_indexer(distinct)[numbers]
