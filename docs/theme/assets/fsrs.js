// When a card comes back: FSRS-6 with its published parameters, as of py-fsrs 6.3 without its random fuzz.
// A card: state, step, stability (days), difficulty (1 to 10), due and last_review (ISO 8601).
const fsrs = (() => {
  const W = [0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542]
  const DECAY = -W[20]
  const FACTOR = 0.9 ** (1 / DECAY) - 1
  const MINUTE = 6e4
  const DAY = 864e5
  const LONGEST = 36500 // days
  const [AGAIN, HARD, GOOD, EASY] = [1, 2, 3, 4]
  const [LEARNING, REVIEW, RELEARNING] = [1, 2, 3]
  const STEPS = { [LEARNING]: [1, 10], [RELEARNING]: [10] } // minutes

  const between = (low, value, high) => Math.min(Math.max(value, low), high)
  const firstDifficulty = (rating) => W[4] - Math.exp(W[5] * (rating - 1)) + 1

  function difficultyAfter(difficulty, rating) {
    const damped = difficulty - (W[6] * (rating - 3) * (10 - difficulty)) / 9
    return between(1, W[7] * firstDifficulty(EASY) + (1 - W[7]) * damped, 10)
  }

  function sameDay(stability, rating) {
    const growth = Math.exp(W[17] * (rating - 3 + W[18])) * stability ** -W[19]
    return stability * (rating === AGAIN ? growth : Math.max(growth, 1))
  }

  function forgotten(difficulty, stability, recall) {
    const long = W[11] * difficulty ** -W[12] * ((stability + 1) ** W[13] - 1) * Math.exp((1 - recall) * W[14])
    return Math.min(long, stability / Math.exp(W[17] * W[18]))
  }

  function recalled(difficulty, stability, recall, rating) {
    const bonus = rating === HARD ? W[15] : rating === EASY ? W[16] : 1
    const growth = Math.exp(W[8]) * (11 - difficulty) * stability ** -W[9] * (Math.exp((1 - recall) * W[10]) - 1)
    return stability * (1 + growth * bonus)
  }

  const daysSince = (card, now) => Math.floor((now - new Date(card.last_review)) / DAY)

  // The probability that a card is recalled now.
  const recall = (card, now) => (1 + (FACTOR * Math.max(daysSince(card, now), 0)) / card.stability) ** DECAY

  function memoryAfter(card, rating, now) {
    if (!card) return [W[rating - 1], between(1, firstDifficulty(rating), 10)]
    const { stability, difficulty } = card
    const next = daysSince(card, now) < 1 ? sameDay(stability, rating)
      : rating === AGAIN ? forgotten(difficulty, stability, recall(card, now))
      : recalled(difficulty, stability, recall(card, now), rating)
    return [Math.max(next, 0.001), difficultyAfter(difficulty, rating)]
  }

  // State, step and minutes until the card is due. Days are whole; at the desired retention of 0.9
  // they are the stability, by its definition.
  function planAfter(card, rating, stability) {
    const { state, step } = card || { state: LEARNING, step: 0 }
    const graduated = [REVIEW, null, between(1, Math.round(stability), LONGEST) * 1440]
    if (state === REVIEW) return rating === AGAIN ? [RELEARNING, 0, STEPS[RELEARNING][0]] : graduated
    const steps = STEPS[state]
    if (rating === AGAIN) return [state, 0, steps[0]]
    if (rating === HARD) {
      const first = steps.length > 1 ? (steps[0] + steps[1]) / 2 : steps[0] * 1.5
      return [state, step, step ? steps[step] : first]
    }
    return rating === EASY || step + 1 >= steps.length ? graduated : [state, step + 1, steps[step + 1]]
  }

  // The card after a review at `now` (a Date); `card` is undefined when it was never seen.
  function review(card, rating, now) {
    const [stability, difficulty] = memoryAfter(card, rating, now)
    const [state, step, minutes] = planAfter(card, rating, stability)
    const due = new Date(+now + minutes * MINUTE).toISOString()
    return { state, step, stability, difficulty, due, last_review: now.toISOString() }
  }

  return { review, recall, REVIEW }
})()
