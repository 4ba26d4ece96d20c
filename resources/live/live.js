// The live view page: shows the pictures of a session and sends back what its viewer does.
// The protocol is docs/live-view.md.
'use strict';
(() => {

const silenceLimit = 12000; // ms without a word from the service: what is shown is not live any more
const firstDelay = 500, lastDelay = 8000; // ms before trying again
const moveInterval = 16; // ms between two moves of the mouse
const uploadLimit = 16 * 1024 * 1024; // bytes of all files of one choice
const noticeTime = 6000, downloadTime = 10000; // ms that a notice, a finished download stay
const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

// The shape, the word and the colour of each state.
const faces = {
  connecting: ['starting', 'Connecting', 'blue'],
  waiting: ['starting', 'Waiting', 'blue'],
  live: ['live', 'Live', 'green'],
  quiet: ['still', 'Still', 'green'],
  hidden: ['hidden', 'Behind', 'dim'],
  dialog: ['warning', 'Dialog', 'amber'],
  crashed: ['error', 'Crashed', 'red'],
  stuck: ['stuck', 'No answer', 'amber'],
  lost: ['unknown', 'Lost', 'amber'],
  ended: ['gone', 'Ended', 'dim'],
  gone: ['gone', 'Gone', 'dim'],
};

const $ = id => document.getElementById(id);
const inFocus = () => document.activeElement;
const boxOf = element => element.getBoundingClientRect();
const lockDialog = is => { $('dialogNo').disabled = $('dialogYes').disabled = is; };
const on = (target, kind, done, options) => target.addEventListener(kind, done, options);
const canvas = $('picture'), paper = canvas.getContext('2d');
const stage = $('stage'), scroller = $('scroller'), keys = $('keys'), address = $('address');

let socket = null;
let link = 'connecting'; // connecting, open, lost, ended, gone
let role = 'view', inControl = false, giving = false;
let state = {state: 'connecting', reason: '', at: 0};
let tabs = [], watching = 0, follow = true, page = {}, dialog = null;
let shown = null; // the picture on the canvas: tab, behind (another), seq, w, h (CSS pixels of the page), at (ms)
let waiting = false; // what is on the canvas is of before this viewer looked away
let actual = false; // at 100 % instead of fitted

// --- Text

// As text for people: what has no shape of its own, or turns the direction of reading, is given one.
const unseen = /[\0-\x1F\x7F-\x9F\xAD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}\p{Cs}]/gu;

function plain(text, limit = 4096) {
  return String(text ?? '').slice(0, limit).replace(unseen, c => {
    const code = c.codePointAt(0);
    if (code < 0x20 || code === 0x7F)
      return String.fromCharCode(code < 0x20 ? 0x2400 + code : 0x2421);
    return code >= 0xD800 && code <= 0xDFFF ? '\uFFFD'
      : `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  });
}

// The same of several lines.
const plainLines = text => String(text ?? '').replace(/\r\n?/g, '\n').slice(0, 20000)
  .split('\n').map(line => line.split('\t').map(part => plain(part)).join('    ')).join('\n');

const two = number => String(number).padStart(2, '0');

function minute(at) {
  const time = new Date(at), today = new Date().toDateString() === time.toDateString();
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} `;
  return `${today ? '' : day}${two(time.getHours())}:${two(time.getMinutes())}`;
}

const second = at => `${minute(at)}:${two(new Date(at).getSeconds())}`;

function bytes(count) {
  if (count < 1024 * 1024)
    return `${Math.ceil(count / 1024)} KiB`;
  return `${(count / 1024 / 1024).toFixed(1)} MiB`;
}

function set(id, text) {
  if ($(id).textContent !== text)
    $(id).textContent = text;
}

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value || value === '')
      element.setAttribute(name, value === true ? '' : value);
  element.append(...children);
  return element;
}

// Gives an element the icon of that name, instead of the one it has.
function setIcon(element, name) {
  let use = element.querySelector('use');
  if (!use) {
    const [svg, made] = ['svg', 'use'].map(tag => document.createElementNS('http://www.w3.org/2000/svg', tag));
    svg.setAttribute('aria-hidden', 'true');
    svg.append(use = made);
    element.prepend(svg);
  }
  use.setAttribute('href', `#i-${name}`);
}

function closeButton(label, more) {
  const made = make('button', {'aria-label': label, ...more});
  setIcon(made, 'close');
  return made;
}

function say(text) {
  $('said').textContent = text;
}

let noticeTimer = 0;
function notice(text) {
  say(text);
  set('toast', text);
  $('toast').hidden = false;
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => { $('toast').hidden = true; }, noticeTime);
}

// --- The connection

let delay = firstDelay, silence = 0, openedAt = 0;

function connect() {
  const mine = socket = opening ?? openSocket();
  opening = null;
  openedAt = 0;
  listen();
  mine.onmessage = event => {
    if (mine !== socket)
      return;
    listen();
    if (typeof event.data === 'string')
      receive(event.data);
    else
      arrived(event.data);
  };
  mine.onclose = () => {
    if (mine === socket)
      lose();
  };
  early.splice(0).forEach(mine.onmessage);
  if (mine.readyState > 1)
    lose();
}

function listen() {
  clearTimeout(silence);
  silence = setTimeout(lose, silenceLimit);
}

function lose() {
  const old = socket, wasOpen = openedAt > 0;
  clearTimeout(silence);
  socket = next = null;
  old?.close();
  if (link === 'ended' || link === 'gone')
    return;
  if (wasOpen && Date.now() - openedAt > 5000)
    delay = firstDelay;
  link = 'lost';
  dialog = null;
  if (inControl)
    leaveControl('Control was given back when the connection was lost.');
  setTimeout(() => link === 'lost' && connect(), delay);
  delay = Math.min(delay * 2, lastDelay);
  if (!wasOpen)
    findOutWhetherGone();
  render();
}

