"""The scenario form: rules, goals and money on the left, the answer on the right, in JupyterLab and in Voilà."""

import asyncio
import html
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import ipywidgets as widgets

from planning.errors import InputError, NoPlanError, PlanningError, UnprovenError, speaking
from planning.inputs import load_case
from planning.solver.plan import Plan
from planning.vocabulary import Language, Text
from planning.workbench.answer import Quick, Search, is_proven
from planning.workbench.board import Board, board, picture_html, tables_html
from planning.workbench.draft import Draft, Path_
from planning.workbench.form_words import say
from planning.workbench.panel import Panel
from planning.workbench.reasons import reasons_on_form
from planning.workbench.saving import save

QUICK_LIMIT = 4.0  # seconds: after a quick look that took longer the next change goes without one
_POLL = 0.05
_REMEMBERED = 24
_GREYED = "board-greyed"
_CSS = (
    f"<style>.{_GREYED}{{opacity:.35;filter:grayscale(1)}} .{_GREYED} .{_GREYED}{{opacity:1}}"
    ".form-panel .board-said{font-size:85%;margin:0;word-break:normal;overflow-wrap:anywhere}"
    ".form-panel,.form-answer{max-height:82vh;overflow:auto}.form-panel>*,.form-answer>*{flex-shrink:0}"
    ".form-answer table{line-height:1.3}.form-panel .widget-inline-hbox{height:auto}"
    ".form-panel .widget-inline-hbox>.widget-label{height:auto;white-space:normal;line-height:1.2;align-self:center}"
    ".form-panel .widget-dropdown>select{height:28px;align-self:center}"
    ".form-panel .noUi-active::after{content:attr(aria-valuetext);position:absolute;left:auto;right:120%;top:-2px;"
    "width:auto;height:auto;padding:0 3px;line-height:1.2;background:white;color:black}</style>"
)


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """What a form that was closed leaves to the next one of its scenario, in whichever language.

    `drafts` are its history and `at` the place of the one on the screen, which is `saved` or not; `plans` are found
    plans by the text of their drafts.
    """

    drafts: tuple[Draft, ...]
    at: int
    saved: bool
    name: str
    note: str
    stamps: Mapping[str, str]
    plans: Mapping[str, Plan]
    reference: Plan | None

    @property
    def text(self) -> str:
        """What the draft on the screen says; empty where that is nothing, or nothing that a scenario could say."""
        try:
            return self.drafts[self.at].text
        except InputError:
            return ""


