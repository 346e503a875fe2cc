"""The start page: the scenarios of a folder, how far each has come, and a button for each step."""

import asyncio
import html
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import ipywidgets as widgets

from planning.errors import InputError, PlanningError, Problem, speaking
from planning.vocabulary import TABLES, Language
from planning.workbench.form import Form, Kept
from planning.workbench.form_words import both, say
from planning.workbench.jobs import Job, start
from planning.workbench.links import first_language, link
from planning.workbench.shelf import BASE, Standing, folders, results_of, scenarios_of, standing, title_of
from planning.workbench.shown import Shown

_SECOND = 0.5
_AUTO = {"width": "auto"}
_STEPS = ("step_tables", "step_form", "step_check", "step_run", "step_compare", "step_batch", "step_pack")


class StartPage:
    """The page of a project folder, which holds scenarios/ and gets results/.

    `widget` is what is shown: the list of scenarios, the steps for the chosen one, and below them the step that is
    open. Raises InputError where the folder holds no scenarios.
    """

    def __init__(self, project: Path | str, language: str = "vi") -> None:
        self.project = Path(project).resolve()
        self.scenarios, self.results = self.project / "scenarios", self.project / "results"
        self.language: Language = first_language(language)
        if not folders(self.scenarios):
            with speaking(self.language):
                raise InputError([Problem(str(self.scenarios), both("no_folder", folder=self.scenarios))])
        self.folder = folders(self.scenarios)[0]
        self.chosen = scenarios_of(self.folder)[0]
        self.standings: dict[Path, Standing] = {}
        self.jobs: list[Job] = []
        self.form: Form | None = None
        self._kept: dict[Path, Kept] = {}
        self._checking: asyncio.Task | None = None
        self._watching: asyncio.Task | None = None
        self._shown = Shown(self._send_again)
        self.widget = widgets.VBox(layout={"width": "100%"})
        self._draw()

    # ---- drawing ----------------------------------------------------------------------------------------------------
    def _draw(self, _: object = None) -> None:
        """Draw the whole page, as after a change of language or folder."""
        language = self.language
        switch = _button(say("language", language), self._switch_language, "start-language")
        title = widgets.HTML(f"<h2 style='margin:0'>{say('title', language)}</h2>", layout={"flex": "1 1 auto"})
        self._list, self._steps = widgets.VBox(), widgets.HBox(layout={"flex_flow": "row wrap"})
        self._said, self._stage, self._jobs_box = widgets.HTML(), widgets.VBox(), widgets.VBox()
        self._said.add_class("start-said")
        names = [(str(folder.relative_to(self.scenarios)), folder) for folder in folders(self.scenarios)]
        chooser = widgets.Dropdown(options=names, value=self.folder, description=say("folder", language))
        chooser.observe(lambda change: self._open_folder(change["new"]), "value")
        chooser.add_class("start-folder")
        again = _button(say("refresh", language), self.refresh, "start-refresh")
        intro = widgets.HTML(f"<p style='margin:0;max-width:60em;line-height:1.4'>{say('intro', language)}</p>")
        head = widgets.HBox([title, switch])
        self._home = widgets.VBox([intro, widgets.HBox([chooser, again]), self._list, self._steps])
        self.widget.children = [head, self._home, self._said, self._stage, self._jobs_box, self._shown]
        self.refresh()
        self._draw_jobs()

    def refresh(self, _: object = None) -> None:
        """Read the folder again and check every scenario of it, one after the other."""
        self.standings = {}
        if self.chosen not in scenarios_of(self.folder):
            self.chosen = scenarios_of(self.folder)[0]
        self._draw_list()
        if self._checking is not None:
            self._checking.cancel()
        self._checking = _in_background(self.check_all())

    async def check_all(self) -> None:
        """Check every scenario of the folder; the list shows each as soon as it is known."""
        for path in scenarios_of(self.folder):
            self.standings[path] = await asyncio.to_thread(standing, path, self.results, self.language)
            self._fill_row(path)

    def _draw_list(self) -> None:
        self._rows: dict[Path, tuple[widgets.HTML, widgets.HTML]] = {}
        rows = [
            _line(
                *(
                    widgets.HTML(f"<b>{say(word, self.language)}</b>")
                    for word in ("scenario", "file", "checked", "solved")
                )
            )
        ]
        for path in scenarios_of(self.folder):
            button = _button(title_of(path, self.language), lambda _, at=path: self.choose(at), f"pick-{path.stem}")
            button.layout = {"width": "98%"}
            button.button_style = "info" if path == self.chosen else ""
            self._rows[path] = widgets.HTML(say("waiting", self.language)), widgets.HTML()
            rows.append(_line(button, widgets.HTML(html.escape(path.name)), *self._rows[path]))
            self._fill_row(path)
        self._list.children = rows
        self._draw_steps()

    def _fill_row(self, path: Path) -> None:
        if path in self._rows and path in self.standings:
            inputs, results = self._rows[path]
            inputs.value, results.value = self.standings[path].inputs, self.standings[path].results

    def _send_again(self) -> None:
        """Send what changes by itself, the list and the jobs, to a page that may have missed it while it opened."""
        for widget in (*_inside(self._list), *_inside(self._jobs_box)):
            widget.send_state()

    def _draw_steps(self) -> None:
        chosen = widgets.HTML(f"<b>{say('chosen', self.language)}: {html.escape(self.chosen.stem)}</b>")
        acts = (self.edit_tables, self.open_form, self.check, self.run, self.compare, self.batch, self.pack)
        buttons = [
            _button(say(step, self.language), lambda _, act=act: self._try(act), step.replace("_", "-"))
            for step, act in zip(_STEPS, acts, strict=True)
        ]
        self._steps.children = [chosen, *buttons]

    # ---- what the planner does --------------------------------------------------------------------------------------
    def choose(self, path: Path) -> None:
        """Choose a scenario for the steps."""
        self.chosen = path
        self._draw_list()

    def _switch_language(self, _: object) -> None:
        form, self.language = self.form, "vi" if self.language == "en" else "en"
        self._close_form()
        self._draw()
        if form is not None:
            self._try(lambda: self._show_form(form.path, self._kept[form.path]))

    def _open_folder(self, folder: Path) -> None:
        self.folder, self.chosen = folder, scenarios_of(folder)[0]
        self.refresh()

    def _try(self, act: Callable[[], None]) -> None:
        """Do it; a refusal is told in place."""
        self._said.value = ""
        try:
            act()
        except PlanningError as refusal:
            self._tell(refusal.told(self.language), wrong=True)
        except OSError as error:
            self._tell(say("system", self.language, text=error), wrong=True)

    def _tell(self, words: str, *, wrong: bool = False) -> None:
        self._said.value = _lines(words, "#a40000" if wrong else "#1b5e20")

    def open_form(self) -> None:
        """Open the form of the chosen scenario in place of the list, with what was chosen there and not saved."""
        kept = self._kept.get(self.chosen)
        kept = None if kept is None or kept.saved else kept
        self._show_form(self.chosen, kept)
        if kept is not None and kept.text and self.form.taken_up:
            self._tell(say("taken_up", self.language, file=self.chosen.name))

    def _show_form(self, path: Path, kept: Kept | None) -> None:
        self.form = Form(path, self.language, self._saved, kept)
        self._open(self.form.widget)
        if kept is not None and kept.text and not self.form.taken_up:
            self._tell(f"{say('files_changed', self.language, file=path.name)}\n{kept.text}", wrong=True)

    def edit_tables(self) -> None:
        """Open the grid of a table of the chosen scenario's data in place of the list."""
        from planning.workbench.grid import table_grid

        names = [(table.title[self.language], name) for name, table in TABLES.items() if self._has(table.file)]
        chooser = widgets.Dropdown(options=names, value="funds", description=say("table", self.language))
        place = widgets.VBox([table_grid(self.chosen, "funds", self.language)])

        def other(change: dict) -> None:
            self._try(lambda: setattr(place, "children", [table_grid(self.chosen, change["new"], self.language)]))

        chooser.observe(other, "value")
        self._open(widgets.VBox([chooser, place]))

    def _has(self, file: str) -> bool:
        from planning.inputs import load_scenario

        return (Path(load_scenario(self.chosen).data) / file).exists()

    def _open(self, shown: widgets.Widget) -> None:
        back = _button(say("back", self.language), self._home_again, "start-back")
        self._stage.children = [back, shown]
        self._home.layout.display = "none"

    def _home_again(self, _: object = None) -> None:
        self._close_form()
        self._stage.children, self._said.value = [], ""
        self._home.layout.display = ""
        self.refresh()

    def _close_form(self) -> None:
        if self.form is not None:
            self._kept[self.form.path] = self.form.kept
            self.form.close()
        self.form = None

    def check(self) -> None:
        """Check the chosen scenario, and say everything that is wrong with it."""
        from planning.inputs import load_case
        from planning.inputs.arithmetic import conflicts
        from planning.reports.given import input_summary

        case = load_case(self.chosen)
        found = [text[self.language] for text in conflicts(case)]
        self._stage.children = [widgets.HTML(input_summary(case, self.language)._repr_html_())]
        self._tell("\n".join(found) or say("all_fine", self.language), wrong=bool(found))
        self.standings[self.chosen] = standing(self.chosen, self.results, self.language)
        self._fill_row(self.chosen)

    def _saved(self, path: Path) -> None:
        """A scenario was saved in the form: it is chosen from now on."""
        self.chosen = path
        self._draw_list()

    # ---- long work --------------------------------------------------------------------------------------------------
    def run(self) -> None:
        """Plan the chosen scenario by its notebook."""
        out = results_of(self.results, self.chosen)
        self._start("run_one", ["run", self.chosen], out, ["02_plan.html"])

    def compare(self) -> None:
        """Compare the chosen scenario with the base of its folder; the base itself has nothing to be compared with."""
        if self.chosen.stem == BASE:
            return self._tell(say("compare_base", self.language), wrong=True)
        out = self.results / self.folder.name / f"compare-{self.chosen.stem}"
        notebook = self.project / "notebooks" / "03_compare.ipynb"
        given = ["--notebook", notebook, "--parameter", f"others={self.chosen}"]
        self._start("run_compare", ["run", self.folder / f"{BASE}.yaml", *given], out, ["03_compare.html"])

    def pack(self) -> None:
        """Make the committee's papers of the chosen scenario."""
        out = self.results / self.folder.name / f"pack-{self.chosen.stem}"
        self._start("run_pack", ["pack", self.chosen], out, ["*.pdf", "*.html", "*.xlsx"])

    def batch(self) -> None:
        """Plan every scenario of the folder."""
        out = self.results / "batch"
        self._start("run_all", ["batch", self.folder], out, ["*/report-*/02_plan.html"], self.folder.name)

    def _start(
        self, words: str, arguments: Sequence[str | Path], out: Path, pages: Sequence[str], name: str = ""
    ) -> None:
        title = say(words, self.language, name=name or self.chosen.stem)
        start(self.jobs, title, [*arguments, "--out", out, "--lang", self.language], out, pages)
        self._draw_jobs()

    def _draw_jobs(self) -> None:
        self._shown_jobs = [(job, job.state) for job in self.jobs]
        heading = [widgets.HTML(f"<b>{say('jobs', self.language)}</b>")] if self.jobs else []
        self._clocks = [widgets.HTML() for _ in self.jobs]
        lines = [self._job_line(job, clock) for job, clock in zip(self.jobs, self._clocks, strict=True)]
        self._jobs_box.children = [*heading, *lines]
        self._tick()
        if any(job.state == "running" for job in self.jobs) and (self._watching is None or self._watching.done()):
            self._watching = _in_background(self._watch())

    def _job_line(self, job: Job, clock: widgets.HTML) -> widgets.Widget:
        title = widgets.HTML(html.escape(job.title))
        title.add_class("job-title")
        clock.add_class("job-state")
        if job.state == "running":
            return widgets.HBox([title, clock, _button(say("stop", self.language), lambda _: job.stop(), "job-stop")])
        return widgets.HBox([title, clock, widgets.HTML(self._ending(job))], layout={"flex_flow": "row wrap"})

    def _ending(self, job: Job) -> str:
        """What a job that has ended leaves: links to its pages, or why it failed."""
        if job.state == "failed":
            return _lines(job.said(), "#a40000")
        if job.state == "stopped":
            return ""
        pages = job.pages
        named = [page.name if page.parent == job.out else str(page.relative_to(job.out)) for page in pages]
        links = [link(page, self.project, html.escape(name)) for page, name in zip(pages, named, strict=True)]
        folder = html.escape(str(job.out.relative_to(self.project)))
        return " · ".join([*links, say("open_folder", self.language, folder=folder)])

    def _tick(self) -> None:
        for job, clock in zip(self.jobs, self._clocks, strict=True):
            clock.value = say(job.state, self.language, seconds=job.seconds)

    async def _watch(self) -> None:
        """Count the seconds of what is running, and draw the list anew when something has ended."""
        while any(job.state == "running" for job in self.jobs):
            await asyncio.sleep(_SECOND)
            self._tick()
            if self._shown_jobs != [(job, job.state) for job in self.jobs]:
                self._draw_jobs()
                self.refresh()

    def close(self) -> None:
        """Stop what is running."""
        for job in self.jobs:
            job.end()


