"""The rules that a scenario can switch on, as frozen models.

`areas` names all, remote, rest (the areas that are not remote), a class or an area; `programmes` names all, a field, a
cost type or a programme.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Share = Annotated[float, Field(ge=0, le=1)]
Year = Annotated[int, Field(ge=1990, le=2200)]
Strength = Literal["hard", "soft", "report"]
Off = Literal["off"]
type Many[Entry] = Annotated[list[Entry], BeforeValidator(lambda value: [] if value == "off" else value)]


class Part(BaseModel):
    """A piece of a scenario: strict types, no unknown keys, never changed once made."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Rule(Part):
    """A policy constraint that a scenario switches on."""

    strength: Strength = Field(
        "hard", description="hard: must be kept; soft: missing it costs `price`; report: shown, holds nothing back"
    )
    price: float = Field(1.0, gt=0, description="What missing all of a soft rule counts for in goal targets")


class OnProgrammes(Rule):
    """A rule on some programmes."""

    programmes: str = Field("all", description="all, a field, recurrent, capital, or a programme")


# ---- money and funds ------------------------------------------------------------------------------------------------
class MinimumUse(Rule):
    """At least this share of a fund's ceiling is spent each year."""

    fund: str = Field(description="Code of the fund")
    share: Share = Field(description="Share of the ceiling, between 0 and 1")


class Expiry(Rule):
    """Nothing of a fund is spent after a year."""

    fund: str = Field(description="Code of the fund")
    year: Year = Field(description="The last year in which it may be spent")


class Matching(OnProgrammes):
    """What `fund` pays each year is matched by `partner`: at least, or at most, `ratio` for each one."""

    fund: str = Field(description="The fund that is matched, for instance the donors'")
    partner: str = Field(description="The fund that matches it, for instance the city's")
    ratio: float = Field(gt=0, description="Money of the partner for each one of the fund")
    sense: Literal["at_least", "at_most"] = Field(
        "at_least", description="at_least: a donor's money releases the partner's; at_most: it limits it"
    )


class CoFunding(OnProgrammes):
    """A fund carries at least, or at most, this share of the money of some programmes each year."""

    fund: str = Field(description="Code of the fund")
    share: Share = Field(description="Share of the money of these programmes, between 0 and 1")
    sense: Literal["at_least", "at_most"] = Field("at_most", description="at_least or at_most")


class Additionality(OnProgrammes):
    """Contributions do not replace the state's own money: the state pays at least this share of the baseline."""

    share: float = Field(ge=0, description="Share of the yearly total of these programmes in the baseline")


class Virement(OnProgrammes):
    """No programme's yearly total moves further from its baseline than this."""

    share: Share = Field(description="Largest move, as a share of the programme's baseline")


# ---- services -------------------------------------------------------------------------------------------------------
class Targets(Part):
    """The targets of table `targets` are part of the plan."""

    strength: Literal["as_stated", "hard", "soft", "report"] = Field(
        "as_stated", description="as_stated: each target as its row says; otherwise all of them alike"
    )


class Coverage(OnProgrammes):
    """Each chosen programme reaches at least, or at most, this share of the need, in each year or in one."""

    areas: str = Field("all", description="all, remote, rest, a class or an area")
    each: bool = Field(False, description="true: in each of the areas; false: in all of them together")
    share: Share = Field(description="Coverage between 0 and 1")
    year: Year | None = Field(None, description="In this year; absent means every year")


class MinimumGrant(OnProgrammes):
    """An area receives nothing for a programme in a year, or at least this much."""

    areas: str = Field("all", description="all, remote, rest, a class or an area")
    amount: float = Field(gt=0, description="Million VND")


class Absorption(Rule):
    """No area's yearly total grows faster than this from its baseline: what it can really spend."""

    growth: float = Field(ge=0, le=100, description="Growth a year, as a share; the first plan year is one year on")


class Substitutes(Rule):
    """Programmes that reach the same children: together they reach no more than the largest of their needs."""

    programmes: list[str] = Field(min_length=2, description="Codes of the programmes")


