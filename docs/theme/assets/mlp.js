// A multilayer perceptron that trains as dlqa.lab does, in float64: a worker's, and the tests'.
const INPUTS = 12, SAMPLES = 400, FRESH = 1000, BATCH = 64 // as in dlqa.lab

// xoshiro128** 1.1 (Blackman & Vigna 2018), its state drawn by SplitMix64 (Steele et al. 2014);
// normals by Box & Muller (1958).
export class Random {
  constructor(seed) {
    const cut = (word) => BigInt.asUintN(64, word)
    this.state = new Int32Array(new BigUint64Array([1n, 2n].map((turn) => {
      let z = cut(BigInt(seed) + turn * 0x9e3779b97f4a7c15n)
      z = cut((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n)
      z = cut((z ^ (z >> 27n)) * 0x94d049bb133111ebn)
      return z ^ (z >> 31n)
    })).buffer)
  }
  bits() {
    const s = this.state
    const turn = (word, by) => (word << by) | (word >>> (32 - by))
    const found = Math.imul(turn(Math.imul(s[1], 5), 7), 9) >>> 0
    const shifted = s[1] << 9
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= shifted
    s[3] = turn(s[3], 11)
    return found
  }
  uniform() {
    return ((this.bits() >>> 5) * 2 ** 26 + (this.bits() >>> 6)) / 2 ** 53
  }
  normal() {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform())
  }
  order(count) { // Fisher & Yates
    const found = Int32Array.from({ length: count }, (_, place) => place)
    for (let place = count - 1; place; place--) {
      const other = Math.floor(this.uniform() * (place + 1))
      ;[found[place], found[other]] = [found[other], found[place]]
    }
    return found
  }
}

const many = (count, draw) => Float64Array.from({ length: count }, draw)

// How an input [12] of a label is drawn.
const DATA = {
  independent: (random) => (label) => many(INPUTS, () => random.normal() + label),
  correlated(random) {
    const factor = many(INPUTS * INPUTS, () => random.uniform())
    return (label) => {
      const noise = many(INPUTS, () => random.normal())
      return many(INPUTS, (_, i) => noise.reduce((sum, each, k) => sum + each * factor[k * INPUTS + i], label / (i + 1)))
    }
  },
  xor: (random) => (label) => {
    const x = many(INPUTS, () => random.normal()), side = random.uniform() < 0.5 ? -2 : 2
    x[0] += side
    x[1] += label ? -side : side
    return x
  },
}

// A weight by its input, its row, and output; the row after the inputs holds the biases.
const constant = (value) => () => () => value
const scaled = (gain) => (random, inputs) => (row) => row < inputs ? Math.sqrt(gain / inputs) * random.normal() : 0
const STARTS = {
  zero: constant(0),
  constant_small: constant(0.01),
  one: constant(1),
  he: scaled(2),
  lecun: scaled(1),
  gaussian: (random, _, __, std) => () => std * random.normal(),
  xavier: (random, inputs, outputs) => (row) =>
    (2 * random.uniform() - 1) * Math.sqrt(6 / (row < inputs ? inputs + outputs : 2 * outputs)),
  orthogonal(random, inputs, outputs) { // Gram & Schmidt on the shorter side's vectors
    const [count, length] = [Math.min(inputs, outputs), Math.max(inputs, outputs)], found = []
    while (found.length < count) {
      const vector = many(length, () => random.normal())
      for (let twice = 0; twice < 2; twice++) // against rounding
        for (const other of found) {
          const along = vector.reduce((sum, each, i) => sum + each * other[i], 0)
          vector.forEach((_, i) => (vector[i] -= along * other[i]))
        }
      const size = Math.hypot(...vector)
      found.push(vector.map((each) => each / size))
    }
    return (row, column) => row === inputs ? 0 : inputs < outputs ? found[row][column] : found[column][row]
  },
}

const ACTIVATIONS = {
  sigmoid: [(sum) => 1 / (1 + Math.exp(-sum)), (value) => value * (1 - value)],
  tanh: [Math.tanh, (value) => 1 - value * value],
  relu: [(sum) => Math.max(0, sum), (value) => +(value > 0)], // and the slope
}

// into [rows, columns] = left [rows, inner] · right [inner, columns]; left lies in steps of `by` and `on`.
function multiply(into, left, right, rows, inner, columns, by, on) {
  into.fill(0)
  for (let row = 0; row < rows; row++)
    for (let k = 0, to = row * columns; k < inner; k += 2) {
      const at = row * by + k * on, b = k * columns, more = k + 1 < inner
      const p = left[at], q = more ? left[at + on] : 0, c = more ? b + columns : b
      for (let j = 0; j < columns; j++) into[to + j] += p * right[b + j] + q * right[c + j]
    }
}

