// How much two parts of a photo belong into different bins: the same as trashsort.sort.several.several_scores.
// A window slides over the map of the network's last features; each position has logits of its own, one a class.
export const WINDOW = 0.375;

// The logits of every window: rows of C. maps: C x (h w), flat, the weights of each class times the features (heat.js);
// what all classes share may be missing, since a softmax does not see it. bias: C.
export function windowLogits(maps, [h, w], bias) {
  const [high, wide] = [h, w].map((n) => Math.max(1, Math.floor(WINDOW * n + 0.5)));
  const rows = [];
  for (let y = 0; y + high <= h; y++) {
    for (let x = 0; x + wide <= w; x++) {
      rows.push(Float64Array.from(bias, (b, c) => b + windowMean(maps, c * h * w, w, y, x, high, wide)));
    }
  }
  return rows;
}

function windowMean(maps, start, width, y, x, high, wide) {
  let sum = 0;
  for (let i = y; i < y + high; i++) for (let j = x; j < x + wide; j++) sum += maps[start + i * width + j];
  return sum / (high * wide);
}

// The log-odds of the second best bin in its best window. matrix: C rows of B, 1 where the class goes into the bin.
export function windowScore(windows, matrix, temperature = 1) {
  const best = matrix[0].map(() => -Infinity);
  for (const logits of windows) {
    logOdds(logits, matrix, temperature).forEach((value, b) => (best[b] = Math.max(best[b], value)));
  }
  return best.sort((a, b) => b - a)[1];
}

function logOdds(logits, matrix, temperature) {
  const top = Math.max(...logits);
  const bins = matrix[0].map(() => 0);
  logits.forEach((z, c) => matrix[c].forEach((share, b) => (bins[b] += share * Math.exp((z - top) / temperature))));
  const total = bins.reduce((sum, value) => sum + value, 0);
  return bins.map((value) => Math.log(value + 1e-12) - Math.log(total - value + 1e-12));
}

// Do parts of the photo belong into different bins of this pack? null where the model cannot tell.
export function severalThings(windows, manifest, pack) {
  if (!windows || !manifest.several) return null;
  const matrix = manifest.classes.map((c) => pack.bins.map((_, b) => Number(pack.classes[c] === b)));
  return windowScore(windows, matrix, manifest.temperature) > manifest.several.threshold;
}
