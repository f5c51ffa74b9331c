// What happens when a person taps something in a card, a tile or the table.
import { byId } from './dom.js';
import { outcome } from './items.js';
import { headline, spoken } from './cards.js';
import { shrink } from './photos.js';
import { newCorrection } from './store.js';
import { pickClass } from './sheets.js';
import { save, toCsv } from './table.js';
import { app, pack } from './state.js';
import { say, toast } from './voice.js';
import { addTiles, draw, drawAll, drawNow, drop, dropAll } from './draw.js';
import { again, progress, select, showHeat, work } from './queue.js';

export const taps = {
  choose(item, option) {
    item.chosen = option;
    draw(item);
    say(spoken(item, pack(), app.words));
  },
  remove(item) {
    const was = app.selected,
      back = drop(item);
    drawAll();
    byId('take').focus({ preventScroll: true });
    toast(
      app.words.text('removed', { name: item.name }),
      () => {
        back();
        app.selected = was;
        drawAll();
        work();
      },
      () => forgetThumbs([item]),
    );
    say(app.words.text('removed', { name: item.name }));
  },
  retry: again,
  pick: (item) => pickClass(item, app.manifest.classes, pack(), app.words, (name) => taps.correct(item, name)),
  async correct(item, name) {
    [item.correct, item.trouble] = [name, null];
    draw(item);
    await inTurn(item, () => keep(item, name));
  },
  async takeBack(item) {
    const was = item.correct;
    [item.correct, item.trouble] = [null, null];
    draw(item);
    await inTurn(item, () =>
      forget(item).catch((error) => {
        [item.correct, item.trouble] = [was, app.words.text('not_deleted', { why: error.message })];
        draw(item);
      }),
    );
    toast('');
    say(item.trouble ?? spoken(item, pack(), app.words));
  },
  heat: () => {
    app.heat = !app.heat;
    draw();
    showHeat();
  },
  open: (key, open) => {
    if (open) app.open.add(key);
    else app.open.delete(key);
  },
  filter: (key) => {
    app.filter = app.filter === key ? null : key;
    draw();
  },
  select: (item) => select(item, true),
  csv: () => save(new Blob(['\ufeff', toCsv(app.items, pack())], { type: 'text/csv' }), `trashsort-${today()}.csv`),
  clear: clearAll,
  print: printTable,
};

const forgetThumbs = (items) => items.forEach((item) => item.thumb && URL.revokeObjectURL(item.thumb));

// Whatever is done to the stored correction of a photo is done one after another: taking back waits for the keeping.
const inTurn = (item, step) => (item.turn = Promise.resolve(item.turn).then(step));

async function keep(item, name) {
  const { words } = app;
  try {
    await forget(item);
    const correction = newCorrection(item.name, name, item.verdict.label, await shrink(item.file, 1024, true));
    await app.store.add(correction);
    item.stored = correction;
    toast(words.text('stored', { name: words.className(name) }), () => taps.takeBack(item));
  } catch (error) {
    item.trouble = words.text('not_stored', { why: error.message });
  }
  draw(item);
  say(
    item.trouble ?? `${words.text('stored', { name: words.className(name) })} ${headline(outcome(item, pack()), words)}`,
  );
}

async function forget(item) {
  if (item.stored) await app.store.remove(item.stored);
  item.stored = null;
}

function clearAll() {
  const [items, selected] = [[...app.items], app.selected];
  dropAll();
  drawNow();
  progress();
  byId('take').focus({ preventScroll: true });
  toast(
    app.words.text('cleared', { n: items.length }),
    () => {
      app.items = items;
      app.selected = selected;
      addTiles(items);
      drawAll();
      work();
    },
    () => forgetThumbs(items),
  );
}

export const today = () => new Date().toISOString().slice(0, 10);

// Printing shows the table; afterwards the view that was there comes back.
function printTable() {
  const view = app.view;
  app.view = 'table';
  drawNow();
  addEventListener(
    'afterprint',
    () => {
      app.view = view;
      draw();
    },
    { once: true },
  );
  print();
}
