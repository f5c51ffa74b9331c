// What the page does with a photo before and beside the network: read it, shrink it, and know why it cannot.

const CALM = 1.5e6; // bytes: a smaller file is sent as it is

// The first bytes of a HEIC file name its kind: '....ftyp' and then one of these.
const HEIC = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'];

export async function isHeic(blob) {
  const head = new TextDecoder('latin1').decode(await blob.slice(0, 12).arrayBuffer());
  return head.slice(4, 8) === 'ftyp' && HEIC.includes(head.slice(8, 12));
}

// A copy of at most `side` px, upright and on white, as a canvas; null where this browser cannot read the file.
async function draw(blob, side) {
  const image = await createImageBitmap(blob).catch(() => null);
  if (!image) return null;
  const scale = Math.min(1, side / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  return canvas;
}

const toJpeg = (canvas, quality) => new Promise((done) => canvas.toBlob(done, 'image/jpeg', quality));

// A small copy to look at, or null.
export async function thumbnail(blob, side = 640) {
  const canvas = await draw(blob, side);
  return canvas && toJpeg(canvas, 0.85);
}

// A copy with the longest side at most `side`; the file itself where it is small already or cannot be read here.
export async function shrink(blob, side, always = false) {
  if (!always && blob.size < CALM) return blob;
  const canvas = await draw(blob, side);
  return canvas ? toJpeg(canvas, 0.92) : blob;
}

// Lay a heat map over a photo: no colour where the network did not look, yellow to red where it did.
export function paintHeat(canvas, { w, h, data }) {
  const small = Object.assign(document.createElement('canvas'), { width: w, height: h }),
    pen = small.getContext('2d'),
    image = pen.createImageData(w, h);
  for (let i = 0; i < w * h; i++)
    image.data.set([255, Math.round(210 * (1 - data[i])), 0, Math.round(190 * data[i])], 4 * i);
  pen.putImageData(image, 0, 0);
  const wide = canvas.getContext('2d');
  wide.clearRect(0, 0, canvas.width, canvas.height);
  wide.imageSmoothingQuality = 'high';
  wide.drawImage(small, 0, 0, canvas.width, canvas.height);
}
