// The ways in: choose, drop (files or whole folders) and paste. Each calls `take` with a list of Files.
import { byId } from './dom.js';

// The files below a dropped entry; hidden and system files are passed over.
async function below(entry) {
  if (entry.name.startsWith('.') || entry.name === 'Thumbs.db') return [];
  if (entry.isFile) return [await new Promise((done, fail) => entry.file(done, fail))];
  const reader = entry.createReader(),
    found = [];
  for (;;) {
    const some = await new Promise((done, fail) => reader.readEntries(done, fail)); // at most 100 at a time
    if (!some.length) return found;
    for (const one of some) found.push(...(await below(one)));
  }
}

async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files];
  return (await Promise.all(entries.map(below))).flat();
}

const hasFiles = (transfer) => [...(transfer?.types ?? [])].includes('Files');

export function listen(take) {
  for (const id of ['files', 'capture']) {
    const input = byId(id);
    input.addEventListener('change', () => {
      const files = [...input.files];
      input.value = ''; // or the same file, chosen again, would be no change
      take(files);
    });
  }
  let depth = 0; // dragging over a child leaves the parent: count
  const lit = (change) => {
    depth = change === 0 ? 0 : depth + change;
    document.body.classList.toggle('dragging', depth > 0);
  };
  addEventListener('dragenter', (event) => hasFiles(event.dataTransfer) && lit(1));
  addEventListener('dragleave', (event) => hasFiles(event.dataTransfer) && lit(-1));
  addEventListener('dragover', (event) => hasFiles(event.dataTransfer) && event.preventDefault());
  addEventListener('drop', (event) => {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    lit(0);
    dropped(event.dataTransfer).then(take);
  });
  addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length) take(files);
  });
}
