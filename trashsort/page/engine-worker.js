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

// The size that a JPEG or PNG states in its first bytes, as {w, h, jpeg}; null for other formats.
function statedSize(bytes) {
  const view = new DataView(bytes.buffer), begin = bytes.length > 24 ? view.getUint32(0) : 0;
  if (begin === 0x89504e47) return {w: view.getUint32(16), h: view.getUint32(20), jpeg: false};
  if (begin >>> 8 !== 0xffd8ff) return null;
  for (let at = 2; at + 9 < bytes.length; at += 2 + view.getUint16(at + 2)) {
    while (bytes[at + 1] === 0xff) at++;                                     // fill bytes
    const marker = bytes[at + 1];
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return {w: view.getUint16(at + 7), h: view.getUint16(at + 5), jpeg: true};
  }
  return null;
}

// Let the JPEG decoder itself shrink a photo k times, as Pillow's `draft` does: quicker, and the same to the last bit. Null in
// browsers that cannot, or that would not turn the picture upright.
async function decodeSmall(bytes, {w, h}, k) {
  if (!self.ImageDecoder || !('rotation' in VideoFrame.prototype)) return null;
  const small = {desiredWidth: Math.ceil(w / k), desiredHeight: Math.ceil(h / k)};
  const decoder = new ImageDecoder({data: bytes, type: 'image/jpeg', colorSpaceConversion: 'none', ...small});
  try {
    const {image} = await decoder.decode();
    const sides = [image.displayWidth, image.displayHeight].sort().join();
    if (sides === Object.values(small).sort().join()) return image;
    image.close();
    return null;
  } catch {
    return null;
  } finally {
    decoder.close();
  }
}

// Decode a photo upright on a white background, without its colour profile, as Python does. A large JPEG is shrunk on the way, 2, 4
// or 8 times, so that both sides stay at least `least`.
async function decode(blob, name, least) {
  const bytes = new Uint8Array(await blob.arrayBuffer()), stated = statedSize(bytes);
  if (!bytes.length) throw fail('empty', `${name} is empty (0 bytes): copy or take it again.`);
  if (stated) checkSize(stated.w, stated.h, name);
  const k = stated?.jpeg ? [8, 4, 2].find(k => Math.min(stated.w, stated.h) >= k * least) ?? 1 : 1;
  const small = k > 1 ? await decodeSmall(bytes, stated, k) : null;
  if (small) {
    const lying = small.displayWidth !== Math.ceil(stated.w / k);   // the photo was turned by 90 degrees
    const [width, height] = lying ? [stated.h, stated.w] : [stated.w, stated.h];
    try { return {...readPixels(small, small.displayWidth, small.displayHeight, 1), width, height}; } finally { small.close(); }
  }
  const bitmap = await createImageBitmap(blob, {colorSpaceConversion: 'none', imageOrientation: 'from-image'})
    .catch(() => { throw why(name, bytes); });
  const {width, height} = bitmap;
  try {
    checkSize(width, height, name);
    return {...readPixels(bitmap, width, height, k), width, height};
  } finally {
    bitmap.close();
  }
}

function checkSize(w, h, name) {
  if (w * h <= MAX_PIXELS) return;
  throw fail('too_large', `${name} has ${Math.round(w * h / 1e6)} million pixels: shrink it below ${MAX_PIXELS / 1e6} million.`);
}

// Read a decoded picture as an image, averaging squares of k x k pixels: strip by strip, so that 60 megapixels need little memory.
function readPixels(picture, width, height, k) {
  const w = Math.ceil(width / k), h = Math.ceil(height / k);
  const strip = Math.min(height, k * Math.max(1, Math.floor(2 ** 21 / width / k)));   // about 2 million pixels at a time
  const context = new OffscreenCanvas(width, strip).getContext('2d', {willReadFrequently: true, colorSpace: 'srgb'});
  const data = new Uint8ClampedArray(3 * w * h);
  for (let top = 0; top < height; top += strip) {
    const rows = Math.min(strip, height - top);
    context.fillStyle = 'white';
    context.fillRect(0, 0, width, strip);
    context.drawImage(picture, 0, -top);
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
