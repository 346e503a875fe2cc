"""The answer to a draft: at once with the projects of the last plan, then the proven plan from a process of its own.

The quick look comes from a live model and carries no certificate; the proven plan is `solve` of the same case, so it is
the plan that the saved file gives, to the last digit. A search that nobody waits for any more is ended.
"""

import multiprocessing
from multiprocessing.connection import Connection
from types import MappingProxyType

from planning.errors import PlanningError, UnprovenError
from planning.inputs.case import Case
from planning.model.build import build
from planning.solver.hot import Hot
from planning.solver.plan import Plan, solve
from planning.solver.results import coverage_table, fund_table, lines_table, project_table, rule_table, target_table
from planning.vocabulary import Language, Text

_QUICK = MappingProxyType({"status": "quick look", "gap": float("nan")})
_DIED = Text(
    "tiến trình tìm phương án đã dừng giữa chừng, có lẽ vì thiếu bộ nhớ; hãy đổi lại giá trị để tìm lần nữa",
    "the process that searched ended before its time, perhaps for want of memory; change a value to search again",
)


class Quick:
    """Quick looks: the model of the last plan, kept in the solver with its projects as they are."""

    def __init__(self, plan: Plan) -> None:
        self.hot = Hot(build(plan.case))
        self.hot.keep_projects(plan.x)

    @property
    def rebuilt(self) -> Text | None:
        """Why the model had to be built anew for the last look; None where it had not."""
        return self.hot.rebuilt[-1] if self.hot.rebuilt else None

    def look(self, case: Case) -> Plan:
        """What the case would give with these projects, without a certificate. Raises NoPlanError."""
        self.hot.rebuilt.clear()
        model = build(case)
        self.hot.change(model)
        point = self.hot.best()
        x = point.answer.x[: model.columns]
        coverage, rules = coverage_table(model, x), rule_table(model, x, point.answer.price)
        parts = lines_table(model, x), coverage, target_table(case, coverage), rules
        return Plan(case, *parts, project_table(model, x), fund_table(model, x), _QUICK, x)

    def settle(self, plan: Plan) -> None:
        """Go on from a proven plan, with its projects."""
        self.hot.change(build(plan.case))
        self.hot.keep_projects(plan.x)


def is_proven(plan: Plan) -> bool:
    """False for a quick look."""
    return plan.certificate is not _QUICK


class Search:
    """A plan being sought in a process of its own, which may be ended at any time: it touches no file."""

    def __init__(self, case: Case, language: Language) -> None:
        context = _context()
        self._answer, answers = context.Pipe(duplex=False)
        self._process = context.Process(target=_solve, args=(case, language, answers), daemon=True)
        self._process.start()
        answers.close()

    def done(self) -> bool:
        """Whether there is an answer, or never will be one."""
        return self._answer.poll() or not self._process.is_alive()

    def plan(self) -> Plan:
        """The proven plan; waits for it. Raises NoPlanError, UnprovenError where the process came to harm."""
        try:
            answer = self._answer.recv()
        except EOFError:
            raise UnprovenError([_DIED]) from None
        finally:
            self.stop()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def stop(self) -> None:
        """End the search."""
        self._process.kill()
        self._process.join()
        self._answer.close()


def _context() -> multiprocessing.context.BaseContext:
    """Processes that are forked from one which has everything imported; where there is no fork, fresh ones."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["planning.solver.plan"])
    return context


def _solve(case: Case, language: Language, answers: Connection) -> None:
    """Send back the plan of the case, or what stands in its way."""
    try:
        answers.send(solve(case, language))
    except PlanningError as refusal:
        answers.send(refusal)