class Form:
    """A draft of one scenario, its history, and the answer to it.

    `widget` is what is shown. Every change asks for an answer: at once with the projects of the last plan, then the
    proven plan. Only the latest draft is answered; `settled` waits for its answer. What an earlier form of the scenario
    has `kept` is taken up, unless the files have changed on the disk since: `taken_up` says whether it was.
    """

    def __init__(
        self,
        path: Path | str,
        language: Language = "vi",
        saved: Callable[[Path], None] = lambda path: None,
        kept: Kept | None = None,
    ) -> None:
        self.path, self.language = Path(path), language
        with speaking(language):
            case = load_case(self.path)
        self.drafts, self.at = [Draft.of(case)], 0
        self.shown: Plan | None = None
        self.reference: Plan | None = None
        self._slow = False
        self._saved, self._stamps, self._saved_draft = saved, {}, None
        self._known: dict[str, Plan | NoPlanError] = {}
        self.taken_up = kept is not None and kept.drafts[0].opened.hashes == case.hashes
        if self.taken_up:
            self.drafts, self.at, self.reference = list(kept.drafts), kept.at, kept.reference
            self._stamps, self._known = dict(kept.stamps), dict(kept.plans)
            self._saved_draft = self.draft if kept.saved else None
        self._quick: Quick | None = None
        self._board: Board | None = None
        self._task: asyncio.Task | None = None
        self._panel = Panel(self.draft, language, self.change)
        self._build()
        if self.taken_up:
            self.name.value, self.note.value = kept.name, kept.note
        self._ask()

    @property
    def draft(self) -> Draft:
        """The draft on the screen."""
        return self.drafts[self.at]

    @property
    def kept(self) -> Kept:
        """What the next form of this scenario may take up."""
        shown = {id(plan) for plan in (self.reference, self.shown)}
        plans = {text: found for text, found in self._known.items() if id(found) in shown}
        name, note, saved = self.name.value, self.note.value, self.draft is self._saved_draft
        return Kept(tuple(self.drafts), self.at, saved, name, note, dict(self._stamps), plans, self.reference)

    # ---- what the planner does --------------------------------------------------------------------------------------
    def change(self, path: Path_, value: object) -> None:
        """Take over a new value; one step of the history."""
        if self.draft.get(path) == value:
            return
        self.drafts = [*self.drafts[: self.at + 1], self.draft.with_value(path, value)]
        self.at += 1
        self._panel.hear(self.draft)
        self._ask()

    def undo(self, _: object = None) -> None:
        """Back to the draft before."""
        self._step(-1)

    def redo(self, _: object = None) -> None:
        """Forward to the draft that was undone."""
        self._step(1)

    def _step(self, by: int) -> None:
        if 0 <= self.at + by < len(self.drafts):
            self.at += by
            self._panel.show(self.draft)
            self._ask()

    def save(self, _: object = None) -> Path | None:
        """Save the draft under the name and for the reason that stand in the boxes; refusals are told in place."""
        name, note = self.name.value.strip(), self.note.value
        try:
            if not self.draft.said:
                self._tell(self._save_said, say("nothing_to_save", self.language))
                return None
            path, stamp = save(self.draft, self.path, name, note, self._stamps.get(name, ""))
        except PlanningError as refusal:
            self._tell(self._save_said, refusal.told(self.language), wrong=True)
            return None
        self._stamps[name], self._saved_draft = stamp, self.draft
        self._tell(self._save_said, say("saved", self.language, file=path.name))
        self._saved(path)
        return path

    # ---- the answer -------------------------------------------------------------------------------------------------
    def _ask(self) -> None:
        """Have the draft answered, unless an answer is under way, which sees for itself that the draft is another."""
        self._tell_history()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        if self._task is None or self._task.done():
            self._task = loop.create_task(self._answer_latest())

    async def settled(self) -> None:
        """Wait until the draft on the screen is answered."""
        while self._task is not None and not self._task.done():
            await asyncio.wait({self._task})

    def close(self) -> None:
        """Seek no answer any more, as when the page turns to something else."""
        if self._task is not None:
            self._task.cancel()

    async def _answer_latest(self) -> None:
        """Answer the draft on the screen, and the next as long as it is another."""
        answered = None
        try:
            while answered is not self.draft:
                answered = self.draft
                await self._answer(answered)
        except Exception as error:
            self._tell(
                self._status, say("unexpected", self.language, text=f"{type(error).__name__}: {error}"), wrong=True
            )
            raise

    async def _answer(self, draft: Draft) -> None:
        try:
            key, case = draft.text, draft.case
        except InputError as refusal:
            return self._refuse("refused", [problem.text for problem in refusal.problems])
        if key not in self._known:
            looked = await self._look(draft)
            if self.draft is not draft:
                return None
            search = await asyncio.to_thread(Search, case, self.language)
            try:
                if not await self._wait(search, draft, looked):
                    return None
                found = await asyncio.to_thread(_found, search)
            finally:
                search.stop()
            self._known[key] = found
            for old in list(self._known)[1:-_REMEMBERED]:
                del self._known[old]
        found = self._known[key]
        if isinstance(found, NoPlanError):
            return self._refuse(
                "unproven" if isinstance(found, UnprovenError) else "no_plan", reasons_on_form(found.reasons)
            )
        self._show(found)
        self._tell(self._status, say("proven", self.language))
        await asyncio.to_thread(self._settle, found)
        return None

    async def _look(self, draft: Draft) -> str:
        """Show a quick look where one is to be had; returns what to say while the plan is sought."""
        slow, self._slow = self._slow, False
        if self._quick is None or slow:
            return "first" if self.shown is None else "searching_grey"
        begin = time.perf_counter()
        self._tell(self._status, say("looking", self.language))
        try:
            plan = await asyncio.to_thread(self._quick.look, draft.case)
        except NoPlanError:
            return "searching_blind"
        finally:
            self._slow = time.perf_counter() - begin > QUICK_LIMIT
        if self.draft is draft:
            self._show(plan)
            why = self._quick.rebuilt
            self._rebuilt.value = say("rebuilt", self.language, why=why[self.language]) if why else ""
        return "searching"

    async def _wait(self, search: Search, draft: Draft, words: str) -> bool:
        """Wait for the search, counting the seconds; False where the draft has become another meanwhile."""
        if words in ("searching_blind", "searching_grey"):
            self._shown_box.add_class(_GREYED)
        begin = time.perf_counter()
        while not search.done():
            if self.draft is not draft:
                return False
            self._tell(self._status, say(words, self.language, seconds=round(time.perf_counter() - begin)))
            await asyncio.sleep(_POLL)
        return True

    def _settle(self, plan: Plan) -> None:
        if self._quick is None:
            self._quick = Quick(plan)
        else:
            self._quick.settle(plan)

    # ---- what is shown ----------------------------------------------------------------------------------------------
    def _show(self, plan: Plan) -> None:
        if self._board is None:
            self.reference = self.reference or plan
            opened = self.reference.case.hashes == self.drafts[0].opened.hashes
            own = say("reference" if opened else "first_plan", self.language)
            self._board = board(self.reference, self.language, own)
        self.shown = plan
        self._picture.value = picture_html(self._board.show(plan), self.language)
        if is_proven(plan):
            self._tables.value = tables_html(self.reference, plan, self.language)
            self._tables_said.value = ""
            self._tables.remove_class(_GREYED)
        else:
            self._tell(self._tables_said, say("last_tables", self.language))
            self._tables.add_class(_GREYED)
        self._reasons.value = self._rebuilt.value = ""
        self._shown_box.remove_class(_GREYED)

    def _refuse(self, word: str, reasons: Sequence[Text]) -> None:
        """Say why this choice has no result; the last one, where there is one, stays, greyed."""
        stays = "" if self.shown is None else f" {say('last_stays', self.language)}"
        self._tell(self._status, say(word, self.language) + stays, wrong=True)
        told = "".join(f"<li>{html.escape(reason[self.language])}</li>" for reason in reasons)
        self._reasons.value = f'<ul style="margin:0;line-height:1.35">{told}</ul>'
        self._shown_box.add_class(_GREYED)

    def _tell(self, place: widgets.HTML, words: str, *, wrong: bool = False) -> None:
        colour = "#a40000" if wrong else "inherit"
        text = html.escape(words).replace("\n", "<br>")
        place.value = f'<span style="color:{colour}">{text}</span>'

    def _tell_history(self) -> None:
        self._undo.disabled, self._redo.disabled = self.at == 0, self.at == len(self.drafts) - 1
        try:
            text = self.draft.text
        except InputError:
            return
        told = html.escape(text) or html.escape(say("unchanged", self.language))
        self._differs.value = f'<pre class="board-said">{told}</pre>'

    def _build(self) -> None:
        """The widgets, once."""
        wide = widgets.Layout(width="100%")
        self._status, self._rebuilt, self._reasons = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self._status.add_class("form-status")
        self._picture, self._tables, self._differs = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self._tables_said = widgets.HTML()
        self._tables.add_class("form-tables")
        self._picture.add_class("form-picture")
        self._save_said = widgets.HTML()
        self._save_said.add_class("form-saved")
        self._undo, self._redo = (widgets.Button(description=say(word, self.language)) for word in ("undo", "redo"))
        self._undo.on_click(self.undo)
        self._redo.on_click(self.redo)
        self.name = widgets.Text(placeholder=say("name_hint", self.language), description=say("name", self.language))
        self.note = widgets.Text(placeholder=say("note_hint", self.language), description=say("note", self.language))
        for box, kind in ((self.name, "form-name"), (self.note, "form-note")):
            box.style, box.layout = {"description_width": "110px"}, wide
            box.add_class(kind)
        keep = widgets.Button(description=say("save", self.language), button_style="primary", layout={"width": "auto"})
        keep.on_click(self.save)
        keep.add_class("form-save")
        saving = widgets.VBox([self.name, self.note, keep, self._save_said], layout=wide)
        differs = widgets.Accordion([self._differs], titles=(say("differs", self.language),), selected_index=None)
        left = widgets.VBox([widgets.HBox([self._undo, self._redo]), self._panel.widget, differs, saving])
        left.layout = widgets.Layout(width="400px", flex="0 0 400px")
        left.add_class("form-panel")
        self._shown_box = widgets.VBox([self._picture, self._tables_said, self._tables], layout=wide)
        right = widgets.VBox([self._status, self._reasons, self._rebuilt, self._shown_box])
        right.layout = widgets.Layout(flex="1 1 auto", width="60%")
        right.add_class("form-answer")
        title = html.escape(self.drafts[0].opened.scenario.title.text[self.language])
        heading = widgets.HTML(f"{_CSS}<h3 style='margin:4px 0'>{title} ({html.escape(self.path.name)})</h3>")
        self.widget = widgets.VBox([heading, widgets.HBox([left, right], layout=wide)], layout=wide)


def _found(search: Search) -> Plan | NoPlanError:
    try:
        return search.plan()
    except NoPlanError as refusal:
        return refusal