async function findOutWhetherGone() {
  try {
    const answer = await fetch(location.href, {cache: 'no-store'});
    if (answer.status === 404 && link === 'lost')
      finish('gone');
  } catch {
    // No answer at all: the next try says more.
  }
}

// The last word: nothing is tried again.
function finish(word) {
  const old = socket;
  link = word;
  socket = null;
  dialog = null;
  clearTimeout(silence);
  old?.close();
  if (inControl)
    leaveControl();
  closePop();
  render();
}

function post(message) {
  if (socket?.readyState === 1)
    socket.send(JSON.stringify(message));
}

// The tab that this viewer wants to see, 0 for the one in front; also after the next connection.
let wish = Number(/^#tab=(\d{1,5})$/.exec(location.hash)?.[1] ?? 0);

function watch(tab) {
  wish = tab;
  follow = !tab;
  post({t: 'watch', tab});
  renderTabs();
}

const handlers = {
  hello(m) {
    role = m.role === 'control' ? 'control' : 'view';
    link = 'open';
    openedAt = Date.now();
    waiting = true;
    state = {state: 'connecting', reason: '', at: openedAt};
    lastView = '';
    sendView();
    if (wish)
      watch(wish);
    for (const id of downloads.keys())
      dropDownload(id);
  },
  tabs(m) {
    if (m.watching !== watching) {
      closePop(true);
      dialog = null;
    }
    tabs = Array.isArray(m.tabs) ? m.tabs : [];
    watching = m.watching;
    follow = m.follow !== false;
    const title = tabs.find(tab => tab.tab === watching);
    if (title && page.tab !== watching)
      page = {tab: watching, title: title.title, url: title.url};
    renderTabs();
  },
  page(m) {
    page = m;
  },
  state(m) {
    // What is said twice is so, whatever the last picture was taken as.
    if (shown && m.state === state.state)
      shown.behind = m.state === 'hidden';
    if (m.state === 'crashed')
      dialog = null;
    state = m;
    if (m.state === 'ended')
      finish('ended');
  },
  dialog(m) {
    closePop(true);
    dialog = {...m, since: Date.now()};
    renderDialog();
    if (inControl)
      (m.kind === 'prompt' ? $('dialogValue') : $('dialogYes')).focus();
    say(`${dialogHead(m)} ${plainLines(m.text)}`);
  },
  dialogClosed(m) {
    if (dialog?.id !== m.id)
      return;
    dialog = null;
    if (inControl)
      focusKeys();
    if (m.by !== 'you')
      notice(m.by === 'viewer' ? 'Another viewer answered the dialog.'
        : 'Another program answered the dialog.');
  },
  viewers: viewersChanged,
  download: showDownload,
  refused(m) {
    notice(`Not done: ${plain(m.reason, 300)}`);
    lockDialog(false); // it may be answered again
  },
  select: m => inControl && showSelect(m),
  field: m => inControl && showField(m),
  chooser: m => inControl && showChooser(m),
  selection: m => inControl && copyOut(String(m.text ?? '')),
};

function receive(text) {
  let message;
  try {
    message = JSON.parse(text);
  } catch {
    return;
  }
  if (message && Object.hasOwn(handlers, message.t)) {
    handlers[message.t](message);
    render();
  }
}

// --- Pictures

let decoding = false, next = null;

function arrived(buffer) {
  const data = new DataView(buffer);
  if (buffer.byteLength <= 16 || data.getUint8(0) !== 1)
    return;
  next = {
    behind: (data.getUint8(1) & 2) > 0, tab: data.getUint16(2), seq: data.getUint32(4), w: data.getUint16(8), h: data.getUint16(10),
    at: Date.now() - data.getUint32(12),
    jpeg: new Blob([new Uint8Array(buffer, 16)], {type: 'image/jpeg'}),
  };
  if (!decoding)
    drawNewest();
}

async function drawNewest() {
  decoding = true;
  while (next) {
    const picture = next, from = socket;
    next = null;
    try {
      const bitmap = await createImageBitmap(picture.jpeg);
      if (from === socket && !next)
        draw(picture, bitmap);
      bitmap.close();
    } catch {
      // Not a picture: what is shown stays.
    }
    if (from === socket && !next)
      post({t: 'ack', seq: picture.seq});
  }
  decoding = false;
}

function draw(picture, bitmap) {
  if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) {
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
  }
  paper.drawImage(bitmap, 0, 0);
  const before = shown;
  shown = picture;
  waiting = document.hidden;
  if (before?.w !== shown.w || before.h !== shown.h)
    layOut();
  if (canvas.hidden || face() !== lastFace)
    render();
  else
    renderLast();
}

// Where the picture stands: fitted, but never larger than the page is; or as large as it is.
function layOut() {
  if (!shown)
    return sendViewSoon();
  const room = getComputedStyle(scroller);
  const across = scroller.clientWidth - parseFloat(room.paddingLeft) - parseFloat(room.paddingRight);
  const down = scroller.clientHeight - parseFloat(room.paddingTop) - parseFloat(room.paddingBottom);
  const factor = actual ? 1 : Math.max(0.05, Math.min(1, across / shown.w, down / shown.h));
  const w = Math.round(shown.w * factor), h = Math.round(shown.h * factor);
  canvas.style.width = `${w}px`;
  canvas.style.height = `${h}px`;
  // Centred on whole pixels: half of one would blur it.
  canvas.style.marginLeft = `${Math.round(across - w) & 1}px`;
  canvas.style.marginTop = `${Math.round(down - h) & 1}px`;
  set('size', `Picture ${shown.w} × ${shown.h}, shown at ${Math.round(factor * 100)} %`);
  sendViewSoon();
}

