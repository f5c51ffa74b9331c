// Photos on their way through the engine: in, looked at, decided, told.
import { byId, h, redraw } from './dom.js';
import { countItems, makeItem } from './items.js';
import { binName, spoken } from './cards.js';
import { isHeic, thumbnail } from './photos.js';
import { remember, remembered } from './words.js';
import { decide } from './decide.js';
import { app, pack } from './state.js';
import { notice, say, toast } from './voice.js';
import { addTiles, draw, drawAll, drawNow, drop } from './draw.js';

const TOLD = 'trashsort.offline'; // remembered once the page has said that it works without a network
let working = 0,
  total = 0,
  stopped = false,
  batchSize = 0;

// New photos: one is shown at once, many in the grid.
export function take(files) {
  if (!files.length) return;
  const fresh = files.map(makeItem),
    wasOne = app.items.length;
  app.items.unshift(...fresh);
  addTiles(fresh);
  app.filter = null;
  select(files.length === 1 ? fresh[0] : null);
  scrollTo({ top: 0 });
  if (files.length > 1 || wasOne) drawAll();
  total += files.length;
  batchSize = files.length;
  stopped = false;
  work();
}

// Start as many photos as the engine takes at once.
export function work() {
  while (!stopped && working < (app.engine.parallel ?? 1)) {
    const item = app.items.find((one) => one.status === 'waiting');
    if (!item) break;
    working++;
    item.status = 'working';
    look(item).finally(() => {
      working--;
      settle(item);
      work();
    });
  }
  progress();
}

async function look(item) {
  try {
    const small = await thumbnail(item.file);
    if (small && app.items.includes(item)) item.thumb = URL.createObjectURL(small);
    draw(item);
    if (!small && (await isHeic(item.file)) && !(app.config.engine === 'server' && app.config.heic))
      throw Object.assign(new Error(app.words.text('error_heic', { name: item.name })), { code: 'heic' });
    await app.ready;
    item.answer = await app.engine.answer(item.file, { name: item.name });
    judge(item);
    item.status = 'done';
  } catch (error) {
    item.status = 'error';
    item.error = error;
    item.answer = item.verdict = null;
  }
}

// Decide about an item by the pack chosen now.
export function judge(item) {
  item.verdict = decide(item.answer, app.manifest, pack());
  item.chosen = null;
}

// An item is done: draw it and tell it.
function settle(item) {
  draw(item);
  if (item === app.selected && batchSize === 1) {
    say(spoken(item, pack(), app.words));
    showHeat();
  }
  if (batchSize > 1 && !app.items.some((one) => ['waiting', 'working'].includes(one.status))) sayCounts();
}

export function sayCounts() {
  const counts = countItems(app.items, pack())
    .filter((row) => row.n)
    .map(
      (row) =>
        `${row.bin ? binName(row.bin, app.words) : app.words.text(`head_${row.kind}`)}: ${app.words.number(row.n)}`,
    );
  say(`${app.words.text('n_photos', { n: app.items.length })}. ${counts.join(', ')}.`);
}

export function progress() {
  const left = app.items.filter((item) => ['waiting', 'working'].includes(item.status)).length,
    box = byId('progress');
  if (!left) total = 0;
  box.hidden = left === 0 || total < 2;
  if (box.hidden) return box.replaceChildren();
  const done = total - left,
    text = app.words.text('progress', { done, total });
  const stop = () => {
    stopped = true;
    app.items.filter((item) => item.status === 'waiting').forEach(drop);
    drawAll();
    progress();
  };
  redraw(
    box,
    h('progress', { max: total, value: done, 'aria-label': text }),
    h('span', {}, text),
    h('button', { class: 'plain', 'data-key': 'stop', onclick: stop }, app.words.text('stop')),
  );
}

// Once more: the photo waits in the queue again.
export function again(item) {
  item.status = 'waiting';
  item.error = null;
  [total, batchSize, stopped] = [total + 1, 1, false];
  draw(item);
  startEngine();
  work();
}

// Show an item in the large card, or none; `go` takes the keyboard there.
export function select(item, go = false) {
  const before = app.selected;
  app.selected = item;
  draw(...[before, item].filter(Boolean));
  if (!item) return;
  drawNow();
  showHeat();
  if (!go) return;
  byId('answer').scrollIntoView({ block: 'nearest' });
  byId(`head-${item.id}`)?.focus({ preventScroll: false });
}

// Work out the heat map of the selected photo, where it is asked for and not there yet.
export async function showHeat() {
  const item = app.selected;
  if (!app.heat || item?.status !== 'done' || item.heatBusy || item.heat?.label === item.verdict.label) return;
  const label = item.verdict.label;
  [item.heatBusy, item.trouble] = [true, null];
  draw(item);
  try {
    item.heat = { label, map: await app.engine.heat(item.answer, app.manifest.classes.indexOf(label)) };
  } catch (error) {
    item.trouble = app.words.error(error, item.name);
  }
  item.heatBusy = false;
  draw(item);
}

// ---- the engine ----

// Begin to load the model; photos that come meanwhile wait for `ready`.
export function startEngine() {
  app.engine.started ??= app.engine.start(app.config, app.manifest, (share) => {
    if (app.items.length) notice(app.words.text('loading', { p: app.words.percent(share) }), null, true);
  });
  app.ready = app.engine.started.then(
    () => {
      notice('');
      tellOffline();
    },
    (error) => {
      app.engine.started = null;
      notice(app.words.error(error), () => {
        startEngine();
        notice('');
      });
      throw error;
    },
  );
  app.ready.catch(() => {});
}

// Once, when the page has become able to do without a network.
async function tellOffline() {
  if (!(await app.engine.offline) || remembered(TOLD) || app.undo) return;
  remember(TOLD, 'yes');
  const text = app.words.text('offline');
  toast(text);
  setTimeout(() => byId('toast').textContent.startsWith(text) && toast(''), 6000);
}
