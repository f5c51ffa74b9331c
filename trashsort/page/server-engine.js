// Engine two: the photo goes to the program that served this page, and to nobody else. It answers with the network's
// numbers (logits), so that changing the rules needs no second look.
import { shrink } from './photos.js';

const SIDE = 1024; // px: more helps a network that sees 256 px nothing, and costs time on the way
const token = new URLSearchParams(location.search).get('token');

// An error that the page can translate: `code` is the kind, the message a plain sentence.
function trouble(code, message) {
  return Object.assign(new Error(message), { code });
}

async function ask(blob, query) {
  const headers = { 'Content-Type': blob.type || 'application/octet-stream' };
  if (token) headers.Authorization = `Bearer ${token}`;
  let response;
  try {
    response = await fetch(`predict?${new URLSearchParams(query)}`, {
      method: 'POST',
      body: blob,
      headers,
      cache: 'no-store',
    });
  } catch {
    throw trouble(
      'no_server',
      'The program that serves this page does not answer: start it again with trashsort_app, then try again.',
    );
  }
  const said = await response.json().catch(() => ({}));
  if (!response.ok)
    throw trouble(
      said.code ?? `http_${response.status}`,
      said.error ?? `The server answered ${response.status} ${response.statusText}.`,
    );
  return said;
}

// The server takes a few photos at a time: when it is full, wait and ask again.
async function askPatiently(blob, query, tries = 6) {
  for (let i = 1; ; i++) {
    try {
      return await ask(blob, query);
    } catch (error) {
      if (error.code !== 'busy' || i === tries) throw error;
    }
    await new Promise((done) => setTimeout(done, 300 * 2 ** i * (0.5 + Math.random())));
  }
}

export function createServerEngine() {
  let rules = 'default',
    classes = [];
  return {
    name: 'server',
    parallel: 2,
    async start(config, manifest) {
      [rules, classes] = [config.rules, manifest.classes];
    },
    async answer(blob) {
      const began = performance.now(),
        small = await shrink(blob, SIDE);
      const said = await askPatiently(small, { rules });
      return {
        logits: Float32Array.from(said.logits),
        ood_score: said.ood_score ?? null,
        several: said.several ?? null,
        width: said.width,
        height: said.height,
        ms: performance.now() - began,
        blob,
      };
    },
    async heat(answer, classIndex) {
      const { heat } = await askPatiently(await shrink(answer.blob, SIDE), { rules, map: classes[classIndex] });
      return { w: heat.w, h: heat.h, data: Float32Array.from(heat.data.flat()) };
    },
  };
}
