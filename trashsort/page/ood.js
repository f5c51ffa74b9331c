// Does a photo look like anything the network knows? (OOD: out of distribution.) The bundle's manifest names one of seven
// scores and brings what it needs; a score above its threshold means "this does not look like waste".
// The same as `trashsort.sort.ood` in Python, where each score is explained and compared.

import { fail } from './errors.js';

// Read base64 of little-endian 16-bit floats.
export function halves(text) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 2 }, (_, i) => {
    const bits = view.getUint16(2 * i, true);
    const sign = bits >> 15 ? -1 : 1;
    const exponent = (bits >> 10) & 31;
    const rest = bits & 1023;
    if (exponent === 31) return rest ? NaN : sign * Infinity;
    return sign * (exponent ? (1 + rest / 1024) * 2 ** (exponent - 15) : rest * 2 ** -24);
  });
}

// Read an array of a manifest: 16-bit floats, or whole numbers of 8 bits with a step a row (32-bit floats).
function unpacked({ data, steps, shape }) {
  if (!steps) return halves(data);
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer;
  const whole = new Int8Array(bytes(data));
  const step = new DataView(bytes(steps));
  return Float32Array.from(whole, (v, i) => v * step.getFloat32(4 * Math.floor(i / shape[1]), true));
}

const dot = (a, b, at = 0) => a.reduce((total, v, i) => total + v * b[at + i], 0);

// Average each of the K feature maps (`area` values each) over the picture.
export function pooled(features, area) {
  return Float32Array.from({ length: features.length / area }, (_, k) => {
    let total = 0;
    for (let i = k * area; i < (k + 1) * area; i++) total += features[i];
    return total / area;
  });
}

function energy(z) {
  const top = Math.max(...z);
  return -(Math.log(z.reduce((total, v) => total + Math.exp(v - top), 0)) + top);
}

const FROM_LOGITS = {
  energy,
  max_logit: (z) => -Math.max(...z),
  max_prob: (z) => 1 - Math.exp(Math.max(...z) + energy(z)),
};

// Each of these gets the pooled features and the manifest's arrays, unpacked.
const standard = (f, { mean, scale }) => f.map((v, i) => (v - mean[i]) / scale[i]);
const FROM_FEATURES = {
  mahalanobis: (f, facts) => {
    const x = standard(f, facts);
    return Math.log(dot(x, x) / x.length);
  },
  residual: (f, facts) => {
    const x = standard(f, facts);
    const rest = Float64Array.from(x);
    for (let at = 0; at < facts.basis.length; at += x.length) {
      const along = dot(x, facts.basis, at);
      for (let i = 0; i < x.length; i++) rest[i] -= along * facts.basis[at + i];
    }
    return dot(rest, rest) / Math.max(dot(x, x), 1e-9);
  },
  cosine: (f, { basis }) => {
    const length = Math.max(Math.sqrt(dot(f, f)), 1e-9);
    let best = -Infinity;
    for (let at = 0; at < basis.length; at += f.length) best = Math.max(best, dot(f, basis, at) / length);
    return 1 - best;
  },
  negative_labels: (f, { mean, labels, n_known, soft }) => {
    const x = f.map((v, i) => v - mean[i]);
    const length = Math.max(Math.sqrt(dot(x, x)), 1e-9);
    const z = Array.from({ length: labels.length / x.length }, (_, k) => dot(x, labels, k * x.length) / length / soft);
    const meanExp = (group) => -energy(group) - Math.log(group.length);
    return meanExp(z.slice(n_known)) - meanExp(z.slice(0, n_known));
  },
};

// What the manifest says about OOD, or null if the bundle cannot tell.
export const oodFacts = (manifest) => manifest.ood ?? manifest.none ?? null;

// Make the score that a manifest names: a function of (logits, pooled features) that returns a number, or null.
export function oodScorer(manifest) {
  const facts = oodFacts(manifest);
  if (!facts) return () => null;
  if (facts.score in FROM_LOGITS) return FROM_LOGITS[facts.score];
  if (!(facts.score in FROM_FEATURES)) {
    throw fail(
      'old_page',
      `This page does not know the OOD score '${facts.score}' of the model: ` +
        'write the page again with a newer trashsort.',
    );
  }
  const names = ['mean', 'scale', 'basis', 'labels'].filter((name) => facts[name]);
  const arrays = Object.fromEntries(names.map((name) => [name, unpacked(facts[name])]));
  return (logits, features) => FROM_FEATURES[facts.score](features, { ...facts, ...arrays });
}
