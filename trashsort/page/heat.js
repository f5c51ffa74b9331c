// Which part of a photo spoke for a class (class activation map): the class's weights times the features, as in
// `trashsort.heatmaps`. The features of a photo fill 330 kB, its maps for all the classes 8 kB, so the maps are kept.
import { halves } from './ood.js';
import { roundEven, windows } from './pixels.js';

// The weights (C x K) of the network's last layer, less what all classes share; null if it draws no maps.
export function mapWeights(head) {
  if (!head) return null;
  const [classes, k] = head.shape;
  const weights = halves(head.weight);
  for (let j = 0; j < k; j++) {
    let mean = 0;
    for (let c = 0; c < classes; c++) mean += weights[c * k + j] / classes;
    for (let c = 0; c < classes; c++) weights[c * k + j] -= mean;
  }
  return { classes, k, weights };
}

// The maps of all classes: C x (h w) from the features K x (h w).
export function classMaps(features, area, { classes, k, weights }) {
  const maps = new Float32Array(classes * area);
  for (let c = 0; c < classes; c++) {
    for (let j = 0; j < k; j++) {
      const weight = weights[c * k + j];
      for (let i = 0; i < area; i++) maps[c * area + i] += weight * features[j * area + i];
    }
  }
  return maps;
}

// Enlarge a map of w x h to width x height and continue its edge by one cell on each side, as the cells look beyond it.
function enlarge(map, w, h, width, height) {
  const column = windows(w + 2, 0, w + 2, width, 'bilinear');
  const row = windows(h + 2, 0, h + 2, height, 'bilinear');
  const cell = (x, y) => map[Math.min(h - 1, Math.max(0, y - 1)) * w + Math.min(w - 1, Math.max(0, x - 1))];
  const out = new Float32Array(width * height);
  const weigh = ({ first, weights }, value) => weights.reduce((sum, k, i) => sum + k * value(first + i), 0);
  const wide = Array.from({ length: h + 2 }, (_, y) => column.map((o) => weigh(o, (x) => cell(x, y))));
  row.forEach((o, y) => {
    for (let x = 0; x < width; x++) out[y * width + x] = weigh(o, (v) => wide[v][x]);
  });
  return out;
}

// Lay the map of one class over the upright photo: {w, h, data}, values from 0 to 1, the longer side at most `side` px.
//   answer  {maps, map: [h, w], view: the part of the photo that the network saw, width, height} as an engine keeps it
export function heatMap(answer, index, manifest, side = 512) {
  const [h, w] = answer.map;
  const area = h * w;
  const raw = answer.maps.subarray(index * area, (index + 1) * area);
  const low = Math.min(...raw);
  const high = Math.max(...raw);
  const map = raw.map((v) => (high > low ? (v - low) / (high - low) : 0));

  const scale = Math.min(1, side / Math.max(answer.width, answer.height));
  const size = { w: Math.max(1, roundEven(answer.width * scale)), h: Math.max(1, roundEven(answer.height * scale)) };
  const share = [size.w / answer.width, size.h / answer.height];
  const [left, top, right, bottom] = answer.view.map((v, i) => roundEven(v * share[i % 2]));
  const width = Math.max(1, right - left);
  const height = Math.max(1, bottom - top);
  const [, inputH, inputW] = manifest.input_size;
  const [down, across] = manifest.head.shift ?? [0, 0];

  const bigW = Math.max(1, roundEven(width * (1 + 2 / w)));
  const bigH = Math.max(1, roundEven(height * (1 + 2 / h)));
  const big = enlarge(map, w, h, bigW, bigH);
  const x0 = roundEven(width * (across / inputW - 1 / w));
  const y0 = roundEven(height * (down / inputH - 1 / h));
  const data = new Float32Array(size.w * size.h);
  for (let y = Math.max(0, top); y < Math.min(size.h, top + height); y++) {
    for (let x = Math.max(0, left); x < Math.min(size.w, left + width); x++) {
      const bx = x - left - x0;
      const by = y - top - y0;
      if (bx >= 0 && by >= 0 && bx < bigW && by < bigH) data[y * size.w + x] = big[by * bigW + bx];
    }
  }
  return { ...size, data };
}
