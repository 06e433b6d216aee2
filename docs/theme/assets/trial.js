// The interval to drag: its rule is that of `dlqa.evidence`, which a test holds against it.
{
  const form = document.querySelector(".trial")
  const { seeds, reach, near, other, ends, pixels } = JSON.parse(form.dataset.facts)
  const svg = form.querySelector("svg")
  const { mean, seeds: chosen, margin, second } = form.elements
  const spread = ([from, to], [low, high], value) => low + ((value - from) / (to - from)) * (high - low)
  const pixel = (value) => spread(ends, pixels, value)
  const side = (low, high, at) =>
    at - near <= low && high <= at + near ? "practically-equal" : low > at ? "holds" : high < at ? "does-not-hold" : "undecided"
  const draw = () => {
    const at = +margin.value
    const [plain, deciding] = reach[chosen.value]
    const means = second.checked ? [+mean.value, other] : [+mean.value]
    svg.querySelectorAll(".trial__one").forEach((one, row) => {
      one.toggleAttribute("hidden", !(row in means))
      const centre = pixel(means[row] ?? 0)
      const [thin, thick] = [deciding, plain].map((half) => (half * (pixels[1] - pixels[0])) / (ends[1] - ends[0]))
      one.children[0].setAttribute("d", `M${centre - thin} 23v10m0-5h${2 * thin}m0-5v10`)
      one.children[1].setAttribute("d", `M${centre - thick} 28h${2 * thick}`)
      one.children[2].setAttribute("cx", centre)
    })
    svg.querySelector(".trial__near").setAttribute("x", pixel(at - near))
    svg.querySelector(".trial__margin").setAttribute("d", `M${pixel(at)} 6V76`)
    svg.querySelector("text").setAttribute("x", pixel(at))
    for (const input of [mean, chosen, margin]) {
      const words = `${input === chosen ? seeds[input.value] : input.value}`.replace("-", "−")
      input.setAttribute("aria-valuetext", words)
      input.nextElementSibling.textContent = words
    }
    const sides = means.map((each) => side(each - deciding, each + deciding, at))
    const decided = [...new Set(sides.filter((each) => each !== "undecided"))]
    const verdict = decided.length > 1 ? "depends" : sides.includes("undecided") ? "undecided" : decided[0]
    for (const each of form.querySelectorAll("[data-verdict]")) each.hidden = each.dataset.verdict !== verdict
  }
  const drag = ({ clientX, buttons, type }) => {
    if (type === "pointermove" && !buttons) return
    const { left, width } = svg.getBoundingClientRect()
    mean.value = spread(pixels, ends, ((clientX - left) / width) * 360)
    draw()
  }
  form.querySelector("fieldset").disabled = false
  form.addEventListener("input", draw)
  form.addEventListener("submit", (event) => event.preventDefault())
  svg.addEventListener("pointerdown", (event) => (svg.setPointerCapture(event.pointerId), drag(event)))
  svg.addEventListener("pointermove", drag)
  draw()
}
