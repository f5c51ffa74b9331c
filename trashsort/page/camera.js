// A photo from the camera: the back one first, the front one on a tap. Browsers give the camera only to pages from https or
// from this machine; elsewhere (a plain http address in the local network) a phone's own camera app takes the photo.
import { byId } from './dom.js';

let stream = null,
  facing = 'environment';

export const cameraWorks = () => Boolean(navigator.mediaDevices?.getUserMedia);

function stop() {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  byId('video').srcObject = null;
}

async function start() {
  stop();
  const wish = { facingMode: { ideal: facing }, width: { ideal: 1920 }, height: { ideal: 1440 } };
  const fresh = await navigator.mediaDevices.getUserMedia({ video: wish, audio: false });
  if (!byId('camera').open) return fresh.getTracks().forEach((track) => track.stop()); // closed while the browser asked
  stream = fresh;
  const video = byId('video');
  video.srcObject = stream;
  video.classList.toggle('mirrored', facing === 'user');
  await video.play().catch(() => {});
  const cameras = (await navigator.mediaDevices.enumerateDevices()).filter((device) => device.kind === 'videoinput');
  byId('flip').hidden = cameras.length < 2;
  byId('shutter').disabled = false;
}

async function shoot() {
  const video = byId('video'),
    canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  canvas.getContext('2d').drawImage(video, 0, 0);
  const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.95));
  const name = `photo-${new Date().toTimeString().slice(0, 8).replaceAll(':', '')}.jpg`;
  return new File([blob], name, { type: 'image/jpeg' });
}

// The kind of trouble, for the catalogue of sentences.
const kind = (error) =>
  ({ NotAllowedError: 'camera_refused', NotFoundError: 'camera_none', NotReadableError: 'camera_busy' })[error.name] ??
  'camera_failed';

// Open the camera and wait for a photo. Returns a File, or null when the person closes it; throws what kept it from opening.
export function takePhoto() {
  const dialog = byId('camera');
  return new Promise((done, fail) => {
    const end = (result) => {
      stop();
      if (dialog.open) dialog.close();
      done(result);
    };
    const failed = (error) => {
      stop();
      if (dialog.open) dialog.close();
      fail(Object.assign(new Error(error.message), { code: kind(error) }));
    };
    byId('shutter').disabled = true;
    byId('shutter').onclick = () => shoot().then(end, failed);
    byId('flip').onclick = () => {
      facing = facing === 'user' ? 'environment' : 'user';
      start().catch(failed);
    };
    byId('camera-close').onclick = () => end(null);
    dialog.onclose = () => end(null);
    dialog.showModal();
    start().catch(failed);
  });
}
