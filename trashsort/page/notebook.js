// The way in for notebooks. It stands behind photos.js in one module, and anywidget runs it: photos are dropped, pasted,
// chosen or taken, made small here, and sent to Python in messages of at most 1 MiB, so that no server's limit matters.

const SIDE = 1024;        // px; the network sees less
const PART = 2 ** 20;     // bytes in one message

function element(tag, attrs = {}, ...inside) {
  const el = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs)) name.startsWith('on') ? el.addEventListener(name.slice(2), value) : el.setAttribute(name, value);
  el.append(...inside);
  return el;
}

async function sendPhoto(model, file) {
  const small = await shrink(file, SIDE).catch(() => file);
  const bytes = new Uint8Array(await small.arrayBuffer());
  for (let at = 0; at === 0 || at < bytes.length; at += PART) {
    const part = bytes.slice(at, at + PART);
    model.send({ kind: 'part', name: file.name || 'pasted', last: at + PART >= bytes.length }, undefined, [part.buffer]);
  }
}

// One batch after the other: a second drop waits until the first is sent.
let last = Promise.resolve();

function sendAll(model, files) {
  if (!files.length) return;
  last = last.then(async () => {
    model.send({ kind: 'begin', total: files.length });
    for (const file of files) {
      try { await sendPhoto(model, file); }
      catch { model.send({ kind: 'lost', name: file.name }); }
    }
  });
}

// The camera's picture with a button below it. It ends when the photo is taken, when it is closed, or when the cell goes.
function openCamera(model, box) {
  const video = element('video', { playsinline: '', muted: '', 'aria-label': 'Camera' });
  let facing = 'environment', stream = null;
  const stop = () => { stream?.getTracks().forEach((track) => track.stop()); stream = null; };
  const close = () => { stop(); box.replaceChildren(); };
  const start = async () => {
    stop();
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: { ideal: facing }, width: { ideal: 1920 } }, audio: false });
    if (!video.isConnected) return stop();
    video.srcObject = stream;
    await video.play();
  };
  const refused = () => { stop(); box.replaceChildren(element('p', { role: 'alert' }, 'The camera cannot be used here: choose a photo instead.')); };
  const shoot = () => {
    const canvas = element('canvas');
    [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
    canvas.getContext('2d').drawImage(video, 0, 0);
    canvas.toBlob((blob) => blob && sendAll(model, [new File([blob], 'photo.jpg', { type: 'image/jpeg' })]), 'image/jpeg', 0.92);
    close();
  };
  const flip = () => { facing = facing === 'user' ? 'environment' : 'user'; start().catch(refused); };
  box.replaceChildren(video, element('div', { class: 'buttons' }, element('button', { type: 'button', class: 'main', onclick: shoot }, 'Take the photo'),
    element('button', { type: 'button', onclick: flip }, 'Other camera'), element('button', { type: 'button', onclick: close }, 'Close the camera')));
  start().catch(refused);
  return close;
}

// Python shows the plain button of ipywidgets until it hears this.
function initialize({ model }) {
  model.send({ kind: 'ready' });
}

function render({ model, el }) {
  let closeCamera = () => {};
  const said = element('div', { role: 'status', 'aria-live': 'polite', class: 'said' });
  const say = (text) => { said.textContent = text; };
  const camera = element('div', { class: 'camera' });
  const files = element('input', { type: 'file', accept: 'image/*,.heic,.heif', multiple: '', hidden: '', onchange: () => {
    sendAll(model, [...files.files]);
    files.value = '';                   // or the same file, chosen again, would be no change
  } });
  const choose = element('button', { type: 'button', class: 'main', onclick: () => files.click() }, 'Choose photos');
  const take = element('button', { type: 'button', onclick: () => { closeCamera = openCamera(model, camera); } }, 'Take a photo');
  const zone = element('div', { class: 'zone', role: 'group', 'aria-label': 'Photos in', tabindex: '0' },
    element('div', { class: 'buttons' }, choose, ...(navigator.mediaDevices?.getUserMedia ? [take] : []), element('span', {}, 'or drop or paste photos here')), camera, files);
  const over = (on) => (event) => { event.preventDefault(); event.stopPropagation(); zone.classList.toggle('over', on); };
  zone.addEventListener('dragover', over(true));
  zone.addEventListener('dragleave', over(false));
  zone.addEventListener('drop', (event) => { over(false)(event); sendAll(model, [...event.dataTransfer.files]); });
  zone.addEventListener('paste', (event) => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (!pasted.length) return;
    event.preventDefault();
    event.stopPropagation();            // or the notebook would paste a cell
    sendAll(model, pasted);
  });
  el.dataset.lmSuppressShortcuts = 'true';
  el.classList.add('trashsort-in');
  el.append(zone, said);
  const tell = () => say(model.get('said'));
  model.on('change:said', tell);
  tell();
  return () => { model.off('change:said', tell); closeCamera(); };
}

export default { initialize, render };
