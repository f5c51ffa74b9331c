// A few lines in place of a framework: make an element, and draw again without losing the keyboard's place.

const SVG = 'http://www.w3.org/2000/svg';

// h('button', {class: 'big', onclick: f, disabled: false, vars: {'--bin': '#fff'}}, 'text', child, null)
// Attributes that are null or false are left out; `vars` are CSS variables, set by script so that the page needs no style attributes.
export function h(tag, attrs = {}, ...children) {
  return fill(document.createElement(tag), attrs, children);
}

// The same for SVG.
export function svg(tag, attrs = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attrs, children);
}

function fill(el, attrs, children) {
  for (const [name, value] of Object.entries(attrs ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) el.addEventListener(name.slice(2), value);
    else if (name === 'vars') for (const [key, one] of Object.entries(value)) el.style.setProperty(key, one);
    else el.setAttribute(name, value === true ? '' : value);
  }
  el.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return el;
}

// Replace what is in `box`; whatever had the focus is found again by its `data-key`.
export function redraw(box, ...children) {
  const inside = box.contains(document.activeElement);
  const key = inside ? document.activeElement.dataset.key : null;
  box.replaceChildren(...children.flat().filter(Boolean));
  if (!inside) return;
  const again = key && box.querySelector(`[data-key="${CSS.escape(key)}"]`);
  (again ?? box.querySelector('[tabindex="-1"]'))?.focus({ preventScroll: true });
}

export const byId = (id) => document.getElementById(id);
