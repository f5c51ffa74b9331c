// The page: photos come in, an engine looks at them, decide.js decides, cards.js draws. This file holds the state and says
// what happens on each tap.
import { byId, h, redraw } from './dom.js';
import { loadWords, remember, remembered, rememberLanguage, translate, wanted } from './words.js';
import { countItems, makeItem, outcome, placeName } from './items.js';
import { answerCard, binName, fillTile, headline, inFilter, shape, spoken, summary, table } from './cards.js';
import { isHeic, paintHeat, shrink, thumbnail } from './photos.js';
import { cameraWorks, takePhoto } from './camera.js';
import { listen } from './intake.js';
import { chooseFolder, fileName, leaveFolder, newCorrection, openStore } from './store.js';
import { closeSheet, pickClass, showCorrections, showMenu } from './sheets.js';
import { save, toCsv } from './table.js';
import { zip } from './zip.js';
import { decide } from './decide.js';

const KEPT = 'trashsort.rules', TOLD = 'trashsort.offline';     // what is remembered beside the language

const state = { items: [], selected: null, filter: null, view: 'grid', heat: false, open: new Set(), undo: null, gone: null, install: null, pack: null };
let config, manifest, packs, words, engine, ready, store;

const pack = () => packs[state.pack];
const tiles = new Map();        // item -> its button in the grid

// ---- say -------------------------------------------------------------------------------------------------------------

// The one live region of the page. The text is taken away first, so that the same answer twice is read twice.
function say(text) {
  byId('live').textContent = '';
  setTimeout(() => { byId('live').textContent = text; }, 50);
}

function notice(text, again = null, quiet = false) {
  redraw(byId('notice'), text ? h('span', {}, text) : null, again && h('button', { class: 'plain', onclick: again }, words.text('try_again')));
  byId('notice').hidden = !text;
  if (text && !quiet) say(text);
}

// Tell what was done, and offer to undo it. It stays until the next thing is done; then `gone` clears up what undoing needed.
function toast(text, undo = null, gone = null) {
  state.gone?.();
  [state.undo, state.gone] = [undo, gone];
  redraw(byId('toast'), h('span', {}, text), undo && h('button', { class: 'link', 'data-key': 'undo', onclick: takeUndo }, words.text('undo')),
    h('button', { class: 'round', 'aria-label': words.text('close'), onclick: () => toast('') }, h('span', { 'aria-hidden': 'true' }, '×')));
  byId('toast').hidden = !text;
}

function takeUndo() {
  const { undo } = state;
  state.gone = null;
  toast('');
  undo();
  say(words.text('undone'));
}

// ---- draw ------------------------------------------------------------------------------------------------------------

let planned = false;
const dirty = new Set();

// Draw soon, once for however many changes.
function draw(...items) {
  items.forEach((item) => dirty.add(item));
  if (planned) return;
  planned = true;
  setTimeout(() => { planned = false; drawNow(); }, 30);
}

function drawNow() {
  for (const item of dirty) if (tiles.has(item)) fillTile(tiles.get(item), item, pack(), words, item === state.selected);
  dirty.clear();
  drawStart();
  drawAnswer();
  drawMany();
  document.body.classList.toggle('empty', !state.items.length);
  document.body.classList.toggle('with-many', state.items.length > 1);
  document.body.classList.toggle('with-answer', Boolean(state.selected));
}

function drawAll() { draw(...state.items); }

function drawStart() {
  const box = byId('start');
  box.hidden = state.items.length > 0;
  if (box.hidden) return;
  redraw(box, h('h2', {}, words.text('start_head')), h('p', { class: 'lead' }, words.text('start_help')),
    h('ul', { class: 'bins', 'aria-label': words.text('bins_here') }, pack().bins.map((bin, index) => h('li', { vars: { '--bin': bin.colour } }, shape('bin', { ...bin, index }), h('span', {}, binName(bin, words))))),
    h('p', { class: 'hint' }, words.text(`privacy_${config.engine}`)));
}

function drawAnswer() {
  const box = byId('answer'), item = state.selected;
  box.hidden = !item;
  if (!item) return box.replaceChildren();
  const heatMap = state.heat && item.heat && item.heat.label === item.verdict?.label ? item.heat.map : null;
  const canvas = heatMap && h('canvas', { class: 'heat', width: heatMap.w, height: heatMap.h, role: 'img', 'aria-label': words.text('heat_alt') });
  if (canvas) paintHeat(canvas, heatMap);
  const extra = { heat: canvas, heatOn: state.heat, heatBusy: state.heat && item.heatBusy, trouble: item.trouble, open: state.open };
  redraw(box, answerCard(item, pack(), words, taps, extra));
}

