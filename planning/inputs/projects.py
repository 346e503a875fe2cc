"""Projects as the starts that a plan may choose: one project begun in one year, with its money and service."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

Array = np.ndarray
PARTS = ("first_year", "second_year", "third_year")


@dataclass(frozen=True, slots=True, eq=False)
class Starts:
    """C starts over T plan years. Money in million VND at the prices of each year.

    project, year (C,)  position in table projects and calendar year of the start (before the plan if ongoing)
    building (C, T)     cost of building paid in each plan year
    running (C, T)      cost of running in each plan year that the project is open
    open (C, T)         True in the plan years of its service
    tail (C,)           running cost between the last plan year and the end of its life
    unfinished (C,)     cost of building that falls after the last plan year
    """

    project: Array
    year: Array
    building: Array
    running: Array
    open: Array
    tail: Array
    unfinished: Array


def starts_of(tables: Mapping[str, pd.DataFrame], years: tuple[int, ...]) -> Starts:
    """The starts of table projects: within the plan from earliest to latest; an ongoing project has one, its own."""
    table = tables.get("projects")
    if table is None or table.empty:
        none, nothing = np.zeros(0, int), np.zeros((0, len(years)))
        return Starts(none, none, nothing, nothing, nothing.astype(bool), np.zeros(0), np.zeros(0))
    earliest, latest = table["earliest"].to_numpy(int), table["latest"].to_numpy(int)
    ongoing = (table["stage"] == "ongoing").to_numpy()
    calendar = np.arange(min(earliest.min(), years[0]), years[-1] + 1)
    window = (calendar >= earliest[:, None]) & (calendar <= latest[:, None])
    allowed = np.where(ongoing[:, None], calendar == earliest[:, None], window & (calendar >= years[0]))
    allowed &= (table["stage"] != "never").to_numpy()[:, None]
    project, column = np.nonzero(allowed)
    year = calendar[column]
    parts = table[list(PARTS)].to_numpy(float)[project]
    life, delay = table["life"].to_numpy(int)[project], table["delay"].to_numpy(int)[project]
    last = max([*(year + delay + life).tolist(), years[-1] + len(PARTS)])
    ahead = np.arange(years[0], last + 1)
    price = (1 + table["growth"].to_numpy(float))[project, None] ** (
        ahead[None, :] - table["price_year"].to_numpy(int)[project, None]
    )
    since = ahead[None, :] - year[:, None]
    in_build = (since >= 0) & (since < len(PARTS))
    part = np.where(in_build, np.take_along_axis(parts, np.clip(since, 0, len(PARTS) - 1), axis=1), 0.0)
    building = table["cost"].to_numpy(float)[project, None] * price * part
    serving = (since >= delay[:, None]) & (since < (delay + life)[:, None])
    running = table["running_cost"].to_numpy(float)[project, None] * price * serving
    plan = len(years)
    return Starts(
        project,
        year,
        building[:, :plan],
        running[:, :plan],
        serving[:, :plan],
        running[:, plan:].sum(axis=1),
        building[:, plan:].sum(axis=1),
    )
