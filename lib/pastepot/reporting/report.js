"use strict";
// Tables of a report: a click on a heading sorts, a word in the box filters. Without this script both are plain tables.
(() => {
  const FEWEST = 8;

  const value = (row, place) => row.cells[place].textContent.trim();
  const number = (text) => Number(text.replaceAll(",", "").replace("\u2212", "-"));
  const compare = (a, b) => {
    if (a === "—" || b === "—") return (a === "—") - (b === "—");
    const [x, y] = [number(a), number(b)];
    return Number.isNaN(x) || Number.isNaN(y) ? (a < b ? -1 : a > b ? 1 : 0) : x - y;
  };

  function sort(table, head, place) {
    const body = table.tBodies[0];
    const now = head.getAttribute("aria-sort");
    const falling = head.classList.contains("n") ? now !== "descending" : now === "ascending";
    const missing = (row) => value(row, place) === "—";
    const rows = [...body.rows].sort((a, b) => {
      const order = compare(value(a, place), value(b, place));
      return falling && !missing(a) && !missing(b) ? -order : order;
    });
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", falling ? "descending" : "ascending");
    body.append(...rows);
  }

  function sortable(table) {
    [...table.tHead.rows[0].cells].forEach((head, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.title = "Sort by this column";
      button.addEventListener("click", () => sort(table, head, place));
      head.append(button);
    });
  }

  function filterable(table, region) {
    const rows = [...table.tBodies[0].rows];
    const name = region.getAttribute("aria-label");
    const box = document.createElement("input");
    box.type = "search";
    box.setAttribute("aria-label", `Filter ${name}`);
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    box.addEventListener("input", () => {
      const words = box.value.toLowerCase().split(/\s+/);
      for (const row of rows) row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
      said.textContent = box.value ? `${rows.filter((row) => !row.hidden).length} of ${rows.length} rows` : "";
    });
    const line = document.createElement("div");
    line.className = "filter";
    line.append("Filter", box, said);
    region.before(line);
  }

  for (const region of document.querySelectorAll(".scroll")) {
    const table = region.querySelector("table");
    if (table.tBodies[0].rows.length < 2) continue;
    sortable(table);
    if (table.tBodies[0].rows.length >= FEWEST) filterable(table, region);
  }
})();