function drawMany() {
  const box = byId('many'), many = state.items.length > 1;
  box.hidden = !many;
  if (!many) { state.filter = null; return byId('table').replaceChildren(); }
  if (state.filter && !countItems(state.items, pack()).some((row) => row.key === state.filter && row.n)) state.filter = null;
  const view = (name) => h('button', { class: 'plain', 'data-key': `as-${name}`, 'aria-pressed': String(state.view === name), onclick: () => { state.view = name; draw(); } }, words.text(`as_${name}`));
  redraw(byId('many-head'), h('h2', {}, words.text('n_photos', { n: state.items.length })), summary(state.items, pack(), words, state.filter, taps),
    h('div', { class: 'tools' }, view('grid'), view('table'), h('span', { class: 'gap' }),
      h('button', { class: 'plain', 'data-key': 'csv', onclick: saveCsv }, 'CSV'),
      h('button', { class: 'plain', 'data-key': 'print', onclick: printTable }, words.text('print')),
      h('button', { class: 'plain', 'data-key': 'clear', onclick: clearAll }, words.text('clear'))));
  for (const [item, tile] of tiles) tile.parentElement.hidden = !inFilter(item, pack(), state.filter);
  byId('grid').hidden = state.view !== 'grid';
  byId('table').hidden = state.view !== 'table';
  if (state.view === 'table') redraw(byId('table'), table(state.items, pack(), words, { ...taps, shown: state.filter }));
  else byId('table').replaceChildren();
}

// ---- the queue -------------------------------------------------------------------------------------------------------

let working = 0, total = 0, stopped = false, batchSize = 0;

function take(files) {
  if (!files.length) return;
  closeDialogs();
  const fresh = files.map(makeItem), wasOne = state.items.length;
  state.items.unshift(...fresh);
  addTiles(fresh);
  state.filter = null;
  select(files.length === 1 ? fresh[0] : null);
  scrollTo({ top: 0 });
  if (files.length > 1 || wasOne) drawAll();
  total += files.length;
  batchSize = files.length;
  stopped = false;
  work();
}

function addTiles(items) {
  const made = items.map((item) => {
    const tile = h('button', { class: 'tile', 'data-key': `tile-${item.id}`, onclick: () => select(item, true) });
    tiles.set(item, tile);
    fillTile(tile, item, pack(), words, false);
    return h('li', {}, tile);
  });
  byId('grid').prepend(...made);
}

// Start as many photos as the engine takes at once.
function work() {
  while (!stopped && working < (engine.parallel ?? 1)) {
    const item = state.items.find((one) => one.status === 'waiting');
    if (!item) break;
    working++;
    item.status = 'working';
    look(item).finally(() => { working--; settle(item); work(); });
  }
  progress();
}

async function look(item) {
  try {
    const small = await thumbnail(item.file);
    if (small && state.items.includes(item)) item.thumb = URL.createObjectURL(small);
    draw(item);
    if (!small && await isHeic(item.file) && !(config.engine === 'server' && config.heic)) throw Object.assign(new Error(words.text('error_heic', { name: item.name })), { code: 'heic' });
    await ready;
    item.answer = await engine.answer(item.file, { name: item.name });
    judge(item);
    item.status = 'done';
  } catch (error) {
    item.status = 'error';
    item.error = error;
    item.answer = item.verdict = null;
  }
}

// Decide about an item by the pack chosen now.
function judge(item) {
  item.verdict = decide(item.answer, manifest, pack());
  item.chosen = null;
}

// An item is done: draw it and tell it.
function settle(item) {
  draw(item);
  if (item === state.selected && batchSize === 1) { say(spoken(item, pack(), words)); showHeat(); }
  if (batchSize > 1 && !state.items.some((one) => ['waiting', 'working'].includes(one.status))) sayCounts();
}

function sayCounts() {
  const counts = countItems(state.items, pack()).filter((row) => row.n).map((row) => `${row.bin ? binName(row.bin, words) : words.text(`head_${row.kind}`)}: ${words.number(row.n)}`);
  say(`${words.text('n_photos', { n: state.items.length })}. ${counts.join(', ')}.`);
}

function progress() {
  const left = state.items.filter((item) => ['waiting', 'working'].includes(item.status)).length, box = byId('progress');
  if (!left) total = 0;
  box.hidden = left === 0 || total < 2;
  if (box.hidden) return box.replaceChildren();
  const done = total - left, text = words.text('progress', { done, total });
  const stop = () => { stopped = true; state.items.filter((item) => item.status === 'waiting').forEach(drop); drawAll(); progress(); };
  redraw(box, h('progress', { max: total, value: done, 'aria-label': text }), h('span', {}, text), h('button', { class: 'plain', 'data-key': 'stop', onclick: stop }, words.text('stop')));
}

