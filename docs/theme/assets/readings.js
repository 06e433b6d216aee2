// Figures that answer: what a pointer, a finger or an arrow key comes to is read out from the figure's
// own download, and a label picks its series. The drawing's <metadata> says which column a mark shows.
"use strict"
for (const figure of document.querySelectorAll(".evidence-figure")) {
  const words = JSON.parse(document.currentScript.dataset.words)
  const drawing = figure.querySelector(".evidence-figure__drawing")
  const svg = drawing.querySelector(":scope > svg")
  const link = figure.querySelector("a[download][href$='.json']")
  if (!svg?.querySelector("metadata")?.textContent.includes('"column"')) continue
  const told = drawing.appendChild(document.createElement("p"))
  told.className = "reading"
  told.setAttribute("aria-live", "polite")
  svg.tabIndex = 0
  let [panels, from, loading] = [[]] // with their points; and the metadata that they are read from
  let at // the point that is read out

  const print = (value) => {
    const [digits, power] = (+value.toPrecision(3)).toExponential().split("e")
    const raised = `${+power}`.replace(/./g, (sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)])
    return (value && (power < -3 || power > 4) ? `${digits} × 10${raised}` : `${+value.toPrecision(3)}`).replace("-", "−")
  }
  const spread = (five) => words.spread.replace(/\{(\d)\}/g, (_, place) => print(five[place]))
  const quantile = (sorted, share) => {
    const at = share * (sorted.length - 1)
    const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
    return low + (at % 1) * (high - low)
  }

  // Every point of a panel: its place in the drawing's pixels, and its words.
  const read = (columns, { title, across, box: [left, top, right, bottom], x, y, series }) => {
    const share = (value, [low, high, log]) => {
      const of = log ? Math.log : Number
      return Math.max(0, Math.min(1, (of(value) - of(low)) / (of(high) - of(low))))
    }
    const point = (one, value, height, place, head, text) => ({
      one, place, text, x: left + share(value, x) * (right - left), y: bottom - share(height, y) * (bottom - top),
      head: [one.label, title, ...head].filter(Boolean).join(words.between),
    })
    const of = {
      dots: (one, values) => {
        const sorted = [...values].filter(Number.isFinite).sort((a, b) => a - b)
        const all = spread([0, 0.25, 0.5, 0.75, 1].map((share) => quantile(sorted, share)))
        return (value, place) => point(one, value, one.row, place,
          [`${words.seed} ${columns.seed?.[place] ?? place}`], `${print(value)}${words.between}${all}`)
      },
      curve: (one) => (value, place) => along(one, value, place, print(value)),
      band: (one) => (value, place) =>
        along(one, value, place, spread(["low", "lower", "median", "upper", "high"].map((each) => columns[`${one.column}.${each}`][place]))),
    }
    const along = (one, value, place, text) => {
      const where = columns[one.x][place]
      return point(one, where, value, place, [one.strand, `${across} ${print(where)}`], text)
    }
    return series
      .flatMap((one) => (one.kind === "strands" ? Object.keys(columns).filter((name) => name.startsWith(one.column)) : [""])
        .map((column) => (column ? { ...one, kind: "curve", column, strand: column.slice(one.column.length) } : one)))
      .flatMap((one) => {
        const values = columns[one.kind === "band" ? `${one.column}.median` : one.column]
        const make = of[one.kind](one, values)
        return values.flatMap((value, place) => (Number.isFinite(value) ? [make(value, place)] : [])).sort((a, b) => a.x - b.x)
      })
  }
  const load = () => {
    const metadata = svg.querySelector("metadata")
    if (from === metadata) return loading
    from = metadata
    const parts = svg.querySelectorAll(".panel")
    return (loading = fetch(link.href).then((found) => found.json()).then((columns) => {
      panels = JSON.parse(metadata.textContent)
        .map((panel, place) => ({ box: panel.box, on: parts[place] ?? svg, points: read(columns, panel) }))
    }).catch(() => (panels = []))) // from disk or offline nothing is read out
  }

  const show = (panel, point) => {
    if (at === point) return
    at = point
    svg.querySelector(".reading-at")?.remove()
    told.replaceChildren()
    if (!point) return
    const { x, y } = point
    panel.on.insertAdjacentHTML("beforeend",
      `<g class="reading-at"><path d="M${x} ${panel.box[1]}V${panel.box[3]}"/><circle cx="${x}" cy="${y}" r="3.5"/></g>`)
    told.append(Object.assign(document.createElement("b"), { textContent: point.head }), point.text)
    const spot = svg.querySelector("circle").getBoundingClientRect()
    const home = drawing.getBoundingClientRect()
    const above = spot.top - home.top - told.offsetHeight - 12
    told.style.left = `${Math.max(0, Math.min(home.width - told.offsetWidth, spot.left - home.left - told.offsetWidth / 2))}px`
    told.style.top = `${above < 0 ? spot.bottom - home.top + 12 : above}px`
  }

  // The colour of a label that is picked; all others are pale.
  const colour = (mark) => mark.getAttribute("style").match(/--figure-(\d)/)?.[1]
  const labels = () => [...svg.querySelectorAll("text[style*='--figure-']")].filter(colour)
  const pick = (label) => {
    const picked = label && colour(label)
    for (const mark of svg.querySelectorAll("[style*='--figure-']"))
      mark.classList.toggle("pale", Boolean(picked && colour(mark) && colour(mark) !== picked))
  }

  const look = async ({ clientX, clientY, target }) => {
    if (target.closest("form")) return
    await load()
    let found
    for (const panel of panels) {
      const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(panel.on.getScreenCTM().inverse())
      const [left, top, right, bottom] = panel.box
      if (x < left || x > right || y < top || y > bottom) continue
      const far = (point) => (point.one.row === null ? 3 : 0.3) * Math.abs(point.x - x) + Math.abs(point.y - y)
      found = [panel, panel.points.reduce((best, each) => (best && far(best) < far(each) ? best : each), null)]
    }
    show(...(found ?? []))
    pick(found ? null : labels().find((label) => {
      const { left, right, top, bottom } = label.getBoundingClientRect()
      return clientX > left - 8 && clientX < right + 8 && clientY >= top && clientY <= bottom
    }))
  }
  const leave = () => (show(), pick())
  const step = async ({ key, type }) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 }[key] ?? 0
    await load()
    const all = panels.flatMap((panel) => panel.points.map((point) => [panel, point]))
    if (!all.length) return
    const ones = [...new Set(all.map(([, { one }]) => one))]
    const series = ones[(ones.indexOf(at?.one ?? ones[0]) + (/[UD]/.test(key) ? by : 0) + ones.length) % ones.length]
    const row = all.filter(([, { one }]) => one === series)
    const here = row.findIndex(([, point]) => point === at || (at?.one !== series && point.place === at?.place))
    show(...row[Math.max(0, Math.min(row.length - 1, here < 0 ? row.length - 1 : here + (/[LR]/.test(key) ? by : 0)))])
    if (type === "keydown") pick(labels().find((label) => label.textContent === series.label))
  }

  drawing.addEventListener("pointermove", look) // side by side, panels stand out of the drawing's own box
  drawing.addEventListener("pointerdown", look)
  drawing.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && leave())
  svg.addEventListener("blur", leave)
  svg.addEventListener("focus", (event) => svg.matches(":focus-visible") && step(event))
  svg.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return leave()
    if (!event.key.startsWith("Arrow") || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    step(event)
  })
}
