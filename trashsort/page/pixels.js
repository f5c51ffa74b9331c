// From a photo's pixels to the numbers that the network takes. These are the steps of `trashsort.images`, with Pillow's
// arithmetic and rounding, so that the browser and Python see the same input. A canvas resizes in another way in every
// browser, so it is used to read decoded pixels and for nothing else.
//
// An image is {w, h, data}; `data` holds red, green and blue (one byte each) of every pixel, row by row.

// The filters of Pillow: how far each reaches, in pixels, and its weight at a distance x.
const sinc = (x) => (x === 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI));
const FILTERS = {
  box: [0.5, (x) => (x > -0.5 && x <= 0.5 ? 1 : 0)],
  bilinear: [1, (x) => Math.max(0, 1 - Math.abs(x))],
  hamming: [
    1,
    (x) => (Math.abs(x) < 1 ? sinc(x) * (Math.fround(0.54) + Math.fround(0.46) * Math.cos(x * Math.PI)) : 0),
  ],
  bicubic: [
    2,
    (x) => {
      x = Math.abs(x);
      if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * -0.5 : 0;
    },
  ],
  lanczos: [3, (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0)],
};

// Round to the nearest whole number, halves to the even one, as Python does.
export function roundEven(x) {
  const low = Math.floor(x);
  if (x - low !== 0.5) return Math.round(x);
  return low % 2 === 0 ? low : low + 1;
}

// Which input pixels make each of `out` output pixels, when the part `from`..`to` of a line of `n` pixels is resized.
// For each: the first of them, and their weights, which sum to 1. A smaller output widens the filter (antialiasing).
export function windows(n, from, to, out, filter) {
  const scale = Math.fround(to - from) / out; // Pillow keeps both in 32 bits
  if (filter === 'nearest') {
    let at = from + scale * 0.5 - scale;
    return Array.from({ length: out }, () => ({ first: Math.floor((at += scale)), weights: [1] }));
  }
  const [reach, weightAt] = FILTERS[filter];
  const widened = Math.max(scale, 1);
  return Array.from({ length: out }, (_, i) => {
    const centre = from + (i + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - reach * widened + 0.5));
    const end = Math.min(n, Math.trunc(centre + reach * widened + 0.5));
    const weights = [];
    for (let x = first; x < end; x++) weights.push(weightAt((x - centre + 0.5) * (1 / widened)));
    const sum = weights.reduce((a, b) => a + b, 0);
    return { first, weights: weights.map((v) => v / sum) };
  });
}

// Pillow keeps the weights as whole numbers of 1/2^22, which decides how the last bit is rounded. Sums of them times bytes
// stay below 2^31, so whole numbers of 32 bits (`| 0`, `Math.imul`) suffice, and those are quick.
const BITS = 22;
const HALF = 1 << (BITS - 1);
const wholeWeights = (weights) => Int32Array.from(weights, (v) => Math.trunc(v * 2 ** BITS + (v < 0 ? -0.5 : 0.5)));

// Resize every row of an image of bytes to as many pixels as there are `windows`.
function resizeRows({ w, h, data }, wins) {
  const out = new Uint8ClampedArray(3 * wins.length * h); // clamps to 0..255
  const parts = wins.map(({ first, weights }) => ({ begin: 3 * first, whole: wholeWeights(weights) }));
  for (let y = 0, to = 0; y < h; y++) {
    const row = 3 * w * y;
    for (const { begin, whole } of parts) {
      let [r, g, b] = [HALF, HALF, HALF];
      for (let k = 0, at = row + begin; k < whole.length; k++, at += 3) {
        const weight = whole[k];
        r = (r + Math.imul(weight, data[at])) | 0;
        g = (g + Math.imul(weight, data[at + 1])) | 0;
        b = (b + Math.imul(weight, data[at + 2])) | 0;
      }
      out[to++] = r >> BITS;
      out[to++] = g >> BITS;
      out[to++] = b >> BITS;
    }
  }
  return { w: wins.length, h, data: out };
}

// Resize every column to as many pixels as there are `windows`, row by row, as the bytes lie in memory.
function resizeColumns({ w, data }, wins) {
  const out = new Uint8ClampedArray(3 * w * wins.length);
  const sums = new Int32Array(3 * w);
  wins.forEach(({ first, weights }, y) => {
    sums.fill(HALF);
    wholeWeights(weights).forEach((weight, k) => {
      const row = data.subarray(3 * w * (first + k), 3 * w * (first + k + 1));
      for (let i = 0; i < sums.length; i++) sums[i] += Math.imul(weight, row[i]);
    });
    for (let i = 0, to = 3 * w * y; i < sums.length; i++) out[to + i] = sums[i] >> BITS;
  });
  return { w, h: wins.length, data: out };
}