let viewTimer = 0, lastView = '';

function sendViewSoon() {
  clearTimeout(viewTimer);
  viewTimer = setTimeout(sendView, 150);
}

function sendView() {
  const across = shown ? parseFloat(canvas.style.width) : scroller.clientWidth;
  const view = {t: 'view', w: Math.round(across * devicePixelRatio), visible: !document.hidden, every: 0};
  const text = JSON.stringify(view);
  if (link !== 'open' || text === lastView)
    return;
  lastView = text;
  post(view);
}

// --- What is shown

function face() {
  if (link !== 'open')
    return link;
  const told = Object.hasOwn(faces, state.state) ? state.state : 'connecting';
  const stale = !shown || waiting || shown.tab !== watching;
  if (!['live', 'quiet', 'hidden'].includes(told))
    return told;
  return stale ? 'waiting' : shown.behind ? 'hidden' : told;
}

// What stands over a picture that is not live: a head, then lines, of which some may be empty.
function veil(now) {
  const last = shown && shown.tab === watching ? `Last picture ${second(shown.at)}.` : '';
  const reason = plain(state.reason, 500);
  return {
    connecting: () => ['Connecting', reason, last],
    waiting: () => ['Waiting for a picture', last],
    crashed: () => ['The page crashed', last, inControl ? '' : 'Somebody in control can reload it.'],
    stuck: () => ['The page does not answer', `Since ${second(state.at)}. ${last}`],
    lost: () => ['Connection lost.', `${last} Trying again`],
    ended: () => [`Session ended ${minute(state.at)}`, reason, last],
    gone: () => ['This live view is no longer there', last],
  }[now]?.();
}

let lastFace = '';

function render() {
  const now = face(), [shape, word, colour] = faces[now];
  $('mark').className = `mark ${colour}`;
  setIcon($('mark'), shape);
  set('markWord', word);
  const over = veil(now);
  document.body.dataset.state = now;
  $('veil').hidden = !over;
  if (over) {
    set('veilHead', over[0]);
    set('veilText', over.slice(1).filter(Boolean).join('\n').trim());
  }
  $('veilReload').hidden = now !== 'crashed' || !inControl;
  if (now !== lastFace && !['live', 'quiet', 'waiting', 'dialog'].includes(now))
    say(over ? over.join(' ') : word);
  lastFace = now;
  const blank = !shown || (link === 'open' && shown.tab !== watching);
  if (canvas.hidden !== blank) {
    canvas.hidden = blank;
    layOut();
  }
  renderPage(now);
  renderRole();
  renderDialog();
  placePop();
}

