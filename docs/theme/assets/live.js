// Figures with controls: a setting's drawing, words and downloads in place of those shown.
// Files of a setting have its ids in their name, `curves.0.1-adam.zh.svg`; the default's have none.
"use strict" // functions of a block stay in it
for (const form of document.querySelectorAll("form.live")) {
  const figure = form.closest("figure")
  const { name } = figure.dataset
  const identity = figure.id.replace("figure-", "") // which ids begin with; in files, the name
  const svg = figure.querySelector(".evidence-figure__drawing svg")
  const title = figure.querySelector(".evidence-figure__title")
  const cited = JSON.parse(form.dataset.cited) // what the caption says of a setting -> its text in each of them
  const status = form.querySelector("[role=status]")
  const links = [...figure.querySelectorAll("a[download]")].map((link) => [link, link.href])
  const [, file] = links.find(([, href]) => href.endsWith(".svg"))
  const drawn = figure.querySelector(".receipt .drawn") // what the command draws again
  const grid = JSON.parse(form.dataset.grid) // a control's name in the address -> [id, label] of options
  const controls = Object.entries(grid)
  const drawings = new Map() // by address
  const start = chosen()
  let shown = start // places of the options, one a control
  let timer

  function chosen() {
    return controls.map(([control]) => +form.elements[control].value)
  }

  function choose(places) {
    controls.forEach(([control], at) => (form.elements[control].value = places[at]))
    label()
  }

  // What a slider stands at, for eyes and ears.
  function label() {
    for (const input of form.querySelectorAll("[type=range]")) {
      const [, words] = grid[input.name][input.value]
      input.setAttribute("aria-valuetext", words)
      input.nextElementSibling.textContent = words
    }
  }

  // What files of a setting are called.
  function nameOf(places) {
    const ids = controls.map(([, options], at) => options[places[at]][0])
    return `${places}` === `${start}` ? name : `${name}.${ids.join("-")}`
  }

  function addressOf(address, places) {
    return address.replace(`/${name}.`, `/${nameOf(places)}.`)
  }

  async function fetched(address) {
    const answer = await fetch(address)
    const text = (await answer.text()).replaceAll(RegExp(`(["#])${name}-`, "g"), `$1${identity}-`)
    const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement
    if (!answer.ok || root.localName !== "svg") throw new Error(`${address}: ${answer.status}`)
    root.querySelector("style").remove() // of a file that stands alone; here the page has its colours
    return root
  }

  function drawing(places) {
    const address = addressOf(file, places)
    if (!drawings.has(address)) {
      drawings.set(address, fetched(address))
      drawings.get(address).catch(() => drawings.delete(address)) // so that it is tried again
    }
    return drawings.get(address)
  }

  async function show() {
    const wanted = chosen()
    label()
    clearTimeout(timer)
    timer = 0
    figure.ariaBusy = true
    const found = await drawing(wanted).catch(() => null)
    if (`${wanted}` !== `${chosen()}`) return // the reader has moved on
    figure.ariaBusy = false
    form.classList.toggle("live--failed", !found)
    if (found) draw(found, wanted)
    else fail(wanted)
  }

  function draw(found, places) {
    shown = places
    svg.replaceChildren(...found.cloneNode(true).childNodes)
    const setting = controls.reduce((at, [, options], control) => at * options.length + places[control], 0)
    for (const place of figure.querySelectorAll("[data-setting]"))
      place.textContent = cited[place.dataset.setting][setting]
    for (const [link, href] of links) link.href = addressOf(href, places)
    drawn.textContent = nameOf(places)
    timer = setTimeout(settle, 400) // a slider passes many settings; one is said and kept
  }

  function settle() {
    clearTimeout(timer)
    timer = 0
    status.textContent = title.textContent
    remember()
  }

  function fail(places) {
    const words = controls.map(([, options], at) => options[places[at]][1])
    status.textContent = form.dataset.failed.replace("{setting}", words.join(" · "))
    choose(shown)
  }

  // The address has what differs from the default, and leads to the figure.
  function remember() {
    const query = new URLSearchParams(location.search)
    controls.forEach(([control, options], at) => {
      if (shown[at] === start[at]) query.delete(control)
      else query.set(control, options[shown[at]][0])
    })
    const search = `${query}` && `?${query}`.replaceAll("%2C", ",")
    history.replaceState(history.state, "", location.pathname + search + (location.hash || `#${figure.id}`))
  }

  drawings.set(file, Promise.resolve(svg.cloneNode(true)))
  form.onsubmit = () => false
  form.oninput = show
  form.querySelector("button").onclick = () => {
    choose(start)
    show()
  }
  form.querySelector("fieldset").disabled = false
  const given = new URLSearchParams(location.search)
  choose(controls.map(([control, options], at) => {
    const place = options.findIndex(([id]) => id === given.get(control))
    return place < 0 ? start[at] : place
  }))
  addEventListener("click", () => timer && settle(), true) // whatever it leads to finds the address
  if (`${chosen()}` !== `${start}`) show()
}