// ---- taps ------------------------------------------------------------------------------------------------------------

function select(item, go = false) {
  const before = state.selected;
  state.selected = item;
  draw(...[before, item].filter(Boolean));
  if (!item) return;
  drawNow();
  showHeat();
  if (!go) return;
  byId('answer').scrollIntoView({ block: 'nearest' });
  byId(`head-${item.id}`)?.focus({ preventScroll: false });
}

// Take an item out of the page. Returns a function that puts it back.
function drop(item) {
  const at = state.items.indexOf(item), tile = tiles.get(item), after = tile.parentElement.nextSibling;
  state.items.splice(at, 1);
  tile.parentElement.remove();
  tiles.delete(item);
  if (state.selected === item) state.selected = state.items.length === 1 ? state.items[0] : null;
  return () => {
    state.items.splice(at, 0, item);
    byId('grid').insertBefore(tile.parentElement ?? h('li', {}, tile), after?.isConnected ? after : null);
    tiles.set(item, tile);
  };
}

const taps = {
  choose(item, option) {
    item.chosen = option;
    draw(item);
    say(spoken(item, pack(), words));
  },
  remove(item) {
    const was = state.selected, back = drop(item);
    drawAll();
    byId('take').focus({ preventScroll: true });
    toast(words.text('removed', { name: item.name }), () => { back(); state.selected = was; drawAll(); work(); }, () => forgetThumbs([item]));
    say(words.text('removed', { name: item.name }));
  },
  retry(item) {
    item.status = 'waiting';
    item.error = null;
    [total, batchSize, stopped] = [total + 1, 1, false];
    draw(item);
    startEngine();
    work();
  },
  pick: (item) => pickClass(item, manifest.classes, pack(), words, (name) => taps.correct(item, name)),
  async correct(item, name) {
    [item.correct, item.trouble] = [name, null];
    draw(item);
    try {
      await forget(item);
      if (name !== item.verdict.label) {
        item.stored = newCorrection(item.name, name, item.verdict.label, await shrink(item.file, 1024, true));
        await store.add(item.stored);
      }
      toast(words.text('stored', { name: words.className(name) }), () => taps.takeBack(item));
    } catch (error) { item.trouble = words.text('not_stored', { why: error.message }); }
    draw(item);
    say(item.trouble ?? `${words.text('stored', { name: words.className(name) })} ${headline(outcome(item, pack()), words)}`);
  },
  async takeBack(item) {
    await forget(item);
    item.correct = null;
    toast('');
    draw(item);
    say(spoken(item, pack(), words));
  },
  heat: () => { state.heat = !state.heat; draw(); showHeat(); },
  open: (key, open) => { if (open) state.open.add(key); else state.open.delete(key); },
  filter: (key) => { state.filter = state.filter === key ? null : key; draw(); },
  select: (item) => select(item, true),
};

const forgetThumbs = (items) => items.forEach((item) => item.thumb && URL.revokeObjectURL(item.thumb));

async function forget(item) {
  if (item.stored) await store.remove(item.stored).catch(() => {});
  item.stored = null;
}

// Work out the heat map of the selected photo, where it is asked for and not there yet.
async function showHeat() {
  const item = state.selected;
  if (!state.heat || item?.status !== 'done' || item.heatBusy || item.heat?.label === item.verdict.label) return;
  const label = item.verdict.label;
  [item.heatBusy, item.trouble] = [true, null];
  draw(item);
  try {
    item.heat = { label, map: await engine.heat(item.answer, manifest.classes.indexOf(label)) };
  } catch (error) { item.trouble = words.error(error, item.name); }
  item.heatBusy = false;
  draw(item);
}

function clearAll() {
  const [items, selected] = [[...state.items], state.selected];
  state.items = [];
  state.selected = null;
  tiles.clear();
  byId('grid').replaceChildren();
  drawNow();
  progress();
  byId('take').focus({ preventScroll: true });
  toast(words.text('cleared', { n: items.length }), () => { state.items = items; state.selected = selected; addTiles(items); drawAll(); work(); }, () => forgetThumbs(items));
}

const today = () => new Date().toISOString().slice(0, 10);

const saveCsv = () => save(new Blob(['\ufeff', toCsv(state.items, pack())], { type: 'text/csv' }), `trashsort-${today()}.csv`);

// Printing shows the table; afterwards the view that was there comes back.
function printTable() {
  const view = state.view;
  state.view = 'table';
  drawNow();
  addEventListener('afterprint', () => { state.view = view; draw(); }, { once: true });
  print();
}

