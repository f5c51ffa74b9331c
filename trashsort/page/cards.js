// How answers look: one large card for the photo that is looked at, a small tile for each of many, counts and a table.
// Every function here turns data into elements; what happens on a tap is handed in as `on`.
import { h, svg } from './dom.js';
import { binOf, binOfClass, classOf, countItems, doubtBin, keyOf, outcome, placeName, question } from './items.js';

// Each bin has a colour, a word and a shape, so that nobody has to tell colours apart. Shapes go by the bin's place in its pack.
const SHAPES = [
  ['circle', { cx: 12, cy: 12, r: 10 }],
  ['path', { d: 'M12 1.5 23 21.5H1z' }],
  ['rect', { x: 2.5, y: 2.5, width: 19, height: 19, rx: 1.5 }],
  ['path', { d: 'M12 .8 23.2 12 12 23.2.8 12z' }],
  ['path', { d: 'M6.2 2h11.6L23.6 12 17.8 22H6.2L.4 12z' }],
  ['path', { d: 'm12 .8 3.3 7.6 8.2.8-6.2 5.5 1.8 8.1-7.1-4.2-7.1 4.2 1.8-8.1L.5 9.2l8.2-.8z' }],
];
const SIGNS = { unsure: '?', odd: '?', advice: 'i', error: '!' };

export function shape(kind, bin) {
  const attrs = { viewBox: '0 0 24 24', class: 'shape', 'aria-hidden': 'true' };
  if (kind === 'bin') return svg('svg', attrs, svg(...SHAPES[bin.index % SHAPES.length]));
  const ring = svg('circle', { cx: 12, cy: 12, r: 10.4, class: 'ring' });
  return svg('svg', attrs, ring, svg('text', { x: 12, y: 17, 'text-anchor': 'middle', class: 'sign' }, SIGNS[kind]));
}

// Black or white letters, whichever reads better on a colour (contrast as WCAG 2 defines it).
export function ink(colour) {
  const [r, g, b] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((s) => (s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4));
  const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 ? '#ffffff' : '#000000';
}

const paint = (bin) => (bin ? { '--bin': bin.colour, '--on-bin': ink(bin.colour) } : {});

// A bin as a person names it.
export const binName = (bin, words) => words.pack(bin.label);

// The large word of an outcome.
export function headline(now, words) {
  return now.kind === 'bin' ? binName(now.bin, words) : words.text(`head_${now.kind}`);
}

// One sentence for a screen reader: the bin, the class, the condition or the question.
export function spoken(item, pack, words) {
  if (item.status === 'error') return `${item.name}: ${words.error(item.error, item.name)}`;
  const now = outcome(item, pack),
    asked = now.kind === 'unsure' && question(item, words),
    condition = pack.conditions?.[classOf(item)];
  const parts = [headline(now, words), now.kind === 'odd' ? words.text('odd_help') : words.className(classOf(item))];
  if (asked) parts.push(asked.text);
  else if (now.kind === 'bin' && condition) parts.push(words.text('condition', { condition: words.pack(condition) }));
  return parts.map((part) => (/[?!？！。]$/.test(part) ? part : `${part.replace(/[.:]$/, '')}.`)).join(' ');
}

// Probabilities as bars with a name and a number, the largest first.
function bars(rows, words) {
  return h(
    'ul',
    { class: 'bars' },
    rows.map(({ name, p, bin }) =>
      h(
        'li',
        { vars: { '--p': `${(100 * p).toFixed(1)}%`, ...paint(bin) } },
        h('span', {}, name),
        h('span', { class: 'bar' }),
        h('span', { class: 'number' }, words.percent(p)),
      ),
    ),
  );
}

