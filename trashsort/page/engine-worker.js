// The network at work, away from the page so that the page never freezes. browser-engine.js talks to it:
//   in   {id, kind: 'start', config, manifest, base} or {id, kind: 'answer', blob, name}
//   out  {id, value}, {id, error, code} or, while it loads, {id, progress: 0 to 1}
import {reduce, toInput, viewOf} from './pixels.js';
import {oodScorer, pooled} from './ood.js';
import {classMaps, mapWeights} from './heat.js';

const MAX_PIXELS = 90e6;
let ort, session, manifest, oodScore, head;

function fail(code, sentence) {
  return Object.assign(new Error(sentence), {code});
}

// --- Loading

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map(b => b.toString(16).padStart(2, '0')).join('');
}

// Read a body piece by piece and report how much has come.
async function readAll(response, report) {
  const parts = [];
  for (const reader = response.body.getReader(); ;) {
    const {done, value} = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    parts.push(value);
    report(value.length);
  }
}

// The wasm lies gzipped in the folder, as not every host would compress it. A host that knows what .gz means unpacks it itself.
async function unpack(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// Fetch one of the two large files, or take it from the browser's own storage, where it is kept from the first visit on.
async function large(path, {sha256: expected}, base, report) {
  const url = new URL(`${path}?v=${expected.slice(0, 12)}`, base);
  const store = self.caches && await caches.open(`trashsort ${base}`).catch(() => null);
  const kept = await store?.match(url);
  let response = kept;
  try { response ??= await fetch(url); } catch { /* no network: said below */ }
  if (!response?.ok) throw fail('not_loaded', `${path} could not be loaded (${response?.status ?? 'no connection'}): connect to the network and open the page again.`);
  const raw = await readAll(response, report), bytes = await unpack(raw);
  if (self.crypto?.subtle && await sha256(bytes) !== expected) {
    await store?.delete(url);
    throw fail('damaged', `${path} came damaged or is not the one of this page: open the page again.`);
  }
  if (store && !kept) await store.put(url, new Response(raw)).catch(() => {});   // a full disk only means: no offline use
  return bytes;
}

// Forget large files of earlier versions of this page.
async function tidy(config, base) {
  const store = await self.caches?.open(`trashsort ${base}`);
  const current = Object.entries(config.large).map(([path, o]) => new URL(`${path}?v=${o.sha256.slice(0, 12)}`, base).href);
  for (const request of await store?.keys() ?? []) if (!current.includes(request.url)) await store.delete(request);
}

async function start({config, manifest: facts, base}, progress) {
  if (!self.OffscreenCanvas || !self.createImageBitmap || !self.DecompressionStream) {
    throw fail('old_browser', 'This browser is too old for the page: use one from 2023 or later.');
  }
  manifest = facts;
  oodScore = oodScorer(manifest);
  head = mapWeights(manifest.head);
  const paths = Object.keys(config.large), total = paths.reduce((sum, path) => sum + config.large[path].bytes, 0);
  let seen = 0;
  const report = bytes => progress(Math.min(1, (seen += bytes) / total));
  const wasmPath = paths.find(path => path.startsWith('ort/'));
  const [model, wasm, module] = await Promise.all([
    large(config.model, config.large[config.model], base, report),
    large(wasmPath, config.large[wasmPath], base, report),
    import(new URL('ort/ort.wasm.min.mjs', base)),
  ]);
  ort = module;
  ort.env.wasm.wasmBinary = wasm;
  ort.env.wasm.wasmPaths = {mjs: new URL('ort/ort-wasm-simd-threaded.mjs', base).href};
  ort.env.wasm.numThreads = self.crossOriginIsolated ? Math.min(4, navigator.hardwareConcurrency ?? 1) : 1;
  session = await ort.InferenceSession.create(model, {executionProviders: ['wasm'], logSeverityLevel: 3});
  await run(new Float32Array(3 * manifest.input_size[1] * manifest.input_size[2]));   // the first run is slow
  tidy(config, base).catch(() => {});
  return {threads: ort.env.wasm.numThreads};
}

// --- One photo

const HEIC = ['heic', 'heix', 'hevc', 'heim', 'heis', 'mif1', 'msf1'];

// Why a browser could not decode a photo, from its first bytes.
function why(name, begin) {
  const brand = String.fromCharCode(...begin.subarray(4, 12));
  if (brand.startsWith('ftyp') && HEIC.includes(brand.slice(4))) {
    return fail('heic', `${name} is a HEIC photo, which this browser cannot read: save it as JPEG; on an iPhone choose Settings, Camera, Formats, Most Compatible.`);
  }
  return fail('not_an_image', `${name} is not a picture that this browser can read, or it is damaged: save it as JPEG or PNG.`);
}

// Decode a photo upright on a white background, without its colour profile, as Python does. A large JPEG is averaged down on
// the way (2, 4 or 8 times, both sides staying at least `least`), strip by strip, so that 60 megapixels need little memory.
async function decode(blob, name, least) {
  const begin = new Uint8Array(await blob.slice(0, 16).arrayBuffer());
  if (!begin.length) throw fail('empty', `${name} is empty (0 bytes): copy or take it again.`);
  const bitmap = await createImageBitmap(blob, {colorSpaceConversion: 'none', imageOrientation: 'from-image'})
    .catch(() => { throw why(name, begin); });
  const {width, height} = bitmap;
  try {
    if (width * height > MAX_PIXELS) {
      throw fail('too_large', `${name} has ${Math.round(width * height / 1e6)} million pixels: shrink it below ${MAX_PIXELS / 1e6} million.`);
    }
    const jpeg = begin[0] === 0xff && begin[1] === 0xd8;
    const k = jpeg ? [8, 4, 2].find(k => Math.min(width, height) >= k * least) ?? 1 : 1;
    return {...readPixels(bitmap, k), width, height};
  } finally {
    bitmap.close();
  }
}

function readPixels(bitmap, k) {
  const {width, height} = bitmap, w = Math.ceil(width / k), h = Math.ceil(height / k);
  const strip = Math.min(height, k * Math.max(1, Math.floor(2 ** 21 / width / k)));   // about 2 million pixels at a time
  const context = new OffscreenCanvas(width, strip).getContext('2d', {willReadFrequently: true, colorSpace: 'srgb'});
  const data = new Uint8ClampedArray(3 * w * h);
  for (let top = 0; top < height; top += strip) {
    const rows = Math.min(strip, height - top);
    context.fillStyle = 'white';
    context.fillRect(0, 0, width, strip);
    context.drawImage(bitmap, 0, -top);
    const rgba = context.getImageData(0, 0, width, rows).data;
    const rgb = new Uint8ClampedArray(3 * width * rows);
    for (let i = 0, j = 0; i < rgba.length; i += 4) {
      rgb[j++] = rgba[i];
      rgb[j++] = rgba[i + 1];
      rgb[j++] = rgba[i + 2];
    }
    data.set(reduce({w: width, h: rows, data: rgb}, k).data, 3 * w * (top / k));
  }
  return {w, h, data};
}

async function run(input) {
  const [, h, w] = manifest.input_size;
  return session.run({image: new ort.Tensor('float32', input, [1, 3, h, w])});
}

async function answer({blob, name}) {
  const began = performance.now();
  const {width, height, ...image} = await decode(blob, name, Math.floor(3 * Math.max(...manifest.input_size.slice(1)) / 2));
  const out = await run(toInput(image, manifest));
  const logits = Float32Array.from(out.logits.data), features = out.features.data;
  const [h, w] = out.features.dims.slice(2);
  const scale = [width / image.w, height / image.h];
  return {
    logits,
    ood_score: oodScore(logits, pooled(features, h * w)),
    several: null,   // several.js will say
    maps: head && classMaps(features, h * w, head),
    map: [h, w],
    view: viewOf(image, manifest).map((v, i) => v * scale[i % 2]),
    width,
    height,
    ms: performance.now() - began,
  };
}

// One message after the other: photos that come while another is looked at wait for their turn.
let turn = Promise.resolve();
self.onmessage = ({data: {id, kind, ...what}}) => {
  turn = turn.then(async () => {
    try {
      const value = kind === 'start' ? await start(what, progress => self.postMessage({id, progress})) : await answer(what);
      self.postMessage({id, value});
    } catch (error) {
      self.postMessage({id, error: error.message, code: error.code ?? 'failed'});
    }
  });
};
