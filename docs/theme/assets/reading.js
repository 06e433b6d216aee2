/* What a page does for its reader beside the theme: opens what an address leads to and what is
   printed, shows a figure large, and finds pages on disk. Everything is there without it. */

/* From disk a link to a folder would list its files. */
if (location.protocol === "file:") {
  addEventListener("click", event => {
    const link = event.target.closest?.("a[href]")
    const [, path, rest] = link ? link.getAttribute("href").match(/^([^?#]*)(.*)$/) : []
    if (path && !link.origin.startsWith("http") && (path.endsWith("/") || path.endsWith("..")))
      link.setAttribute("href", `${path.replace(/\/?$/, "/")}index.html${rest}`)
  }, { capture: true })
}

/* An address that ends in a claim's id opens the claim, and whatever else hides its place. What
   follows the # may be anything, `#100%` too. */
const decoded = text => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
const reveal = () => {
  const place = document.getElementById(decoded(location.hash.slice(1)))
  if (!place) return
  const below = place.nextElementSibling // a section that is folded under its heading
  for (let fold = below?.matches(".method") ? below : place.closest("details"); fold; fold = fold.parentElement.closest("details"))
    fold.open = true
  place.scrollIntoView()
}
addEventListener("hashchange", reveal)
addEventListener("click", ({ target }) => target.closest?.("a")?.hash === location.hash && reveal()) // once more
reveal()

/* In the other language one finds what one left: the address, open folds, and the line under the
   header, by its way from the place before it to the next. Places are what both languages have: ids,
   the theme's own apart, which are numbers of what has been in sight, and code. */
const folds = [...document.querySelectorAll("article details")]
const tops = () => {
  const header = document.querySelector(".md-header").offsetHeight
  const { top, bottom } = document.querySelector("article").getBoundingClientRect()
  const marks = [...document.querySelectorAll("article :is([id]:not(h1, svg *, [id^=__]), .highlight)")]
    .map((each, _, all) => [each.id || `code ${all.filter(one => !one.id).indexOf(each)}`, each])
    .filter(([, each]) => each.getClientRects().length)
    .map(([id, each]) => [id, each.getBoundingClientRect().top])
  return [["<", top], ...marks, [">", bottom]].map(([id, y]) => [id, y - header])
}
const leave = path => {
  __md_set("left", { path, when: Date.now(), open: folds.map(fold => fold.open), tops: scrollY ? tops() : [] })
}
const arrive = ({ path, when, open, tops: left }) => {
  if (path !== location.pathname || !(Date.now() - when < 1e4)) return
  if (open.length === folds.length) folds.forEach((fold, place) => (fold.open = open[place]))
  const here = Object.fromEntries(tops())
  const shared = left.filter(([id]) => id in here)
  if (!shared.length) return scrollTo({ top: 0, behavior: "instant" })
  const at = Math.max(0, shared.slice(0, -1).findLastIndex(([, y]) => y <= 1))
  const [[above, from], [below, to]] = shared.slice(at)
  scrollBy({ top: here[above] - (from * (here[below] - here[above])) / (to - from), behavior: "instant" })
}
addEventListener("load", () => {
  const left = __md_get("left")
  if (!left) return
  __md_set("left", null)
  const again = new ResizeObserver(() => { // at once, and while what comes in sight changes the height
    try {
      arrive(left)
    } catch {} // what is kept may be anything
  })
  const done = () => again.disconnect()
  again.observe(document.querySelector("article"))
  for (const sign of ["wheel", "touchstart", "pointerdown", "keydown"]) addEventListener(sign, done, { once: true, passive: true })
  setTimeout(done, 2000)
})
for (const link of document.querySelectorAll(".languages a")) {
  for (const sign of ["pointerdown", "focus", "click"])
    link.addEventListener(sign, () => Object.assign(link, { search: location.search, hash: location.hash }))
  link.addEventListener("click", ({ ctrlKey, metaKey, shiftKey }) => ctrlKey || metaKey || shiftKey || leave(link.pathname))
}

/* What comes into sight loads its script, once the page stands. */
const sights = new IntersectionObserver(all => {
  for (const { isIntersecting, target } of all) {
    if (!isIntersecting) continue
    sights.unobserve(target)
    import(new URL(target.dataset.script, document.baseURI)).catch(() => { // as from disk
      const { dataset, lastElementChild: status } = target.closest("[data-failed]")
      Object.assign(status, { textContent: dataset.failed, className: "" })
    })
  }
}, { rootMargin: "600px" }) // before Tab comes to it
addEventListener("load", () => document.querySelectorAll("[data-script]").forEach(each => sights.observe(each)))

/* Paper has no folds. */
let opened = []
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")]
  for (const fold of opened) fold.open = true
})
addEventListener("afterprint", () => {
  for (const fold of opened) fold.open = false
})

/* A figure is moved into a dialog, not copied: its controls go on working there. */
const enlarge = figure => {
  const drawing = figure.querySelector(".evidence-figure__drawing")
  const dialog = document.createElement("dialog")
  dialog.className = "figure-large"
  dialog.setAttribute("aria-label", figure.querySelector(".evidence-figure__title").textContent)
  dialog.innerHTML = `<form method="dialog"><button>${figure.querySelector("[data-close]").dataset.close}</button></form>`
  const place = document.createComment("")
  figure.style.minHeight = `${figure.offsetHeight}px`
  drawing.replaceWith(place)
  dialog.append(drawing)
  dialog.addEventListener("click", event => event.target === dialog && dialog.close())
  dialog.addEventListener("close", () => {
    place.replaceWith(drawing)
    figure.style.minHeight = ""
    dialog.remove()
    figure.querySelector("[data-close]").focus()
  })
  document.body.append(dialog)
  dialog.showModal()
}
for (const button of document.querySelectorAll("button[data-close]")) {
  button.hidden = false
  button.addEventListener("click", () => enlarge(button.closest("figure")))
}
