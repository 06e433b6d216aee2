/* Filters the index of questions by text, tag, difficulty and verdict; the address keeps the state, and
   all of others that it has. A few questions are seen at a glance: there the filter stands only where
   an address asks for one. */
{
  const MANY = 10
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
      .replace("{questions}", shown.filter(Boolean).length).replace("{claims}", shown.reduce((a, b) => a + b, 0))
  }

  const remember = () => {
    const query = new URLSearchParams(location.search)
    for (const [name, value] of new FormData(form)) value ? query.set(name, value) : query.delete(name)
    history.replaceState(history.state, "", location.pathname + (`${query}` && `?${query}`) + location.hash)
  }
  const change = () => (apply(), remember())

  // A tag is a word of one language; the page in the other has its own at the same place.
  const tags = entries.flatMap(({ entry }) => {
    const { id } = entry.querySelector("h3")
    return entry.dataset.tags.split("|").map((tag, place) => [tag, `${id}.${place}`])
  })
  for (const link of document.querySelectorAll(".languages a"))
    for (const sign of ["pointerdown", "focus", "click"])
      link.addEventListener(sign, () => {
        const query = new URLSearchParams(location.search)
        const found = tags.find(([tag]) => tag === query.get("tag"))
        if (found) query.set("tag", found[1])
        link.search = query
      })

  const given = new URLSearchParams(location.search)
  for (const field of form.elements) {
    if (!field.name || !given.has(field.name)) continue
    const value = given.get(field.name)
    field.value = tags.find(([, place]) => place === value)?.[0] ?? value
    if (field.selectedIndex < 0) field.value = "" // no option is called so
  }
  form.hidden = entries.length < MANY && ![...form.elements].some(({ name }) => name && given.has(name))
  form.addEventListener("input", change)
  form.addEventListener("submit", event => event.preventDefault())
  form.addEventListener("reset", () => setTimeout(change))
  apply()
}