function whyParts(item, pack, words) {
  const { verdict } = item,
    label = classOf(item),
    name = words.className(label),
    now = outcome(item, pack),
    own = binOfClass(pack, label);
  const source = pack.sources?.[label] ?? [pack.source].flat()[0];
  const parts = [];
  if (own)
    parts.push(h('p', {}, words.text('why_rule', { place: placeName(pack, words), name, bin: binName(own, words) })));
  if (now.by === 'model' && now.kind === 'bin' && own && own.key !== now.bin.key)
    parts.push(
      h('p', {}, words.text('why_sum', { bin: binName(now.bin, words), p: words.percent(probOf(verdict, now.bin)) })),
    );
  if (now.by === 'model' && now.kind === 'unsure')
    parts.push(h('p', {}, words.text('why_unsure', { p: words.percent(verdict.bin_prob) })));
  if (pack.assumed?.includes(label)) parts.push(h('p', {}, words.text('why_assumed')));
  else if (source) parts.push(h('p', {}, words.text('why_source', { source: words.pack(source) })));
  if (pack.checked) parts.push(h('p', {}, words.text('why_checked', { date: words.date(pack.checked) })));
  return parts;
}

const probOf = (verdict, bin) => verdict.bins[bin.key] ?? verdict.bins[bin.index] ?? 0;

function questionBlock(item, pack, words, on) {
  const asked = question(item, words);
  if (!asked || item.chosen || item.correct) return null;
  const button = ({ text, hint, option }, i) => {
    const bin = option.bin === null || option.bin === undefined ? null : binOf(pack, option.bin);
    return h(
      'button',
      { class: 'option', 'data-key': `option-${i}`, onclick: () => on.choose(item, option) },
      h('b', {}, text),
      hint && h('span', {}, hint),
      bin && h('span', { class: 'leads', vars: paint(bin) }, shape('bin', bin), binName(bin, words)),
    );
  };
  return h(
    'div',
    { class: 'question' },
    h('h3', {}, asked.text),
    h('div', { class: 'options' }, asked.options.map(button)),
  );
}

// What a person already said about this photo, with a way back.
function saidBlock(item, words, on) {
  if (item.correct) {
    return h(
      'p',
      { class: 'said' },
      words.text('you_said', { name: words.className(item.correct) }),
      ' ',
      h(
        'button',
        { class: 'link', 'data-key': 'take-back', onclick: () => on.takeBack(item) },
        words.text('take_back'),
      ),
    );
  }
  if (!item.chosen) return null;
  const asked = question(item, words),
    text = asked?.options.find((one) => one.option === item.chosen)?.text ?? item.chosen.text;
  return h(
    'p',
    { class: 'said' },
    `${asked?.text ?? ''} `,
    h('b', {}, text),
    ' ',
    h(
      'button',
      { class: 'link', 'data-key': 'ask-again', onclick: () => on.choose(item, null) },
      words.text('ask_again'),
    ),
  );
}

// "No, it is …": one tap on one of the next likely classes, or the list of all.
function noBlock(item, words, on) {
  const others = item.verdict.top
    .filter((one) => one.prob > 0.01 && one.label !== classOf(item))
    .map((one) => one.label)
    .slice(0, 2);
  return h(
    'div',
    { class: 'no' },
    h('h3', {}, words.text('no_it_is')),
    h(
      'div',
      { class: 'chips' },
      others.map((name) =>
        h(
          'button',
          { class: 'chip', 'data-key': `class-${name}`, onclick: () => on.correct(item, name) },
          words.className(name),
        ),
      ),
      h(
        'button',
        { class: 'chip', 'data-key': 'class-other', onclick: () => on.pick(item) },
        words.text('something_else'),
      ),
    ),
  );
}

function photoBlock(item, words, heat, below) {
  const image = item.thumb
    ? h('img', { src: item.thumb, alt: words.text('photo_alt', { name: item.name }) })
    : h('div', { class: 'blank', 'aria-hidden': 'true' });
  return h(
    'figure',
    { class: 'photo' },
    h('div', { class: 'frame' }, image, heat),
    h('figcaption', {}, h('bdi', {}, item.name)),
    below,
  );
}

function panel(kind, bin, head, below, item) {
  return h(
    'div',
    { class: `panel ${kind}`, vars: paint(bin) },
    shape(kind, bin),
    h('div', {}, h('h2', { id: `head-${item.id}`, tabindex: '-1' }, head), below),
  );
}

const removeButton = (item, words, on) =>
  h('button', { class: 'quiet', 'data-key': 'remove', onclick: () => on.remove(item) }, words.text('remove'));

