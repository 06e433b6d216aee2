// Trains a network in the page, beside the stored seeds of its setting and a claim's verdict there.
const still = matchMedia("(prefers-reduced-motion: reduce)")

function begin(form, tested) {
  const whole = form.closest(".trainer"), all = (selector) => [...whole.querySelectorAll(selector)]
  const [playing, one, another, reset] = form.querySelectorAll("button"), status = form.querySelector("[role=status]")
  const controls = [...form.querySelectorAll("select")], defaults = controls.map(({ value }) => value)
  const { claim, fixed, words, steps } = JSON.parse(form.dataset.trainer), label = playing.textContent
  const panels = all("svg").map((svg) => [svg, svg.dataset.measure, svg.dataset.box.split(" ").map(Number)])
  const worker = new Worker(new URL("mlp.js", import.meta.url), { type: "module" })
  let seed = 1, number = 0, line = [], going = false, arm, until, ends

  // Where a step and a value are drawn, as in pages/trainer.py.
  const place = ([left, top, width, height, low, high, log], step, value) => {
    const share = ((log ? Math.log10(value) : value) - low) / (high - low)
    const down = top + height * (1 - Math.min(1.02, Math.max(-0.02, share)))
    return `${(left + (width * step) / steps).toFixed(1)},${down.toFixed(1)}`
  }
  const dots = (kind, values) => {
    const circles = values.map((value, at) => {
      const [x, y] = place(panels[0][2], steps, value).split(",")
      return `<circle cx="${+x + 34 + 13 * (2 * ((at * 0.618034) % 1) - 1)}" cy="${y}"/>`
    })
    whole.querySelector(`.${kind}`).innerHTML = circles.join("")
  }

  const setting = () => ({ ...fixed, ...Object.fromEntries(controls.map(({ name, value }) => [name.slice(6), value])) })

  function show() {
    const chosen = setting()
    arm = tested.find(({ where }) => Object.entries(where).every(([knob, value]) => chosen[knob] === value))
    until = arm?.step.at(-1) ?? steps
    for (const each of all("[data-case]")) each.hidden = each.dataset.case !== (arm ? (arm.claims[claim] ?? "stored") : "untested")
    for (const each of all("[data-seeds]")) each.textContent = arm?.ends.length ?? 0
    for (const field of all("[data-only]")) {
      const [knob, option] = field.dataset.only.split("=")
      field.parentElement.hidden = chosen[knob] !== option
    }
    for (const [svg, measure, box] of panels) {
      const rows = arm?.[measure] ?? []
      const edge = (at) => rows.map((row, i) => place(box, arm.step[i], row[at]))
      const area = (low, high) => [...edge(low), ...edge(high).reverse()].join(" ")
      const drawn = { whole: area(0, 4), half: area(1, 3), median: edge(2).join(" ") }
      for (const [kind, points] of Object.entries(drawn)) svg.querySelector(`.${kind}`).setAttribute("points", points)
    }
    dots("ends", arm?.ends ?? [])
    line = []
    ends = []
    draw()
  }

  function draw() {
    for (const [svg, measure, box] of panels) {
      const points = line.filter((look) => Number.isFinite(look[measure])).map((look) => place(box, look.step, look[measure]))
      svg.querySelector(".yours").setAttribute("points", points.join(" "))
    }
    dots("landed", ends)
    const last = line.at(-1) ?? { step: 0 }
    for (const each of all("[data-show]")) each.textContent = told(each.dataset.show, last)
  }

  const told = (name, last) => ({ seed, step: last.step })[name] ?? last[name]?.toPrecision(3) ?? "–"

  function start(go) {
    line = []
    number++
    send(go, [setting(), seed])
  }

  function send(go, begun) {
    if (go) play(go > 1) // to pause, it waits for the worker's last word
    worker.postMessage({ id: number, start: begun, until, go })
  }

  function play(on) {
    going = on
    playing.textContent = on ? words.pause : label
  }

  worker.onmessage = ({ data: { id, looks, on } }) => {
    if (id !== number) return
    line.push(...looks)
    if (on && still.matches) return
    if (!on) play(false)
    const last = line.at(-1)
    if (!on && last.step === until) {
      ends.push(last.accuracy)
      status.textContent = words.done.replace(/\{(\w+)\}/g, (_, name) => told(name, last))
    }
    draw()
  }

  // The address has what differs from the default.
  function remember() {
    const query = new URLSearchParams(location.search)
    controls.forEach(({ name, value }, at) => (value === defaults[at] ? query.delete(name) : query.set(name, value)))
    seed === 1 ? query.delete("train.seed") : query.set("train.seed", seed)
    history.replaceState(history.state, "", `${location.pathname}${`${query}` && `?${query}`}#${whole.id}`)
  }

  const fresh = () => !line.length || line.at(-1).step === until
  const next = () => {
    seed++
    remember()
    start(Infinity)
  }
  form.onsubmit = () => false
  form.onchange = () => {
    remember()
    show()
    start(Infinity)
  }
  playing.onclick = () => {
    if (!fresh()) send(going ? 0 : Infinity)
    else if (line.length) next()
    else start(Infinity)
  }
  one.onclick = () => (fresh() ? start(1) : send(1))
  another.onclick = next
  reset.onclick = () => {
    controls.forEach((field, at) => (field.value = defaults[at]))
    seed = 1
    remember()
    show()
    start(0)
  }
  const given = new URLSearchParams(location.search)
  controls.forEach((field, at) => {
    field.value = given.get(field.name)
    field.value ||= defaults[at]
  })
  seed = Math.min(1e9, Math.abs(Math.trunc(given.get("train.seed")))) || 1
  form.querySelector("fieldset").disabled = false
  show()
}

for (const form of document.querySelectorAll(".trainer form")) begin(form, await (await fetch(form.dataset.arms)).json())
