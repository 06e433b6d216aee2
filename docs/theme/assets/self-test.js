// The self-test: shows the page's cards one by one and keeps how they went in this browser.
// Progress: format, version, cards (by id, as fsrs.js has them), left_out (questions and kinds), daily
// (whether new cards are limited) and day (the last one on which there were any, and how many).
(() => {
  const home = document.querySelector(".self-test")
  if (!home) return
  const words = JSON.parse(document.currentScript.dataset.words)
  const say = (name, parts) => words[name].replace(/\{(\w+)\}/g, (_, part) => parts[part])
  const KEY = "dlqa-self-test"
  const FORMAT = { format: "dlqa self-test", version: 1 }
  const NEW_A_DAY = 10
  const NONE = { cards: {}, left_out: [], daily: false, day: { date: "", fresh: 0 } }
  const KINDS = ["question", "follow-up", "claim"]
  const all = (selector) => [...home.querySelectorAll(selector)]
  const one = (selector) => home.querySelector(selector)
  const [front, back, of, show, said, file] = ["#self-test-front", "#self-test-back", "#self-test-of",
    ".self-test__show", ".self-test__said", "[type=file]"].map(one)
  const box = one(".self-test__card")
  const stage = one(".self-test__buttons")
  const grades = all("[data-rating]")
  const choices = all("fieldset [type=checkbox]")
  const [daily, drill, only] = ["[name=daily]", "[data-do=drill]", ".self-test__only"].map(one)
  const button = (name) => one(`[data-do=${name}]`)
  const nameOf = (value) => choices.find((each) => each.value === value).parentElement.textContent.trim()
  const cards = [...document.querySelectorAll(".flashcard")]
    .map((node) => ({ node, id: node.id, kind: node.dataset.kind, slug: node.id.split(".")[0] }))
    .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind))
  const asked = new URLSearchParams(location.search).get("of")
  const page = cards.some((card) => card.slug === asked) && asked // the cards of one page, whatever is chosen
  const warning = document.createElement("p") // stays, and in sight
  let progress = { ...FORMAT, ...structuredClone(NONE) }
  let drilled = null // in a drill before an interview: the ids that have had their turn
  let behind = false // what is kept lacks some of it
  let blocked = false // what is kept is no progress, and there is no room to put it aside
  let shown = null // the card in sight
  let last = null // what an undo takes back: a card's id, how it was before a grade and after
  let timer

  // Takes over what is kept, by this window or another. What could not be kept stays beside it.
  function sync() {
    let text
    try {
      text = localStorage.getItem(KEY)
      const found = text ? read(text) : { ...FORMAT, ...structuredClone(NONE) }
      if (behind) {
        take(progress.cards, found.cards)
        const { left_out, daily, day } = progress
        Object.assign(found, { left_out, daily, day })
      }
      progress = found
      blocked = false
    } catch (error) {
      if (text) aside(text, error.message)
      else unkept(error)
    }
    tick()
  }

  function tick() {
    for (const each of choices) each.checked = !progress.left_out.includes(each.value)
    daily.checked = progress.daily
  }

  // What the header of other pages counts: when chosen cards are due.
  function remember() {
    const times = chosen().filter((card) => progress.cards[card.id]).map((card) => +new Date(progress.cards[card.id].due))
    try {
      localStorage.setItem(`${KEY}-due`, JSON.stringify(times))
    } catch {} // a warning of what is not kept stands already
  }

  // Puts reviews among others: of one card the latest counts. How many did?
  function take(given, cards) {
    const newer = Object.entries(given).filter(([id, card]) =>
      !cards[id] || new Date(card.last_review) > new Date(cards[id].last_review))
    Object.assign(cards, Object.fromEntries(newer))
    return newer.length
  }

  // What is no progress may be another version's: nothing takes its place before it is kept elsewhere.
  function aside(text, reason) {
    try {
      let place = `${KEY}-damaged`
      while (![null, text].includes(localStorage.getItem(place))) place += "+"
      localStorage.setItem(place, text)
      blocked = false
      warn(say("put aside", { reason }))
    } catch {
      behind = blocked = true
      warn(say("no room", { reason }))
    }
  }

  function unkept(error) {
    behind = true
    warn(say(error.name === "QuotaExceededError" ? "full" : "denied"))
  }

  // Progress from its text. Throws an error that says what is wrong and where.
  function read(text) {
    const wrong = (what, given) => {
      throw new Error(say("got", { what, given: JSON.stringify(given) }))
    }
    let found
    try {
      found = JSON.parse(text)
    } catch {
      throw new Error(say("no json"))
    }
    if (found?.format !== FORMAT.format || found.version !== FORMAT.version)
      wrong(say("format", FORMAT), { format: found?.format, version: found?.version })
    const checks = {
      state: (value) => [1, 2, 3].includes(value),
      step: (value, card) => (card.state === 2 ? value === null : value === 0 || (value === 1 && card.state === 1)),
      stability: (value) => Number.isFinite(value) && value > 0,
      difficulty: (value) => Number.isFinite(value) && value >= 1 && value <= 10,
      due: (value) => typeof value === "string" && !isNaN(new Date(value)),
      last_review: (value) => typeof value === "string" && !isNaN(new Date(value)),
    }
    if (Object(found.cards) !== found.cards || Array.isArray(found.cards))
      wrong(say("object"), found.cards)
    for (const [id, card] of Object.entries(found.cards))
      for (const [name, fits] of Object.entries(checks))
        if (!card || !fits(card[name], card)) wrong(say("wrong", { id, name }), card?.[name])
    const left = Array.isArray(found.left_out) ? found.left_out : []
    const { date, fresh } = Object(found.day)
    const day = typeof date === "string" && fresh > 0 ? { date, fresh } : NONE.day
    return { ...FORMAT, cards: found.cards, left_out: left, daily: found.daily === true, day: { ...day } }
  }

  // Every change is made on top of all that is kept, and kept. Gives what `edit` gives.
  function change(edit) {
    sync()
    const made = edit()
    try {
      if (blocked) return made
      localStorage.setItem(KEY, JSON.stringify(progress))
      if (behind) warn("")
      behind = false
    } catch (error) {
      unkept(error)
    }
    return made
  }

  function warn(text) {
    warning.textContent = text
    warning.hidden = !text
  }

  function tell(text, wrong = false) {
    said.textContent = text
    said.classList.toggle("self-test__said--wrong", wrong)
  }

  const isChosen = (card) => (page ? card.slug === page : ![card.slug, card.kind].some((each) => progress.left_out.includes(each)))
  const chosen = () => cards.filter(isChosen)
  const today = (now) => [now.getFullYear(), now.getMonth() + 1, now.getDate()].join("-")

  // Due cards, the longest waiting first, then new ones; `early` takes the next one before its time.
  // Before an interview every chosen card once, the least likely to be recalled first.
  function queue(now, early) {
    const all = chosen()
    const dueAt = (card) => +new Date(progress.cards[card.id].due)
    const seen = all.filter((card) => progress.cards[card.id]).sort((a, b) => dueAt(a) - dueAt(b))
    const due = seen.filter((card) => dueAt(card) <= now)
    const unseen = all.filter((card) => !progress.cards[card.id])
    const had = progress.day.date === today(now) ? progress.day.fresh : 0
    const fresh = progress.daily && !page ? unseen.slice(0, Math.max(0, NEW_A_DAY - had)) : unseen
    const likely = ({ id }) => (progress.cards[id] ? fsrs.recall(progress.cards[id], now) : 0)
    const drilling = drilled && all.filter((card) => !drilled.has(card.id)).sort((a, b) => likely(a) - likely(b))
    const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1)
    const after = +new Date(now.getFullYear(), now.getMonth(), now.getDate() + 2)
    const tomorrow = seen.filter((card) => dueAt(card) < after).length
    const known = seen.filter((card) => progress.cards[card.id].state === fsrs.REVIEW)
    const next = (drilling ? drilling[0] : due[0] || fresh[0] || (early && seen[0])) || null
    return { next, due: due.length, fresh: fresh.length, seen: seen.length, known: known.length,
      total: all.length, left: drilling?.length, tomorrow, later: unseen.length - fresh.length,
      wait: seen[0] && dueAt(seen[0]) - now, done: !seen[0] || dueAt(seen[0]) >= midnight }
  }

  function span(milliseconds) {
    const minutes = Math.max(1, Math.ceil(milliseconds / 6e4))
    const days = minutes / 1440
    const [count, unit] = minutes < 60 ? [minutes, "minutes"]
      : days < 1 ? [Math.round(minutes / 60), "hours"]
      : days < 30.5 ? [Math.round(days), "days"]
      : days < 365 ? [Math.round(days / 3.04375) / 10, "months"]
      : [Math.round(days / 36.525) / 10, "years"]
    return say(unit, { count })
  }

  // Puts the next card on the stage, or says that there is none.
  function next(early = false, focus = false) {
    clearTimeout(timer)
    if (!page) remember()
    const now = new Date()
    const found = queue(now, early)
    shown = found.next
    const [known, seen] = all(".self-test__progress i")
    known.style.width = `${(100 * found.known) / (found.total || 1)}%`
    seen.style.width = `${(100 * (found.seen - found.known)) / (found.total || 1)}%`
    one(".self-test__progress p").textContent = say(drilled ? "drill left" : "progress", found)
    back.hidden = true
    back.replaceChildren()
    for (const each of grades) each.hidden = true
    button("undo").hidden = !undoable()
    show.hidden = !shown && (!found.seen || !!drilled)
    show.textContent = shown ? show.dataset.words : say("early")
    if (shown) {
      const from = nameOf(shown.slug)
      const [number] = from.split(" · ") // the question's own card says the rest itself
      of.textContent = `${shown.kind === "question" ? number : from} · ${nameOf(shown.kind)}`
      front.innerHTML = shown.node.querySelector("summary").innerHTML
    } else if (drilled && found.total) {
      of.textContent = say("done")
      front.textContent = say("drilled")
    } else {
      const done = found.total && found.done
      of.textContent = say(done ? "done" : "nothing")
      front.textContent = !found.total ? say("no card")
        : done ? say(found.tomorrow ? "tomorrow" : found.wait ? "next" : "no more", { ...found, span: span(found.wait) })
        : say("next", { span: span(found.wait) })
      if (done && found.later) front.textContent += ` ${say("later", found)}`
      if (found.wait) timer = setTimeout(next, Math.min(found.wait, 6e4))
    }
    if (focus) box.focus({ preventScroll: box.getBoundingClientRect().top > 0 })
  }

  function reveal() {
    if (!shown) return next(true, true)
    const copy = shown.node.cloneNode(true)
    copy.querySelector("summary").remove()
    for (const each of copy.querySelectorAll("[id]")) each.removeAttribute("id")
    back.replaceChildren(...copy.childNodes)
    back.hidden = false
    show.hidden = true
    foresee()
    back.focus()
  }

  // When the card comes back after each grade.
  function foresee() {
    const now = new Date()
    for (const each of grades) {
      each.hidden = false
      const { due } = fsrs.review(progress.cards[shown.id], +each.dataset.rating, now)
      each.querySelector("small").textContent = span(new Date(due) - now)
    }
  }

  function grade(rating) {
    const now = new Date()
    last = change(() => {
      const before = progress.cards[shown.id]
      const after = (progress.cards[shown.id] = fsrs.review(before, rating, now))
      const day = progress.day
      const had = day.date === today(now) ? day.fresh : 0
      if (!before) progress.day = { date: today(now), fresh: had + 1 }
      return { id: shown.id, before, after, day }
    })
    drilled?.add(shown.id)
    const name = grades[rating - 1].querySelector("span").lastChild.textContent.trim()
    next(false, true)
    tell(say("graded", { grade: name, span: span(new Date(last.after.due) - now) }))
  }

  // A card that was graded since, in another window or on another machine, is left alone.
  function undoable() {
    return last && progress.cards[last.id]?.last_review === last.after.last_review
  }

  function undo() {
    const done = change(() => {
      if (!undoable()) return false
      if (last.before) progress.cards[last.id] = last.before
      else delete progress.cards[last.id]
      progress.day = last.day
      drilled?.delete(last.id)
      return true
    })
    last = null
    next(false, true)
    tell(say(done ? "undone" : "not undone"))
  }

  function exported() {
    sync()
    const link = document.createElement("a")
    const written = new Blob([JSON.stringify(progress, null, 1)], { type: "application/json" })
    link.href = URL.createObjectURL(written)
    link.download = `${KEY}-${new Date().toISOString().slice(0, 10)}.json`
    link.click()
    URL.revokeObjectURL(link.href)
  }

  async function imported() {
    const [given] = file.files
    if (!given) return
    try {
      const { cards } = read(await given.text())
      const newer = change(() => take(cards, progress.cards))
      const older = Object.keys(cards).length - newer
      next()
      tell(say("imported", { newer, older }))
    } catch (error) {
      tell(say("not imported", { file: given.name, reason: error.message }), true)
    }
    file.value = ""
  }

  function reset() {
    if (!confirm(say("really reset"))) return
    change(() => (progress.cards = {}))
    last = null
    next()
    tell(say("reset"))
  }

  function choose() {
    const unchecked = choices.filter((each) => !each.checked).map((each) => each.value)
    change(() => (progress.left_out = unchecked))
    tick()
    next()
  }

  function limit() {
    const wanted = daily.checked // what is kept comes first
    change(() => (progress.daily = wanted))
    tick()
    next()
  }

  function toggleDrill() {
    drilled = drilled ? null : new Set()
    drill.setAttribute("aria-pressed", !!drilled)
    next(false, true)
    tell(drilled ? say("drilling") : "")
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return
    const within = box.contains(event.target) || stage.contains(event.target)
    const idle = event.target === document.body || within
    const opens = [" ", "Enter"].includes(event.key) && idle && back.hidden && !event.target.closest("a, button")
    const rating = "1234".indexOf(event.key) + 1
    if (opens && !show.hidden) reveal()
    else if (within && rating && !back.hidden) grade(rating)
    else return
    event.preventDefault()
  })
  function follow() {
    sync()
    if (back.hidden) next()
    else foresee()
  }

  addEventListener("storage", (event) => [KEY, null].includes(event.key) && follow())
  addEventListener("pageshow", (event) => event.persisted && follow())
  show.dataset.words = show.textContent
  show.onclick = reveal
  for (const each of grades) each.onclick = () => grade(+each.dataset.rating)
  for (const each of choices) each.onchange = choose
  file.onchange = imported
  button("undo").onclick = undo
  button("export").onclick = exported
  button("import").onclick = () => file.click()
  button("reset").onclick = reset
  daily.onchange = limit
  drill.onclick = toggleDrill
  if (page) {
    only.hidden = false
    only.querySelector("b").textContent = nameOf(page)
  }
  warning.className = "self-test__warning"
  warning.hidden = true
  warning.setAttribute("role", "alert")
  stage.prepend(warning)
  sync()
  next()
})()