// The large card. `extra`: {heat: the canvas or null, heatOn, heatBusy}
export function answerCard(item, pack, words, on, extra) {
  const frame = (...parts) => h('article', { class: 'card', 'aria-labelledby': `head-${item.id}` }, parts);
  if (item.status === 'error') {
    const retry = h(
      'button',
      { class: 'plain', 'data-key': 'retry', onclick: () => on.retry(item) },
      words.text('try_again'),
    );
    return frame(
      panel('error', null, words.text('head_error'), null, item),
      h(
        'div',
        { class: 'body' },
        photoBlock(item, words, null),
        h(
          'div',
          { class: 'facts' },
          h('p', { class: 'sentence' }, words.error(item.error, item.name)),
          h('div', { class: 'tools' }, retry, removeButton(item, words, on)),
        ),
      ),
    );
  }
  if (item.status !== 'done') {
    return frame(
      panel('working', null, words.text('head_working'), h('div', { class: 'pulse', 'aria-hidden': 'true' }), item),
      h('div', { class: 'body' }, photoBlock(item, words, null)),
    );
  }
  const now = outcome(item, pack),
    { verdict } = item,
    condition = pack.conditions?.[classOf(item)],
    doubt = doubtBin(pack);
  const below = [];
  if (now.kind === 'bin' && condition && binOfClass(pack, classOf(item))?.key === now.bin.key)
    below.push(h('p', { class: 'condition' }, words.text('condition', { condition: words.pack(condition) })));
  if (now.kind === 'odd') below.push(h('p', { class: 'condition' }, words.text('odd_help')));
  if (now.kind === 'advice')
    below.push(h('p', { class: 'condition' }, words.pack(item.chosen.advice ?? verdict.question.text)));
  if (now.kind === 'unsure' || now.kind === 'odd')
    below.push(h('p', { class: 'condition' }, words.text('in_doubt', { bin: binName(doubt, words) })));
  if (now.kind === 'bin' && now.by === 'model')
    below.push(h('p', { class: 'sure' }, words.text('sure', { p: words.percent(probOf(verdict, now.bin)) })));
  const looks = h(
    'p',
    { class: 'looks' },
    words.text(item.correct || item.chosen?.class ? 'it_is' : 'looks_like'),
    ' ',
    h('b', {}, words.className(classOf(item))),
  );
  const check = now.kind === 'bin' && !condition && pack.questions?.[classOf(item)];
  const several = (verdict.several ?? item.answer.several) && h('p', { class: 'hint' }, words.text('several'));
  const tops = verdict.top.map((one) => ({ name: words.className(one.label), p: one.prob, bin: binOf(pack, one.bin) }));
  const binBars = pack.bins
    .map((bin, index) => ({ name: binName(bin, words), p: probOf(verdict, { ...bin, index }), bin: { ...bin, index } }))
    .sort((a, b) => b.p - a.p);
  const heatButton =
    on.heat &&
    h(
      'button',
      {
        class: 'plain',
        'data-key': 'heat',
        'aria-pressed': String(extra.heatOn),
        'aria-busy': extra.heatBusy && 'true',
        onclick: on.heat,
      },
      words.text(extra.heatBusy ? 'heat_busy' : 'heat'),
    );
  const more = (key, ...parts) =>
    h(
      'details',
      { open: extra.open.has(key), ontoggle: (event) => on.open(key, event.target.open) },
      h('summary', { 'data-key': key }, words.text(key)),
      parts,
    );
  return frame(
    panel(now.kind, now.bin, headline(now, words), below, item),
    h(
      'div',
      { class: 'body' },
      now.kind === 'odd' ? null : questionBlock(item, pack, words, on),
      photoBlock(item, words, extra.heat, heatButton),
      h(
        'div',
        { class: 'facts' },
        looks,
        check && h('p', { class: 'check' }, words.pack(check)),
        several,
        saidBlock(item, words, on),
        noBlock(item, words, on),
        more('why', ...whyParts(item, pack, words)),
        more('likely', bars(tops, words), h('h3', {}, words.text('per_bin')), bars(binBars, words)),
        extra.trouble && h('p', { class: 'hint' }, extra.trouble),
        h(
          'div',
          { class: 'tools last' },
          removeButton(item, words, on),
          h('span', { class: 'gap' }),
          h(
            'p',
            { class: 'time' },
            words.text('took', { s: (item.answer.ms / 1000).toLocaleString(words.lang, { maximumFractionDigits: 2 }) }),
          ),
        ),
      ),
    ),
  );
}

