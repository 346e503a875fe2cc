"""Checks on capacities, projects and resources, which a folder may do without."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pandas as pd

from planning.inputs.codes import records, rows_of
from planning.inputs.words import listing, number
from planning.vocabulary import ALL, CAPITAL, RECURRENT, STAGES, Text

Tables = Mapping[str, pd.DataFrame]
Finding = tuple[str, int | None, Text]
Years = tuple[int, ...]
PARTS = ["first_year", "second_year", "third_year"]


def capacities(tables: Tables, years: Years) -> Iterator[Finding]:
    """A programme that has a capacity somewhere has one in every area, be it 0."""
    areas = tables["areas"]["area"].tolist()
    for programme, rows in rows_of(tables["capacities"], "programme", "area").items():
        stated = {area for _, area in rows}
        missing = [area for area in areas if area not in stated]
        if missing:
            text = Text(
                f"chương trình '{programme}' chưa ghi năng lực hiện có cho {listing(missing, language='vi')}; hãy thêm "
                "mỗi địa bàn một dòng, ghi 0 nếu chưa có gì",
                f"programme '{programme}' has no capacity stated for {listing(missing)}; write a row for each area, "
                "with 0 where nothing exists",
            )
            yield "capacities", None, text


def delivered(tables: Tables, years: Years) -> Iterator[Finding]:
    """A capital programme with capacities costs what its projects cost: a unit cost would count beside it."""
    cost_type, limited = _cost_types(tables), set(tables["capacities"]["programme"].unique().tolist())
    for row, programme in tables["unit_costs"]["programme"].items():
        if programme in limited and cost_type[programme] == CAPITAL:
            text = Text(
                f"'{programme}' là chương trình đầu tư có trong capacities.csv nên chỉ các dự án mới tốn tiền; "
                "hãy xóa dòng này, hoặc các dòng của chương trình trong capacities.csv",
                f"'{programme}' is capital and stands in capacities.csv, so its projects alone cost money; delete this "
                "row, or the programme's rows in capacities.csv",
            )
            yield "unit_costs", row, text


def _cost_types(tables: Tables) -> dict[str, str]:
    """The cost type of each programme."""
    return dict(zip(*(tables["programmes"][name].tolist() for name in ("programme", "cost_type")), strict=True))


def projects(tables: Tables, years: Years) -> Iterator[Finding]:
    """Each project's own figures fit together."""
    cost_type, listed = _cost_types(tables), _listed(tables["projects"])
    for row, project in listed:
        for text in (*_parts(project, cost_type), *_times(project, years)):
            yield "projects", row, _named(project) + text
    yield from _order(listed)


def _named(project: dict[str, Any]) -> Text:
    """The project, with which a sentence begins."""
    return Text(f"dự án '{project['project']}'", f"project '{project['project']}'")


def _listed(table: pd.DataFrame) -> list[tuple[int, dict[str, Any]]]:
    """The rows of a table, each with its number."""
    return list(zip(table.index.tolist(), records(table), strict=True))


def _parts(project: dict[str, Any], cost_type: Mapping[str, str]) -> Iterator[Text]:
    """What is wrong with a project's shares, years and programmes, to follow its name."""
    total = sum(project[part] for part in PARTS)
    if abs(total - 1) > 1e-6:
        yield Text(
            f": first_year, second_year và third_year cộng lại là {number(total, 'vi')}; hãy sửa để ba phần vốn cộng "
            "lại bằng 1",
            f": first_year, second_year and third_year add up to {number(total)}; the parts of the cost must add up "
            "to 1",
        )
    if project["earliest"] > project["latest"]:
        yield Text(
            f": earliest {project['earliest']} sau latest {project['latest']}; hãy ghi năm đầu tiên được khởi công vào "
            "earliest",
            f": earliest {project['earliest']} is after latest {project['latest']}; write the first year in which it "
            "may start under earliest",
        )
    for column, wanted in (("programme", CAPITAL), ("running_programme", RECURRENT)):
        if cost_type[project[column]] != wanted:
            yield Text(
                f": {column} '{project[column]}' không có loại chi {wanted}; hãy ghi một chương trình {wanted} "
                "của bảng programmes",
                f": {column} '{project[column]}' is not {wanted}; name a {wanted} programme of table programmes",
            )


def _times(project: dict[str, Any], years: Years) -> Iterator[Text]:
    """What is wrong with a project's relations to itself and to the plan years, to follow its name."""
    earliest, latest, plan = project["earliest"], project["latest"], f"{years[0]}–{years[-1]}"
    for column in ("requires", "excludes"):
        if project[column] == project["project"]:
            yield Text(
                f" ghi chính nó vào {column}; hãy ghi dự án khác hoặc để trống ô này",
                f" {column} itself; name another project or leave the cell empty",
            )
    if project["stage"] == "ongoing" and earliest != latest:
        yield Text(
            f" là dự án chuyển tiếp nhưng ghi khởi công từ {earliest} đến {latest}; hãy ghi năm đã khởi công vào "
            "cả earliest và latest",
            f" is ongoing but starts between {earliest} and {latest}; write the year in which it started under both",
        )
    if project["stage"] == "ongoing" and earliest > years[-1]:
        yield Text(
            f" là dự án chuyển tiếp nhưng ghi khởi công năm {earliest}, sau các năm của phương án ({plan}); hãy "
            "sửa năm hoặc stage",
            f" is ongoing but starts in {earliest}, after the plan years {plan}; change its year or its stage",
        )
    if project["stage"] == "must" and not (earliest <= years[-1] and latest >= years[0]):
        yield Text(
            f" bắt buộc phải làm nhưng không thể khởi công trong {plan}; hãy sửa các năm hoặc stage",
            f" must be built but cannot start in {plan}; change its years or its stage",
        )


