// Filters and sorts what stands in the tables already. Without it they stand there all the same.
"use strict";

const body = document.querySelector(".terminals tbody");
const rows = [...body.rows].map(row => ({
  row,
  text: row.textContent.replace("すべて", "").normalize("NFKC").toLowerCase(),
  state: row.cells[2]?.childNodes[1]?.data ?? "",
  owner: (row.cells[4]?.textContent ?? "").split("、"),
  cause: (row.cells[5]?.textContent ?? "").split("、"),
}));
const NEAR = Number(document.querySelector(".terminals").dataset.near);
const more = document.getElementById("more");
let near = NEAR;
const fields = Object.fromEntries(["text", "state", "owner", "cause", "count"].map(id => [id, document.getElementById(id)]));

function matching() {
  const words = fields.text.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
  const { state, owner, cause } = fields;
  return one => words.every(word => one.text.includes(word)) && (!state.value || one.state === state.value)
    && (!owner.value || one.owner.includes(owner.value)) && (!cause.value || one.cause.includes(cause.value));
}

function show() {
  const fits = matching();
  let shown = 0;
  for (const one of rows) {
    const hidden = !fits(one);
    if (one.row.hidden !== hidden) one.row.hidden = hidden;
    shown += !hidden;
    one.row.classList.toggle("far", shown > near);
  }
  more.hidden = shown <= near;
  fields.count.textContent = `${shown} 台`;
}

function filter() {
  near = NEAR;
  show();
}

function key(cell) {
  return cell.dataset.sort ?? cell.textContent;
}

function sort(head) {
  const table = head.closest("table");
  const at = head.cellIndex;
  const down = head.getAttribute("aria-sort") === "ascending";
  for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const order = new Intl.Collator("ja", { numeric: true }).compare;
  const keyed = [...table.tBodies[0].rows].map(row => [key(row.cells[at]), row]);
  keyed.sort((a, b) => (down ? -1 : 1) * order(a[0], b[0]));
  table.tBodies[0].append(...keyed.map(([, row]) => row));
  if (table.tBodies[0] !== body) return;
  const place = new Map(keyed.map(([, row], index) => [row, index]));
  rows.sort((a, b) => place.get(a.row) - place.get(b.row));
  filter();
}

for (const head of document.querySelectorAll(".sorts thead th")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = head.textContent;
  button.addEventListener("click", () => sort(head));
  head.replaceChildren(button);
}
body.addEventListener("click", event => {
  const button = event.target.closest(".unfold");
  if (!button) return;
  const whole = button.previousElementSibling.classList.toggle("whole");
  button.setAttribute("aria-expanded", String(whole));
  button.textContent = whole ? "たたむ" : "すべて";
});
for (const id of ["text", "state", "owner", "cause"]) fields[id].addEventListener("input", filter);
document.getElementById("clear").addEventListener("click", () => {
  for (const id of ["text", "state", "owner", "cause"]) fields[id].value = "";
  filter();
});
document.getElementById("print").addEventListener("click", () => window.print());
function further() {
  near += NEAR;
  show();
}
more.addEventListener("click", further);
new IntersectionObserver(seen => seen.some(one => one.isIntersecting) && further(), { rootMargin: "600px" }).observe(more);
document.querySelector(".filter").hidden = false;
filter();