// A tile of the grid: the photo above, the shape and the word on the bin's colour below.
export function fillTile(tile, item, pack, words, selected) {
  const now = outcome(item, pack),
    kind = item.status === 'error' ? 'error' : (now?.kind ?? 'working');
  const head =
    item.status === 'error' ? words.text('head_error') : now ? headline(now, words) : words.text('head_working');
  const name = now && kind !== 'odd' ? words.className(classOf(item)) : item.name;
  tile.className = `tile ${kind}`;
  for (const [key, value] of Object.entries({ '--bin': '', '--on-bin': '', ...paint(now?.bin) }))
    tile.style.setProperty(key, value);
  tile.setAttribute('aria-pressed', String(selected));
  tile.replaceChildren(
    ...[
      item.thumb ? h('img', { src: item.thumb, alt: '', loading: 'lazy' }) : h('span', { class: 'blank' }),
      name !== item.name && h('span', { class: 'unseen' }, `${item.name}: `),
      h('span', { class: 'band' }, kind === 'working' ? null : shape(kind, now?.bin), h('span', {}, head)),
      h('span', { class: 'under' }, h('bdi', {}, name)),
    ].filter(Boolean),
  );
}

// Counts per bin, each a button that shows only its photos.
export function summary(items, pack, words, filter, on) {
  const name = (row) => (row.kind === 'bin' ? binName(row.bin, words) : words.text(`head_${row.kind}`));
  return h(
    'ul',
    { class: 'counts' },
    countItems(items, pack).map((row) =>
      h(
        'li',
        {},
        h(
          'button',
          {
            class: `count ${row.kind}`,
            vars: paint(row.bin),
            'aria-pressed': String(filter === row.key),
            'data-key': `count-${row.key}`,
            onclick: () => on.filter(row.key),
          },
          shape(row.kind, row.bin),
          h('b', {}, words.number(row.n)),
          h('span', {}, name(row)),
        ),
      ),
    ),
  );
}

export const inFilter = (item, pack, filter) => !filter || keyOf(item, pack) === filter;

// The same photos as rows, for reading, printing and copying.
export function table(items, pack, words, on) {
  const head = ['photo', 'file', 'bin', 'thing', 'sure', 'note'].map((key) =>
    h('th', { scope: 'col' }, words.text(`col_${key}`)),
  );
  const line = (item) => {
    const now = outcome(item, pack),
      failed = item.status === 'error';
    const note = failed
      ? words.error(item.error, item.name)
      : now
        ? [
            now.kind === 'bin' && pack.conditions?.[classOf(item)] && words.pack(pack.conditions[classOf(item)]),
            item.correct && words.text('you_said', { name: words.className(item.correct) }),
          ]
            .filter(Boolean)
            .join(' · ')
        : '';
    return h(
      'tr',
      { hidden: !inFilter(item, pack, on.shown) },
      h('td', {}, item.thumb && h('img', { src: item.thumb, alt: '' })),
      h(
        'th',
        { scope: 'row' },
        h('button', { class: 'link', 'data-key': `row-${item.id}`, onclick: () => on.select(item) }, h('bdi', {}, item.name)),
      ),
      h(
        'td',
        {},
        h(
          'span',
          { class: `mark ${failed ? 'error' : (now?.kind ?? '')}`, vars: paint(now?.bin) },
          (failed || now) && shape(failed ? 'error' : now.kind, now?.bin),
          failed ? words.text('head_error') : now ? headline(now, words) : words.text('head_working'),
        ),
      ),
      h('td', {}, now && now.kind !== 'odd' ? words.className(classOf(item)) : ''),
      h('td', { class: 'number' }, now ? words.percent(item.verdict.bin_prob) : ''),
      h('td', {}, note),
    );
  };
  return h(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': words.text('as_table') },
    h('table', {}, h('thead', {}, h('tr', {}, head)), h('tbody', {}, items.map(line))),
  );
}
