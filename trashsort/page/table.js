// Many photos as rows: the same columns as the files that trashsort_predict writes, and what the person said.
import { binOf, outcome } from './items.js';

export const COLUMNS = [
  'path',
  'label',
  'label_prob',
  'bin',
  'bin_prob',
  'decision',
  'error',
  'flags',
  'advice',
  'correction',
];

export function row(item, pack) {
  const { verdict, answer } = item,
    now = outcome(item, pack);
  if (!verdict) return { path: item.name, error: item.error?.message ?? '' };
  const bin = binOf(pack, verdict.bin),
    round = (p) => Number(p.toFixed(6));
  return {
    path: item.name,
    label: verdict.label,
    label_prob: round(verdict.label_prob),
    bin: bin?.key ?? verdict.bin,
    bin_prob: round(verdict.bin_prob),
    decision: now.kind === 'bin' ? now.bin.key : 'unsure',
    error: '',
    flags: [verdict.ood && 'ood', (verdict.several ?? answer?.several) && 'several'].filter(Boolean).join(' '),
    advice: verdict.advice ?? '',
    correction: item.correct ?? '',
  };
}

// One cell: quoted where it must be, and text that a spreadsheet would run as a formula gets an apostrophe before it.
function cell(value) {
  let text = String(value ?? '');
  if (typeof value === 'string' && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function toCsv(items, pack) {
  const rows = items.map((item) => row(item, pack));
  return (
    [COLUMNS, ...rows.map((one) => COLUMNS.map((column) => one[column]))]
      .map((cells) => cells.map(cell).join(','))
      .join('\r\n') + '\r\n'
  );
}

// Hand a file to the person.
export function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
