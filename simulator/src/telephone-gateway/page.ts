/** The page of the stand-in: everything in one file, nothing from elsewhere. Texts of the centre are only ever set as text. */
export const PAGE_SCRIPT = `
const MEANING = { real: 'fire is real', false: 'false alarm', checking: 'checking', repeat: 'hear again' };
const shown = new Map();
function element(name, text, className) {
  const one = document.createElement(name);
  if (text !== undefined) one.textContent = text;
  if (className) one.className = className;
  return one;
}
function button(label, path, body) {
  const one = element('button', label);
  one.type = 'button';
  one.addEventListener('click', async () => {
    one.disabled = true;
    const answer = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body || {}) });
    if (!answer.ok) document.getElementById('trouble').textContent = (await answer.json()).error;
    await refresh();
  });
  return one;
}
function withLinks(text, language) {
  const words = element('p');
  words.lang = language;
  for (const part of text.split(/(https?:[^ ]+)/)) {
    if (!/^https?:/.test(part)) { words.append(part); continue; }
    const link = element('a', part);
    link.href = part; link.target = '_blank'; link.rel = 'noreferrer';
    words.append(link);
  }
  return words;
}
function card(entry) {
  const box = element('article');
  const head = element('h3', (entry.kind === 'call' ? 'Call to ' : 'Message to ') + entry.to);
  head.append(' ', element('span', entry.state, 'state ' + entry.state));
  box.append(head, element('p', new Date(entry.at).toLocaleTimeString() + ' · ' + entry.language + ' · round ' + entry.round, 'small'));
  if (entry.kind === 'message') {
    box.append(withLinks(entry.text, entry.language));
    for (const reply of entry.replies) box.append(element('p', 'Reply: ' + reply, 'person'));
    const row = element('div', undefined, 'row');
    for (const key of ['1', '2', '3']) row.append(button('Reply ' + key, '/messages/' + entry.id + '/reply', { text: key }));
    box.append(row);
    return box;
  }
  const lines = entry.heard.length ? entry.heard : entry.say.map((text) => ({ who: 'centre', text }));
  for (const line of lines) {
    const words = element('p', (line.who === 'person' ? 'Key pressed: ' : '') + line.text, line.who);
    words.lang = entry.language; box.append(words);
  }
  const row = element('div', undefined, 'row');
  const path = '/calls/' + entry.id;
  if (entry.state === 'ringing') row.append(button('Pick up', path + '/answer'), button('Do not answer', path + '/no-answer'));
  if (entry.state === 'ringing' || entry.state === 'answered') {
    for (const key of Object.keys(entry.keys)) {
      row.append(button(key + ' – ' + (MEANING[entry.keys[key]] || entry.keys[key]), path + '/press', { key }));
    }
  }
  if (entry.state === 'answered') row.append(button('Hang up', path + '/hang-up'));
  box.append(row);
  return box;
}
async function refresh() {
  try {
    const answer = await fetch('/state');
    const entries = await answer.json();
    const list = document.getElementById('list');
    const wanted = new Set();
    entries.forEach((entry, index) => {
      wanted.add(entry.id);
      const text = JSON.stringify(entry);
      const known = shown.get(entry.id);
      if (known && known.text === text) return;
      const box = card(entry);
      if (known) known.box.replaceWith(box);
      else list.insertBefore(box, list.children[index] || null);
      shown.set(entry.id, { text, box });
    });
    for (const [id, one] of shown) if (!wanted.has(id)) { one.box.remove(); shown.delete(id); }
    document.getElementById('none').hidden = entries.length > 0;
    document.getElementById('trouble').textContent = '';
  } catch (error) {
    document.getElementById('trouble').textContent = 'The stand-in does not answer: ' + error;
  }
}
refresh();
setInterval(refresh, 1000);
`;

export const PAGE_STYLE = `
:root { color-scheme: light dark; --back: #f6f6f4; --card: #fff; --text: #1c1c1a; --soft: #63635e; --line: #d9d9d4; --mark: #7a4b00; --sign: #fff1d6; }
@media (prefers-color-scheme: dark) { :root { --back: #171716; --card: #222220; --text: #ececea; --soft: #a4a49e; --line: #3b3b38; --mark: #ffc978; --sign: #3a2c12; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.45 system-ui, sans-serif; }
header { background: var(--sign); color: var(--mark); padding: 12px 20px; border-bottom: 1px solid var(--line); }
header h1 { font-size: 18px; margin: 0; } header p { margin: 2px 0 0; }
main { max-width: 920px; margin: 0 auto; padding: 16px 20px; }
article { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; margin-bottom: 12px; }
h3 { font-size: 16px; margin: 0; } p { margin: 6px 0; overflow-wrap: anywhere; } a { color: var(--mark); } .small { color: var(--soft); font-size: 14px; }
.person { color: var(--mark); font-weight: 600; }
.state { font-size: 13px; font-weight: 600; border: 1px solid var(--line); border-radius: 999px; padding: 1px 10px; margin-left: 6px; }
.row { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px; }
button { font: inherit; padding: 6px 14px; border-radius: 6px; border: 1px solid var(--line); background: var(--back); color: var(--text); cursor: pointer; }
button:hover, button:focus-visible { border-color: var(--mark); } button:disabled { opacity: .5; }
#trouble { color: var(--mark); font-weight: 600; min-height: 1.4em; }
`;

export const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Stand-in telephone gateway: no real calls</title><link rel="icon" href="data:,">
<style>${PAGE_STYLE}</style></head><body>
<header><h1>Stand-in telephone gateway</h1><p>No telephone rings and no message leaves. This page shows what Keng asked to be said, and lets you answer for the person called.</p></header>
<main><p id="trouble" role="status"></p><p id="none">Nobody has been called yet.</p><div id="list"></div></main>
<script>${PAGE_SCRIPT}</script></body></html>
`;
