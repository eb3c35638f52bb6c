// Dragging on the board: a shift, or a slot that lacks somebody, onto the row of a worker. What law
// and charter say of each worker is asked for when the drag begins and shown on every row before
// the drop; the server judges again. Without this script the pages of each shift do the same.
(() => {
  const board = document.querySelector("[data-drag]");
  if (!board || !window.Sortable) return;
  const words = board.dataset;
  const form = document.getElementById("drop");
  const says = document.getElementById("board-says");
  const signs = { yes: "✓", paper: "!", no: "✕" };
  let answers = null;
  let drags = 0;

  const answerOf = (row) => answers?.people[row.dataset.worker] ?? null;

  function mark(row) {
    const answer = answerOf(row) ?? { may: "no", why: words.stranger };
    row.dataset.may = answer.may;
    const tag = document.createElement("span");
    tag.className = `m-may m-may--${answer.may}`;
    tag.textContent = `${signs[answer.may]} ${words[answer.may]}`;
    row.querySelector("th").append(tag);
  }

  function unmark() {
    board.querySelectorAll(".m-may").forEach((tag) => tag.remove());
    board.querySelectorAll("tr[data-may]").forEach((row) => delete row.dataset.may);
    answers = null;
  }

  async function ask(link) {
    const drag = ++drags;
    says.textContent = words.asking;
    const token = form.elements.csrfmiddlewaretoken.value;
    const answer = await fetch(`${link.href}answers/`, {
      method: "POST",
      headers: { "X-CSRFToken": token },
    });
    const told = answer.ok ? await answer.json() : null;
    // By now it may have been let go, or something else be dragged.
    if (!told || drag !== drags || !document.body.classList.contains("m-dragging")) return;
    answers = told;
    board.querySelectorAll("tr[data-worker]").forEach(mark);
    says.textContent = answers.summary;
  }

  // Where something would land is read from the pointer: nothing moves before the server agrees.
  function rowUnder(event) {
    const point = event.changedTouches?.[0] ?? event;
    const place = document.elementFromPoint(point.clientX, point.clientY);
    return place?.closest("tr[data-worker]") ?? null;
  }

  function tell(event) {
    const row = event.to.closest("tr[data-worker]");
    if (row?.dataset.may === "no") says.textContent = answerOf(row)?.why ?? words.stranger;
    return false;
  }

  function drop(event) {
    const link = event.item;
    const row = rowUnder(event.originalEvent);
    const may = row?.dataset.may;
    document.body.classList.remove("m-dragging");
    if (row && may === "no") says.textContent = answerOf(row)?.why ?? words.stranger;
    unmark();
    if (!row || row === link.closest("tr") || may === "no") return;
    if (may === "paper") {
      window.location.assign(link.href);
      return;
    }
    form.action = `${link.href}${link.classList.contains("m-gap") ? "place/" : "give/"}`;
    form.elements.worker.value = row.dataset.worker;
    form.requestSubmit();
  }

  // The browser would drag the address of a link away; the pointer is followed instead.
  board.addEventListener("dragstart", (event) => event.preventDefault());
  board.querySelectorAll("tbody td").forEach((cell) => {
    window.Sortable.create(cell, {
      group: "slots",
      sort: false,
      draggable: "a.m-chip, a.m-gap",
      forceFallback: true,
      fallbackTolerance: 5,
      delay: 250,
      delayOnTouchOnly: true,
      onStart: (event) => {
        document.body.classList.add("m-dragging");
        ask(event.item);
      },
      onMove: tell,
      onEnd: drop,
    });
  });
})();
