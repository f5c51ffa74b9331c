// One catalogue for every language: words/en.json has all the sentences, class names and texts of the rule packs.
// A sentence that a language lacks is shown in English, so a half-finished translation already works.

export const LANGUAGES = { en: 'English', es: 'Español', fr: 'Français', de: 'Deutsch', zh: '中文' };
const KEPT = 'trashsort.language';

async function read(lang) {
  const answer = await fetch(`words/${lang}.json`);
  if (!answer.ok) throw new Error(`words/${lang}.json is missing.`);
  return answer.json();
}

// The language that was chosen here, or the first one of the browser's that we have.
export function wanted() {
  const asked = [new URLSearchParams(location.search).get('lang'), remembered(KEPT), ...(navigator.languages ?? [])];
  return asked.map((name) => (name ?? '').toLowerCase().split('-')[0]).find((name) => name in LANGUAGES) ?? 'en';
}

// Storage may be forbidden; the page then forgets, and works.
export function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    /* forgotten when the page closes */
  }
}

export async function loadWords(lang) {
  const english = await read('en');
  const own = lang === 'en' ? english : await read(lang).catch(() => ({}));
  return makeWords(lang, own, english);
}

export function makeWords(lang, own, english) {
  const plural = new Intl.PluralRules(lang);
  const whole = new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 0 });
  const number = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 });
  const find = (part, key) => own[part]?.[key] ?? english[part]?.[key];

  // text('n_photos', {n: 3}): {n} is put in; where there are `n_photos_one` and `n_photos_other`, the number chooses.
  function text(key, values = {}) {
    const form = 'n' in values ? `${key}_${plural.select(values.n)}` : key;
    const found = find('ui', form) ?? find('ui', `${key}_other`) ?? find('ui', key) ?? key;
    return found.replace(/\{(\w+)\}/g, (all, name) =>
      name in values ? (typeof values[name] === 'number' ? number.format(values[name]) : values[name]) : all,
    );
  }

  return {
    lang,
    dir: own.dir ?? 'ltr',
    text,
    has: (key) => find('ui', key) !== undefined,
    className: (name) => find('classes', name) ?? plain(name),
    pack: (words) => own.packs?.[words] ?? words, // bins, places, conditions and questions are English in the packs
    // A probability never claims certainty.
    percent: (p) => (p > 0.99 ? `>${whole.format(0.99)}` : p < 0.01 ? `<${whole.format(0.01)}` : whole.format(p)),
    number: (value) => number.format(value),
    date: (iso) => new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(iso)),
    // What went wrong, in this language where we know the kind of trouble; else in the engine's own sentence.
    error: (trouble, name) =>
      find('ui', `error_${trouble.code}`)
        ? text(`error_${trouble.code}`, { name, ...trouble.values })
        : trouble.message || text('error_unknown', { name }),
  };
}

// A class of somebody's own model has no translation: 'tea_lights' becomes 'tea lights'.
export const plain = (name) => name.replaceAll('_', ' ');

export const rememberLanguage = (lang) => remember(KEPT, lang);

// Put the words into the elements that index.html marks: data-t is the text, data-t-label the name for a screen reader.
export function translate(root, words) {
  document.documentElement.lang = words.lang;
  document.documentElement.dir = new URLSearchParams(location.search).get('dir') ?? words.dir;
  for (const el of root.querySelectorAll('[data-t]')) el.textContent = words.text(el.dataset.t);
  for (const el of root.querySelectorAll('[data-t-label]'))
    el.setAttribute('aria-label', words.text(el.dataset.tLabel));
}
