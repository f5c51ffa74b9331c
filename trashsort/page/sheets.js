// The sheets that open over the page: which class it really is, the corrections, the settings. All use one <dialog>,
// which keeps the keyboard inside, closes on Escape and gives the focus back.
import { byId, h, redraw } from './dom.js';
import { binOfClass, placeName } from './items.js';
import { binName, shape } from './cards.js';
import { LANGUAGES } from './words.js';
import { foldersWork } from './store.js';

const cross = () => h('span', { class: 'cross', 'aria-hidden': 'true' }, '×');

function sheet(title, words, ...content) {
  const dialog = byId('sheet');
  redraw(
    dialog,
    h(
      'header',
      {},
      h('h2', { id: 'sheet-head', tabindex: '-1' }, title),
      h(
        'button',
        { class: 'round', 'aria-label': words.text('close'), 'data-key': 'close', onclick: () => dialog.close() },
        cross(),
      ),
    ),
    content,
  );
  if (!dialog.open) dialog.showModal();
  return dialog;
}

export const closeSheet = () => byId('sheet').close();

// All classes, sorted by name in this language, with a field to narrow the list down. Calls pick(class) on a tap.
export function pickClass(item, classes, pack, words, pick) {
  const list = h('ul', { class: 'classes' });
  const named = classes
    .map((key) => ({ key, name: words.className(key), bin: binOfClass(pack, key) }))
    .sort((a, b) => a.name.localeCompare(b.name, words.lang));
  const plainly = (text) => text.toLocaleLowerCase(words.lang).normalize('NFD').replace(/\p{M}/gu, '');
  const show = (typed) =>
    list.replaceChildren(
      ...named
        .filter((one) => plainly(one.name).includes(plainly(typed.trim())))
        .map(({ key, name, bin }) =>
          h(
            'li',
            {},
            h(
              'button',
              {
                onclick: () => {
                  closeSheet();
                  pick(key);
                },
              },
              h('b', {}, name),
              bin &&
                h('span', { class: 'leads', vars: { '--bin': bin.colour } }, shape('bin', bin), binName(bin, words)),
            ),
          ),
        ),
    );
  const field = h('input', { id: 'narrow', type: 'search', autocomplete: 'off', oninput: () => show(field.value) });
  show('');
  sheet(
    words.text('no_it_is'),
    words,
    h('p', {}, words.text('pick_help')),
    h('label', { class: 'field', for: 'narrow' }, words.text('narrow'), field),
    list,
  );
}

// The stored corrections: what, when, delete; export, delete all, where they are kept.
// actions: {remove, clear, export, folder, browser}
export function showCorrections(store, corrections, words, actions) {
  const urls = [];
  const row = (one) => {
    const url = URL.createObjectURL(one.blob);
    urls.push(url);
    return h(
      'li',
      {},
      h('img', { src: url, alt: '' }),
      h('div', {}, h('b', {}, words.className(one.class)), h('span', { class: 'hint' }, h('bdi', {}, one.name))),
      h(
        'button',
        {
          class: 'plain',
          'data-key': `delete-${one.id}`,
          'aria-label': `${words.text('delete')}: ${words.className(one.class)}, ${one.name}`,
          onclick: () => actions.remove(one),
        },
        words.text('delete'),
      ),
    );
  };
  const any = corrections.length > 0,
    folder = store.kind === 'folder';
  const place = folder ? words.text('kept_in_folder', { name: store.name }) : words.text('kept_in_browser');
  const dialog = sheet(
    words.text('corrections'),
    words,
    h('p', {}, any ? words.text('n_corrections', { n: corrections.length }) : words.text('no_corrections')),
    h('p', { class: 'hint' }, place),
    h(
      'div',
      { class: 'tools' },
      any &&
        h('button', { class: 'plain strong', 'data-key': 'export', onclick: actions.export }, words.text('export_zip')),
      foldersWork() &&
        !folder &&
        h('button', { class: 'plain', 'data-key': 'folder', onclick: actions.folder }, words.text('use_folder')),
      folder &&
        h('button', { class: 'plain', 'data-key': 'browser', onclick: actions.browser }, words.text('use_browser')),
      any && h('button', { class: 'plain', 'data-key': 'clear', onclick: actions.clear }, words.text('delete_all')),
    ),
    any && h('p', { class: 'hint' }, words.text('export_help')),
    h('ul', { class: 'kept' }, corrections.map(row)),
  );
  dialog.addEventListener('close', () => urls.forEach((url) => URL.revokeObjectURL(url)), { once: true });
}

// facts: {config, manifest, pack, n}; actions: {language, corrections, install (or null)}
export function showMenu({ config, manifest, pack, n, offline }, words, actions) {
  const languages = h(
    'select',
    { id: 'language', onchange: (event) => actions.language(event.target.value) },
    Object.entries(LANGUAGES).map(([key, name]) =>
      h('option', { value: key, lang: key, selected: key === words.lang }, name),
    ),
  );
  const test = manifest.metrics?.test,
    sources = [pack.source].flat().filter(Boolean);
  sheet(
    words.text('menu'),
    words,
    h('label', { class: 'field', for: 'language' }, words.text('language'), languages),
    h(
      'div',
      { class: 'tools' },
      h(
        'button',
        { class: 'plain', 'data-key': 'corrections', onclick: actions.corrections },
        `${words.text('corrections')} (${words.number(n)})`,
      ),
      actions.install &&
        h('button', { class: 'plain', 'data-key': 'install', onclick: actions.install }, words.text('install')),
    ),
    h('h3', {}, words.text('privacy')),
    h('p', {}, words.text(`privacy_${config.engine}`)),
    offline && h('p', {}, words.text('offline')),
    h('h3', {}, words.text('these_rules', { place: placeName(pack, words) })),
    pack.checked && h('p', {}, words.text('why_checked', { date: words.date(pack.checked) })),
    h(
      'ul',
      { class: 'sources' },
      sources.map((source) => h('li', {}, words.pack(source))),
    ),
    h('p', { class: 'hint' }, words.text('rules_differ')),
    h('h3', {}, words.text('model')),
    test?.accuracy && h('p', {}, words.text('model_accuracy', { p: words.percent(test.accuracy), n: test.n })),
    manifest.licence && h('p', { class: 'hint' }, `${words.text('licence')}: ${manifest.licence}`),
    h('p', { class: 'hint' }, `trashsort ${config.version ?? ''}${manifest.date ? ` · ${manifest.date}` : ''}`),
  );
}
