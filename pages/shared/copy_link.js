export default function ({ parentElement, data }) {
  const section = parentElement.querySelector("section")
  const said = parentElement.querySelector("output")
  const buttons = data.links.map(({ label, query, told }) => {
    const button = document.createElement("button")
    button.type = "button"
    button.textContent = label
    button.onclick = async () => {
      const link = `${location.origin}${location.pathname}${query && "?"}${query}`
      try {
        await navigator.clipboard.writeText(link)
        said.textContent = `Copied: ${told}`
      } catch { // browsers give the clipboard to https and localhost only
        said.textContent = link
      }
    }
    return button
  })
  section.replaceChildren(...buttons)
}
