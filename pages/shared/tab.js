const KEPT = "thaw-visit"
const LIMIT = 640 // px: from here down the page is narrow
const entry = performance.getEntriesByType("navigation")[0]
const reloaded = entry && ["reload", "back_forward"].includes(entry.type)
const media = matchMedia(`(max-width: ${LIMIT}px)`)
let entered = false // once for each time that the page is loaded

export default function ({ data, setStateValue, setTriggerValue }) {
  const tell = () => {
    if (media.matches !== data.narrow) setStateValue("narrow", media.matches)
  }
  media.onchange = tell
  tell()
  const before = sessionStorage.getItem(KEPT)
  if (!entered && reloaded && before && before !== data.query) setTriggerValue("restored", before)
  else sessionStorage.setItem(KEPT, data.query)
  entered = true
}
