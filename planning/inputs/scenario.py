"""What a scenario file may say, as frozen models: the schema that checks it, and the resolved scenario.

A file says only what differs from its parent (`extends`); a resolved scenario says everything.
"""

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from planning.inputs.rules import Part, Rules, Share, Year
from planning.vocabulary import Language, Text


def _in_order[Years: Sequence[int]](years: Years) -> Years:
    if list(years) != list(range(years[0], years[0] + len(years))):
        stated = ", ".join(map(str, years))
        text = Text(
            f"các năm [{stated}] của years không nối tiếp nhau; hãy ghi theo thứ tự, không sót và không lặp năm nào",
            f"years [{stated}] do not follow each other; write them in order without gaps or repetition",
        )
        raise ValueError(text)
    return years


class Title(Part):
    """The scenario's name as people read it."""

    vi: str = Field(min_length=1, description="Title in Vietnamese")
    en: str = Field(min_length=1, description="Title in English")

    @property
    def text(self) -> Text:
        return Text(self.vi, self.en)


class BothNotes(Part):
    """Why the scenario exists, in both languages."""

    vi: str = Field(min_length=1, description="The reason in Vietnamese")
    en: str = Field(min_length=1, description="The reason in English")


Note = Annotated[str, Field(min_length=1)] | BothNotes
GoalName = Literal["targets", "reach", "max_min", "leximin", "least_cost", "least_change"]


class Objective(Part):
    """What makes one plan better than another."""

    method: Literal["lexicographic", "weighted"] = Field(
        "lexicographic", description="lexicographic: goals one after the other; weighted: one sum, see shortfall_weight"
    )
    goals: tuple[GoalName, ...] = Field(
        ("targets", "reach"),
        strict=False,
        min_length=1,
        description="Order of the goals: targets (least shortfall, by priority), reach (most weighted children), "
        "max_min (best for the worst-covered area), leximin (then the next worst, and so on), least_cost, least_change",
    )
    tolerances: dict[GoalName, Share] = Field(
        default_factory=dict,
        description="Share of a goal's best value that later goals may give up; 0 where not stated",
    )
    gap: float = Field(
        1e-4,
        gt=0,
        le=0.05,
        description="With projects: how near to the best possible a plan must be proven, as a share",
    )
    seconds: float = Field(300.0, gt=0, description="With projects: longest search for one goal, in seconds")
    discount: float = Field(
        0.0, ge=0, le=0.5, description="Yearly discount of children reached later; money limits are never discounted"
    )
    shortfall_weight: float = Field(
        10.0, gt=0, description="Weighted method only: what missing every target counts for, against reaching everybody"
    )
    class_weights: dict[str, Annotated[float, Field(ge=0)]] = Field(
        default_factory=dict, description="What a child of an area class counts for; 1 where not stated"
    )

    @model_validator(mode="after")
    def _each_goal_once(self) -> Self:
        twice = next((goal for goal in self.goals if self.goals.count(goal) > 1), None)
        if twice:
            text = Text(
                f"objective.goals ghi {twice} hai lần; hãy ghi mỗi mục tiêu một lần, quan trọng nhất trước",
                f"objective.goals names {twice} twice; name each goal once, the most important first",
            )
            raise ValueError(text)
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
            found = Text(" và ".join(stated) or "chưa có mục nào", " and ".join(stated) or "none of them")
            text = Text(
                f"một thay đổi cần đúng một trong ba mục set, multiply và add; ở đây: {found.vi}",
                f"a change needs exactly one of set, multiply and add; this one has {found.en}",
            )
            raise ValueError(text)
        return self


class ScenarioFile(Part):
    """One scenario file as written."""

    title: Title
    note: Note = Field(description="Why this scenario exists: in one language, or in both as vi and en")
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

    `name` is the file's name without ending, `folder` where it lies; `files` the chain from the root parent to the file
    itself, seen from there; `origin` says for each value (dotted path) which file and line set it.
    """

    name: str
    folder: str
    title: Title
    note: Note
    data: str
    years: Annotated[tuple[Year, ...], Field(min_length=1), AfterValidator(_in_order)]
    objective: Objective
    rules: Rules
    changes: tuple[Change, ...]
    files: tuple[str, ...]
    origin: dict[str, tuple[str, int]]

    def why(self, language: Language) -> str:
        """The note in a language, or in the one that it is written in, as one line."""
        note = self.note if isinstance(self.note, str) else getattr(self.note, language)
        return " ".join(note.split())
