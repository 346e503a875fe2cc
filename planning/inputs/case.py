"""A case: a scenario joined with its tables, as arrays. It is all that the model knows.

Index sets: a areas (A), p programmes (P), t fiscal years (T), s bands (S), f funds (F), h purses (H). A *purse* is the
money of one fund in one hand: the city's, or that of one area where the fund is held by the areas.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from planning.inputs.codes import places
from planning.inputs.projects import Starts, starts_of
from planning.inputs.scenario import Scenario
from planning.vocabulary import (
    ALL,
    AREA_GROUPS,
    CAPITAL,
    COST_TYPES,
    EVERY_PROGRAMME,
    FIELDS,
    REMOTE,
    REST,
    TABLES,
    YES,
    Language,
)

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class Case:
    """A scenario joined with its data. Money in million VND, nominal; arrays must not be written to.

    `tables` are the checked tables after the scenario's changes; `hashes` the SHA-256 of every input file.
    """

    scenario: Scenario
    tables: Mapping[str, pd.DataFrame]
    hashes: Mapping[str, str]

    # ---- index sets -------------------------------------------------------------------------------------------------
    @cached_property
    def years(self) -> tuple[int, ...]:
        return self.scenario.years

    @cached_property
    def areas(self) -> pd.Index:
        return pd.Index(self.tables["areas"]["area"])

    @cached_property
    def programmes(self) -> pd.Index:
        return pd.Index(self.tables["programmes"]["programme"])

    @cached_property
    def funds(self) -> pd.Index:
        return pd.Index(self.tables["funds"]["fund"].unique())

    @cached_property
    def classes(self) -> pd.Index:
        return pd.Index(self.tables["classes"]["class"])

    @property
    def shape(self) -> tuple[int, int, int]:
        """(A, P, T): the shape of everything that is stated per cell and year."""
        return len(self.areas), len(self.programmes), len(self.years)

    def labels(self, language: Language) -> Mapping[str, Mapping[str, str]]:
        """What people read for the codes of each column of an index: areas, programmes, funds, documents, choices."""
        return self._labels[language]

    @cached_property
    def _labels(self) -> dict[Language, dict[str, dict[str, str]]]:
        return {language: self._named(language) for language in ("vi", "en")}

    def _named(self, language: Language) -> dict[str, dict[str, str]]:
        def names(table: str, code: str, name: str = "name") -> dict[str, str]:
            known = self.tables.get(table)
            columns = () if known is None else (known[column].tolist() for column in (code, f"{name}_{language}"))
            return dict(zip(*columns, strict=True))

        areas, classes, programmes = names("areas", "area"), names("classes", "class"), names("programmes", "programme")
        words = {kind: text[language] for kind, text in (FIELDS | COST_TYPES).items()}
        funds = names("funds", "fund")
        return {
            "area": areas,
            "class": classes,
            "areas": classes | areas | {kind: text[language] for kind, text in AREA_GROUPS.items()},
            "programme": programmes,
            "needs": programmes,
            "programmes": programmes | words | {ALL: EVERY_PROGRAMME[language]},
            "fund": funds,
            "partner": funds,
            "resource": names("resources", "resource"),
            "project": names("projects", "project"),
            "target": names("targets", "target", "document"),
        }

    def pairs(self, table: pd.DataFrame) -> tuple[Array, Array]:
        """The places of each row's area and programme in `areas` and `programmes`, −1 where they are not there."""
        return places(self.areas, table["area"]), places(self.programmes, table["programme"])

    # ---- areas and programmes ---------------------------------------------------------------------------------------
    @cached_property
    def area_class(self) -> Array:
        """(A,) position of each area's class in `classes`."""
        return self.classes.get_indexer(self.tables["areas"]["class"])

    @cached_property
    def remote(self) -> Array:
        """(A,) True where the area's class counts as remote."""
        return (self.tables["classes"]["remote"] == YES).to_numpy()[self.area_class]

    @cached_property
    def children(self) -> Array:
        """(A,) children under 16."""
        return self.tables["areas"]["children"].to_numpy(float)

    @cached_property
    def capital(self) -> Array:
        """(P,) True where the programme builds something that lasts: what a year builds serves every later year."""
        return (self.tables["programmes"]["cost_type"] == CAPITAL).to_numpy()

    @cached_property
    def limited(self) -> Array:
        """(P,) True where a programme serves at most the capacity that exists or that projects add."""
        table = self.tables.get("capacities")
        none = np.zeros(len(self.programmes), bool)
        return none if table is None else self.programmes.isin(table["programme"].unique())

    @cached_property
    def lasting(self) -> Array:
        """(P,) True where money builds units one by one that stand from then on: capital, not delivered by projects."""
        return self.capital & ~self.limited

    @cached_property
    def existing(self) -> Array:
        """(A, P) units that can be served without projects, where `limited`."""
        return self._by_cell("capacities", "existing")

    @cached_property
    def projects(self) -> pd.DataFrame:
        """Table projects with the positions of area, programme and running_programme; empty where there are none."""
        table = self.tables.get("projects")
        table = pd.DataFrame(columns=[c.name for c in TABLES["projects"].columns]) if table is None else table
        at = {"a": self.areas.get_indexer(table["area"]), "p": self.programmes.get_indexer(table["programme"])}
        return table.assign(**at, running_p=self.programmes.get_indexer(table["running_programme"]))

    @cached_property
    def effects(self) -> pd.DataFrame:
        """Table project_effects with columns project and programme as positions, and capacity."""
        table = self.tables.get("project_effects", pd.DataFrame(columns=["project", "programme", "capacity"]))
        project = pd.Index(self.projects["project"]).get_indexer(table["project"])
        programme = self.programmes.get_indexer(table["programme"])
        capacity = table["capacity"].to_numpy(float)
        return pd.DataFrame({"project": project, "programme": programme, "capacity": capacity})

    @cached_property
    def starts(self) -> Starts:
        """Every start of a project that a plan may choose."""
        return starts_of(self.tables, self.years)

    def select_areas(self, name: str) -> Array:
        """(A,) True for the areas that a rule calls all, remote, rest, or by the code of a class or of an area."""
        if name in (ALL, REMOTE, REST):
            return {ALL: np.ones(len(self.areas), bool), REMOTE: self.remote, REST: ~self.remote}[name]
        areas = self.tables["areas"]
        return ((areas["class"] == name) | (areas["area"] == name)).to_numpy()

    def select_programmes(self, name: str) -> Array:
        """(P,) True for the programmes that a rule calls all, or by field, cost type or code."""
        return (self._programme_kinds == name).any(axis=1) | (name == ALL)

    @cached_property
    def _programme_kinds(self) -> Array:
        """(P, 3) code, field and cost type of each programme."""
        return self.tables["programmes"][["programme", "field", "cost_type"]].to_numpy(object)

    @cached_property
    def need(self) -> Array:
        """(A, P, T) units: to be reached in the year, or for capital programmes to stand by the end of the plan."""
        table = self.tables["needs"]
        need = np.zeros(self.shape)
        a, p = self.pairs(table)
        every = (table["year"] == ALL).to_numpy()
        amount = table["need"].to_numpy(float)
        need[a[every], p[every], :] = amount[every, None]
        t = np.full(len(table), -1)
        t[~every] = pd.Index(self.years).get_indexer(pd.to_numeric(table["year"].array[~every]))
        dated = t >= 0
        need[a[dated], p[dated], t[dated]] = amount[dated]
        return need

    @cached_property
    def unit_cost(self) -> Array:
        """(A, P, T) million VND for one unit, at the prices of the year: c·(1+g)^(t − price year)."""
        table = self.tables["unit_costs"]
        p, k = self.programmes.get_indexer(table["programme"]), self.classes.get_indexer(table["class"])
        ahead = np.array(self.years)[None, :] - table["price_year"].to_numpy(int)[:, None]
        price = table["unit_cost"].to_numpy(float)[:, None] * (1 + table["growth"].to_numpy(float)[:, None]) ** ahead
        by_class = np.zeros((len(self.classes), len(self.programmes), len(self.years)))
        by_class[k, p] = price
        return by_class[self.area_class]

    @cached_property
    def full_cost(self) -> Array:
        """(A, P, T) million VND that a cell can cost at most: all its need, and every project that it could pay."""
        return self.need * self.unit_cost + self.project_cost

    @cached_property
    def project_cost(self) -> Array:
        """(A, P, T) million VND of building and running every project, each start counted."""
        most = np.zeros(self.shape)
        starts, projects = self.starts, self.projects
        a = projects["a"].to_numpy()[starts.project]
        np.add.at(most, (a, projects["p"].to_numpy()[starts.project]), starts.building)
        np.add.at(most, (a, projects["running_p"].to_numpy()[starts.project]), starts.running)
        return most

    @cached_property
    def band_share(self) -> Array:
        """(P, S) share of the need that each band holds; 0 where a programme has fewer bands."""
        return self._bands("share")

    @cached_property
    def band_effect(self) -> Array:
        """(P, S) effect of one unit in each band."""
        return self._bands("effect")

    def _bands(self, column: str) -> Array:
        table = self.tables["bands"]
        p = self.programmes.get_indexer(table["programme"])
        ranked = np.lexsort((table["band"].to_numpy(), p))
        p = p[ranked]
        order = np.arange(p.size) - np.searchsorted(p, p)
        values = np.zeros((len(self.programmes), int(order.max()) + 1))
        values[p, order] = table[column].to_numpy(float)[ranked]
        return values

    @cached_property
    def worth(self) -> Array:
        """(A, P) what one unit reached for a year counts for: priority · children per unit · weight of the class."""
        programmes = self.tables["programmes"]
        per_unit = (programmes["weight"] * programmes["children_per_unit"]).to_numpy(float)
        by_class = np.array([self.scenario.objective.class_weights.get(name, 1.0) for name in self.classes])
        return by_class[self.area_class][:, None] * per_unit[None, :]

    @cached_property
    def discount(self) -> Array:
        """(T,) what a child reached in each year counts for, 1 in the first."""
        return (1 + self.scenario.objective.discount) ** -np.arange(float(len(self.years)))

    @cached_property
    def baseline(self) -> Array:
        """(A, P) million VND of one year in the baseline."""
        return self._by_cell("baseline", "amount")

    def _by_cell(self, name: str, column: str) -> Array:
        values = np.zeros(self.shape[:2])
        if (table := self.tables.get(name)) is not None:
            values[self.pairs(table)] = table[column].to_numpy(float)
        return values

    # ---- funds ------------------------------------------------------------------------------------------------------
    @cached_property
    def purses(self) -> pd.DataFrame:
        """(H rows) columns fund, area: positions; area is −1 for a purse that the city holds."""
        shares = self.tables.get("fund_shares")
        held = {} if shares is None else dict(tuple(shares.groupby("fund", sort=False)))
        rows = []
        for f, fund in enumerate(self.funds):
            if fund in held:
                rows += [(f, a) for a in sorted(self.areas.get_indexer(held[fund]["area"]))]
            else:
                rows.append((f, -1))
        return pd.DataFrame(rows, columns=["fund", "area"])

    @cached_property
    def ceiling(self) -> Array:
        """(H, T) million VND that each purse may spend of the year's own money."""
        return self._by_fund("ceiling")[self.purses["fund"]] * self._purse_share[:, None]

    @cached_property
    def carry_over(self) -> Array:
        """(H, T) share of the ceiling that may be carried into the next year."""
        return self._by_fund("carry_over")[self.purses["fund"]]

    @cached_property
    def _purse_share(self) -> Array:
        shares = self.tables.get("fund_shares")
        if shares is None:
            return np.ones(len(self.purses))
        part = np.zeros((len(self.funds), len(self.areas)))
        part[self.funds.get_indexer(shares["fund"]), self.areas.get_indexer(shares["area"])] = shares["share"]
        f, a = self.purses.to_numpy().T
        return np.where(a < 0, 1.0, part[f, a])

    @cached_property
    def programme_groups(self) -> Array:
        """(P,) programmes with the same number are told apart by no rule that holds what a fund pays for."""
        rules = self.scenario.rules
        on_funds = [*rules.matching, *rules.co_funding]
        if rules.additionality != "off":
            on_funds.append(rules.additionality)
        chosen = [self.select_programmes(rule.programmes) for rule in on_funds if rule.strength != "report"]
        kinds = np.array([np.zeros(len(self.programmes), bool), *chosen])
        return np.unique(kinds, axis=1, return_inverse=True)[1].ravel()

    def _by_fund(self, column: str) -> Array:
        table = self.tables["funds"]
        values = np.zeros((len(self.funds), len(self.years)))
        f, t = self.funds.get_indexer(table["fund"]), pd.Index(self.years).get_indexer(table["year"])
        inside = t >= 0
        values[f[inside], t[inside]] = table[column].to_numpy(float)[inside]
        return values

    @cached_property
    def eligible(self) -> Array:
        """(F, A, P) True where some row of table eligibility lets the fund pay the programme in the area."""
        table = self.tables["eligibility"]
        limit = table[["programme", "field", "cost_type"]].to_numpy(object)[:, None]
        p = ((limit == ALL) | (limit == self._programme_kinds)).all(axis=2)
        kind = table["class"].to_numpy(object)[:, None]
        a = ((kind == ALL) | (kind == self.classes.to_numpy(object)))[:, self.area_class]
        allowed = np.zeros((len(self.funds), *self.shape[:2]), dtype=bool)
        for row, f in enumerate(self.funds.get_indexer(table["fund"])):
            allowed[f] |= a[row][:, None] & p[row]
        return allowed
