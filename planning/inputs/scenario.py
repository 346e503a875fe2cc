"""What a scenario file may say, as frozen models: the schema that checks it, and the resolved scenario.

A file says only what differs from its parent (`extends`); a resolved scenario says everything.
"""

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from planning.vocabulary import Text

Share = Annotated[float, Field(ge=0, le=1)]
Year = Annotated[int, Field(ge=1990, le=2200)]


def _in_order[Years: Sequence[int]](years: Years) -> Years:
    if list(years) != list(range(years[0], years[0] + len(years))):
        stated = ", ".join(map(str, years))
        raise ValueError(f"years [{stated}] do not follow each other; write them in order without gaps or repetition")
    return years


Strength = Literal["hard", "soft", "report"]
Off = Literal["off"]


class Part(BaseModel):
    """A piece of a scenario: strict types, no unknown keys, never changed once made."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Title(Part):
    """The scenario's name as people read it."""

    vi: str = Field(min_length=1, description="Title in Vietnamese")
    en: str = Field(min_length=1, description="Title in English")

    @property
    def text(self) -> Text:
        return Text(self.vi, self.en)


class Rule(Part):
    """A policy constraint that a scenario switches on."""

    strength: Strength = Field(
        "hard", description="hard: must be kept; soft: missing it costs `price`; report: shown, holds nothing back"
    )
    price: float = Field(1.0, gt=0, description="What missing all of a soft rule counts for in the first goal")


class RemoteShare(Rule):
    """At least this share of each year's money goes to remote areas."""

    share: Share | dict[Year, Share] = Field(description="Share of the money between 0 and 1, or one per year")


class PerChildFloor(Rule):
    """Each area receives at least this much for each of its children, every year."""

    amount: float = Field(gt=0, description="Million VND per child and year")


class Stability(Rule):
    """No area's yearly total moves further from the baseline than this."""

    decrease: Share = Field(description="Largest fall against the baseline, as a share of it")
    increase: float | None = Field(None, ge=0, description="Largest rise against the baseline, as a share of it")


class Targets(Part):
    """The targets of table `targets` are part of the plan."""

    strength: Literal["as_stated", "hard", "soft", "report"] = Field(
        "as_stated", description="as_stated: each target as its row says; otherwise all of them alike"
    )


class Rules(Part):
    """The rules of a scenario; a rule that is absent or `off` is not applied."""

    targets: Targets | Off = "off"
    remote_share: RemoteShare | Off = "off"
    per_child_floor: PerChildFloor | Off = "off"
    stability: Stability | Off = "off"


class Objective(Part):
    """What makes one plan better than another."""

    method: Literal["lexicographic", "weighted"] = Field(
        "lexicographic", description="lexicographic: goals one after the other; weighted: one sum, see shortfall_weight"
    )
    goals: tuple[Literal["targets", "reach"], ...] = Field(
        ("targets", "reach"),
        strict=False,
        min_length=1,
        max_length=2,
        description="Order of the goals: least shortfall of targets and soft rules; most weighted children reached",
    )
    shortfall_weight: float = Field(
        10.0, gt=0, description="Weighted method only: what missing every target counts for, against reaching everybody"
    )
    class_weights: dict[str, Annotated[float, Field(ge=0)]] = Field(
        default_factory=dict, description="What a child of an area class counts for; 1 where not stated"
    )

    @model_validator(mode="after")
    def _each_goal_once(self) -> Self:
        if len(set(self.goals)) < len(self.goals):
            raise ValueError(
                f"objective.goals names {self.goals[0]} twice; name each goal once, the most important first"
            )
        return self


class Change(Part):
    """One edit of a table: the rows that match `where` are set, multiplied or increased."""

    table: str = Field(description="Name of the table, for instance funds")
    where: dict[str, str | int] = Field(
        default_factory=dict, description="Column and value of the rows to change; absent means every row"
    )
    column: str | None = Field(None, description="Column to change; absent means the table's own value column")
    set: float | str | None = Field(None, description="New value")
    multiply: float | None = Field(None, ge=0, description="Factor")
    add: float | None = Field(None, description="Amount to add, negative to take away")
    note: str = Field(min_length=1, description="Why")

    @model_validator(mode="after")
    def _one_edit(self) -> Self:
        stated = [name for name in ("set", "multiply", "add") if getattr(self, name) is not None]
        if len(stated) != 1:
            found = " and ".join(stated) or "none of them"
            raise ValueError(f"a change needs exactly one of set, multiply and add; this one has {found}")
        return self


class ScenarioFile(Part):
    """One scenario file as written."""

    title: Title
    note: str = Field(min_length=1, description="Why this scenario exists")
    extends: str | None = Field(None, description="The parent file, in the same folder or by relative path")
    data: str | None = Field(None, description="Folder of the tables, relative to this file")
    years: Annotated[list[Year], Field(min_length=1), AfterValidator(_in_order)] | None = Field(
        None, description="Fiscal years of the plan, in order, no gaps, for instance [2026, 2027]"
    )
    objective: Objective | None = None
    rules: Rules | None = None
    changes: list[Change] = Field(default_factory=list)


class Scenario(Part):
    """One complete set of policy choices, with nothing left to inherit.

    `name` is the file's name without ending; `files` the chain from the root parent to the file itself; `origin` says
    for each value (dotted path) which file and line set it.
    """

    name: str
    title: Title
    note: str
    data: str
    years: Annotated[tuple[Year, ...], Field(min_length=1), AfterValidator(_in_order)]
    objective: Objective
    rules: Rules
    changes: tuple[Change, ...]
    files: tuple[str, ...]
    origin: dict[str, tuple[str, int]]
