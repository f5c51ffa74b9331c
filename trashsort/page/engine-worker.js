// The network at work, away from the page so that the page never freezes. browser-engine.js talks to it:
//   in   {id, kind: 'start', config, manifest, base} or {id, kind: 'answer', blob, name}
//   out  {id, value}, {id, error, code} or, while it loads, {id, progress: 0 to 1}
import { decode } from './decode.js';
import { fail } from './errors.js';
import { classMaps, mapWeights } from './heat.js';
import { halves, oodScorer, pooled } from './ood.js';
import { barsOf, toInput, viewOf } from './pixels.js';
import { windowLogits } from './several.js';

let ort, session, manifest, oodScore, head, bias;

// --- Loading

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((b) => b.toString(16).padStart(2, '0')).join('');
}

// Read a body piece by piece and report how much has come.
async function readAll(response, report) {
  const parts = [];
  for (const reader = response.body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    parts.push(value);
    report(value.length);
  }
}

// The large files lie gzipped in the folder, as not every host would compress them. A host that knows what .gz means
// has unpacked them already.
async function unpack(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// The address of a large file; another content has another address, so that no cache mixes them up.
const addressOf = (path, expected, base) => new URL(`${path}?v=${expected.slice(0, 12)}`, base).href;

// Fetch a large file, or take it from the browser's own storage, where it is kept from the first visit on.
async function large(path, { sha256: expected }, base, report) {
  const url = addressOf(path, expected, base);
  const store = self.caches && (await caches.open(`trashsort ${base}`).catch(() => null));
  const kept = await store?.match(url);
  const response = kept ?? (await fetch(url).catch(() => null));
  if (!response?.ok) {
    const reason = response?.status ?? 'no connection';
    throw fail('not_loaded', `${path} could not be loaded (${reason}): connect to the network and try again.`);
  }
  const packed = await readAll(response, report);
  const bytes = await unpack(packed).catch(() => new Uint8Array());
  if (self.crypto?.subtle && (await sha256(bytes)) !== expected) {
    await store?.delete(url);
    throw fail('damaged', `${path} came damaged or is not the one of this page: open the page again.`);
  }
  // Where this fails, for want of room, the page works all the same, but only with a network.
  if (store && !kept) await store.put(url, new Response(packed)).catch(() => {});
  return bytes;
}

// Forget the large files of earlier versions of this page.
async function tidy(config, base) {
  const store = await self.caches?.open(`trashsort ${base}`);
  const current = Object.entries(config.large).map(([path, facts]) => addressOf(path, facts.sha256, base));
  for (const request of (await store?.keys()) ?? []) {
    if (!current.includes(request.url)) await store.delete(request);
  }
}

async function start({ config, manifest: theManifest, base }, progress) {
  if (!self.OffscreenCanvas || !self.createImageBitmap || !self.DecompressionStream) {
    throw fail('old_browser', 'This browser is too old for the page: use one from 2023 or later.');
  }
  manifest = theManifest;
  oodScore = oodScorer(manifest);
  head = mapWeights(manifest.head);
  bias = manifest.several && manifest.head && halves(manifest.head.bias);
  const total = Object.values(config.large).reduce((sum, facts) => sum + facts.bytes, 0);
  let seen = 0;
  const report = (bytes) => progress(Math.min(1, (seen += bytes) / total));
  const get = (path) => large(path, config.large[path], base, report);
  const wasmPath = Object.keys(config.large).find((path) => path !== config.model);
  const [model, wasm, module] = await Promise.all([
    get(config.model),
    get(wasmPath),
    import(new URL('ort/ort.wasm.min.mjs', base)),
  ]);
  ort = module;
  ort.env.wasm.wasmBinary = wasm;
  ort.env.wasm.wasmPaths = { mjs: new URL('ort/ort-wasm-simd-threaded.mjs', base).href };
  // Half of the cores, as threads that wait for one another keep a core busy: on two shared cores, two are slower than one.
  const half = Math.floor((navigator.hardwareConcurrency ?? 2) / 2);
  ort.env.wasm.numThreads = self.crossOriginIsolated ? Math.max(1, Math.min(4, half)) : 1;
  session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'], logSeverityLevel: 3 });
  await warmUp();
  tidy(config, base).catch(() => {});
  return { threads: ort.env.wasm.numThreads };
}

// --- One photo

async function run(input) {
  const [, h, w] = manifest.input_size;
  return session.run({ image: new ort.Tensor('float32', input, [1, 3, h, w]) });
}

// The first runs are slow: the browser compiles the code better while it runs.
const warmUp = () => run(new Float32Array(3 * manifest.input_size[1] * manifest.input_size[2]));

async function answer({ blob, name }) {
  const began = performance.now();
  const least = Math.floor(1.5 * Math.max(manifest.input_size[1], manifest.input_size[2]));
  const { image, width, height } = await decode(blob, name, least);
  const bars = barsOf(image, manifest);
  const out = await run(toInput(image, manifest, bars));
  const logits = Float32Array.from(out.logits.data);
  const features = out.features.data;
  const [h, w] = out.features.dims.slice(2);
  const scale = [width / image.w, height / image.h];
  const maps = head && classMaps(features, h * w, head);
  return {
    logits,
    ood_score: oodScore(logits, pooled(features, h * w)),
    windows: bias ? windowLogits(maps, [h, w], bias) : null, // for several.js
    maps,
    map: [h, w],
    view: viewOf(image, manifest, bars).map((v, i) => v * scale[i % 2]),
    width,
    height,
    ms: performance.now() - began,
  };
}

// One message after the other: photos that come while another is looked at wait for their turn.
let turn = Promise.resolve();
let queued = 0;

async function reply({ id, kind, ...message }) {
  const progress = (share) => self.postMessage({ id, progress: share });
  try {
    self.postMessage({ id, value: await (kind === 'start' ? start(message, progress) : answer(message)) });
  } catch (error) {
    self.postMessage({ id, error: error.message, code: error.code ?? 'failed' });
  }
  for (let i = 0; kind === 'start' && session && queued === 1 && i < 2; i++) await warmUp().catch(() => {}); // while nobody waits
  queued--;
}

self.onmessage = ({ data }) => {
  queued++;
  turn = turn.then(() => reply(data));
};
