/* Filters the index of questions by text, tag, difficulty and verdict; the address keeps the state. */
{
  const form = document.querySelector(".question-filter")
  const output = form.querySelector("output")
  const entries = [...document.querySelectorAll(".entry")].map(entry => {
    const fold = entry.querySelector("details")
    const claims = [...fold.querySelectorAll("li")].map(item => ({
      item, text: item.textContent.toLowerCase(), verdict: item.querySelector(".verdict").className.match(/--(\S+)/)[1],
    }))
    const head = [...entry.children].filter(part => part !== fold).map(part => part.textContent)
    return { entry, fold, claims, head: head.join(" ").toLowerCase() }
  })

  const show = ({ entry, fold, claims, head }, { text, tag, difficulty, verdict }) => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean)
    const within = place => words.every(word => place.includes(word))
    const fits = (!tag || entry.dataset.tags.split("|").includes(tag)) &&
      (!difficulty || entry.dataset.difficulty === difficulty)
    let shown = 0
    for (const claim of claims) {
      const wanted = fits && (!verdict || claim.verdict === verdict) && (within(head) || within(claim.text))
      claim.item.hidden = !wanted
      shown += wanted
    }
    entry.hidden = !shown
    fold.open = shown > 0 && (Boolean(verdict) || !within(head))
    return shown
  }

  const apply = () => {
    const state = Object.fromEntries(new FormData(form))
    const shown = entries.map(entry => show(entry, state))
    output.textContent = output.dataset.found
      .replace("%q", shown.filter(Boolean).length).replace("%c", shown.reduce((a, b) => a + b, 0))
    const given = new URLSearchParams(Object.entries(state).filter(([, value]) => value))
    history.replaceState(null, "", `${location.pathname}${given.size ? `?${given}` : ""}${location.hash}`)
  }

  for (const [name, value] of new URLSearchParams(location.search))
    if (form.elements.namedItem(name)) form.elements.namedItem(name).value = value
  form.hidden = false
  form.addEventListener("input", apply)
  form.addEventListener("submit", event => event.preventDefault())
  form.addEventListener("reset", () => setTimeout(apply))
  apply()
}