// ---- corrections, menu, languages ------------------------------------------------------------------------------------

async function corrections() {
  const again = async (text) => { await corrections(); if (text) say(text); };
  try {
    const all = (await store.list()).sort((a, b) => b.at - a.at);
    showCorrections(store, all, words, {
      remove: async (one) => { await store.remove(one); again(words.text('deleted')); },
      clear: async () => { if (confirm(words.text('delete_all_sure', { n: all.length }))) { await store.clear(); again(words.text('deleted')); } },
      export: async () => save(await zip(all.map((one) => ({ name: `${one.class}/${one.file ?? fileName(one)}`, blob: one.blob, date: one.at }))), `trashsort-corrections-${today()}.zip`),
      folder: async () => { store = await chooseFolder().catch((error) => { if (error.name !== 'AbortError') throw error; return store; }); again(); },
      browser: async () => { store = await leaveFolder(); again(); },
    });
  } catch (error) { closeSheet(); notice(words.text('store_failed', { why: error.message })); }
}

async function menu() {
  const n = await store.list().then((all) => all.length, () => 0);
  const install = state.install && (() => { state.install.prompt(); state.install = null; menu(); });
  const offline = await Promise.race([engine.offline ?? false, new Promise((done) => setTimeout(done, 100, false))]);
  showMenu({ config, manifest, pack: pack(), n, offline }, words, { language, corrections, install });
}

async function language(lang) {
  words = await loadWords(lang);
  rememberLanguage(lang);
  dress();
  if (byId('sheet').open) menu();
}

// Everything that has words in it.
function dress() {
  translate(document, words);
  document.title = `trashsort: ${words.text('start_head')}`;
  const names = config.packs ?? Object.keys(packs);
  redraw(byId('place'), names.map((name) => h('option', { value: name, selected: name === state.pack }, placeName(packs[name], words))));
  drawAll();
}

// Another city: decide again about everything, at once.
function follow(name) {
  state.pack = name;
  state.filter = null;
  remember(KEPT, name);
  state.items.filter((item) => item.status === 'done').forEach(judge);
  drawAll();
  if (state.selected?.status === 'done') say(spoken(state.selected, pack(), words));
  else if (state.items.length) sayCounts();
}

function closeDialogs() {
  for (const id of ['sheet', 'camera']) if (byId(id).open) byId(id).close();
}

async function camera() {
  if (!cameraWorks()) return byId('capture').click();
  try {
    const photo = await takePhoto();
    if (photo) take([photo]);
  } catch (error) { notice(words.error(error)); }
}

// ---- start -----------------------------------------------------------------------------------------------------------

async function readJson(path) {
  const answer = await fetch(path, { cache: 'no-cache' });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${answer.statusText}`);
  return answer.json();
}

// Begin to load the model; photos that come meanwhile wait for `ready`.
function startEngine() {
  engine.started ??= engine.start(config, manifest, (share) => { if (state.items.length) notice(words.text('loading', { p: words.percent(share) }), null, true); });
  ready = engine.started.then(() => { notice(''); tellOffline(); }, (error) => {
    engine.started = null;
    notice(words.error(error), () => { startEngine(); notice(''); });
    throw error;
  });
  ready.catch(() => {});
}

// Once, when the page has become able to do without a network.
async function tellOffline() {
  if (!await engine.offline || remembered(TOLD) || state.undo) return;
  remember(TOLD, 'yes');
  toast(words.text('offline'));
}

async function begin() {
  words = await loadWords(wanted());
  translate(document, words);
  [config, manifest, packs] = await Promise.all(['config', 'manifest', 'packs'].map((name) => readJson(`data/${name}.json`)));
  state.pack = [new URLSearchParams(location.search).get('rules'), remembered(KEPT), config.rules].find((name) => name in packs) ?? Object.keys(packs)[0];
  store = await openStore();
  const made = config.engine === 'server' ? (await import('./server-engine.js')).createServerEngine() : (await import('./browser-engine.js')).createBrowserEngine();
  engine = made;
  dress();
  byId('place').onchange = (event) => follow(event.target.value);
  byId('take').onclick = camera;
  byId('choose').onclick = () => byId('files').click();
  byId('menu-open').onclick = menu;
  addEventListener('beforeinstallprompt', (event) => { event.preventDefault(); state.install = event; });
  addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'z' && state.undo && !event.target.matches('input')) { event.preventDefault(); takeUndo(); }
  });
  listen(take);
  startEngine();
  document.body.classList.add('ready');
}

begin().catch((error) => {
  byId('notice').textContent = words ? words.text('no_start', { why: error.message }) : `The page could not start: ${error.message}`;
  byId('notice').hidden = false;
});