// Resize the part `box` = [left, top, right, bottom] of an image to w x h; the box may end between pixels.
// One pass across and one pass down; like Pillow from version 13 on, down first where the height shrinks far more.
export function resample(image, w, h, filter, box = [0, 0, image.w, image.h]) {
  const [left, top, right, bottom] = box.map(Math.fround);
  const across = windows(image.w, left, right, w, filter);
  const down = windows(image.h, top, bottom, h, filter);
  const downFirst = image.h > h && image.h - h > 2 * (image.w - w);
  return downFirst ? resizeRows(resizeColumns(image, down), across) : resizeColumns(resizeRows(image, across), down);
}

// Shrink an image k times by averaging squares of k x k pixels; those at the right and bottom edge may be smaller.
export function reduce(image, k) {
  if (k === 1) return image;
  const w = Math.ceil(image.w / k);
  const h = Math.ceil(image.h / k);
  const data = new Uint8ClampedArray(3 * w * h);
  const sums = new Int32Array(3 * w);
  for (let y = 0; y < h; y++) {
    const rows = image.data.subarray(3 * image.w * k * y, 3 * image.w * Math.min(image.h, k * y + k));
    sumRows(rows, image.w, k, sums);
    const high = rows.length / (3 * image.w);
    for (let x = 0, at = 0; x < w; x++) {
      const n = high * Math.min(k, image.w - k * x);
      const half = n >> 1;
      const share = Math.floor(2 ** 24 / n);
      for (let c = 0; c < 3; c++, at++) data[3 * w * y + at] = Math.floor(((sums[at] + half) * share) / 2 ** 24);
    }
  }
  return { w, h, data };
}

// Add up the pixels of some rows, k columns in one.
function sumRows(rows, width, k, sums) {
  sums.fill(0);
  for (let at = 0; at < rows.length; ) {
    for (let x = 0, to = 0; x < width; to += 3) {
      let [r, g, b] = [0, 0, 0];
      for (const end = Math.min(x + k, width); x < end; x++, at += 3) {
        r += rows[at];
        g += rows[at + 1];
        b += rows[at + 2];
      }
      sums[to] += r;
      sums[to + 1] += g;
      sums[to + 2] += b;
    }
  }
}

// Cut out the part from (left, top) to (right, bottom), in whole pixels.
export function crop(image, left, top, right, bottom) {
  const w = right - left;
  const h = bottom - top;
  const data = new Uint8ClampedArray(3 * w * h);
  for (let y = 0; y < h; y++) {
    const at = 3 * ((top + y) * image.w + left);
    data.set(image.data.subarray(at, at + 3 * w), 3 * w * y);
  }
  return { w, h, data };
}

// --- Bars: many pictures carry plain bars on their sides. See nbs/00a_images.ipynb for the reasons behind each number.

const sorted = (values) => Float64Array.from(values).sort();
const sum = (values) => values.reduce((a, b) => a + b, 0);

// The colours (three values each) of the outermost line of a side: 0 left, 1 top, 2 right, 3 bottom.
function outerLine({ w, h, data }, side) {
  const n = side % 2 ? w : h;
  const first = [0, 0, w - 1, w * (h - 1)][side];
  return Array.from({ length: n }, (_, i) => {
    const at = 3 * (first + i * (side % 2 ? 1 : w));
    return [data[at], data[at + 1], data[at + 2]];
  });
}

const apart = (a, b) => Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]), Math.abs(a[2] - b[2]));

// How far each pixel of an image is from a colour: the largest difference in red, green or blue.
function distances({ w, h, data }, [red, green, blue]) {
  const far = new Uint8Array(w * h);
  for (let i = 0, at = 0; i < far.length; i++, at += 3) {
    far[i] = Math.max(Math.abs(data[at] - red), Math.abs(data[at + 1] - green), Math.abs(data[at + 2] - blue));
  }
  return far;
}

