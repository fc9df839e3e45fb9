// The lists as columns of rows joined by lines. Streamlit calls this again whenever the data or the
// theme changes: the rows are made anew only where the lists changed, so the focus stays.

const tag = (name, attributes = {}, ...inside) => {
  const svg = ["svg", "path"].includes(name)
  const made = svg
    ? document.createElementNS("http://www.w3.org/2000/svg", name)
    : document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...inside)
  return made
}
const tone = (move) => move.split(" ")[0]

const row = ({ item, rank, title, joined, move, mark, words, detail }) =>
  tag("li", {}, tag("button",
    {
      type: "button", "data-item": item, title: detail, class: joined ? "joined" : "",
      "aria-label": [`${rank}, ${title}`, words].filter(Boolean).join(", "),
    },
    tag("span", { class: "rank" }, rank),
    tag("span", { class: "title" }, title),
    tag("span", { class: move ? `mark ${tone(move)}` : "mark elsewhere" }, mark)))

const line = ({ item, move, start, end, passes }) =>
  tag("path", {
    d: `M0,${start} C50,${start} 50,${end} 100,${end}`,
    class: `${tone(move)}${passes ? " passes" : ""}`, "data-item": item,
  })

const strip = ({ lanes, below }, height, lanesHeight, moves) => [
  tag("svg", {
    viewBox: `0 ${height} 100 ${lanesHeight}`, preserveAspectRatio: "none", style: `--height: ${lanesHeight}`, "aria-hidden": "true",
  }, ...lanes.map(({ item, at }) => line({ item, move: moves[item], start: at, end: at, passes: true }))),
  tag("p", { class: "below" }, below),
]

const column = (list, { height, lanes }, moves) => tag("section", { "aria-label": list.name },
  tag("h3", {}, list.name),
  tag("ol", {}, ...list.rows.map(row)),
  ...(list.lanes.length ? strip(list, height, lanes, moves) : []))

const gap = (lines, height) => tag("div", { class: "gap" },
  tag("svg", {
    class: "lines", viewBox: `0 0 100 ${height}`, preserveAspectRatio: "none",
    style: `--height: ${height}`, "aria-hidden": "true",
  }, ...lines.map(line)))

function draw(root, data) {
  const grid = root.querySelector(".grid")
  const all = data.lists.length
  const passing = data.lists.some(({ lanes }) => lanes.length)
  const height = data.height + (passing ? data.lanes : 0)
  root.querySelector(".passing").hidden = !passing
  const moves = Object.fromEntries(data.gaps.flat().map(({ item, move }) => [item, move]))
  root.querySelector(".all").style.setProperty("--row", data.row)
  grid.style.setProperty("--narrow", `minmax(150px, 1fr)${" 30px minmax(150px, 1fr)".repeat(all - 1)}`)
  grid.style.gridTemplateColumns = data.widths.map((width) => `minmax(0, ${width}fr)`).join(" ")
  grid.replaceChildren(...data.lists.flatMap((list, place) => [
    column(list, data, moves),
    ...(place < all - 1 ? [gap(data.gaps[place], height)] : []),
  ]))
}

// Arrow keys walk the rows; only one of them is a stop of the Tab key.
function walk(event, grid) {
  const lists = [...grid.querySelectorAll("ol")].map((list) => [...list.querySelectorAll("button")])
  const x = lists.findIndex((buttons) => buttons.includes(event.target))
  if (x < 0) return
  const y = lists[x].indexOf(event.target)
  const next = {
    ArrowDown: lists[x][y + 1], ArrowUp: lists[x][y - 1],
    ArrowRight: lists[x + 1]?.[y], ArrowLeft: lists[x - 1]?.[y],
  }[event.key]
  if (!next) return
  event.preventDefault()
  event.target.tabIndex = -1
  next.tabIndex = 0
  next.focus()
  light(grid, next.dataset.item)
}

function light(grid, item) {
  for (const each of grid.querySelectorAll("[data-item]"))
    each.classList.toggle("hot", each.dataset.item === item)
}

// What is on the screen as a picture: the browser cannot take one of a part of a page itself.
function picture(root, name) {
  const grid = root.querySelector(".grid")
  const style = getComputedStyle(root.querySelector(".all"))
  const base = grid.getBoundingClientRect()
  const [head, scale, edge] = [40, 2, 12]
  const canvas = tag("canvas", {
    width: (grid.scrollWidth + 2 * edge) * scale, height: (grid.scrollHeight + head + edge) * scale,
  })
  const pen = canvas.getContext("2d")
  pen.scale(scale, scale)
  pen.fillStyle = style.getPropertyValue("--st-background-color")
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.translate(edge, head)
  pen.textBaseline = "middle"
  for (const path of grid.querySelectorAll("path")) {
    const [box, frame] = [path.ownerSVGElement.getBoundingClientRect(), path.ownerSVGElement.viewBox.baseVal]
    const drawn = new Path2D()
    const [across, down] = [box.width / frame.width, box.height / frame.height]
    const [x, y] = [box.x - base.x, box.y - base.y - frame.y * down]
    drawn.addPath(new Path2D(path.getAttribute("d")), new DOMMatrix([across, 0, 0, down, x, y]))
    const look = getComputedStyle(path)
    pen.strokeStyle = look.stroke
    pen.globalAlpha = look.opacity
    pen.lineWidth = parseFloat(look.strokeWidth)
    pen.setLineDash(look.strokeDasharray === "none" ? [] : look.strokeDasharray.split(",").map(parseFloat))
    pen.stroke(drawn)
  }
  pen.globalAlpha = 1
  for (const list of grid.querySelectorAll("section")) {
    const x = list.getBoundingClientRect().x - base.x
    pen.fillStyle = style.color
    pen.font = `700 16px ${style.fontFamily}`
    pen.fillText(list.getAttribute("aria-label"), x, -head / 2)
  }
  for (const words of grid.querySelectorAll(".rank, .title, .mark, .below")) {
    const [box, look] = [words.getBoundingClientRect(), getComputedStyle(words)]
    pen.fillStyle = look.color
    pen.font = `${look.fontWeight} ${look.fontSize} ${look.fontFamily}`
    const [y, indent] = [box.y - base.y + box.height / 2, parseFloat(look.paddingLeft)]
    pen.fillText(words.textContent, box.x - base.x + indent, y, box.width - indent)
  }
  canvas.toBlob((blob) => {
    const link = tag("a", { href: URL.createObjectURL(blob), download: `${name}.png` })
    link.click()
    URL.revokeObjectURL(link.href)
  })
}

export default function ({ data, parentElement: root, setTriggerValue }) {
  const grid = root.querySelector(".grid")
  const { picked, ...lists } = data
  const said = JSON.stringify(lists)
  if (grid.dataset.said !== said) {
    draw(root, data)
    grid.dataset.said = said
    const [first, ...rest] = grid.querySelectorAll("button")
    rest.forEach((button) => (button.tabIndex = -1))
  }
  for (const button of grid.querySelectorAll("button"))
    button.setAttribute("aria-pressed", button.dataset.item === String(picked))
  grid.onclick = (event) => {
    const button = event.target.closest("button")
    if (button) setTriggerValue("picked", Number(button.dataset.item))
  }
  grid.onkeydown = (event) => walk(event, grid)
  grid.onmouseover = (event) => light(grid, event.target.closest("[data-item]")?.dataset.item)
  grid.onmouseleave = () => light(grid, null)
  root.querySelector(".foot button").onclick = () => picture(root, data.file)
}