def _order(listed: list[tuple[int, dict[str, Any]]]) -> Iterator[Finding]:
    """What projects require never leads back to them, and a plan can keep what ongoing and must projects ask for."""
    needs = {project["project"]: project["requires"] for _, project in listed}
    stage = {project["project"]: project["stage"] for _, project in listed}
    bound = {name for name, its in stage.items() if its in ("ongoing", "must")}
    told: set[str] = set()
    for row, project in listed:
        name, chain = project["project"], [project["project"]]
        while (after := needs.get(chain[-1], "")) and after not in chain:
            chain.append(after)
        if after == name and len(chain) > 1 and name not in told:
            told |= set(chain)
            circle = " → ".join([*chain, name])
            text = Text(
                f"requires đi vòng tròn: {circle}; hãy để trống ô này ở dự án có thể khởi công trước",
                f"requires goes round in a circle: {circle}; empty the cell of the project that can start first",
            )
            yield "projects", row, text
        if name in bound and stage.get(needs[name]) == "never":
            text = Text(
                f" thuộc loại {STAGES[project['stage']].vi} nhưng cần có trước '{needs[name]}' là dự án không làm; hãy "
                "sửa stage của một trong hai, hoặc để trống requires",
                f" is {project['stage']} but requires '{needs[name]}', which is never built; change one of the two "
                "stages, or empty requires",
            )
            yield "projects", row, _named(project) + text
        if name in bound and project["excludes"] in bound and project["excludes"] != name:
            text = Text(
                f" và '{project['excludes']}' loại trừ nhau mà cả hai đều phải có trong mọi phương án; hãy sửa stage "
                "của một trong hai, hoặc để trống excludes",
                f" and '{project['excludes']}' exclude each other and both must stand in every plan; change one of the "
                "two stages, or empty excludes",
            )
            yield "projects", row, _named(project) + text


def project_effects(tables: Tables, years: Years) -> Iterator[Finding]:
    """A project has an effect, and on programmes whose capacity counts."""
    table, limited = tables["project_effects"], set(tables["capacities"]["programme"].unique().tolist())
    effects = zip(table.index.tolist(), table["project"].tolist(), table["programme"].tolist(), strict=True)
    for row, project, programme in effects:
        if programme not in limited:
            text = Text(
                f"dự án '{project}' thêm năng lực cho '{programme}', là chương trình không bị giới hạn năng lực; hãy "
                "ghi năng lực hiện có của chương trình đó trong bảng capacities, 0 nếu chưa có gì",
                f"project '{project}' adds capacity to '{programme}', which is not limited by capacity; state its "
                "existing capacity in table capacities, 0 where nothing exists",
            )
            yield "project_effects", row, text
    having = set(table["project"].tolist())
    idle = [project for project in tables["projects"]["project"].tolist() if project not in having]
    if idle:
        text = Text(
            f"chưa ghi năng lực mà {listing(idle, language='vi')} tạo ra; hãy ghi mỗi dự án thêm bao nhiêu cho một "
            "chương trình",
            f"no effect is stated for {listing(idle)}; write what each adds to a programme",
        )
        yield "project_effects", None, text


def project_money(tables: Tables, years: Years) -> Iterator[Finding]:
    """Some fund may pay each project's building and running in its area."""
    kinds = records(tables["programmes"], "programme", "field", "cost_type")
    programmes = {kind["programme"]: kind for kind in kinds}
    area_class = dict(zip(tables["areas"]["area"].tolist(), tables["areas"]["class"].tolist(), strict=True))
    allowed = tables["eligibility"][["programme", "class", "field", "cost_type"]].to_numpy()

    @cache
    def payable(code: str, kind: str) -> bool:
        wanted = [code, kind, programmes[code]["field"], programmes[code]["cost_type"]]
        return bool(((allowed == wanted) | (allowed == ALL)).all(axis=1).any())

    for row, project in _listed(tables["projects"]):
        kind = area_class[project["area"]]
        for code in (project["programme"], project["running_programme"]):
            if not payable(code, kind):
                text = Text(
                    f"không nguồn vốn nào được chi cho '{code}' ở nhóm '{kind}' như dự án '{project['project']}' cần; "
                    "hãy thêm một dòng trong bảng eligibility",
                    f"no fund may pay for '{code}' in class '{kind}', as project '{project['project']}' needs; write a "
                    "row in table eligibility",
                )
                yield "projects", row, text


def resources(tables: Tables, years: Years) -> Iterator[Finding]:
    """Each resource has a ceiling in every plan year and some use."""
    table = tables["resources"]
    for resource, rows in rows_of(table, "resource", "year").items():
        stated = {year for _, year in rows}
        missing = [year for year in years if year not in stated]
        if missing:
            text = Text(
                f"nguồn lực '{resource}' chưa có mức tối đa cho {listing(missing, language='vi')}; hãy thêm mỗi năm "
                "của phương án một dòng",
                f"resource '{resource}' has no ceiling for {listing(missing)}; write a row for each plan year",
            )
            yield "resources", None, text
    idle = table.loc[~table["resource"].isin(tables["resource_use"]["resource"]), "resource"].unique().tolist()
    if idle:
        text = Text(
            f"chưa có gì dùng {listing(idle, language='vi')}; hãy ghi một đơn vị của mỗi chương trình cần bao nhiêu",
            f"nothing uses {listing(idle)}; write what a unit of each programme takes of it",
        )
        yield "resource_use", None, text
