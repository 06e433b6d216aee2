// Question 55's figure to drag, in place of the still one, whose object and words it keeps.
// State: two boxes, the picture's width in pixels, the +1.
(() => {
  const home = document.querySelector("#figure-overlap .evidence-figure__drawing")
  const still = home && home.querySelector("svg")
  if (!still) return
  const words = JSON.parse(document.currentScript.dataset.words)
  const say = (name, parts) => words[name].replace(/\{(\w+)\}/g, (_, part) => parts[part])
  const boxNames = [say("box0"), say("box1")]
  const EDGES = [[0, 1, 2, 3], [0, 1], [2, 1], [0, 3], [2, 3]] // coordinates that a part moves
  const presets = [
    [say("bicycle"), [84, 70, 284, 214, 112, 52, 316, 200, 360, 0]],
    [say("touching"), [60, 75, 180, 195, 180, 75, 300, 195, 360, 0]],
    [say("nested"), [60, 45, 300, 225, 120, 90, 240, 180, 360, 0]],
    [say("small"), [12, 8, 22, 18, 13, 9, 23, 19, 36, 0]],
    [say("large"), [120, 80, 220, 180, 121, 81, 221, 181, 360, 0]],
    [say("apart"), [40, 40, 140, 120, 220, 160, 320, 240, 360, 0]],
  ]
  let state = read() || [...presets[0][1]]
  let timer

  home.innerHTML = `<div class="boxes-stage"><svg role="img"
    aria-labelledby="overlap-title" aria-describedby="overlap-description"><g></g>
    ${["gap", "union", "shared", "outline", "around", "box0", "box1"]
      .map((name) => `<path class="boxes-${name}" vector-effect="non-scaling-stroke"/>`).join("")}
    </svg>${EDGES.map((_, part) => boxNames.map((name, box) =>
      `<button type="button" class="boxes-${part ? "corner" : "body"} boxes-of${box}"
        data-box="${box}" data-part="${part}" aria-label="${say(`part${part}`, { box: name })}"></button>`
    ).join("")).join("")}</div>
    <p class="boxes-reading"></p><p class="boxes-status" role="status"></p>
    <div class="boxes-presets">${presets
      .map(([name]) => `<button type="button">${name}</button>`).join("")}</div>
    ${boxNames.map((name, box) => `<fieldset class="boxes-of${box}"><legend>${name}</legend>${
      ["x1", "y1", "x2", "y2"].map((label) =>
        `<label>${label} <input type="number" min="0" inputmode="numeric"></label>`).join("")
    }</fieldset>`).join("")}
    <label class="boxes-plus"><input type="checkbox"> ${say("pixels")}</label><p>${say("how")}</p>`
  const all = (selector) => [...home.querySelectorAll(selector)]
  const [stage, svg, reading, status, plus] = [".boxes-stage", "svg", ".boxes-reading", ".boxes-status",
    "[type=checkbox]"].map((each) => all(each)[0])
  const handles = all("[data-box]")
  const numbers = all("[type=number]")
  const object = svg.querySelector("g")
  const description = still.querySelector("desc")
  svg.prepend(still.querySelector("title"), description)
  object.append(still.querySelector("#overlap-object"))

  function read() {
    const text = new URLSearchParams(location.search).get("boxes") ?? ""
    if (!/^\d+(,\d+){9}$/.test(text)) return null
    const given = text.split(",").map(Number)
    const width = given[8]
    const fits = (value, place) =>
      place > 7 || (value <= limit(place, width) && (place % 4 < 2 || value >= given[place - 2]))
    return (width === 36 || width === 360) && given[9] < 2 && given.every(fits) ? given : null
  }

  function limit(place, width) {
    return place % 2 ? width * 0.75 : width
  }

  function along(part, axis) {
    return EDGES[part].filter((edge) => edge % 2 === axis)
  }

  // A part of a box, moved from where it was; edges stay in the picture and in their order.
  function move(box, part, dx, dy, from = state) {
    const was = from.slice(4 * box, 4 * box + 4)
    const now = was.slice()
    for (const axis of [0, 1]) {
      const [first, last = first] = along(part, axis)
      const low = first > 1 ? was[axis] : 0
      const high = last > 1 ? limit(axis, state[8]) : was[axis + 2]
      const by = Math.max(low - was[first], Math.min(high - was[last], axis ? dy : dx))
      now[first] = was[first] + by
      now[last] = was[last] + by
    }
    state.splice(4 * box, 4, ...now)
    draw()
  }

  function draw() {
    const [width, one] = state.slice(8)
    const boxes = [0, 4].map((at) => state.slice(at, at + 4).map((value, edge) => value + (edge > 1) * one))
    const [a, b] = boxes
    const pick = (first, last) => a.map((value, edge) => (edge < 2 ? first : last)(value, b[edge]))
    const area = ([x1, y1, x2, y2]) => Math.max(0, x2 - x1) * Math.max(0, y2 - y1)
    const around = pick(Math.min, Math.max)
    const enclosing = area(around)
    const shared = area(pick(Math.max, Math.min))
    const union = area(a) + area(b) - shared
    const gap = enclosing - union
    const iou = union && shared / union
    const rectangle = ([x1, y1, x2, y2]) => `M${x1} ${y1}H${x2}V${y2}H${x1}Z`
    // All edges cut the enclosing box into cells that lie in neither box, in one or in both.
    const cuts = (axis) => [...new Set(boxes.flatMap((box) => [box[axis], box[axis + 2]]))].sort((p, q) => p - q)
    const [xs, ys] = [cuts(0), cuts(1)]
    const holders = (i, j) => boxes.filter(([x1, y1, x2, y2]) =>
      xs[i] >= x1 && xs[i + 1] <= x2 && ys[j] >= y1 && ys[j + 1] <= y2).length
    const cells = ["", "", ""]
    let outline = ""
    for (let i = 0; i < xs.length; i++) {
      for (let j = 0; j < ys.length; j++) {
        const here = holders(i, j)
        const [x, y, right, below] = [xs[i], ys[j], xs[i + 1], ys[j + 1]]
        if (right + below >= 0) cells[here] += rectangle([x, y, right, below])
        if (below >= 0 && !here !== !holders(i - 1, j)) outline += `M${x} ${y}V${below}`
        if (right >= 0 && !here !== !holders(i, j - 1)) outline += `M${x} ${y}H${right}`
      }
    }
    const paths = [...cells, outline, rectangle(around), ...boxes.map(rectangle)]
    all("path[class]").forEach((path, place) => path.setAttribute("d", paths[place]))
    svg.setAttribute("viewBox", `0 0 ${width} ${width * 0.75}`)
    object.style.display = width < 360 ? "none" : ""
    for (const handle of handles) {
      const { box, part } = handle.dataset
      const [left, top, right, bottom] = boxes[box]
      const share = (value, axis) => `${(value / limit(axis, width)) * 100}%`
      const centre = (axis) => {
        const [first, last = first] = along(part, axis)
        return share((boxes[box][first] + boxes[box][last]) / 2, axis)
      }
      handle.style.left = centre(0)
      handle.style.top = centre(1)
      if (+part) continue
      handle.style.width = share(right - left, 0)
      handle.style.height = share(bottom - top, 1)
      handle.style.zIndex = Math.round(9 - (9 * area(boxes[box])) / enclosing) // small ones on top
    }
    numbers.forEach((input, place) => {
      input.value = state[place]
      input.max = limit(place, width)
    })
    plus.checked = one
    const show = (value) => value.toFixed(3).replace("-", "−")
    const passed = [...Array(10).keys()].filter((k) => iou >= 0.5 + k * ((0.95 - 0.5) / 9)).length
    const verdict = (threshold) => (iou >= threshold ? "✓" : "✗")
    const giou = show(iou - (enclosing && gap / enclosing))
    const lines = [
      say("iou", { shared, union, iou: show(iou) }),
      say("passed", { half: verdict(0.5), strict: verdict(0.75), count: passed }),
      say("giou", { gap, around: enclosing, giou }),
    ]
    reading.textContent = lines.join("\n")
    clearTimeout(timer)
    timer = setTimeout(settle, 400) // a drag passes many boxes; one pair is said and kept
  }

  // The address keeps what is its own, and all of others'.
  function settle() {
    clearTimeout(timer)
    timer = 0
    status.textContent = description.textContent = boxNames.map((name, box) =>
      `${name} ${state.slice(4 * box, 4 * box + 4).join(", ")}`).concat(reading.textContent.split("\n")).join(say("between"))
    const query = new URLSearchParams(location.search)
    if (`${state}` === `${presets[0][1]}` && !query.has("boxes")) return
    query.set("boxes", state)
    history.replaceState(history.state, "", `?${query}`.replaceAll("%2C", ",") + location.hash)
  }

  for (const handle of handles) {
    const [box, part] = [+handle.dataset.box, +handle.dataset.part]
    // A finger that goes up or down over a box scrolls the page, unless it has rested there first.
    let drags
    handle.onpointerdown = (down) => {
      const from = state.slice()
      drags = part || down.pointerType !== "touch" || undefined
      handle.setPointerCapture(down.pointerId)
      handle.onpointermove = (event) => {
        drags ??= event.timeStamp - down.timeStamp > 300 ||
          Math.abs(event.clientY - down.clientY) < 2 * Math.abs(event.clientX - down.clientX)
        if (!drags) return
        const pixels = (now, then) => Math.round(((now - then) * state[8]) / stage.clientWidth)
        move(box, part, pixels(event.clientX, down.clientX), pixels(event.clientY, down.clientY), from)
      }
    }
    handle.onlostpointercapture = () => (handle.onpointermove = null)
    handle.addEventListener("touchmove", (event) => drags && event.cancelable && event.preventDefault(), { passive: false })
    handle.onkeydown = (event) => {
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
      if (!way) return
      event.preventDefault()
      move(box, part, ...way.map((step) => step * (event.shiftKey ? 10 : 1)))
    }
  }
  numbers.forEach((input, place) => {
    input.onchange = () => {
      const part = EDGES.findIndex((edges, n) => n && edges.includes(place % 4))
      const by = Math.round(+input.value) - state[place] || 0
      move(place >> 2, part, place % 2 ? 0 : by, place % 2 ? by : 0)
    }
  })
  plus.onchange = () => {
    state[9] = +plus.checked
    draw()
  }
  all(".boxes-presets button").forEach((button, place) => {
    button.onclick = () => {
      state = [...presets[place][1]]
      draw()
    }
  })
  addEventListener("click", () => timer && settle(), true) // whatever it leads to finds the address
  draw()
})()
