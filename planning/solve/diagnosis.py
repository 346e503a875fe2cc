"""Why no allocation keeps every rule: the rules that would have to give, and how far."""

import numpy as np

from planning import numbers
from planning.inputs.case import Array, Case
from planning.model.build import RULES, Block, Model, build
from planning.solve.live import Infeasible, Live
from planning.solve.results import level_words, rule_words
from planning.solve.unpaid import why_unpaid
from planning.vocabulary import Language, Text

SHOWN = 5
_REACHABLE = {
    ">=": Text("{rule}: nhiều nhất chỉ đạt {level}", "{rule}: at most {level} can be reached"),
    "<=": Text("{rule}: cần ít nhất {level}", "{rule}: at least {level} is needed"),
}
_MORE = Text("… và {rest} dòng nữa của quy tắc {rule}", "… and {rest} more rows of the rule {rule}")


def what_must_give(case: Case, language: Language = "en", within: tuple[Array, Array] | None = None) -> list[str]:
    """Sentences naming the rules that cannot be kept within the ceilings, the worst missed first.

    Every hard rule but the ceilings is made elastic and the least total miss (each row as a share of its level) is
    found; a sentence gives the rule in words and the level that could be reached. Where that leaves no plan either, the
    projects that must stand in it are the reason. `within` are bounds (n,) of the first n columns, where a plan must
    also lie between them.
    """
    model = build(case, elastic=True)
    live = Live(model, model.goals[0])
    if within:
        live.set_columns(np.arange(within[0].size), *within)
    try:
        x = live.maximise(np.concatenate([np.zeros(model.layout.columns), -model.price])).x
    except Infeasible:
        return why_unpaid(case, language)
    missed = x[model.layout.columns :] * (model.price > 0)
    sentences = []
    for block in model.blocks:
        if block.short is not None:
            sentences += _sentences(model, block, x, missed[block.short : block.short + len(block.rows)], language)
    return sentences


def _sentences(model: Model, block: Block, x: Array, missed: Array, language: Language) -> list[str]:
    worst = [int(i) for i in np.argsort(-missed, kind="stable") if missed[i] > 1e-6]
    if not worst:
        return []
    measure, base = block.evaluate(model.layout, x)
    words, unit = rule_words(model.case, block)[language], RULES[block.rows.rule].unit
    say = _REACHABLE[block.rows.sense]
    levels = {
        i: level_words(measure[i] / base[i], unit, language) if base[i] else numbers.money(measure[i], language)
        for i in worst[:SHOWN]
    }
    shown = [say[language].format(rule=words[i], level=level) for i, level in levels.items()]
    rest = len(worst) - SHOWN
    return [*shown, _MORE[language].format(rest=rest, rule=block.rows.rule)] if rest > 0 else shown
