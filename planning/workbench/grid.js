// The page of a grid: draws the visible rows, takes keys, pastes and clicks, and sends every edit to the kernel, which
// decides what a text means and what is wrong with it.

const HIGH = 26; // height of a row in pixels, as in grid.css
const SPARE = 8; // rows drawn above and below what is seen
const GUTTER = 56; // width of the column of row numbers
const LETTER = 7.4;

const plain = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();

const make = (parent, tag, name = "", text = "") => {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  parent.append(made);
  return made;
};

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// ---- cells as tab-separated text, the form in which spreadsheets copy -----------------------------------------------
const asBlock = (text) => {
  const rows = [[]];
  const sign = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\r|\n|$)/y;
  while (sign.lastIndex < text.length || rows.at(-1).length) {
    const [, quoted, bare, end] = sign.exec(text);
    rows.at(-1).push(quoted === undefined ? bare : quoted.replace(/""/g, '"'));
    if (!end || (end !== "\t" && sign.lastIndex >= text.length)) break;
    if (end !== "\t") rows.push([]);
  }
  return rows;
};

const asText = (block) =>
  block.map((row) => row.map((cell) => (/[\t\r\n"]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell)).join("\t")).join("\n");

function render({ model, el }) {
  const view = Math.random().toString(36).slice(2);
  let words = {}, columns = [], first = 1;
  let order = [], cells = new Map(), base = new Map(), seen = []; // ids in file order; texts by id; ids that pass the filter
  let marks = [], bad = new Map(), state = { unsaved: 0, notice: "", buttons: "", locked: false };
  let at = { row: 0, column: 0 }, corner = { row: 0, column: 0 }; // active cell and the other corner, in seen rows
  let widths = [], labels = [], editing = false, choice = -1, waiting = 0, whole = false;
  let timer = 0, alarm = 0, wanted = "";

  const root = make(el, "div", "pg");
  root.dataset.lmSuppressShortcuts = "true"; // keys typed here are for the table, not for the notebook
  const bar = make(root, "div", "pg-bar");
  const notice = make(root, "div", "pg-notice");
  const compare = make(root, "div", "pg-compare");
  const pane = make(root, "div", "pg-pane");
  const head = make(pane, "div", "pg-head");
  const body = make(pane, "div", "pg-body");
  const edit = make(body, "textarea", "pg-edit");
  const list = make(body, "div", "pg-list");
  const line = make(root, "div", "pg-line");
  const faults = make(root, "ul", "pg-faults");
  const keys = make(root, "div", "pg-keys");
  edit.rows = 1;
  edit.spellcheck = false;
  edit.setAttribute("autocomplete", "off");

  // ---- talking to the kernel -----------------------------------------------------------------------------------------
  const tell = (message) => {
    model.send({ ...message, view });
    waiting += 1;
    clearTimeout(alarm);
    alarm = setTimeout(showState, 3000);
    if (message.do !== "check") {
      clearTimeout(timer);
      whole = false;
      if (["set", "add", "delete", "undo", "redo"].includes(message.do)) timer = setTimeout(() => tell({ do: "check" }), 400);
    }
  };

  const hear = (message) => {
    if (message.kind === "open" && message.for !== view) return;
    const deed = { open: opened, rows: allRows, patch: patched, marks: marked, state: stated, compare: compared }[message.kind];
    if (deed) deed(message);
  };

  const opened = (message) => {
    ({ words, columns, first } = message);
    labels = columns.map((column) => new Map(column.options.map(([code, name]) => [code, name === code ? "" : name])));
    drawBar(message.title, message.file);
    keys.textContent = words.keys;
  };

  const allRows = (message) => {
    cells = new Map(message.rows);
    base = new Map(message.base);
    order = message.rows.map(([id]) => id);
    compare.replaceChildren();
    measure();
    sieve();
  };

  const patched = (message) => {
    for (const [id, texts] of message.changed) cells.set(id, texts);
    if (message.order) order = message.order;
    if (message.order || message.changed.some(([id]) => !seen.includes(id))) sieve();
    else draw();
  };

  const marked = (message) => {
    if (!message.whole && whole) return;
    whole = message.whole;
    marks = message.marks;
    bad = new Map();
    for (const [id, column, text] of marks) {
      if (id !== null) bad.set(`${id}/${column === null ? "" : column}`, text);
    }
    drawFaults();
    draw();
  };

  const stated = (message) => {
    state = message;
    waiting = Math.max(0, waiting - 1);
    clearTimeout(alarm);
    showState();
  };

  // ---- bar, notice, faults -------------------------------------------------------------------------------------------
  const button = (parent, name, deed, kind = "") => {
    const made = make(parent, "button", kind, words[name]);
    made.dataset.do = name;
    made.onclick = () => { deed(); focus(); };
    return made;
  };
  let buttons = {}, find, only, shown, unsaved;

  const drawBar = (title, file) => {
    bar.replaceChildren();
    const name = make(bar, "h3", "", title + " ");
    make(name, "small", "", file);
    const send = (deed) => () => { commit(); tell({ do: deed }); };
    buttons = {
      save: button(bar, "save", send("save"), "pg-main"),
      undo: button(bar, "undo", send("undo")),
      redo: button(bar, "redo", send("redo")),
      add: button(bar, "add", addRow),
      delete: button(bar, "delete", deleteRows),
    };
    buttons.save.title = words.save_hint;
    find = make(bar, "input");
    find.type = "search";
    find.placeholder = words.find;
    find.oninput = () => { wanted = plain(find.value.trim()); sieve(); };
    const label = make(bar, "label");
    only = make(label, "input");
    only.type = "checkbox";
    only.onchange = sieve;
    label.append(" " + words.faulty);
    shown = make(bar, "span", "pg-shown");
    unsaved = make(bar, "span", "pg-unsaved");
  };

  const showState = () => {
    if (!unsaved) return;
    unsaved.textContent = waiting ? words.waiting : state.unsaved ? fill(words.unsaved, { count: state.unsaved }) : words.clean;
    root.classList.toggle("pg-dirty", state.unsaved > 0);
    buttons.save.disabled = !state.unsaved;
    buttons.undo.disabled = !state.undo;
    buttons.redo.disabled = !state.redo;
    pane.classList.toggle("pg-locked", state.locked);
    notice.classList.toggle("pg-on", Boolean(state.notice));
    notice.replaceChildren();
    make(notice, "span", "", state.notice);
    for (const name of state.buttons.split(",").filter(Boolean)) button(notice, name, () => tell({ do: name }));
  };

  const compared = (message) => {
    const table = make(compare, "table");
    compare.replaceChildren(table);
    const top = make(table, "tr");
    for (const title of ["", "", words.opened, words.disk, words.mine]) make(top, "th", "", title);
    for (const [key, column, ...texts] of message.cells) {
      const row = make(table, "tr");
      make(row, "td", "", key.join(" · "));
      make(row, "td", "", columns[column].label);
      for (const text of texts) make(row, "td", "", text === null ? words.absent : text);
    }
    if (message.more) make(compare, "p", "", fill(words.more, { count: message.more }));
  };

  const drawFaults = () => {
    faults.replaceChildren();
    const hard = marks.filter((mark) => mark[3]), soft = marks.filter((mark) => !mark[3]);
    if (hard.length) make(faults, "li", "pg-soft", fill(words.faults, { count: hard.length }));
    for (const [id, column, text] of hard.slice(0, 200)) {
      const place = id === null ? "" : `${words.row} ${first + order.indexOf(id)}${column === null ? "" : " · " + columns[column].label}: `;
      const item = make(faults, "li", "pg-hard", place + text);
      if (id !== null) item.onclick = () => jump(id, column || 0);
    }
    if (hard.length > 200) make(faults, "li", "pg-soft", fill(words.more, { count: hard.length - 200 }));
    if (soft.length) make(faults, "li", "pg-soft", words.elsewhere);
    for (const [, , text] of soft.slice(0, 50)) make(faults, "li", "pg-soft", text);
    root.dataset.faults = hard.length;
    root.dataset.whole = whole;
  };

  // ---- which rows, which columns -------------------------------------------------------------------------------------
  const measure = () => {
    const sample = order.slice(0, 300).map((id) => cells.get(id));
    widths = columns.map((column, place) => {
      const name = (text) => text.length + 0.95 * (labels[place].get(text) || "").length;
      const longest = Math.max(column.label.length * 1.2, column.unit.length, ...sample.map((texts) => name(texts[place])));
      return Math.round(Math.min(Math.max(longest * LETTER + 20, 60), 290));
    });
    head.style.gridTemplateColumns = template();
    head.replaceChildren();
    make(head, "div", "pg-no");
    for (const column of columns) {
      const cell = make(head, "div", "", column.label);
      cell.title = column.meaning;
      make(cell, "small", "", column.unit);
    }
  };
  const template = () => `${GUTTER}px ${widths.map((width) => `${width}px`).join(" ")}`;

  const sieve = () => {
    const faulty = only && only.checked ? new Set(marks.map(([id]) => id)) : null;
    const passes = (id) => {
      if (faulty && !faulty.has(id)) return false;
      if (!wanted) return true;
      return cells.get(id).some((text, place) => plain(`${text} ${labels[place].get(text) || ""}`).includes(wanted));
    };
    seen = order.filter(passes);
    if (shown) shown.textContent = fill(words.rows, { shown: seen.length.toLocaleString(), all: order.length.toLocaleString() });
    at.row = Math.max(0, Math.min(at.row, seen.length - 1));
    corner.row = Math.max(0, Math.min(corner.row, seen.length - 1));
    draw();
  };

  // ---- drawing -------------------------------------------------------------------------------------------------------
  const left = (column) => GUTTER + widths.slice(0, column).reduce((sum, width) => sum + width, 0);
  const span = () => ({
    top: Math.min(at.row, corner.row), bottom: Math.max(at.row, corner.row),
    left: Math.min(at.column, corner.column), right: Math.max(at.column, corner.column),
  });

  const draw = () => {
    body.style.height = `${seen.length * HIGH + 2}px`;
    body.style.width = `${left(columns.length)}px`;
    for (const row of body.querySelectorAll(".pg-row")) row.remove();
    const from = Math.max(0, Math.floor(pane.scrollTop / HIGH) - SPARE);
    const to = Math.min(seen.length, from + Math.ceil((pane.clientHeight || 430) / HIGH) + 2 * SPARE);
    const place = new Map();
    const chosen = span();
    for (let row = from; row < to; row += 1) drawRow(row, chosen, place);
    edit.style.left = `${left(at.column)}px`;
    edit.style.top = `${at.row * HIGH}px`;
    edit.style.width = `${widths[at.column] || 80}px`;
    const id = seen[at.row];
    const text = bad.get(`${id}/${at.column}`) || bad.get(`${id}/`);
    line.replaceChildren();
    if (text) make(line, "b", "", text);
    else if (columns[at.column]) line.textContent = `${columns[at.column].label}: ${columns[at.column].meaning}`;
  };

  const drawRow = (row, chosen) => {
    const id = seen[row], texts = cells.get(id), was = base.get(id);
    const drawn = make(body, "div", "pg-row");
    drawn.style.top = `${row * HIGH}px`;
    drawn.style.gridTemplateColumns = template();
    drawn.dataset.row = row;
    const number = make(drawn, "div", "pg-no", String(first + placeOf(id)));
    if (bad.has(`${id}/`)) { number.classList.add("pg-bad"); number.title = bad.get(`${id}/`); }
    texts.forEach((text, column) => {
      const cell = make(drawn, "div", "", text);
      cell.dataset.column = column;
      const name = labels[column].get(text);
      if (name) make(cell, "small", "", name);
      if (columns[column].number) cell.classList.add("pg-num");
      if (!was || was[column] !== text) cell.classList.add("pg-new");
      const fault = bad.get(`${id}/${column}`);
      if (fault) cell.classList.add("pg-bad");
      cell.title = fault || (name ? `${text} · ${name}` : text);
      const inside = row >= chosen.top && row <= chosen.bottom && column >= chosen.left && column <= chosen.right;
      if (inside && (chosen.top !== chosen.bottom || chosen.left !== chosen.right)) cell.classList.add("pg-in");
      if (row === at.row && column === at.column) cell.classList.add("pg-at");
    });
  };
  const placeOf = (id) => (seen.length === order.length ? seen.indexOf(id) : order.indexOf(id));

  const focus = () => edit.focus({ preventScroll: true });

  const reveal = () => {
    const top = at.row * HIGH, space = pane.clientHeight - head.offsetHeight - HIGH;
    if (top < pane.scrollTop) pane.scrollTop = top;
    else if (top > pane.scrollTop + space - HIGH) pane.scrollTop = top - space + HIGH;
    const start = left(at.column) - GUTTER, end = left(at.column) + (widths[at.column] || 0);
    if (start < pane.scrollLeft) pane.scrollLeft = start;
    else if (end > pane.scrollLeft + pane.clientWidth) pane.scrollLeft = Math.min(start, end - pane.clientWidth);
  };

  const go = (row, column, stretch = false) => {
    at = { row: Math.max(0, Math.min(row, seen.length - 1)), column: Math.max(0, Math.min(column, columns.length - 1)) };
    if (!stretch) corner = { ...at };
    reveal();
    draw();
  };

  const jump = (id, column) => {
    if (!seen.includes(id)) { find.value = ""; wanted = ""; only.checked = false; sieve(); }
    go(seen.indexOf(id), column);
    focus();
  };

  // ---- editing a cell ------------------------------------------------------------------------------------------------
  const begin = (text) => {
    if (!seen.length || state.locked) return;
    editing = true;
    if (text !== null) edit.value = text;
    edit.classList.add("pg-on");
    edit.style.width = `${Math.max(widths[at.column], 110)}px`;
    offer();
  };

  const end = () => {
    editing = false;
    edit.value = "";
    edit.classList.remove("pg-on");
    list.classList.remove("pg-on");
    choice = -1;
  };

  const commit = () => {
    if (!editing) return;
    const picked = list.children[choice];
    const text = picked ? picked.dataset.code : edit.value;
    const id = seen[at.row], column = at.column;
    end();
    if (text !== cells.get(id)[column]) write([[id, column, text]]);
  };

  const write = (changes) => {
    if (state.locked || !changes.length) return;
    for (const [id, column, text] of changes) {
      if (cells.has(id)) cells.set(id, cells.get(id).map((old, place) => (place === column ? text : old)));
    }
    draw();
    tell({ do: "set", cells: changes });
  };

  const offer = (every = false) => {
    const options = columns[at.column] ? columns[at.column].options : [];
    const typed = plain(edit.value.trim());
    const fits = options.filter(([code, name]) => every || plain(`${code} ${name}`).includes(typed)).slice(0, 200);
    list.replaceChildren();
    choice = -1;
    for (const [code, name] of fits) {
      const item = make(list, "div", "", code);
      item.dataset.code = code;
      make(item, "small", "", name);
      item.onmousedown = (event) => { event.preventDefault(); choose([...list.children].indexOf(item)); commit(); focus(); };
    }
    list.classList.toggle("pg-on", fits.length > 0);
    list.style.left = `${left(at.column)}px`;
    list.style.top = `${(at.row + 1) * HIGH}px`;
    const here = fits.findIndex(([code]) => code === edit.value.trim());
    if (here >= 0) choose(here);
    else if (typed && fits.length && !every) choose(0);
  };

  const choose = (place) => {
    const items = [...list.children];
    choice = Math.max(-1, Math.min(place, items.length - 1));
    items.forEach((item, number) => item.classList.toggle("pg-in", number === choice));
    if (items[choice]) items[choice].scrollIntoView({ block: "nearest" });
  };

  // ---- rows and blocks -----------------------------------------------------------------------------------------------
  const addRow = () => {
    commit();
    const id = seen[span().bottom];
    const place = id === undefined ? order.length : order.indexOf(id) + 1;
    if (wanted || only.checked) { find.value = ""; wanted = ""; only.checked = false; sieve(); }
    tell({ do: "add", at: place });
    at = { row: place, column: 0 };
    corner = { ...at };
    setTimeout(reveal, 100);
  };

  const deleteRows = () => {
    commit();
    const chosen = span();
    const ids = seen.slice(chosen.top, chosen.bottom + 1);
    if (ids.length) tell({ do: "delete", rows: ids });
    corner = { ...at, row: chosen.top };
    at = { ...corner };
  };

  const block = () => {
    const chosen = span();
    return seen.slice(chosen.top, chosen.bottom + 1).map((id) => cells.get(id).slice(chosen.left, chosen.right + 1));
  };

  const clear = () => {
    const chosen = span(), changes = [];
    for (let row = chosen.top; row <= chosen.bottom; row += 1)
      for (let column = chosen.left; column <= chosen.right; column += 1)
        if (cells.get(seen[row])[column] !== "") changes.push([seen[row], column, ""]);
    write(changes);
  };

  const paste = (text) => {
    if (!text) return;
    const chosen = span(), given = asBlock(text), changes = [];
    const tall = given.length === 1 ? chosen.bottom - chosen.top + 1 : given.length;
    const wide = given.length === 1 && given[0].length === 1 ? chosen.right - chosen.left + 1 : null;
    for (let down = 0; down < tall; down += 1) {
      const source = given[down % given.length];
      const width = wide === null ? source.length : wide;
      const row = chosen.top + down;
      const id = row < seen.length ? seen[row] : `+${row - seen.length}`;
      for (let right = 0; right < width && chosen.left + right < columns.length; right += 1)
        changes.push([id, chosen.left + right, source[wide === null ? right : 0]]);
    }
    write(changes);
    at = { row: chosen.top, column: chosen.left };
    corner = { row: chosen.top + tall - 1, column: Math.min(columns.length, chosen.left + (wide || given[0].length)) - 1 };
  };

  // ---- keys, mouse, clipboard ----------------------------------------------------------------------------------------
  const moves = {
    ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
    PageUp: [-14, 0], PageDown: [14, 0],
  };

  const onKeys = (event) => {
    const command = event.ctrlKey || event.metaKey, key = event.key;
    if (event.isComposing) return;
    event.stopPropagation();
    if (command && "szyda".includes(key.toLowerCase()) && key.length === 1 && !(editing && "za".includes(key.toLowerCase()))) {
      event.preventDefault();
      return shortcut(key.toLowerCase(), event.shiftKey);
    }
    if (key === "Enter" || key === "Tab") {
      event.preventDefault();
      const back = event.shiftKey ? -1 : 1;
      commit();
      return key === "Enter" ? go(at.row + back, at.column) : go(at.row, at.column + back);
    }
    return editing ? keysInCell(event) : keysInTable(event, command);
  };

  const shortcut = (key, shift) => {
    commit();
    if (key === "s") tell({ do: "save" });
    if (key === "z") tell({ do: shift ? "redo" : "undo" });
    if (key === "y") tell({ do: "redo" });
    if (key === "a") { at = { row: 0, column: 0 }; corner = { row: seen.length - 1, column: columns.length - 1 }; draw(); }
    if (key === "d") {
      const chosen = span(), top = cells.get(seen[chosen.top]), changes = [];
      for (let row = chosen.top + 1; row <= chosen.bottom; row += 1)
        for (let column = chosen.left; column <= chosen.right; column += 1) changes.push([seen[row], column, top[column]]);
      write(changes);
    }
  };

  const keysInCell = (event) => {
    const listed = list.classList.contains("pg-on");
    if (event.key === "Escape") { end(); draw(); }
    else if (listed && event.key === "ArrowDown") { event.preventDefault(); choose(choice + 1); }
    else if (listed && event.key === "ArrowUp") { event.preventDefault(); choose(Math.max(0, choice - 1)); }
    else if (!listed && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      commit();
      go(at.row + (event.key === "ArrowDown" ? 1 : -1), at.column);
    }
  };

  const keysInTable = (event, command) => {
    if (event.altKey && event.key === "ArrowDown") {
      event.preventDefault();
      begin(cells.get(seen[at.row])[at.column]);
      offer(true);
    } else if (event.key in moves) {
      event.preventDefault();
      const [down, right] = moves[event.key].map((step) => step * (command ? 1e6 : 1));
      go(at.row + down, at.column + right, event.shiftKey);
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      const last = event.key === "End";
      go(command ? (last ? seen.length : 0) : at.row, last ? columns.length : 0, event.shiftKey);
    } else if (event.key === "F2") {
      event.preventDefault();
      begin(cells.get(seen[at.row])[at.column]);
      edit.setSelectionRange(edit.value.length, edit.value.length);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      clear();
    } else if (event.key === "Escape") corner = { ...at };
  };

  const cellAt = (event) => {
    const row = event.target.closest(".pg-row"), cell = event.target.closest("[data-column]");
    return row && { row: Number(row.dataset.row), column: cell ? Number(cell.dataset.column) : null };
  };

  edit.addEventListener("keydown", onKeys);
  edit.addEventListener("input", () => (editing ? offer() : begin(null)));
  edit.addEventListener("copy", (event) => { if (!editing) { event.preventDefault(); event.clipboardData.setData("text/plain", asText(block())); } });
  edit.addEventListener("cut", (event) => { if (!editing) { event.preventDefault(); event.clipboardData.setData("text/plain", asText(block())); clear(); } });
  edit.addEventListener("paste", (event) => { if (!editing) { event.preventDefault(); paste(event.clipboardData.getData("text/plain")); } });
  edit.addEventListener("blur", () => { if (editing) commit(); });
  let dragging = false;
  body.addEventListener("mousedown", (event) => {
    const place = cellAt(event);
    if (!place) return;
    event.preventDefault();
    commit();
    if (place.column === null) { // the row number: the whole row
      at = { row: place.row, column: 0 };
      corner = { row: event.shiftKey ? corner.row : place.row, column: columns.length - 1 };
      draw();
    } else go(place.row, place.column, event.shiftKey);
    dragging = place.column !== null;
    focus();
  });
  body.addEventListener("mousemove", (event) => {
    const place = dragging && event.buttons === 1 && cellAt(event);
    if (place && place.column !== null && (place.row !== at.row || place.column !== at.column)) go(place.row, place.column, true);
  });
  body.addEventListener("dblclick", (event) => {
    const place = cellAt(event);
    if (place && place.column !== null) { begin(cells.get(seen[at.row])[at.column]); focus(); }
  });
  pane.addEventListener("scroll", () => requestAnimationFrame(draw));

  const leaving = (event) => { if (state.unsaved) event.preventDefault(); };
  window.addEventListener("beforeunload", leaving);
  model.on("msg:custom", hear);
  tell({ do: "open" });
  return () => {
    window.removeEventListener("beforeunload", leaving);
    model.off("msg:custom", hear);
    clearTimeout(timer);
    clearTimeout(alarm);
  };
}

export default { render };
