// The service as the live view page sees it, played by a test: the three files under the policy that
// the service sends, and the other end of the socket.
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const folder = fileURLToPath(new URL('../../resources/live/', import.meta.url));

export const files = {
    html: readFileSync(`${folder}live.html`),
    css: readFileSync(`${folder}live.css`),
    js: readFileSync(`${folder}live.js`),
};

export const livePath = '/live/9f0c61d2/0123456789abcdef0123456789abcdef';

const [, script] = /<script>([^]*?)<\/script>/.exec(files.html);
const scriptHash = createHash('sha256').update(script).digest('base64');

export const policy = host => `default-src 'none'; script-src 'self' 'sha256-${scriptHash}'; style-src 'self'; img-src 'self' blob: data:; `
    + `connect-src 'self' ws://${host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

// What the service answers at a path: {type, body}, or nothing.
export function fileAt(path) {
    if (path === livePath)
        return {type: 'text/html; charset=utf-8', body: files.html};
    if (path === '/live/live.css')
        return {type: 'text/css; charset=utf-8', body: files.css};
    if (path === '/live/live.js')
        return {type: 'text/javascript; charset=utf-8', body: files.js};
    return undefined;
}

// A picture as one message: 16 bytes, then the JPEG.
export function pictureMessage(jpeg, {seq = 1, tab = 1, w = 400, h = 300, age = 0, flags = 0} = {}) {
    const head = Buffer.alloc(16);
    head.writeUInt8(1, 0);
    head.writeUInt8(flags, 1);
    head.writeUInt16BE(tab, 2);
    head.writeUInt32BE(seq, 4);
    head.writeUInt16BE(w, 8);
    head.writeUInt16BE(h, 10);
    head.writeUInt32BE(age, 12);
    return Buffer.concat([head, jpeg]);
}

// What the service says first to a viewer.
export function greeting({role = 'view', tabs, watching = 1, follow = true} = {}) {
    const pages = tabs ?? [{tab: 1, title: 'Checkout: payment', url: 'https://shop.example.com/checkout'}];
    const page = pages.find(one => one.tab === watching) ?? {tab: 0, title: '', url: ''};
    return [
        {t: 'hello', v: 1, role, session: '9f0c61d2', createdAt: Date.now() - 60000},
        {t: 'tabs', tabs: pages, watching, follow},
        {t: 'page', ...page, loading: false, back: true, forward: false},
        {t: 'state', state: 'live', reason: '', at: Date.now()},
        {t: 'viewers', watching: 1, inControl: 0, you: false},
    ];
}

// A JPEG of two halves, painted by the browser itself; runs in the page.
export async function paintJpeg({w, h, left, right}) {
    const canvas = document.createElement('canvas');
    canvas.width = w;
    canvas.height = h;
    const paper = canvas.getContext('2d');
    paper.fillStyle = left;
    paper.fillRect(0, 0, w / 2, h);
    paper.fillStyle = right;
    paper.fillRect(w / 2, 0, w / 2, h);
    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1];
}
