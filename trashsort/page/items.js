// One item for each photo that was put in, and what the page knows about it. Nothing here draws.
//   {id, name, file, at, thumb, status: 'waiting' | 'working' | 'done' | 'error', answer, verdict, error, chosen, correct}
// answer: what the engine said; verdict: what decide.js made of it by the pack chosen now; chosen: the option of a
// question that a person tapped; correct: the class that a person says it is.

let next = 1;

export const makeItem = (file) => ({
  id: next++,
  name: file.name || 'photo.jpg',
  file,
  at: new Date(),
  status: 'waiting',
});

// A bin of a pack by its key or its number.
export function binOf(pack, which) {
  const index = typeof which === 'number' ? which : pack.bins.findIndex((bin) => bin.key === which);
  return index in pack.bins ? { ...pack.bins[index], index } : null;
}

// The bin of a class by a pack, or null where the pack does not know the class.
export const binOfClass = (pack, name) => (name in pack.classes ? binOf(pack, pack.classes[name]) : null);

// The place whose rules a pack has, as a person names it.
export const placeName = (pack, words) => words.pack(pack.label || pack.region || pack.name.replaceAll('_', ' '));

// Where things go that nobody is sure about.
export function doubtBin(pack) {
  return binOf(pack, pack.unsure) ?? binOf(pack, pack.bins.length - 1);
}

// What stands now: what the person says before what the person answered before what the network thinks.
// kind: 'bin', 'advice' (an answer that names no bin), 'unsure', 'odd' (does not look like waste); by: 'person', 'question', 'model'.
export function outcome(item, pack) {
  if (item.status !== 'done') return null;
  if (item.correct) {
    const bin = binOfClass(pack, item.correct);
    return { kind: bin ? 'bin' : 'unsure', bin, by: 'person' };
  }
  if (item.chosen) {
    const bin = item.chosen.bin === null || item.chosen.bin === undefined ? null : binOf(pack, item.chosen.bin);
    return { kind: bin ? 'bin' : 'advice', bin, by: 'question' };
  }
  if (item.verdict.ood) return { kind: 'odd', bin: null, by: 'model' };
  const bin = item.verdict.decision === 'unsure' ? null : binOf(pack, item.verdict.decision);
  return { kind: bin ? 'bin' : 'unsure', bin, by: 'model' };
}

// The class to name: what the person says, or else the most probable.
export const classOf = (item) => item.correct ?? item.chosen?.class ?? item.verdict.label;

// How many of these photos go where: [{key, bin, kind, n}], bins in the pack's order, then the doubtful and the faulty.
export function countItems(items, pack) {
  const rows = pack.bins.map((bin, index) => ({ key: bin.key, kind: 'bin', bin: { ...bin, index }, n: 0 }));
  const others = ['advice', 'unsure', 'odd', 'error'].map((kind) => ({ key: `(${kind})`, kind, bin: null, n: 0 }));
  for (const item of items) {
    const key = keyOf(item, pack),
      row = [...rows, ...others].find((one) => one.key === key);
    if (row) row.n++;
  }
  return [...rows, ...others.filter((row) => row.n)];
}

// The pile an item is counted in; null while nothing is known.
export function keyOf(item, pack) {
  if (item.status === 'error') return '(error)';
  const now = outcome(item, pack);
  return now && (now.kind === 'bin' ? now.bin.key : `(${now.kind})`);
}

// The question of an unsure answer in a person's language: {text, options: [{text, hint, option}]}, or null. Where the options
// are classes, the question is which of them it is, and the pack's own question stands with the class that it is about.
export function question(item, words) {
  const asked = item.verdict?.question;
  if (!asked?.options?.length) return null;
  const between = asked.options.filter((option) => option.class).length > 1;
  const say = (option) => {
    if (option.class) return words.className(option.class);
    const simple = { yes: 'yes', no: 'no', unsure: 'do_not_know' }[String(option.text).toLowerCase()];
    return simple ? words.text(simple) : words.pack(option.text);
  };
  const hint = (option) => (between && option.class && option.class === asked.class ? words.pack(asked.text) : null);
  return {
    text: between ? words.text('which_is_it') : words.pack(asked.text),
    options: asked.options.map((option) => ({ text: say(option), hint: hint(option), option })),
  };
}
