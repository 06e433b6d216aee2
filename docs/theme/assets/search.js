/* Finds what is typed, in a worker that speaks as Material's own does: it is sent the index (type 0)
   and queries (2), and answers that it is ready (1) and what it found (3). Of the index it loads the
   parts that a query needs. What is made where: dlqa/publishing/outside/search.py. */
"use strict"
const HAN = /[\u3400-\u9fff]+/g
const isHan = text => text >= "\u3400" && text <= "\u9fff\uffff"
const PAGES = 12 // that are shown
const PASSAGES = [2, 6] // of a page: at once, and with those that are folded

let index
const parts = new Map()
const part = path => {
  if (!parts.has(path)) parts.set(path, fetch(new URL(`../${index.folder}search/${path}.json?${index.version}`, location)).then(got => got.json()))
  return parts.get(path)
}

/* As terms.py does, from letters that are as the pages have them. */
const plain = text => [...text.normalize("NFKC").toLowerCase()].map(sign => index.folding[sign] ?? sign).join("")
const stem = word => word.replace(index.ending, "$1")
const terms = text => text.replace(HAN, run => ` ${run} `).split(/\s+/).filter(Boolean).flatMap(chunk => {
  if (isHan(chunk)) return chunk.length < 2 ? [chunk] : [...chunk.slice(1)].map((sign, at) => chunk[at] + sign)
  const words = each => (each.match(/[\p{L}\p{N}]+/gu) ?? []).map(stem)
  const whole = chunk.replace(/(?<=[\p{L}\p{N}])-(?=[\p{L}\p{N}])/gu, "")
  return [...(whole === chunk ? [] : words(whole)), ...words(chunk)]
})

/* Letters that are wrong, missing, too many or exchanged, as far as `most`. */
const distance = (one, other, most) => {
  if (Math.abs(one.length - other.length) > most) return most + 1
  let [before, last] = [[], [...Array(other.length + 1).keys()]]
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1]
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + !same)
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1)
    }
    ;[before, last] = [last, row]
  }
  return last[other.length]
}

/* A term, or what it may stand for: a word that goes on from it, else the nearest ones. Each with the
   share of its weight that it keeps. */
const meant = (term, unfinished) => {
  if (isHan(term)) return [[term, 1]]
  const longer = term.length > 2 ? index.list.filter(word => word !== term && word.startsWith(term)).slice(0, 8) : []
  if (index.words.has(term)) return [[term, 1], ...(unfinished ? longer.map(word => [word, 0.3]) : [])]
  if (longer.length) return longer.map(word => [word, 0.8])
  const most = term.length < 4 ? 0 : term.length < 8 ? 1 : 2
  const near = index.list.map(word => [word, distance(term, word, most)]).filter(([, far]) => far <= most)
  const nearest = Math.min(...near.map(([, far]) => far))
  return near.filter(([, far]) => far === nearest).slice(0, 4).map(([word]) => [word, 0.6])
}

/* Pages, best first, each with its passages: how much a page says of each term, and of how many. */
const ranked = async groups => {
  const found = new Map()
  let all = 0
  await Promise.all([...new Set(groups.flat().map(([term]) => share(term)))].map(part)) // side by side
  for (const [place, group] of groups.entries()) {
    let rarest = Math.log(1 + index.pages.length)
    for (const [term, kept] of group) {
      const postings = (await part(share(term)))[term] ?? []
      const pages = new Set(postings.filter((_, at) => at % 3 === 0))
      const rare = Math.log(1 + index.pages.length / Math.max(pages.size, 1))
      if (pages.size) rarest = Math.min(rarest, rare)
      for (let at = 0; at < postings.length; at += 3) {
        const [page, entry, weight] = postings.slice(at, at + 3)
        const hit = found.get(page) ?? { page, best: [], entries: new Map(), known: [] }
        const score = rare * weight * kept
        hit.best[place] = Math.max(hit.best[place] ?? 0, score)
        hit.known[place] = rare
        hit.entries.set(entry, (hit.entries.get(entry) ?? 0) + score)
        found.set(page, hit)
      }
    }
    all += rarest
  }
  const sum = list => list.reduce((total, each) => total + each, 0)
  for (const hit of found.values()) hit.score = index.pages[hit.page][1] * sum(hit.best) * (sum(hit.known) / all) ** 2
  const order = [...found.values()].sort((one, other) => other.score - one.score)
  return order.filter(({ score }) => score > order[0].score / 20).slice(0, PAGES)
}
const share = term => {
  let sum = 0
  for (let at = 0; at < term.length; at++) sum = (sum * 31 + term.charCodeAt(at)) % 65521
  return `terms/${sum % index.shares}`
}

/* A text as HTML, with what was asked for marked. */
const marked = (text, asked) => {
  const flags = Array(text.length).fill(false)
  const low = text.toLowerCase()
  for (let at = 0; at < low.length - 1; at++) if (asked.has(low.slice(at, at + 2)) && isHan(low[at])) flags.fill(true, at, at + 2)
  for (const found of low.matchAll(/[\p{L}\p{N}]+/gu))
    if (!isHan(found[0]) && asked.has(stem(found[0]))) flags.fill(true, found.index, found.index + found[0].length)
  const escaped = sign => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign] ?? sign
  return flags.map((_, at) =>
    (flags[at] && !flags[at - 1] ? "<mark data-md-highlight>" : "") + escaped(text[at]) + (flags[at] && !flags[at + 1] ? "</mark>" : "")
  ).join("")
}

const answer = async query => {
  const meaning = terms(plain(query).replace(index.known, word => ` ${index.synonyms[word]} `))
  const every = [...new Set(meaning.length ? meaning : terms(plain(query)))]
  const groups = every.map((term, at) => meant(term, at === every.length - 1 && !/\s$/.test(query)))
  const asked = new Set(groups.flat().map(([term]) => term))
  const hits = await ranked(groups)
  const typed = Object.fromEntries((plain(query).match(/[\u3400-\u9fff]+|[^\s\u3400-\u9fff]+/g) ?? []).map(word => [word, true]))
  return Promise.all(hits.map(async ({ page, entries, score }) => {
    const [location] = index.pages[page]
    const shown = await part(`pages/${page}`)
    const within = [...entries].filter(([entry]) => entry).sort(([, one], [, other]) => other - one).slice(0, PASSAGES[1])
    return [[0], ...within].map(([entry], place) => {
      const [id, title, teaser] = shown[entry]
      const item = { title: marked(title, asked), text: marked(teaser, asked), terms: typed }
      return { ...item, location: location + (id && `#${id}`), score: place > PASSAGES[0] ? score / 2 : score }
    })
  }))
}

const take = config => {
  const list = config.words.split(" ")
  const keys = Object.keys(config.synonyms).sort((one, other) => other.length - one.length)
  const whole = keys.map(key => (isHan(key) ? key : `(?<![a-z0-9])${key}(?![a-z0-9])`)).join("|") || "(?!)"
  index = { ...config, list, words: new Set(list), ending: new RegExp(config.ending), known: new RegExp(whole, "g") }
}
let last
onmessage = async ({ data: { type, data } }) => {
  if (type === 0) {
    take(data.config)
    postMessage({ type: 1 })
  } else if (type === 2) {
    last = data
    const items = await answer(data)
    if (last === data) postMessage({ type: 3, data: { items } })
  }
}
