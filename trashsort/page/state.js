// What the page knows while it is open, in one object that the modules share.
export const app = {
  // what was fetched or made at the start
  config: null,
  manifest: null,
  packs: null,
  words: null,
  engine: null,
  store: null,
  ready: null, // promise: the engine has loaded
  // what the person chose
  place: null, // name of the rule pack
  selected: null, // the item that the large card shows
  filter: null,
  view: 'grid',
  heat: false,
  open: new Set(),
  // what is there
  items: [], // newest first; see items.js
  undo: null,
  gone: null, // how to undo the last thing, and what to clear up when that is no longer wanted
  install: null, // the browser's offer to install the page
  taps: {}, // what happens on a tap; taps.js fills it
};

export const pack = () => app.packs[app.place];