function renderPage(now) {
  const title = plain(page.title), url = plain(page.url);
  set('title', title || url || 'Live view');
  set('url', title ? url.replace(/^https:\/\//, '') : '');
  document.title = `Live: ${title || url || 'session'}`;
  canvas.setAttribute('aria-label', `Picture of the page ${title || url}`.trim());
  if (inFocus() !== address && address.value !== url)
    address.value = url;
  setIcon($('reload'), page.loading ? 'close' : 'reload');
  $('reload').ariaLabel = $('reload').title = page.loading ? 'Stop' : 'Reload';
  $('note').hidden = now !== 'hidden';
  $('toFront').hidden = follow || tabs[0]?.tab === watching;
  renderLast();
}

function renderLast() {
  const last = shown ? `Last picture ${second(shown.at)}` : '';
  set('last', lastFace === 'quiet' ? 'Still: the page is not changing' : last);
  if (lastFace === 'hidden')
    set('noteText', `This picture is of ${second(shown.at)}.`);
}

function renderRole() {
  const may = role === 'control' && link === 'open';
  document.body.classList.toggle('control', inControl);
  $('nav').hidden = role !== 'control';
  $('url').hidden = role === 'control';
  $('take').hidden = role !== 'control';
  $('take').disabled = !may;
  $('take').classList.toggle('primary', !inControl);
  set('take', inControl ? 'Give back' : 'Take control');
  $('viewers').hidden = link !== 'open';
  setIcon($('badge'), inControl ? 'hand' : 'glasses');
  set('badgeWord', inControl ? 'In control' : 'Watching only');
  $('back').disabled = !inControl || !page.back;
  $('forward').disabled = !inControl || !page.forward;
  for (const id of ['reload', 'escape', 'newTab', 'type'])
    $(id).disabled = !inControl;
  address.readOnly = !inControl;
  keys.hidden = !inControl;
  set('hint', inControl ? 'Esc gives control back, Shift+Esc sends Escape to the page'
    : may ? 'Take control to click and type in the page' : '');
}

function renderTabs() {
  const list = $('tabList'), focused = inFocus()?.dataset?.tab;
  $('tabs').hidden = tabs.length < 2;
  $('follow').setAttribute('aria-pressed', follow);
  list.replaceChildren(...tabs.toSorted((a, b) => a.tab - b.tab).map(tab => {
    const title = plain(tab.title, 200) || plain(tab.url, 200) || 'Untitled';
    const front = tab.tab === tabs[0].tab;
    const show = make('button', {
      'data-tab': tab.tab, 'aria-current': tab.tab === watching && 'true',
      title: `${title}\n${plain(tab.url, 500)}`,
    }, make('span', {class: 'name', dir: 'auto'}, title));
    if (front)
      show.append(make('span', {class: 'front'}, 'in front'));
    const item = make('li', {}, show);
    if (inControl)
      item.append(closeButton(`Close tab ${title}`, {'data-close': tab.tab}));
    return item;
  }));
  if (focused)
    list.querySelector(`[data-tab="${CSS.escape(focused)}"]`)?.focus();
}

on($('tabList'), 'click', e => {
  const about = e.target.closest('button')?.dataset;
  if (!about)
    return;
  if (about.close)
    return act({t: 'tab', op: 'close', tab: Number(about.close)});
  const tab = Number(about.tab);
  // Who is in control turns to the tab itself, and goes on seeing what is in front.
  if (inControl)
    act({t: 'tab', op: 'activate', tab});
  watch(inControl ? 0 : tab);
});
$('follow').onclick = () => watch(follow ? watching : 0);
$('toFront').onclick = () => watch(0);

// --- Control

function viewersChanged(m) {
  set('viewers', `${Number(m.watching) || 0} watching${m.inControl ? ', 1 in control' : ''}`);
  if (!m.you)
    giving = false;
  const mine = Boolean(m.you) && role === 'control' && !giving;
  if (mine === inControl)
    return;
  if (!mine)
    return leaveControl('Somebody else took control.');
  inControl = true;
  renderRole();
  renderTabs();
  if (dialog)
    $('dialogYes').focus();
  else
    focusKeys();
  say('You are in control. Escape gives control back.');
}

function leaveControl(why) {
  const hadFocus = stage.contains(inFocus()) || $('dialog').contains(inFocus());
  inControl = false;
  pending = null;
  held.clear();
  pressed = 0;
  touching = false;
  closePop();
  renderRole();
  renderTabs();
  if (hadFocus)
    $('take').focus();
  if (why)
    notice(why);
}

function giveBack() {
  if (!inControl)
    return;
  releaseAll();
  closePop(true);
  post({t: 'control', take: false});
  giving = true;
  $('take').focus();
  leaveControl();
  say('Control given back.');
  render();
}

$('take').onclick = () => {
  if (role !== 'control')
    return;
  if (inControl)
    return giveBack();
  giving = false;
  post({t: 'control', take: true});
};

// Sends what acts in the page; whatever was held back for it goes first.
function act(message) {
  if (!inControl || link !== 'open')
    return false;
  flush();
  post(message);
  return true;
}

// Only what is seen as it is now is clicked and typed into.
const mayAct = () => inControl && ['live', 'quiet', 'hidden'].includes(face());

function whyNot() {
  if (role !== 'control')
    notice('This link only watches: nothing you do here reaches the page.');
  else if (!inControl)
    notice('You are watching. Take control to click and type.');
}

function explain() {
  const words = inControl
    ? 'What you click and type goes to the page. Esc gives control back; Shift+Esc sends Escape to the page.'
    : role === 'control' ? 'Nothing you do here reaches the page until you take control.'
      : 'Nothing you do here reaches the page. Acting in it needs the other link, the one for control.';
  openPop({head: $('badgeWord').textContent, under: $('badge')}, make('p', {}, words), button('Close', () => closePop()));
}
$('badge').onclick = explain;

// --- Mouse

const mods = e => (e.altKey ? 1 : 0) | (e.ctrlKey || (isMac && e.metaKey) ? 2 : 0)
  | (e.metaKey && !isMac ? 4 : 0) | (e.shiftKey ? 8 : 0);
const buttonNames = ['left', 'middle', 'right', 'back', 'forward'];
let pending = null, moveTimer = 0, sentAt = 0, pressed = 0, where = null;

function toPage(e) {
  const box = boxOf(canvas);
  const inside = (value, size) => Math.max(0, Math.min(size - 1, value));
  return {
    x: Math.round(inside((e.clientX - box.left) * shown.w / box.width, shown.w) * 100) / 100,
    y: Math.round(inside((e.clientY - box.top) * shown.h / box.height, shown.h) * 100) / 100,
  };
}

// Without an event: where the mouse was last, with nothing held.
function mouse(k, e, more) {
  if (e)
    where = toPage(e);
  return {t: 'mouse', k, ...where, button: 'none', buttons: e?.buttons ?? 0, n: 0, dx: 0, dy: 0, mods: e ? mods(e) : 0,
    w: shown.w, h: shown.h, ...more};
}

function flush() {
  clearTimeout(moveTimer);
  moveTimer = 0;
  if (!pending)
    return;
  const message = pending;
  pending = null;
  sentAt = performance.now();
  post(message);
}

// Moves and turns of the wheel: at most one in an interval, the last of it.
function coalesce(message) {
  const same = pending && pending.t === message.t && pending.k === message.k;
  if (pending && !same)
    flush();
  if (same && message.k === 'wheel') {
    message.dx += pending.dx;
    message.dy += pending.dy;
  }
  pending = message;
  const rest = moveInterval - (performance.now() - sentAt);
  if (rest <= 0)
    flush();
  else if (!moveTimer)
    moveTimer = setTimeout(flush, rest);
}

on(canvas, 'pointerdown', e => {
  if (e.pointerType !== 'touch' && inControl)
    canvas.setPointerCapture(e.pointerId);
});
on(canvas, 'mousedown', e => {
  e.preventDefault();
  if (closePop(true) || !mayAct())
    return whyNot();
  placeKeys(e);
  focusKeys();
  pressed |= 1 << e.button;
  act(mouse('down', e, {button: buttonNames[e.button] ?? 'none', n: Math.max(1, e.detail)}));
});
on(canvas, 'mouseup', e => {
  if (!(pressed & 1 << e.button))
    return;
  e.preventDefault();
  pressed &= ~(1 << e.button);
  if (shown)
    act(mouse('up', e, {button: buttonNames[e.button] ?? 'none', n: Math.max(1, e.detail)}));
});
on(canvas, 'mousemove', e => {
  if (mayAct() && !pop)
    coalesce(mouse('move', e, {button: ['none', 'left', 'right', 'left', 'middle'][e.buttons & 7] ?? 'left'}));
});
on(canvas, 'wheel', e => {
  const dx = e.deltaX, dy = e.deltaY; // read before the mode: Firefox then answers in pixels
  if (e.ctrlKey || !mayAct())
    return;
  e.preventDefault();
  const unit = e.deltaMode === 1 ? 16 : e.deltaMode === 2 ? shown.h : 1;
  if (!pop)
    coalesce(mouse('wheel', e, {dx: dx * unit, dy: dy * unit}));
}, {passive: false});
for (const kind of ['contextmenu', 'auxclick', 'dragstart'])
  on(canvas, kind, e => inControl && e.preventDefault());

function releaseAll() {
  flush();
  for (const message of held.values())
    post({...message, k: 'up', text: '', repeat: false});
  held.clear();
  for (let i = 0; where && shown && i < buttonNames.length; ++i)
    if (pressed & 1 << i)
      post(mouse('up', null, {button: buttonNames[i], n: 1}));
  pressed = 0;
  if (touching)
    post({t: 'touch', k: 'cancel', points: [], mods: 0});
  touching = false;
}
on(window, 'blur', () => inControl && releaseAll());

// --- Touch

let touching = false;

function touch(k, e) {
  if (k === 'start' ? !mayAct() : !touching)
    return k === 'start' && whyNot();
  e.preventDefault();
  if (k === 'start' && closePop(true))
    return;
  // Some browsers number fingers by very large numbers.
  const points = [...e.targetTouches].map(finger => ({id: finger.identifier & 0xFFFF, ...toPage(finger)}));
  const message = {t: 'touch', k, points, mods: mods(e)};
  touching = points.length > 0;
  if (k === 'move')
    coalesce(message);
  else
    act(message);
}
for (const k of ['start', 'move', 'end', 'cancel'])
  on(canvas, `touch${k}`, e => touch(k, e), {passive: false});

// --- Keyboard

const held = new Map(); // the message of each key that is down
let composing = false;

function focusKeys() {
  keys.hidden = !inControl;
  keys.focus({preventScroll: true});
}

// The field for typing follows the last press, so that an input method opens beside it.
function placeKeys(e) {
  const box = boxOf(stage);
  keys.style.left = `${Math.round(e.clientX - box.left)}px`;
  keys.style.top = `${Math.round(e.clientY - box.top)}px`;
}

const letterOf = e => (/^[ -~]$/.test(e.key) ? e.key : e.code.replace(/^Key/, '')).toLowerCase();

const commands = e => (isMac ? e.metaKey : e.ctrlKey) && !e.altKey;

// Shortcuts of the viewer's own browser.
function staysLocal(e) {
  if (['F11', 'F12'].includes(e.key) || (e.altKey && e.key === 'F4'))
    return true;
  if (!commands(e))
    return false;
  if (['Tab', 'PageUp', 'PageDown', '+', '-', '=', '_'].includes(e.key) || /^[0-9]$/.test(e.key))
    return true;
  return ['t', 'w', 'n', 'q'].includes(letterOf(e)) || (e.shiftKey && ['i', 'j', 'c', 'p'].includes(letterOf(e)));
}

// Shortcuts that this page answers itself; true when it was one.
function ownShortcut(e) {
  const command = commands(e), letter = letterOf(e);
  if (e.key === 'F5' || (command && letter === 'r'))
    act({t: 'nav', op: 'reload'});
  else if (e.altKey && !command && ['ArrowLeft', 'ArrowRight'].includes(e.key))
    act({t: 'nav', op: e.key === 'ArrowLeft' ? 'back' : 'forward'});
  else if (command && letter === 'l')
    address.focus();
  else if (command && ['c', 'x'].includes(letter))
    act({t: 'copy', cut: letter === 'x'});
  else
    return false;
  return true;
}

function typedBy(e) {
  if (e.key === 'Enter')
    return '\r';
  const command = e.ctrlKey || e.metaKey || (e.altKey && !isMac);
  return [...e.key].length === 1 && (!command || e.getModifierState('AltGraph')) ? e.key : '';
}

function keyMessage(k, e) {
  const command = isMac && e.key === 'Meta';
  return {
    t: 'key', k, key: command ? 'Control' : e.key, code: command ? e.code.replace('Meta', 'Control') : e.code,
    vk: command ? 17 : e.keyCode, text: k === 'down' ? typedBy(e) : '', repeat: e.repeat, location: e.location,
    mods: e.getModifierState('AltGraph') ? mods(e) & 12 : mods(e),
  };
}

function pressKey(key, vk) {
  const message = {t: 'key', k: 'down', key, code: key, vk, text: key === 'Enter' ? '\r' : '', repeat: false,
    location: 0, mods: 0};
  act(message);
  act({...message, k: 'up', text: ''});
}

on(keys, 'keydown', e => {
  if (!inControl || e.isComposing || e.keyCode === 229 || e.key === 'Dead')
    return;
  if (e.key === 'Escape') {
    e.preventDefault();
    e.stopPropagation();
    if (e.shiftKey)
      pressKey('Escape', 27);
    else
      giveBack();
    return;
  }
  const pastes = (commands(e) && letterOf(e) === 'v') || (e.shiftKey && e.key === 'Insert');
  if (staysLocal(e) || pastes)
    return;
  e.preventDefault();
  if (ownShortcut(e) || !mayAct())
    return;
  const message = keyMessage('down', e);
  held.set(e.code || e.key, message);
  act(message);
});
on(keys, 'keyup', e => {
  if (!held.delete(e.code || e.key))
    return;
  e.preventDefault();
  act(keyMessage('up', e));
  // A Mac does not tell of keys that go up while Command is down.
  if (isMac && e.key === 'Meta')
    releaseAll();
});
on(keys, 'blur', () => inControl && releaseAll());

function typeText(text) {
  if (text && mayAct())
    act({t: 'text', text});
}

on(keys, 'compositionstart', () => { composing = true; });
on(keys, 'compositionupdate', e => {
  if (mayAct())
    act({t: 'compose', text: e.data, start: e.data.length, end: e.data.length});
});
on(keys, 'compositionend', e => {
  composing = false;
  keys.value = '';
  if (e.data)
    typeText(e.data);
  else if (mayAct())
    act({t: 'compose', text: '', start: 0, end: 0});
});
// What keyboards on a screen type comes without keys.
on(keys, 'beforeinput', e => {
  const key = {deleteContentBackward: ['Backspace', 8], insertLineBreak: ['Enter', 13]}[e.inputType];
  if (!key || composing)
    return;
  e.preventDefault();
  if (mayAct())
    pressKey(...key);
});
on(keys, 'input', e => {
  if (composing || e.isComposing)
    return;
  const text = keys.value;
  keys.value = '';
  if (e.inputType !== 'insertCompositionText')
    typeText(text);
});
on(keys, 'paste', e => {
  e.preventDefault();
  typeText(e.clipboardData.getData('text/plain').replace(/\r\n/g, '\n'));
});

on(document, 'keydown', e => {
  if (e.key === 'Escape' && inControl && !e.defaultPrevented && e.target !== keys && !e.isComposing) {
    e.preventDefault();
    giveBack();
  }
});

// --- Copying out

async function copyOut(text) {
  if (!text)
    return notice('Nothing is selected in the page.');
  try {
    await navigator.clipboard.writeText(text);
    notice('Copied.');
  } catch {
    offerCopy(text);
  }
}

function offerCopy(text) {
  const field = make('textarea', {readonly: true, rows: 4, 'aria-label': 'Text that was copied'});
  field.value = text;
  openPop({head: 'Copy the text'}, field, button('Close', () => closePop()),
    make('p', {}, `Your browser did not let it be copied. Press ${isMac ? 'Cmd' : 'Ctrl'}+C here.`));
  field.select();
}

// --- Navigation

for (const id of ['back', 'forward'])
  $(id).onclick = () => act({t: 'nav', op: id});
$('reload').onclick = () => act({t: 'nav', op: page.loading ? 'stop' : 'reload'});
$('veilReload').onclick = () => act({t: 'nav', op: 'reload'});
$('newTab').onclick = () => act({t: 'tab', op: 'new', tab: 0});
$('escape').onclick = () => {
  if (mayAct())
    pressKey('Escape', 27);
  focusKeys();
};
$('type').onclick = focusKeys;

// What is typed into the address field as an address that may be opened, or nothing.
function addressOf(typed) {
  const text = typed.trim();
  if (/^(https?:\/\/|about:blank$)/i.test(text))
    return text;
  if (!text || (/^[a-z][a-z0-9+.-]*:(?!\d)/i.test(text)))
    return '';
  const near = /^(localhost|127\.|\[::1\])/i.test(text);
  return (near ? 'http://' : 'https://') + text;
}

on(address, 'focus', () => address.select());
on(address, 'blur', () => { address.value = plain(page.url); });
on(address, 'keydown', e => {
  if (!inControl || e.isComposing)
    return;
  if (e.key === 'Escape') {
    e.preventDefault();
    focusKeys();
  } else if (e.key === 'Enter') {
    e.preventDefault();
    const url = addressOf(address.value);
    if (!url)
      return notice('Only http, https and about:blank can be opened.');
    act({t: 'nav', op: 'go', url});
    focusKeys();
  }
});

// --- Dialogs of the page

function dialogHead(m) {
  const host = URL.canParse(m.url) ? new URL(m.url).host : '';
  if (m.kind === 'beforeunload')
    return 'Leave this page?';
  const asks = {confirm: 'asks', prompt: 'asks for text'}[m.kind] ?? 'says';
  return `${plain(host, 200) || 'The page'} ${asks}:`;
}

let drawnDialog = null;

function renderDialog() {
  $('dialog').hidden = !dialog;
  if (!dialog)
    return void (drawnDialog = null);
  if (drawnDialog !== dialog) {
    drawnDialog = dialog;
    set('dialogHead', dialogHead(dialog));
    const leaving = dialog.kind === 'beforeunload';
    set('dialogText', plainLines(dialog.text) || (leaving ? 'Changes you made may not be saved.' : ''));
    $('dialogValue').value = dialog.value ?? '';
    $('dialogValue').hidden = dialog.kind !== 'prompt';
    set('dialogNo', leaving ? 'Stay' : 'Cancel');
    set('dialogYes', leaving ? 'Leave' : 'OK');
    lockDialog(false);
  }
  $('dialogValue').readOnly = !inControl;
  $('dialogNo').hidden = !inControl || dialog.kind === 'alert';
  $('dialogYes').hidden = !inControl;
  set('dialogHint', inControl ? '' : role === 'control' ? 'The page waits. Take control to answer.'
    : 'The page waits until somebody in control answers.');
}

function answer(accept, typing) {
  // Who was typing when the dialog came up has not read it yet.
  if (!dialog || (typing && Date.now() - dialog.since < 500))
    return;
  act({t: 'dialog', id: dialog.id, accept, text: dialog.kind === 'prompt' ? $('dialogValue').value : ''});
  lockDialog(true);
}
$('dialogYes').onclick = e => answer(true, e.detail === 0);
$('dialogNo').onclick = e => answer(false, e.detail === 0);
on($('dialogValue'), 'keydown', e => {
  if (e.key === 'Enter' && !e.isComposing)
    answer(true, true);
});

// --- Downloads

const downloads = new Map(); // the line of each

function showDownload(m) {
  const id = String(m.id);
  let line = downloads.get(id);
  if (!line) {
    line = {item: make('li'), text: make('span'), bar: make('progress', {'aria-label': 'Progress'})};
    const close = closeButton('Dismiss');
    close.onclick = () => dropDownload(id);
    line.item.append(line.text, line.bar, close);
    downloads.set(id, line);
    $('downloads').append(line.item);
  }
  const name = plain(m.name, 200), done = m.state !== 'inProgress', known = m.total > 0;
  const percent = known ? Math.floor(Math.min(1, m.received / m.total) * 100) : 0;
  const how = {completed: 'saved in the session', canceled: 'cancelled'}[m.state]
    ?? (known ? `${percent} %` : bytes(m.received));
  line.text.textContent = `${name}: ${how}`;
  line.bar.hidden = done || !known;
  line.bar.max = 100;
  line.bar.value = percent;
  if (!done)
    return;
  say(line.text.textContent);
  clearTimeout(line.timer);
  line.timer = setTimeout(dropDownload, downloadTime, id);
}

function dropDownload(id) {
  downloads.get(id)?.item.remove();
  downloads.delete(id);
}

// --- What the page cannot show in its picture: lists, fields, files

let pop = null; // where the open one belongs, and how it is dismissed


function button(text, done, kind = '') {
  const made = make('button', {type: 'button', class: kind}, text);
  made.onclick = done;
  return made;
}

const buttons = (word, done) => make('div', {class: 'answers'}, button('Cancel', () => closePop(true)),
  button(word, done, 'primary'));

function openPop(about, ...content) {
  closePop(true);
  pop = {...about, from: inFocus()};
  $('pop').setAttribute('aria-label', about.head);
  $('pop').replaceChildren(...(about.list ? [] : [make('strong', {}, about.head)]), ...content);
  $('pop').hidden = false;
  placePop();
  $('pop').querySelector('[tabindex], input, textarea, button').focus();
}

// Closes what is open; dismissed, the service hears of it. True when something was.
function closePop(dismissed) {
  if (!pop)
    return false;
  const {dismiss, from} = pop, focused = $('pop').contains(inFocus());
  pop = null;
  $('pop').hidden = true;
  $('pop').replaceChildren();
  if (dismissed)
    dismiss?.();
  if (focused && inControl)
    focusKeys();
  else if (focused)
    from?.focus();
  return true;
}

// Below what it belongs to, or above it where there is more room; without that, in the middle.
function placePop() {
  if (!pop)
    return;
  const box = $('pop'), room = boxOf(stage), gap = 8;
  const within = (at, from, to, size) => `${Math.round(Math.max(from + gap, Math.min(at, to - size - gap)))}px`;
  box.style.minWidth = box.style.maxHeight = '';
  let left = room.left + (room.width - box.offsetWidth) / 2, top = room.top + (room.height - box.offsetHeight) / 3;
  const at = pop.rect && shown ? onScreen(pop.rect) : pop.under?.getBoundingClientRect();
  if (at) {
    const below = room.bottom - at.bottom - gap, above = at.top - room.top - gap;
    const up = below < Math.min(box.scrollHeight, 160) && above > below;
    if (pop.rect)
      box.style.minWidth = `${Math.round(Math.min(at.width, room.width - 2 * gap))}px`;
    box.style.maxHeight = `${Math.round(Math.max(120, up ? above : below))}px`;
    left = at.left;
    top = up ? at.top - box.offsetHeight - 2 : at.bottom + 2;
  }
  box.style.left = within(left, room.left, room.right, box.offsetWidth);
  box.style.top = within(top, room.top, room.bottom, box.offsetHeight);
}

// Where on the screen a part of the page is.
function onScreen(part) {
  const box = boxOf(canvas), factor = box.width / shown.w;
  return new DOMRect(box.left + part.x * factor, box.top + part.y * factor, part.w * factor, part.h * factor);
}

on(document, 'pointerdown', e => {
  if (pop && !$('pop').contains(e.target) && e.target !== canvas)
    closePop(true);
});
on($('pop'), 'keydown', e => {
  if (e.key === 'Escape' && !e.isComposing) {
    e.preventDefault();
    e.stopPropagation();
    closePop(true);
  }
});

function showSelect(m) {
  const options = Array.isArray(m.options) ? m.options : [];
  const chosen = new Set(m.chosen), multiple = Boolean(m.multiple);
  const list = make('div', {role: 'listbox', tabindex: '0', 'aria-label': 'Choices', 'aria-multiselectable': String(multiple)});
  const rows = [];
  let group = null, into = list;
  options.forEach((option, i) => {
    if ((option.group || null) !== group) {
      group = option.group || null;
      into = group ? make('div', {role: 'group', 'aria-label': plain(group)}) : list;
      if (group) {
        into.append(make('span', {class: 'group', 'aria-hidden': 'true'}, plain(group)));
        list.append(into);
      }
    }
    const row = make('div', {role: 'option', id: `option${i}`, dir: 'auto', 'aria-disabled': option.disabled && 'true'},
      plain(option.text) || '\u00A0');
    row.dataset.index = i;
    rows.push(row);
    into.append(row);
  });
  const usable = i => rows[i] && !options[i].disabled;
  let active = -1, typed = '', typedAt = 0;
  const mark = () => rows.forEach((row, i) => row.setAttribute('aria-selected', chosen.has(i)));
  const moveTo = i => {
    if (!usable(i))
      return;
    rows[active]?.classList.remove('active');
    active = i;
    rows[i].classList.add('active');
    rows[i].scrollIntoView({block: 'nearest'});
    list.setAttribute('aria-activedescendant', rows[i].id);
  };
  const step = (from, by) => {
    for (let i = from; i >= 0 && i < rows.length; i += by)
      if (usable(i))
        return moveTo(i);
  };
  const done = () => {
    closePop();
    act({t: 'select', id: m.id, chosen: [...chosen].sort((a, b) => a - b)});
  };
  const choose = i => {
    if (!usable(i))
      return;
    if (!multiple) {
      chosen.clear();
      chosen.add(i);
      return done();
    }
    if (!chosen.delete(i))
      chosen.add(i);
    mark();
  };
  const find = letter => {
    const now = Date.now();
    typed = now - typedAt > 1000 ? letter : typed + letter;
    typedAt = now;
    const same = [...typed].every(c => c === typed[0]), word = same ? typed[0] : typed;
    for (let k = same ? 1 : 0; k <= rows.length; ++k) {
      const i = (Math.max(active, 0) + k) % rows.length;
      if (usable(i) && options[i].text.trim().toLocaleLowerCase().startsWith(word))
        return moveTo(i);
    }
  };
  list.onclick = e => {
    const row = e.target.closest('[role=option]');
    if (row) {
      moveTo(Number(row.dataset.index));
      choose(Number(row.dataset.index));
    }
  };
  list.onkeydown = e => {
    const searching = typed && Date.now() - typedAt <= 1000;
    const moves = {ArrowDown: () => step(active + 1, 1), ArrowUp: () => step(active - 1, -1),
      Home: () => step(0, 1), End: () => step(rows.length - 1, -1),
      PageDown: () => step(Math.min(active + 10, rows.length - 1), 1),
      PageUp: () => step(Math.max(active - 10, 0), -1),
      Enter: () => multiple ? done() : choose(active), Tab: () => multiple ? undefined : closePop(true)};
    if (e.ctrlKey || e.metaKey || e.altKey && e.key.length === 1)
      return;
    if (moves[e.key])
      moves[e.key]();
    else if (e.key === ' ' && !searching)
      choose(active);
    else if (e.key.length === 1)
      find(e.key.toLocaleLowerCase());
    else
      return;
    if (e.key !== 'Tab' || !multiple)
      e.preventDefault();
  };
  mark();
  openPop({list: true, head: 'Choices', rect: m, dismiss: () => act({t: 'select', id: m.id})},
    list, ...(multiple ? [button('Done', done, 'primary')] : []));
  const first = [...chosen].find(usable);
  if (first === undefined)
    step(0, 1);
  else
    moveTo(first);
}

const fieldNames = {color: 'Colour', date: 'Date', time: 'Time', 'datetime-local': 'Date and time', month: 'Month', week: 'Week'};

function showField(m) {
  const name = fieldNames[m.kind] ?? 'Value';
  const field = make('input', {type: m.kind in fieldNames ? m.kind : 'text', 'aria-label': name});
  for (const key of ['min', 'max', 'step'])
    if (m[key])
      field.setAttribute(key, m[key]);
  // Where the browser has no such field it is a line of text, as the value is written.
  if (field.type === 'text')
    field.placeholder = {month: '2026-11', week: '2026-W48'}[m.kind] ?? '';
  field.value = m.value ?? '';
  const done = () => {
    const value = field.value;
    closePop();
    act({t: 'field', id: m.id, value});
  };
  field.onkeydown = e => {
    if (e.key === 'Enter' && !e.isComposing) {
      e.preventDefault();
      done();
    }
  };
  openPop({head: name, rect: m, dismiss: () => act({t: 'field', id: m.id})}, field, buttons('Set', done));
}

const base64 = file => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(file);
});

