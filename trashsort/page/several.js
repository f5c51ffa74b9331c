// How much two parts of a photo belong into different bins: the twin of trashsort.sort.several.several_scores.
// features: Float32Array, K x h x w; shape: [K, h, w]; weight: C x K, flat; bias: C; matrix: C rows of B; temperature: of the bundle.
// Returns the log-odds of the second best bin in its best window.
export const WINDOW = 0.375
export const SEVERAL = 'One thing at a time, please: parts of this photo belong into different bins.'

function cellMap(features, [K, h, w], weight, bias, c) {
  const cells = new Float64Array(h * w)
  for (let k = 0; k < K; k++) {
    const factor = weight[c * K + k]
    for (let i = 0; i < h * w; i++) cells[i] += factor * features[k * h * w + i]
  }
  return cells.map(value => value + bias[c])
}

function windowMean(cells, width, y, x, high, wide) {
  let sum = 0
  for (let i = y; i < y + high; i++) for (let j = x; j < x + wide; j++) sum += cells[i * width + j]
  return sum / (high * wide)
}

function logOdds(logits, matrix, temperature) {
  const top = Math.max(...logits)
  const bins = matrix[0].map(() => 0)
  logits.forEach((z, c) => matrix[c].forEach((share, b) => { bins[b] += share * Math.exp((z - top) / temperature) }))
  const total = bins.reduce((sum, value) => sum + value, 0)
  return bins.map(value => Math.log(value + 1e-12) - Math.log(total - value + 1e-12))
}

export function severalScore(features, shape, weight, bias, matrix, temperature = 1) {
  const [, h, w] = shape
  const [high, wide] = [h, w].map(n => Math.max(1, Math.floor(WINDOW * n + 0.5)))
  const maps = Array.from(bias, (_, c) => cellMap(features, shape, weight, bias, c))
  const best = matrix[0].map(() => -Infinity)
  for (let y = 0; y + high <= h; y++) {
    for (let x = 0; x + wide <= w; x++) {
      const logits = maps.map(cells => windowMean(cells, w, y, x, high, wide))
      logOdds(logits, matrix, temperature).forEach((value, b) => { best[b] = Math.max(best[b], value) })
    }
  }
  return best.sort((a, b) => b - a)[1]
}

export function severalThings(features, shape, weight, bias, matrix, temperature, facts) {
  return Boolean(facts) && severalScore(features, shape, weight, bias, matrix, temperature) > facts.threshold
}
