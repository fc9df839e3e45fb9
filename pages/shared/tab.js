const KEPT = "thaw-visit"
const LIMIT = 640 // px: from here down the page is narrow
const entry = performance.getEntriesByType("navigation")[0]
const reloaded = entry && ["reload", "back_forward"].includes(entry.type)
const media = matchMedia(`(max-width: ${LIMIT}px)`)
// What was kept before this load of the page, until the server has taken it back.
let pending = reloaded ? sessionStorage.getItem(KEPT) : null

export default function ({ data, setStateValue, setTriggerValue }) {
  const tell = () => {
    if (media.matches !== data.narrow) setStateValue("narrow", media.matches)
  }
  media.onchange = tell
  tell()
  if (data.taken) pending = null
  if (pending) setTriggerValue("restored", pending)
  else sessionStorage.setItem(KEPT, data.query)
}
