"""Why no allocation keeps every rule: the rules that would have to give, and how far."""

import numpy as np

from planning import numbers
from planning.inputs.case import Case
from planning.model.build import RULES, Block, build
from planning.solve.live import Live
from planning.solve.results import level_words, rule_words
from planning.vocabulary import Language, Text

SHOWN = 5
_REACHABLE = {
    ">=": Text("{rule}: nhiều nhất chỉ đạt {level}", "{rule}: at most {level} can be reached"),
    "<=": Text("{rule}: cần ít nhất {level}", "{rule}: at least {level} is needed"),
}
_MORE = Text("… và {rest} dòng nữa của quy tắc {rule}", "… and {rest} more rows of the rule {rule}")


def what_must_give(case: Case, language: Language = "en") -> list[str]:
    """Sentences naming the rules that cannot be kept within the ceilings, the worst missed first.

    Every hard rule but the ceilings is made elastic and the least total miss (each row as a share of its level) is
    found; a sentence gives the rule in words and the level that could be reached.
    """
    model = build(case, elastic=True)
    goal = next(goal for goal in model.goals if goal.name in ("targets", "weighted"))
    x = Live(model, goal).maximise(np.concatenate([np.zeros(model.layout.columns), -model.price])).x
    missed = x[model.layout.columns :] * (model.price > 0)
    sentences = []
    for block in model.blocks:
        if block.rows.strength == "soft" and block.start is not None:
            first = int(np.searchsorted(model.short, block.start))
            sentences += _sentences(case, block, x, missed[first : first + len(block.rows)], language)
    return sentences


def _sentences(case: Case, block: Block, x: np.ndarray, missed: np.ndarray, language: Language) -> list[str]:
    worst = [int(i) for i in np.argsort(-missed, kind="stable") if missed[i] > 1e-6]
    if not worst:
        return []
    measure, base = block.evaluate(x)
    words, unit, say = rule_words(case, block)[language], RULES[block.rows.rule].unit, _REACHABLE[block.rows.sense]
    levels = {
        i: level_words(measure[i] / base[i], unit, language) if base[i] else numbers.money(measure[i], language)
        for i in worst[:SHOWN]
    }
    shown = [say[language].format(rule=words[i], level=level) for i, level in levels.items()]
    rest = len(worst) - SHOWN
    return [*shown, _MORE[language].format(rest=rest, rule=block.rows.rule)] if rest > 0 else shown
