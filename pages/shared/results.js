const JUDGE = { liked: ["♥\uFE0E", "Like", "l"], disliked: ["✕", "Dislike", "d"], seen: ["◌", "Already seen", "s"] }
const KEYS = { l: "liked", d: "disliked", s: "seen", "?": "why" }
const TYPING = "input, textarea, select, [contenteditable], [role=slider], [role=combobox]"
let latest = () => {} // what a key pressed anywhere on the page does
let listening = false

function make(tag, name, ...children) {
  const element = document.createElement(tag)
  if (name) element.className = name
  element.append(...children)
  return element
}

function button(sign, label, does) {
  const element = make("button", "", sign)
  element.type = "button"
  if (label) element.title = element.ariaLabel = label
  element.onclick = does
  return element
}

function swatch(css) {
  const element = make("span", "swatch")
  element.style.background = css
  return element
}

function head(data, act) {
  const said = make("span", "said", make("strong", "", data.count), data.moved && ` · ${data.moved}`)
  said.setAttribute("role", "status") // told to a screen reader when it changes
  said.title = said.textContent
  const undo = button("↶", data.undo || "Nothing to undo", () => act("undo"))
  const redo = button("↷", data.redo || "Nothing to do again", () => act("redo"))
  undo.disabled = !data.undo
  redo.disabled = !data.redo
  const share = make("p", "line", make("span", "said", data.share))
  share.firstChild.title = data.share
  const legend = make("ul", "legend", ...data.legend.map((part) => {
    const entry = make("li", "", swatch(part.css), part.title)
    entry.title = part.term
    return entry
  }))
  legend.setAttribute("aria-label", "Parts of the score")
  return [make("p", "line", said, undo, redo), share, legend]
}

function bar(row) {
  const element = make("div", "bar")
  element.setAttribute("role", "img")
  element.setAttribute("aria-label", row.parts.map((part) => `${part.title} ${part.points}`).join(", "))
  for (const part of row.parts) {
    const piece = make("i")
    piece.style.cssText = `left: ${part.left}%; width: ${part.width}%`
    piece.style.background = part.css
    piece.title = `${part.title}: ${part.points}`
    element.append(piece)
  }
  if (row.zero > 1) {
    const zero = make("i", "zero")
    zero.style.left = `${row.zero}%`
    element.append(zero)
  }
  return element
}

function entry(row, data, act) {
  const facts = data.compact ? "" : ` ${row.facts}`
  const title = make("div", "title", make("strong", "", row.title), facts)
  title.title = `${row.title}${facts}`
  const score = make("span", "score", String(row.score))
  score.title = "Of 100, the score of the first: to be compared within this list only"
  const element = make("div", row.both ? "row both" : "row", make("span", "rank", String(row.rank)), title, score)
  element.dataset.id = row.id
  if (data.compact) return element
  const acts = make("span", "acts", ...Object.entries(JUDGE).map(([what, [sign, label]]) =>
    Object.assign(button(sign, `${label} ${row.title}`, () => act(what, row.id)), { value: what })))
  const why = button("?", `Why ${row.title}`, () => act("why", row.id))
  why.value = "why"
  why.setAttribute("aria-expanded", String(data.open?.id === row.id))
  acts.append(why)
  const reason = make("div", "reason", row.reason)
  for (const near of row.near) reason.prepend(make("span", "near", `⚠\uFE0E ${near} · `))
  reason.title = reason.textContent
  element.append(bar(row), acts, reason, make("span", `badge ${row.badge.kind}`, row.badge.text))
  return element
}

function opened(open, act) {
  const line = (part) => make("tr", "", make("td", "", swatch(part.css), part.title), make("td", "", part.place), make("td", "", part.adds))
  const named = make("tr", "", ...["Part", open.among, "Adds"].map((name) => make("th", "", name)))
  const table = make("table", "", make("thead", "", named), make("tbody", "", ...open.parts.map(line)))
  return make("div", "why",
    make("p", "", open.text),
    table,
    make("p", "", open.sum),
    open.silent && make("p", "", open.silent),
    make("ul", "", ...open.lines.map((text) => make("li", "", text))),
    button("Neighbours", "", () => act("neighbours", open.id)),
    button("Graph", `What ties it together, on the page Graph`, () => act("graph", open.id)),
    button("Close", "", () => act("why", open.id)))
}

function reach(list, at) {
  const rows = [...list.querySelectorAll(".row")]
  if (!rows.length) return
  const active = rows[Math.min(Math.max(at, 0), rows.length - 1)]
  for (const row of rows) {
    row.tabIndex = row === active ? 0 : -1
    for (const each of row.querySelectorAll("button")) each.tabIndex = row.tabIndex
  }
  return active
}

function onKey(event, list, act) {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const rows = [...list.querySelectorAll(".row")]
  const at = rows.findIndex((row) => row.contains(event.target))
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
  if (to !== undefined) reach(list, to)?.focus()
  else if (KEYS[event.key.toLowerCase()] && at >= 0) act(KEYS[event.key.toLowerCase()], rows[at].dataset.id)
  else return
  event.preventDefault()
  event.stopPropagation()
}

function anywhere(event) {
  const typing = event.composedPath()[0].matches?.(TYPING)
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return
  const what = { u: "undo", p: "present" }[event.key.toLowerCase()]
  if (what) latest(what)
}

export default function ({ parentElement, data, setTriggerValue }) {
  const act = (what, id = "") => setTriggerValue("action", { what, id })
  const section = parentElement.querySelector("section")
  const focused = parentElement.activeElement?.closest?.(".row")
  const was = focused && [...section.querySelectorAll(".row")].indexOf(focused)
  const pressed = parentElement.activeElement?.value
  section.className = [data.compact ? "compact" : "full", data.present ? "present" : ""].join(" ")
  const list = make("ol")
  list.setAttribute("aria-label", data.label)
  for (const row of data.rows) {
    list.append(make("li", "", entry(row, data, act)))
    if (data.open?.id === row.id) list.lastChild.append(opened(data.open, act))
  }
  list.onkeydown = (event) => onKey(event, list, act)
  const tops = data.compact ? [] : head(data, act)
  const hint = make("p", "hidden", "Arrows move in the list; L likes, D dislikes, S marks as seen, ? explains, U undoes.")
  section.replaceChildren(...tops, hint, list)
  const active = reach(list, was ?? 0)
  if (was !== undefined && was !== null && active) (active.querySelector(`button[value="${pressed}"]`) ?? active).focus()
  if (data.main) latest = act
  if (!listening) document.addEventListener("keydown", anywhere)
  listening = true
}