def start_page(project: Path | str, language: str = "vi") -> widgets.Widget:
    """The start page of a project folder, to be shown."""
    return StartPage(project, language).widget


def _lines(words: str, colour: str) -> str:
    """Words with their own line ends, broken between words; JupyterLab by itself would break inside them."""
    style = f"color:{colour};white-space:pre-wrap;word-break:normal;overflow-wrap:anywhere;margin:0"
    return f'<pre style="{style}">{html.escape(words)}</pre>'


def _button(words: str, pressed: Callable[[object], None], kind: str) -> widgets.Button:
    button = widgets.Button(description=words, tooltip=words, layout=dict(_AUTO))
    button.on_click(pressed)
    button.add_class(kind)
    return button


def _line(*parts: widgets.Widget) -> widgets.Widget:
    return widgets.GridBox(
        parts, layout={"grid_template_columns": "minmax(16em,34em) 14em 15em 17em", "align_items": "center"}
    )


def _inside(widget: widgets.Widget) -> Iterator[widgets.Widget]:
    """The widgets within a widget and, after them, itself."""
    for part in getattr(widget, "children", ()):
        yield from _inside(part)
    yield widget


def _in_background(work: object) -> asyncio.Task | None:
    """The work as a task where a page is open; where none is, nothing is done."""
    try:
        return asyncio.get_running_loop().create_task(work)
    except RuntimeError:
        work.close()
        return None