class Complement(Rule):
    """A programme reaches no larger share of its need than the programme it depends on."""

    programme: str = Field(description="Code of the programme that depends")
    needs: str = Field(description="Code of the programme it depends on")


class Resources(Rule):
    """Staff and other resources of table `resources` are not exceeded."""


class Projects(Rule):
    """How projects are chosen; strength and price are those of per_area and per_year."""

    per_area: int | None = Field(None, ge=0, description="Most starts in one area over the plan")
    per_year: int | None = Field(None, ge=0, description="Most starts in one year")
    divisible: bool = Field(False, description="true: parts of projects are allowed, for reading marginal values")


# ---- fairness -------------------------------------------------------------------------------------------------------
class RemoteShare(Rule):
    """At least this share of each year's money goes to remote areas."""

    share: Share | dict[Year | str, Share] = Field(
        description="Share of the money between 0 and 1, or one per year, or one per field, cost type or programme"
    )


class PerChildFloor(Rule):
    """Each area receives at least this much for each of its children, every year."""

    amount: float = Field(gt=0, description="Million VND per child and year")


class Stability(Rule):
    """No area's yearly total moves further from the baseline than this."""

    decrease: Share = Field(description="Largest fall against the baseline, as a share of it")
    increase: float | None = Field(None, ge=0, description="Largest rise against the baseline, as a share of it")


class Gap(OnProgrammes):
    """Mean coverage of the remote areas is at least this share of the mean coverage of the rest."""

    ratio: float = Field(gt=0, le=10, description="Share of the others' coverage, 1 for as much")


class Parity(Rule):
    """Each area's money per child stays within this share of the mean of all areas."""

    share: float = Field(gt=0, description="Width of the band on either side, as a share of the mean")


class Losers(Rule):
    """What areas lose against the baseline in a year adds up to at most this share of the baseline."""

    share: Share = Field(description="Share of the baseline's yearly total")


_FLOOR = (
    "Least coverage of every area, because areas that receive nothing can satisfy an index; write 0 only on purpose"
)


class Inequality(OnProgrammes):
    """An index of the inequality of coverage between areas is kept down, together with a floor of coverage.

    The floor is asked for because some indices are content with areas that receive nothing.
    """

    at_most: float = Field(ge=0, le=1, description="The index, between 0 (equal) and 1")
    floor: Share = Field(description=_FLOOR)


class BottomShare(OnProgrammes):
    """The worst-covered areas hold at least this share of all coverage, together with a floor of coverage."""

    bottom: float = Field(gt=0, lt=1, description="Share of the children that counts as worst covered, such as 0.2")
    share: Share = Field(description="Share of the coverage that they hold at least")
    floor: Share = Field(description=_FLOOR)


class Rules(Part):
    """The rules of a scenario; a rule that is absent, `off` or an empty list is not applied."""

    targets: Targets | Off = "off"
    remote_share: RemoteShare | Off = "off"
    per_child_floor: PerChildFloor | Off = "off"
    stability: Stability | Off = "off"
    coverage_floors: Many[Coverage] = []
    coverage_caps: Many[Coverage] = []
    minimum_grants: Many[MinimumGrant] = []
    absorption: Absorption | Off = "off"
    substitutes: Many[Substitutes] = []
    complements: Many[Complement] = []
    resources: Resources | Off = "off"
    projects: Projects = Projects()
    minimum_use: Many[MinimumUse] = []
    expiry: Many[Expiry] = []
    matching: Many[Matching] = []
    co_funding: Many[CoFunding] = []
    additionality: Additionality | Off = "off"
    virement: Many[Virement] = []
    gaps: Many[Gap] = []
    parity: Parity | Off = "off"
    losers: Losers | Off = "off"
    concentration: Many[Inequality] = []
    hoover: Many[Inequality] = []
    gini: Many[Inequality] = []
    theil: Many[Inequality] = []
    bottom_share: Many[BottomShare] = []
