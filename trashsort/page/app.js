// The page starts here: photos come in, an engine looks at them (queue.js), decide.js decides, cards.js and draw.js show it, and
// taps.js says what happens on each tap. All share one state (state.js).
import { byId, h, redraw } from './dom.js';
import { loadWords, remember, remembered, rememberLanguage, translate, wanted } from './words.js';
import { placeName } from './items.js';
import { spoken } from './cards.js';
import { cameraWorks, takePhoto } from './camera.js';
import { listen } from './intake.js';
import { chooseFolder, fileName, leaveFolder, openStore } from './store.js';
import { closeSheet, showCorrections, showMenu } from './sheets.js';
import { save } from './table.js';
import { zip } from './zip.js';
import { app, pack } from './state.js';
import { notice, say, takeUndo } from './voice.js';
import { drawAll } from './draw.js';
import { judge, sayCounts, startEngine, take } from './queue.js';
import { taps, today } from './taps.js';

const KEPT = 'trashsort.rules'; // the place that was chosen, remembered

// ---- corrections, settings, languages ----

async function corrections() {
  const again = async (text) => {
    await corrections();
    if (text) say(text);
  };
  const deleting = async (action) => {
    try {
      await action();
    } catch (error) {
      closeSheet();
      return notice(app.words.text('not_deleted', { why: error.message }));
    }
    again(app.words.text('deleted'));
  };
  try {
    const all = (await app.store.list()).sort((a, b) => b.at - a.at);
    showCorrections(app.store, all, app.words, {
      remove: (one) => deleting(() => app.store.remove(one)),
      clear: async () => {
        if (confirm(app.words.text('delete_all_sure', { n: all.length }))) await deleting(() => app.store.clear());
      },
      export: async () =>
        save(
          await zip(
            all.map((one) => ({ name: `${one.class}/${one.file ?? fileName(one)}`, blob: one.blob, date: one.at })),
          ),
          `trashsort-corrections-${today()}.zip`,
        ),
      folder: async () => {
        app.store = await chooseFolder().catch((error) => {
          if (error.name !== 'AbortError') throw error;
          return app.store;
        });
        again();
      },
      browser: async () => {
        app.store = await leaveFolder();
        again();
      },
    });
  } catch (error) {
    closeSheet();
    notice(app.words.text('store_failed', { why: error.message }));
  }
}

async function menu() {
  const n = await app.store.list().then(
    (all) => all.length,
    () => 0,
  );
  const install =
    app.install &&
    (() => {
      app.install.prompt();
      app.install = null;
      menu();
    });
  const offline = await Promise.race([
    app.engine.offline ?? false,
    new Promise((done) => setTimeout(done, 100, false)),
  ]);
  showMenu({ config: app.config, manifest: app.manifest, pack: pack(), n, offline }, app.words, {
    language,
    corrections,
    install,
  });
}

async function language(lang) {
  app.words = await loadWords(lang);
  rememberLanguage(lang);
  dress();
  if (byId('sheet').open) menu();
}

// Everything that has words in it.
function dress() {
  translate(document, app.words);
  document.title = `trashsort: ${app.words.text('start_head')}`;
  const names = app.config.packs ?? Object.keys(app.packs);
  redraw(
    byId('place'),
    names.map((name) =>
      h('option', { value: name, selected: name === app.place }, placeName(app.packs[name], app.words)),
    ),
  );
  drawAll();
}

// Another city: decide again about everything, at once.
function follow(name) {
  app.place = name;
  app.filter = null;
  remember(KEPT, name);
  app.items.filter((item) => item.status === 'done').forEach(judge);
  drawAll();
  if (app.selected?.status === 'done') say(spoken(app.selected, pack(), app.words));
  else if (app.items.length) sayCounts();
}

function closeDialogs() {
  for (const id of ['sheet', 'camera']) if (byId(id).open) byId(id).close();
}

async function camera() {
  if (!cameraWorks()) return byId('capture').click();
  try {
    const photo = await takePhoto();
    if (photo) take([photo]);
  } catch (error) {
    notice(app.words.error(error));
  }
}

// ---- start ----

async function readJson(path) {
  const answer = await fetch(path, { cache: 'no-cache' });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${answer.statusText}`);
  return answer.json();
}

async function begin() {
  app.words = await loadWords(wanted());
  translate(document, app.words);
  [app.config, app.manifest, app.packs] = await Promise.all(
    ['config', 'manifest', 'packs'].map((name) => readJson(`data/${name}.json`)),
  );
  app.place =
    [new URLSearchParams(location.search).get('rules'), remembered(KEPT), app.config.rules].find(
      (name) => name in app.packs,
    ) ?? Object.keys(app.packs)[0];
  app.store = await openStore();
  app.engine =
    app.config.engine === 'server'
      ? (await import('./server-engine.js')).createServerEngine()
      : (await import('./browser-engine.js')).createBrowserEngine();
  app.taps = taps;
  dress();
  byId('place').onchange = (event) => follow(event.target.value);
  byId('take').onclick = camera;
  byId('choose').onclick = () => byId('files').click();
  byId('menu-open').onclick = menu;
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    app.install = event;
  });
  addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'z' && app.undo && !event.target.matches('input')) {
      event.preventDefault();
      takeUndo();
    }
  });
  listen((files) => {
    closeDialogs();
    take(files);
  });
  startEngine();
  document.body.classList.add('ready');
}

begin().catch((error) => {
  byId('notice').textContent = app.words
    ? app.words.text('no_start', { why: error.message })
    : `The page could not start: ${error.message}`;
  byId('notice').hidden = false;
});