// Group the sides whose outermost line has one colour: a list of {sides, far}, `far` being the distance of every pixel
// from that colour.
function plainSides(image, tol) {
  const lines = [0, 1, 2, 3].map((side) => outerLine(image, side));
  const colours = lines.map((line) => [0, 1, 2].map((c) => sorted(line.map((o) => o[c]))[line.length >> 1]));
  const near = (i) => lines[i].filter((colour) => apart(colour, colours[i]) <= tol).length;
  let left = [0, 1, 2, 3].filter((i) => near(i) / lines[i].length >= 0.98);
  const groups = [];
  while (left.length) {
    const colour = colours[left[0]];
    const sides = left.filter((i) => apart(colours[i], colour) <= tol / 2);
    left = left.filter((i) => !sides.includes(i));
    groups.push({ sides, far: distances(image, colour) });
  }
  return groups;
}

// Find where the margin along one side ends and how straight that end is. `at(j, d)` is the distance from the margin's
// colour on line j, d pixels from the side.
function edgeOf(at, lines, n, tol, blur = 5, ring = 16) {
  const depth = new Int32Array(lines); // where each line first differs; n if it never does
  for (let j = 0; j < lines; j++) {
    let d = 0;
    while (d < n && at(j, d) <= tol) d++;
    depth[j] = d;
  }
  const ends = new Int32Array(n + 2 * blur);
  for (const d of depth) if (d < n) ends[d]++;
  const near = Array.from({ length: n + blur }, (_, d) => sum(ends.subarray(d, d + blur)));
  const most = Math.max(...near);
  let edge = most ? near.findLastIndex((v) => v >= 0.98 * most) : 0;
  const early = [...depth.keys()].filter((j) => depth[j] < edge);
  const tooEarly = early.filter((j) => depth[j] < edge - ring).length / lines > 0.02;
  const different = (j) => {
    for (let d = 0; d < edge; d++) if (at(j, d) > 3 * tol) return true;
    return false;
  };
  if (early.length && (early.length / lines > 0.1 || tooEarly || early.some(different))) edge = Math.min(...depth);
  const hit = [...depth.keys()].filter((j) => depth[j] >= edge && depth[j] < edge + blur);
  const behind = sorted(hit.map((j) => at(j, Math.min(edge + ring, n - 1))));
  const spread = behind.length
    ? behind[Math.floor((behind.length * 3) / 4)] - behind[Math.floor(behind.length / 4)]
    : 0;
  return { edge, straight: hit.length / lines, spread };
}

// Tell bars from the plain background around an object: the sides that carry a bar.
function sidesWithBars(edges, slack, straight, tol) {
  const wide = Object.keys(edges)
    .map(Number)
    .filter((i) => edges[i].edge);
  const share = wide.map((i) => edges[i].straight);
  if (new Set(wide.map((i) => i % 2)).size === 2) {
    const spread = sum(wide.map((i) => edges[i].spread)) / wide.length;
    return Math.min(...share) >= 0.95 && spread > tol / 2 ? wide : [];
  }
  const equal = wide.length === 2 && Math.abs(edges[wide[0]].edge - edges[wide[1]].edge) <= slack;
  if (equal && sum(share) / 2 >= 0.6) return wide;
  return wide.filter((_, i) => share[i] >= straight);
}

// Measure the bars on those sides whose whole line has one colour: [left, top, right, bottom].
function onePass(image, tol, straight) {
  const { w, h } = image;
  const out = [0, 0, 0, 0];
  for (const { sides, far } of plainSides(image, tol)) {
    const rows = [];
    const columns = new Uint8Array(w);
    for (let y = 0; y < h; y++) {
      let any = false;
      for (let x = 0; x < w; x++) if (far[y * w + x] > tol) any = columns[x] = 1;
      if (any) rows.push(y);
    }
    if (!rows.length) continue;
    const x0 = columns.indexOf(1);
    const y0 = rows[0];
    const wide = columns.lastIndexOf(1) + 1 - x0;
    const high = rows.at(-1) + 1 - y0;
    const reader = {
      0: [(j, d) => far[(y0 + j) * w + d], high, w],
      1: [(j, d) => far[d * w + x0 + j], wide, h],
      2: [(j, d) => far[(y0 + j) * w + w - 1 - d], high, w],
      3: [(j, d) => far[(h - 1 - d) * w + x0 + j], wide, h],
    };
    const edges = Object.fromEntries(sides.map((i) => [i, edgeOf(...reader[i], tol)]));
    const slack = Math.max(2, Math.floor(Math.max(w, h) / 100));
    for (const i of sidesWithBars(edges, slack, straight, tol)) out[i] = edges[i].edge;
  }
  return out;
}

