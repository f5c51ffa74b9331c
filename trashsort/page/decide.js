// From the network's logits to a bin: the decision of `trashsort.inference.Predictor`, in one readable page.
//   answer    what an engine returns: {logits, ood_score, windows (for several.js) or several, ...}
//   manifest  the model's manifest (data/manifest.json): classes, temperature, the OOD threshold
//   pack      one rule pack of data/packs.json: bins, classes, costs, threshold, conditions, questions, sources
//   options   {costs: 'pack' (weigh what a mistake costs, as the pack says) or 'plain' (all mistakes alike)}
import { oodFacts } from './ood.js';
import { severalThings } from './several.js';

// Calibrated class probabilities: softmax(logits / temperature).
export function softmax(logits, temperature) {
  const z = Float64Array.from(logits, (v) => v / temperature);
  const top = Math.max(...z);
  const e = z.map((v) => Math.exp(v - top));
  const total = e.reduce((a, b) => a + b, 0);
  return e.map((v) => v / total);
}

// Add up the class probabilities within each bin.
export function binProbs(probs, classes, pack) {
  const out = new Float64Array(pack.bins.length);
  classes.forEach((c, i) => {
    out[pack.classes[c]] += probs[i];
  });
  return out;
}

const argmax = (values) => values.indexOf(Math.max(...values));
const argmin = (values) => values.indexOf(Math.min(...values));
const isUnsure = (p, choice, threshold) => choice >= p.length || (threshold != null && p[choice] < threshold);

// The index of the bin with the least expected cost, or -1 for "unsure": when that is the cheapest (a last column of
// `costs`), or when the chosen bin is less probable than `threshold`.
export function chooseBin(p, costs = null, threshold = null) {
  const expected = (j) => p.reduce((cost, v, i) => cost + v * costs[i][j], 0);
  const choice = costs ? argmin(costs[0].map((_, j) => expected(j))) : argmax(p);
  return isUnsure(p, choice, threshold) ? -1 : choice;
}

// The one question that would settle it, for a person who looks at the thing: the pack's own question about one of the
// two rivals (the likeliest class of each of the two likeliest bins), else which of them it is. An option names a bin.
const LEAST_PROB = 0.01; // a class less probable than this is not worth a question
export function ask(probs, classes, pack) {
  const order = [...classes.keys()].filter((i) => probs[i] > 0).sort((a, b) => probs[b] - probs[a]);
  const total = new Map();
  const leader = new Map();
  for (const i of order) {
    const b = pack.classes[classes[i]];
    total.set(b, (total.get(b) ?? 0) + probs[i]);
    if (!leader.has(b)) leader.set(b, i);
  }
  const likeliest = [...total.keys()].sort((a, b) => total.get(b) - total.get(a)).slice(0, 2);
  const rivals = likeliest
    .map((b) => leader.get(b))
    .filter((i) => probs[i] >= LEAST_PROB)
    .sort((a, b) => probs[b] - probs[a])
    .map((i) => classes[i]);
  const asked = rivals.find((c) => pack.questions[c]) ?? null;
  if (!asked && rivals.length < 2) return null;
  const names = rivals.map((c) => c.replaceAll('_', ' '));
  const options = rivals.map((c, i) => ({ text: names[i], class: c, bin: pack.bins[pack.classes[c]].key }));
  return {
    text: asked ? pack.questions[asked] : `Which is it: ${names.join(' or ')}?`,
    class: asked,
    options: [...options, { text: 'unsure', class: null, bin: pack.unsure }],
  };
}

export function decide(answer, manifest, pack, options = {}) {
  const classes = manifest.classes;
  const keys = pack.bins.map((b) => b.key);
  const binOf = (c) => keys[pack.classes[c]];
  const probs = softmax(answer.logits, manifest.temperature);
  const inBins = binProbs(probs, classes, pack);
  const best = chooseBin(inBins);
  const choice = chooseBin(inBins, options.costs === 'plain' ? null : pack.costs, pack.threshold);
  const ood = answer.ood_score != null && answer.ood_score > oodFacts(manifest).threshold;
  const several = severalThings(answer.windows, manifest, pack) ?? Boolean(answer.several);
  const decision = choice < 0 || ood || several ? 'unsure' : keys[choice];

  const label = classes[argmax(probs)];
  const settled = decision === binOf(label);
  const order = [...classes.keys()].sort((a, b) => probs[b] - probs[a]);
  return {
    probs: Object.fromEntries(classes.map((c, i) => [c, probs[i]])),
    bins: Object.fromEntries(keys.map((b, i) => [b, inBins[i]])),
    label,
    label_prob: Math.max(...probs),
    bin: keys[best],
    bin_prob: inBins[best],
    decision,
    ood,
    several,
    question: decision === 'unsure' && !ood && !several ? ask(probs, classes, pack) : null,
    in_doubt: pack.unsure, // the bin for whoever cannot answer the question
    advice: settled ? (pack.conditions[label] ?? '') : '', // "empty and rinsed"
    why: {
      class: label,
      bin: binOf(label),
      source: pack.sources[label] ?? pack.source.join('; '),
      checked: pack.checked,
      note: pack.assumed.includes(label) ? 'assumed' : '', // no source that was read says so
    },
    top: order.slice(0, 3).map((i) => ({ label: classes[i], prob: probs[i], bin: binOf(classes[i]) })),
  };
}
