// Corrections: the photo and its right class, kept in this browser (IndexedDB) or in a folder that the person names, never
// anywhere else. In a folder each class has a folder of its own, which is what trashsort_adapt and trashsort_train read.

const DATABASE = 'trashsort';

function open() {
  return new Promise((done, fail) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore('corrections', { keyPath: 'id' });
      asked.result.createObjectStore('folder');
    };
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      done(asked.result);
    };
    asked.onerror = () => fail(asked.error);
    asked.onblocked = () => fail(new Error('Another tab of this page is in the way: close it.'));
  });
}

// Run one request on one of the two stores and close the database again.
async function use(store, mode, action) {
  const database = await open();
  try {
    return await new Promise((done, fail) => {
      const work = database.transaction(store, mode),
        asked = action(work.objectStore(store));
      work.oncomplete = () => done(asked.result);
      work.onerror = work.onabort = () => fail(work.error ?? asked.error);
    });
  } finally {
    database.close();
  }
}

const SUFFIX = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'image/heif': 'heic',
};

// '20261129-141503-my_photo-7f3a.jpg': sorts by time, keeps the name recognisable, never clashes, and is safe on every disk.
export function fileName(correction) {
  const time = correction.at.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  const stem = correction.name
    .replace(/\.[^.]*$/, '')
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .slice(0, 40);
  return `${time}-${stem}-${correction.id.slice(0, 4)}.${SUFFIX[correction.blob.type] ?? 'jpg'}`;
}

const inBrowser = {
  kind: 'browser',
  list: () => use('corrections', 'readonly', (store) => store.getAll()),
  add: (correction) => use('corrections', 'readwrite', (store) => store.put(correction)),
  remove: (correction) => use('corrections', 'readwrite', (store) => store.delete(correction.id)),
  clear: () => use('corrections', 'readwrite', (store) => store.clear()),
};

// A folder of the person's: FOLDER/<class>/<file name>.
function inFolder(folder) {
  return {
    kind: 'folder',
    name: folder.name,
    async list() {
      const found = [];
      for await (const place of folder.values()) {
        if (place.kind !== 'directory') continue;
        for await (const entry of place.values()) {
          if (entry.kind !== 'file' || !/\.(jpe?g|png|webp|heic)$/i.test(entry.name)) continue;
          const file = await entry.getFile();
          found.push({
            id: `${place.name}/${entry.name}`,
            name: entry.name,
            file: entry.name,
            class: place.name,
            at: new Date(file.lastModified),
            blob: file,
          });
        }
      }
      return found;
    },
    async add(correction) {
      const place = await folder.getDirectoryHandle(correction.class, { create: true });
      correction.file = fileName(correction);
      const writer = await (await place.getFileHandle(correction.file, { create: true })).createWritable();
      await writer.write(correction.blob);
      await writer.close();
    },
    async remove(correction) {
      try {
        await (await folder.getDirectoryHandle(correction.class)).removeEntry(correction.file);
      } catch (error) {
        if (error.name !== 'NotFoundError') throw error; // somebody deleted it before
      }
    },
    async clear() {
      for (const one of await this.list()) await this.remove(one);
    },
  };
}

export const foldersWork = () => 'showDirectoryPicker' in window;

const rememberedFolder = () => use('folder', 'readonly', (store) => store.get('handle')).catch(() => null);

// Ask the person for a folder and remember it. After a restart the browser wants leave for the same folder again.
export async function chooseFolder() {
  const kept = await rememberedFolder();
  if (kept && (await kept.requestPermission({ mode: 'readwrite' })) === 'granted') return inFolder(kept);
  const folder = await window.showDirectoryPicker({ id: 'trashsort', mode: 'readwrite' });
  await use('folder', 'readwrite', (store) => store.put(folder, 'handle'));
  return inFolder(folder);
}

export async function leaveFolder() {
  await use('folder', 'readwrite', (store) => store.delete('handle'));
  return inBrowser;
}

// The place where corrections go: the folder chosen before if we may still write there, or else the browser.
export async function openStore() {
  if (!foldersWork()) return inBrowser;
  const folder = await rememberedFolder();
  if (!folder) return inBrowser;
  return (await folder.queryPermission({ mode: 'readwrite' })) === 'granted' ? inFolder(folder) : inBrowser;
}

export const newCorrection = (name, right, thought, blob) => ({
  id: crypto.randomUUID?.() ?? String(Math.random()).slice(2),
  name,
  class: right,
  thought,
  at: new Date(),
  blob,
});
