// Engine one: the network runs in this browser (engine-worker.js), and no photo leaves it.
import { fail } from './errors.js';
import { heatMap } from './heat.js';

export function createBrowserEngine() {
  let worker = null;
  let started = null;
  let manifest = null;
  let count = 0;
  const waiting = new Map(); // id of a question to the worker -> {resolve, reject, progress}

  // The worker ran out of memory or could not be loaded: say so to everybody who waits, and begin anew with the next
  // photo.
  function lost() {
    worker?.terminate();
    worker = null;
    const error = fail('crashed', 'The sorter stopped, perhaps for want of memory: try again, or a smaller photo.');
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  function call(message, progress) {
    if (!worker) {
      worker = new Worker(new URL('engine-worker.js', import.meta.url), { type: 'module' });
      worker.onerror = lost;
      worker.onmessage = ({ data: { id, value, error, code, progress: share } }) => {
        const { resolve, reject, progress } = waiting.get(id);
        if (share !== undefined) return progress?.(share);
        waiting.delete(id);
        if (error) reject(fail(code, error));
        else resolve(value);
      };
    }
    return new Promise((resolve, reject) => {
      waiting.set(++count, { resolve, reject, progress });
      worker.postMessage({ id: count, ...message });
    });
  }

  return {
    name: 'browser',
    offline: Promise.resolve(false), // after `start`: true as soon as the page works without a network

    // Load the network; `progress` is told how much has come, 0 to 1. Resolves to {threads}.
    async start(config, theManifest, progress) {
      manifest = theManifest;
      started = { kind: 'start', config, manifest, base: new URL('.', import.meta.url).href };
      const facts = await call(started, progress);
      this.offline = keepForOffline();
      return facts;
    },

    // Look at one photo (a Blob or File): logits, OOD score, class maps, size, milliseconds.
    async answer(blob, { name = blob.name ?? 'the photo' } = {}) {
      if (!worker && started) await call(started);
      return call({ kind: 'answer', blob, name });
    },

    // The map of one class over the upright photo: {w, h, data}, values from 0 to 1.
    async heat(answer, classIndex, side) {
      if (!answer.maps) {
        throw fail(
          'no_map',
          `No heat map can be drawn for this model (${manifest.arch}): ` +
            'it does not end in pooling and one linear layer.',
        );
      }
      return heatMap(answer, classIndex, manifest, side);
    },

    stop: lost,
  };
}

// Register the service worker, which keeps the page itself; the worker has kept the two large files. Resolves to
// whether the page now works offline: not where the browser has no service workers, as on plain http:// that is not localhost.
async function keepForOffline() {
  try {
    await navigator.serviceWorker.register(new URL('sw.js', import.meta.url));
    await navigator.serviceWorker.ready;
    return true;
  } catch {
    return false;
  }
}