// Measure near-uniform bars on the four sides of an image: [left, top, right, bottom] in pixels.
export function barWidths(image, tol = 24, straight = 0.85, keep = 0.3) {
  const k = Math.max(1, Math.floor(Math.max(image.w, image.h) / 512));
  const blur = 8;
  const small = reduce(image, k);
  const { w, h } = small;
  const first = onePass(small, tol, straight);
  let bars = first;
  const [x0, y0, x1, y1] = first.map((o) => o && o + blur);
  if (first.some((o) => o) && x0 + x1 < w && y0 + y1 < h) {
    const more = onePass(crop(small, x0, y0, w - x1, h - y1), tol, straight);
    bars = first.map((o, i) => o || more[i]);
  }
  const [l, t, r, b] = bars;
  return w - l - r >= keep * w && h - t - b >= keep * h ? bars.map((o) => o * k) : [0, 0, 0, 0];
}

// --- From an image to the network's input

// The part of an image, [left, top, right, bottom], that fills w x h when the rest is cut off at its centre.
function centre(image, w, h) {
  const ratio = w / h;
  const has = image.w / image.h;
  const wide = has > ratio ? ratio * image.h : image.w;
  const high = has < ratio ? image.w / ratio : image.h;
  const left = (image.w - wide) * 0.5;
  const top = (image.h - high) * 0.5;
  return [left, top, left + wide, top + high];
}

// Resize the whole image into w x h and fill what is left with white.
function pad(image, w, h, filter) {
  const ratio = w / h;
  const has = image.w / image.h;
  const wide = has < ratio ? roundEven((image.w / image.h) * h) : w;
  const high = has > ratio ? roundEven((image.h / image.w) * w) : h;
  const small = resample(image, wide, high, filter);
  const out = { w, h, data: new Uint8ClampedArray(3 * w * h).fill(255) };
  const left = roundEven((w - wide) * 0.5);
  const top = roundEven((h - high) * 0.5);
  for (let y = 0; y < high; y++) {
    out.data.set(small.data.subarray(3 * wide * y, 3 * wide * (y + 1)), 3 * ((top + y) * w + left));
  }
  return out;
}

// The bars that are cut off before an image is resized: [left, top, right, bottom].
export const barsOf = (image, manifest) => (manifest.trim ? barWidths(image) : [0, 0, 0, 0]);

// Resize an image as the bundle's manifest says. Finding the bars takes a while: who needs them twice hands them in.
export function resizeImage(image, manifest, [l, t, r, b] = barsOf(image, manifest)) {
  const [, h, w] = manifest.input_size;
  const filter = manifest.interpolation;
  if (l || t || r || b) image = crop(image, l, t, image.w - r, image.h - b);
  if (manifest.resize === 'pad') return pad(image, w, h, filter);
  return resample(image, w, h, filter, manifest.resize === 'crop' ? centre(image, w, h) : undefined);
}

// Turn an image into the network's input: a Float32Array of 3 x height x width.
export function toInput(image, manifest, bars) {
  const { w, h, data } = resizeImage(image, manifest, bars);
  const n = w * h;
  const out = new Float32Array(3 * n);
  const round = Math.fround; // Python computes this in 32 bits
  for (let c = 0; c < 3; c++) {
    const mean = round(manifest.mean[c]);
    const std = round(manifest.std[c]);
    const value = Float32Array.from({ length: 256 }, (_, v) => round(round(round(v / 255) - mean) / std));
    for (let i = 0; i < n; i++) out[c * n + i] = value[data[3 * i + c]];
  }
  return out;
}

// The part of the photo that the network sees: [left, top, right, bottom], in pixels; beyond its edges if padded.
export function viewOf(image, manifest, [l, t, r, b] = barsOf(image, manifest)) {
  const [, height, width] = manifest.input_size;
  const w = image.w - l - r;
  const h = image.h - t - b;
  if (manifest.resize === 'squish') return [l, t, l + w, t + h];
  const scale = Math[manifest.resize === 'crop' ? 'min' : 'max'](w / width, h / height);
  const dw = (width * scale - w) / 2;
  const dh = (height * scale - h) / 2;
  return [l - dw, t - dh, l + w + dw, t + h + dh];
}