function showChooser(m) {
  const input = make('input', {type: 'file', multiple: !!m.multiple, 'aria-label': m.multiple ? 'Files' : 'File'});
  const words = make('p', {'aria-live': 'polite'}, `At most ${bytes(uploadLimit)} in all.`);
  const answers = buttons('Send', async () => {
    send.disabled = true;
    words.textContent = 'Sending';
    try {
      const files = await Promise.all([...input.files].map(async file => ({name: file.name, data: await base64(file)})));
      closePop();
      act({t: 'chooser', id: m.id, files});
    } catch {
      words.textContent = 'That file cannot be read.';
    }
  });
  const send = answers.lastChild;
  send.disabled = true;
  input.onchange = () => {
    const size = [...input.files].reduce((sum, file) => sum + file.size, 0);
    send.disabled = !input.files.length || size > uploadLimit;
    words.className = size > uploadLimit ? 'red' : '';
    words.textContent = size > uploadLimit
      ? `Together ${bytes(size)}: more than the ${bytes(uploadLimit)} that can be sent.`
      : `${bytes(size)} of at most ${bytes(uploadLimit)}.`;
  };
  openPop({head: `The page asks for ${m.multiple ? 'files' : 'a file'}`, dismiss: () => act({t: 'chooser', id: m.id})},
    input, words, answers);
}

// --- The window around it

$('actual').onclick = () => {
  actual = !actual;
  $('actual').setAttribute('aria-pressed', actual);
  document.body.classList.toggle('actual', actual);
  layOut();
  placePop();
};
$('full').hidden = !document.fullscreenEnabled;
$('full').onclick = () => {
  const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  done.catch(() => notice('Your browser did not allow full screen.'));
};
on(document, 'fullscreenchange', () => {
  $('full').setAttribute('aria-pressed', !!document.fullscreenElement);
});
on(document, 'visibilitychange', () => {
  waiting = true;
  sendView();
  render();
});
for (const made of document.querySelectorAll('button[aria-label]:not([title])'))
  made.title = made.getAttribute('aria-label');
for (const made of document.querySelectorAll('[data-icon]'))
  setIcon(made, made.dataset.icon);
new ResizeObserver(() => { layOut(); placePop(); }).observe(scroller);
on(scroller, 'scroll', placePop, {passive: true});
on(window, 'resize', sendViewSoon);

render();
connect();

})();
