// Puts the state on the screen: the start, the large card, and the many. Drawing again is cheap, so everything asks for it.
import { byId, h, redraw } from './dom.js';
import { countItems } from './items.js';
import { answerCard, binName, fillTile, inFilter, shape, summary, table } from './cards.js';
import { paintHeat } from './photos.js';
import { app, pack } from './state.js';

const tiles = new Map(); // item -> its button in the grid
let planned = false;
const dirty = new Set();

// Draw soon, once for however many changes.
export function draw(...items) {
  items.forEach((item) => dirty.add(item));
  if (planned) return;
  planned = true;
  setTimeout(() => {
    planned = false;
    drawNow();
  }, 30);
}

export function drawNow() {
  for (const item of dirty)
    if (tiles.has(item)) fillTile(tiles.get(item), item, pack(), app.words, item === app.selected);
  dirty.clear();
  drawStart();
  drawAnswer();
  drawMany();
  document.body.classList.toggle('empty', !app.items.length);
  document.body.classList.toggle('with-many', app.items.length > 1);
  document.body.classList.toggle('with-answer', Boolean(app.selected));
}

export function drawAll() {
  draw(...app.items);
}

function drawStart() {
  const box = byId('start');
  box.hidden = app.items.length > 0;
  if (box.hidden) return;
  redraw(
    box,
    h('h2', {}, app.words.text('start_head')),
    h('p', { class: 'lead' }, app.words.text('start_help')),
    h(
      'ul',
      { class: 'bins', 'aria-label': app.words.text('bins_here') },
      pack().bins.map((bin, index) =>
        h(
          'li',
          { vars: { '--bin': bin.colour } },
          shape('bin', { ...bin, index }),
          h('span', {}, binName(bin, app.words)),
        ),
      ),
    ),
    h('p', { class: 'hint' }, app.words.text(`privacy_${app.config.engine}`)),
  );
}

function drawAnswer() {
  const box = byId('answer'),
    item = app.selected;
  box.hidden = !item;
  if (!item) return box.replaceChildren();
  const heatMap = app.heat && item.heat && item.heat.label === item.verdict?.label ? item.heat.map : null;
  const canvas =
    heatMap &&
    h('canvas', {
      class: 'heat',
      width: heatMap.w,
      height: heatMap.h,
      role: 'img',
      'aria-label': app.words.text('heat_alt'),
    });
  if (canvas) paintHeat(canvas, heatMap);
  const extra = {
    heat: canvas,
    heatOn: app.heat,
    heatBusy: app.heat && item.heatBusy,
    trouble: item.trouble,
    open: app.open,
  };
  redraw(box, answerCard(item, pack(), app.words, app.taps, extra));
}

function drawMany() {
  const box = byId('many'),
    many = app.items.length > 1;
  box.hidden = !many;
  if (!many) {
    app.filter = null;
    return byId('table').replaceChildren();
  }
  if (app.filter && !countItems(app.items, pack()).some((row) => row.key === app.filter && row.n)) app.filter = null;
  const view = (name) =>
    h(
      'button',
      {
        class: 'plain',
        'data-key': `as-${name}`,
        'aria-pressed': String(app.view === name),
        onclick: () => {
          app.view = name;
          draw();
        },
      },
      app.words.text(`as_${name}`),
    );
  redraw(
    byId('many-head'),
    h('h2', {}, app.words.text('n_photos', { n: app.items.length })),
    summary(app.items, pack(), app.words, app.filter, app.taps),
    h(
      'div',
      { class: 'tools' },
      view('grid'),
      view('table'),
      h('span', { class: 'gap' }),
      h('button', { class: 'plain', 'data-key': 'csv', onclick: app.taps.csv }, 'CSV'),
      h('button', { class: 'plain', 'data-key': 'print', onclick: app.taps.print }, app.words.text('print')),
      h('button', { class: 'plain', 'data-key': 'clear', onclick: app.taps.clear }, app.words.text('clear')),
    ),
  );
  for (const [item, tile] of tiles) tile.parentElement.hidden = !inFilter(item, pack(), app.filter);
  byId('grid').hidden = app.view !== 'grid';
  byId('table').hidden = app.view !== 'table';
  if (app.view === 'table')
    redraw(byId('table'), table(app.items, pack(), app.words, { ...app.taps, shown: app.filter }));
  else byId('table').replaceChildren();
}

// New tiles, at the front.
export function addTiles(items) {
  const made = items.map((item) => {
    const tile = h('button', { class: 'tile', 'data-key': `tile-${item.id}`, onclick: () => app.taps.select(item) });
    tiles.set(item, tile);
    fillTile(tile, item, pack(), app.words, false);
    return h('li', {}, tile);
  });
  byId('grid').prepend(...made);
}

// Take an item out of the page. Returns a function that puts it back.
export function drop(item) {
  const at = app.items.indexOf(item),
    tile = tiles.get(item),
    after = tile.parentElement.nextSibling;
  app.items.splice(at, 1);
  tile.parentElement.remove();
  tiles.delete(item);
  if (app.selected === item) app.selected = app.items.length === 1 ? app.items[0] : null;
  return () => {
    app.items.splice(at, 0, item);
    byId('grid').insertBefore(tile.parentElement ?? h('li', {}, tile), after?.isConnected ? after : null);
    tiles.set(item, tile);
  };
}

// Take all items out.
export function dropAll() {
  app.items = [];
  app.selected = null;
  tiles.clear();
  byId('grid').replaceChildren();
}
