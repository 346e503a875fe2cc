"""Why no allocation keeps every rule: the least change of the rules that would let one."""

from planning.inputs.case import Array, Case
from planning.solver.levers import Lever, rule_levers
from planning.solver.levers_words import advised_value, both_words, exact_words, lever_words, who_sets
from planning.solver.loosen import Loosened
from planning.solver.unpaid import why_unpaid
from planning.vocabulary import Language, Text

_ONE = Text(
    "{words}: {now}, cần {advised} ({needed}); đặt tại {who}",
    "{words}: {now}, {advised} is needed ({needed}); {who}",
)
MORE = Text(
    "lệnh planning explain cho biết từng quy định một mình phải đổi bao nhiêu, các cách khác và số tiền còn thiếu",
    "planning explain says how far each rule alone would have to move, other ways, and how much money is missing",
)


def what_must_give(case: Case, within: tuple[Array, Array] | None = None) -> list[Text]:
    """Sentences naming the cheapest package of changes that lets a plan exist; none where there is a plan.

    Each value is exact, as in `Loosened.package`. Where moving every rule is not enough, the projects that must stand
    in the plan are the reason. `within` are bounds (n,) of the model's first n columns between which a plan must lie.
    """
    levers = rule_levers(case)
    loosened = Loosened(case, levers, within)
    if loosened.can({}):
        return []
    values = loosened.package(levers)
    if values is None:
        return why_unpaid(case)
    return [*(_sentence(case, lever, value) for lever, value in values.items()), MORE]


def _sentence(case: Case, lever: Lever, value: float) -> Text:
    return Text(_told(case, lever, value, "vi"), _told(case, lever, value, "en"))


def _told(case: Case, lever: Lever, value: float, language: Language) -> str:
    now, advised = both_words(lever, advised_value(lever, value), language)
    return _ONE[language].format(
        words=lever_words(case, lever, language),
        now=now,
        advised=advised,
        needed=exact_words(value, language),
        who=who_sets(case, lever, language),
    )