// One network on one data set. A layer's weights are [inputs + 1, outputs], the biases the last row.
export class Run {
  constructor({ data, initializer, std, activation, width, layers, optimizer, rate }, seed) {
    const random = new Random(seed), draw = DATA[data](random)
    const sampled = (count) => {
      const inputs = new Float64Array(count * (INPUTS + 1)).fill(1)
      for (let sample = 0; sample < count; sample++) inputs.set(draw(sample % 2), sample * (INPUTS + 1))
      return inputs
    }
    this.inputs = sampled(SAMPLES)
    this.fresh = sampled(FRESH)
    this.sizes = [INPUTS, ...Array(+layers).fill(+width), 2]
    const drawn = new Random(1e4 + seed)
    this.weights = this.sizes.slice(1).map((outputs, layer) => {
      const inputs = this.sizes[layer], of = STARTS[initializer](drawn, inputs, outputs, +std)
      return many((inputs + 1) * outputs, (_, place) => of(Math.floor(place / outputs), place % outputs))
    })
    const like = () => this.weights.map((each) => new Float64Array(each.length))
    Object.assign(this, { gradients: like(), first: like(), second: like(), rate: +rate, adam: optimizer === "adam", steps: 0, queue: [] })
    this.batches = new Random(2e4 + seed)
    ;[this.activate, this.slope] = ACTIVATIONS[activation]
    this.room = {} // sums and activations by layer, for so many samples
    for (const count of [BATCH, SAMPLES, FRESH]) this.room[count] = {
      sums: this.sizes.slice(1).map((outputs) => new Float64Array(count * outputs)),
      values: this.sizes.slice(0, -1).map((units) => new Float64Array(count * (units + 1)).fill(1)),
    }
  }
  forward(count, inputs) { // the outputs [count, 2]
    const { sums, values } = this.room[count]
    if (inputs) values[0] = inputs
    this.weights.forEach((weights, layer) => {
      const inner = this.sizes[layer] + 1, outputs = this.sizes[layer + 1], sum = sums[layer], next = values[layer + 1]
      multiply(sum, values[layer], weights, count, inner, outputs, inner, 1)
      if (next) for (let b = 0, at = 0, to = 0; b < count; b++, to++) for (let o = 0; o < outputs; o++) next[to++] = this.activate(sum[at++])
    })
    return sums.at(-1)
  }
  batch() { // runs on across shuffles
    while (this.queue.length < BATCH) this.queue.push(...this.batches.order(SAMPLES))
    return this.queue.splice(0, BATCH)
  }
  step() {
    const { sums, values } = this.room[BATCH], chosen = this.batch(), row = INPUTS + 1
    chosen.forEach((sample, place) => values[0].set(this.inputs.subarray(sample * row, (sample + 1) * row), place * row))
    const outputs = this.forward(BATCH)
    outputs.forEach((value, at) => (outputs[at] = (value - (chosen[at >> 1] % 2 === at % 2)) / BATCH))
    for (let layer = this.weights.length - 1; layer >= 0; layer--) {
      const inputs = this.sizes[layer], units = this.sizes[layer + 1], error = sums[layer]
      multiply(this.gradients[layer], values[layer], error, inputs + 1, BATCH, units, 1, inputs + 1)
      if (!layer) break
      const weights = this.weights[layer], turned = new Float64Array(units * inputs)
      for (let i = 0; i < inputs; i++) for (let o = 0; o < units; o++) turned[o * inputs + i] = weights[i * units + o]
      const below = sums[layer - 1]
      multiply(below, error, turned, BATCH, units, inputs, units, 1)
      for (let b = 0, at = 0; b < BATCH; b++) for (let i = 0; i < inputs; i++, at++) below[at] *= this.slope(values[layer][at + b])
    }
    this.steps++
    this.weights.forEach((weights, layer) => this.update(weights, this.gradients[layer], this.first[layer], this.second[layer]))
  }
  update(weights, gradient, first, second) {
    // Adam (Kingma & Ba 2015) or plain descent
    const size = this.rate / (1 - 0.9 ** this.steps), root = Math.sqrt(1 - 0.999 ** this.steps)
    for (let i = 0; i < weights.length; i++) {
      const g = gradient[i]
      if (!this.adam) weights[i] -= this.rate * g
      else {
        first[i] += 0.1 * (g - first[i])
        second[i] = 0.999 * second[i] + 0.001 * g * g
        weights[i] -= size * first[i] / (Math.sqrt(second[i]) / root + 1e-8)
      }
    }
  }
  look() {
    const right = this.forward(FRESH, this.fresh).reduce((sum, value, at, all) => sum + (at % 2 && value > all[at - 1] === (at % 4 > 2)), 0)
    const loss = this.forward(SAMPLES, this.inputs).reduce((sum, value, at) => sum + (value - ((at >> 1) % 2 === at % 2)) ** 2, 0)
    return { step: this.steps, accuracy: right / FRESH, loss: loss / (2 * SAMPLES) }
  }
}

// As a worker: `start` begins a run, `go` trains so many steps more.
if (globalThis.WorkerGlobalScope) {
  let run, until, mine, left, busy
  const train = () => {
    const looks = []
    for (const stop = Date.now() + 40; left > 0 && run.steps < until && Date.now() < stop; left--) {
      run.step()
      if (run.steps % (run.steps < 100 ? 5 : 20) === 0) looks.push(run.look())
    }
    busy = left > 0 && run.steps < until
    if (!busy && looks.at(-1)?.step !== run.steps) looks.push(run.look())
    postMessage({ id: mine, looks, on: busy })
    if (busy) setTimeout(train)
  }
  onmessage = ({ data: { id, start, until: end, go } }) => {
    if (start) {
      run = new Run(...start)
      until = end
      postMessage({ id, looks: [run.look()], on: go > 0 })
    }
    mine = id
    left = go
    if (go && !busy) train()
  }
}
