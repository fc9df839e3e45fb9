const GRADES = [0, 1, 2, 3]
const waiting = new WeakMap() // list -> what was done in it and is not known to be kept

function make(tag, name, ...children) {
  const element = document.createElement(tag)
  if (name) element.className = name
  element.append(...children)
  return element
}

function row(item, data) {
  const title = make("div", "title", make("strong", "", item.title), ` ${item.facts}`)
  title.title = `${item.title} ${item.facts}`
  const text = make("div", "text", item.text)
  text.title = item.text
  const buttons = GRADES.map((value) => {
    const button = make("button", "", String(value))
    button.type = "button"
    button.value = value
    button.disabled = data.locked
    button.title = data.meaning[value]
    button.ariaLabel = `Grade ${item.title} ${value}: ${data.meaning[value]}`
    return button
  })
  const element = make("div", "row", title, make("span", "grades", ...buttons), text)
  element.dataset.id = item.id
  return element
}

function mark(element, grade) {
  for (const button of element.querySelectorAll("button"))
    button.setAttribute("aria-pressed", String(grade !== null && Number(button.value) === grade))
  element.classList.toggle("graded", grade !== null)
}

const graded = (element) => {
  const pressed = element.querySelector("[aria-pressed=true]")
  return pressed ? Number(pressed.value) : null
}

// One row is a stop of the Tab key; arrows walk the others.
function reach(list, at) {
  const rows = [...list.querySelectorAll(".row")]
  if (!rows.length) return
  const active = rows[Math.min(Math.max(at, 0), rows.length - 1)]
  for (const each of rows) {
    each.tabIndex = each === active ? 0 : -1
    for (const button of each.querySelectorAll("button")) button.tabIndex = each.tabIndex
  }
  return active
}

function onKey(event, list, grade) {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const rows = [...list.querySelectorAll(".row")]
  const at = rows.findIndex((each) => each.contains(event.target))
  if (at < 0) return
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
  if (to !== undefined) reach(list, to).focus()
  else if (GRADES.includes(Number(event.key)) && event.key.trim()) {
    if (graded(rows[at]) !== Number(event.key)) grade(rows[at], Number(event.key))
    reach(list, at + 1).focus()
  } else if (["Backspace", "Delete"].includes(event.key)) {
    if (graded(rows[at]) !== null) grade(rows[at], graded(rows[at]))
  } else return
  event.preventDefault()
  event.stopPropagation()
}

export default function ({ parentElement, data, setStateValue }) {
  const section = parentElement.querySelector("section")
  const items = JSON.stringify([data.rows.map(({ grade, ...item }) => item), data.locked])
  const state = waiting.get(section) ?? { n: data.done, changes: [] }
  waiting.set(section, state)
  state.changes = state.changes.filter(({ n }) => n > data.done)
  const grade = (element, value) => {
    if (data.locked) return
    const next = graded(element) === value ? null : value // the same again takes it back
    mark(element, next)
    state.n += 1
    state.changes = [...state.changes, { n: state.n, id: element.dataset.id, grade: next }]
    setStateValue("changes", state.changes)
  }
  if (section.dataset.items !== items) {
    const list = make("ol", "")
    list.setAttribute("aria-label", data.label)
    list.append(...data.rows.map((item) => make("li", "", row(item, data))))
    const told = make("p", "told", make("strong", "given"), make("span", "scale", ...GRADES.map(
      (value) => make("span", "", make("b", "", String(value)), ` ${data.meaning[value]}`))))
    told.firstChild.setAttribute("role", "status")
    const hint = make("p", "hidden", "Arrows move in the list; 0 to 3 grade, Backspace takes a grade back.")
    list.addEventListener("focusin", (event) => {
      const rows = [...list.querySelectorAll(".row")]
      reach(list, rows.findIndex((each) => each.contains(event.target)))
    })
    section.replaceChildren(told, hint, list)
    section.dataset.items = items
    reach(list, 0)
  }
  const list = section.querySelector("ol")
  list.onkeydown = (event) => onKey(event, list, grade)
  const open = new Set(state.changes.map(({ id }) => id)) // what is on its way stays as it is
  const rows = [...list.querySelectorAll(".row")]
  data.rows.forEach((item, place) => {
    if (!open.has(item.id)) mark(rows[place], item.grade)
    for (const button of rows[place].querySelectorAll("button"))
      button.onclick = () => grade(rows[place], Number(button.value))
  })
  section.querySelector(".given").textContent = data.given
}
