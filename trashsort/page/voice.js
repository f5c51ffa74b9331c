// What the page says beside the answers: to a screen reader, in a line above the answer, and in a toast with "Undo".
import { byId, h, redraw } from './dom.js';
import { app } from './state.js';

// The one live region of the page. The text is taken away first, so that the same answer twice is read twice.
export function say(text) {
  byId('live').textContent = '';
  setTimeout(() => {
    byId('live').textContent = text;
  }, 50);
}

// A line above everything else; `again` makes a button of it, `quiet` keeps it from being read out.
export function notice(text, again = null, quiet = false) {
  redraw(
    byId('notice'),
    text ? h('span', {}, text) : null,
    again && h('button', { class: 'plain', onclick: again }, app.words.text('try_again')),
  );
  byId('notice').hidden = !text;
  if (text && !quiet) say(text);
}

// Tell what was done, and offer to undo it. It stays until the next thing is done; then `gone` clears up what undoing needed.
export function toast(text, undo = null, gone = null) {
  app.gone?.();
  [app.undo, app.gone] = [undo, gone];
  redraw(
    byId('toast'),
    h('span', {}, text),
    undo && h('button', { class: 'link', 'data-key': 'undo', onclick: takeUndo }, app.words.text('undo')),
    h(
      'button',
      { class: 'round', 'aria-label': app.words.text('close'), onclick: () => toast('') },
      h('span', { 'aria-hidden': 'true' }, '×'),
    ),
  );
  byId('toast').hidden = !text;
}

export function takeUndo() {
  const { undo } = app;
  app.gone = null;
  toast('');
  undo();
  say(app.words.text('undone'));
}
