// The live view page in Firefox: what works differently from browser to browser. Firefox takes its
// files and its socket from a small server that plays the service.
import assert from 'node:assert/strict';
import {mkdtemp, rm} from 'node:fs/promises';
import {createServer} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';

import puppeteer from 'puppeteer-core';
import {WebSocketServer} from 'ws';

import {fileAt, greeting, livePath, paintJpeg, pictureMessage, policy} from './liveservice.mjs';

let browser, server, sockets, profile, jpeg;
const sent = [];
let socket;

before(async () => {
    profile = await mkdtemp(join(tmpdir(), 'livepage-'));
    server = createServer((request, response) => {
        const file = fileAt(request.url);
        if (!file)
            return response.writeHead(404).end();
        response.writeHead(200, {'content-type': file.type, 'content-security-policy': policy(request.headers.host)}).end(file.body);
    });
    sockets = new WebSocketServer({server, path: livePath});
    sockets.on('connection', made => {
        socket = made;
        socket.on('message', text => sent.push(JSON.parse(text)));
        for (const message of greeting({role: 'control'}))
            say(message);
    });
    await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
    browser = await puppeteer.launch({browser: 'firefox', executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
        headless: true, userDataDir: profile});
    const page = await browser.newPage();
    jpeg = Buffer.from(await page.evaluate(paintJpeg, {w: 400, h: 300, left: '#ff0000', right: '#0000ff'}), 'base64');
    await page.close();
});

after(async () => {
    await browser?.close();
    sockets.clients.forEach(client => client.terminate());
    sockets.close();
    await new Promise(resolve => server.close(resolve));
    await rm(profile, {recursive: true, force: true, maxRetries: 5});
});

const say = message => socket.send(JSON.stringify(message));

async function until(condition, what) {
    const deadline = Date.now() + 20000;
    for (;;) {
        const found = await condition();
        if (found)
            return found;
        assert.ok(Date.now() < deadline, `waited in vain for ${what}, heard ${JSON.stringify(sent)}`);
        await new Promise(resolve => setTimeout(resolve, 30));
    }
}

const heard = matches => until(() => sent.find(matches), String(matches));
const textIs = (page, selector, text) => until(async () => await page.$eval(selector, e => e.innerText) === text, `${selector}: ${text}`);

// A viewer that shows a picture and is in control.
async function viewing(body) {
    sent.length = 0;
    const page = await browser.newPage();
    const faults = [];
    page.on('pageerror', error => faults.push(String(error)));
    page.on('console', message => {
        if (/Content.Security.Policy/i.test(message.text()))
            faults.push(message.text());
    });
    await page.setViewport({width: 1000, height: 700});
    await page.goto(`http://127.0.0.1:${server.address().port}${livePath}`);
    await heard(m => m.t === 'view');
    socket.send(pictureMessage(jpeg, {seq: 3}));
    await heard(m => m.t === 'ack' && m.seq === 3);
    await page.click('#take');
    await heard(m => m.t === 'control' && m.take);
    say({t: 'viewers', watching: 1, inControl: 1, you: true});
    await page.waitForSelector('body.control');
    sent.length = 0;
    try {
        await body(page);
    } finally {
        await page.close();
    }
    assert.deepEqual(faults, []);
}

test('a picture is drawn in Firefox, as large as the page is', () => viewing(async page => {
    const [size, left, right] = await page.$eval('#picture', canvas => {
        const paper = canvas.getContext('2d'), box = canvas.getBoundingClientRect();
        return [[box.width, box.height], ...[100, 300].map(x => [...paper.getImageData(x, 150, 1, 1).data])];
    });
    assert.deepEqual(size, [400, 300]);
    assert.ok(left[0] > 240 && left[2] < 20 && right[0] < 20 && right[2] > 240, `${left} ${right}`);
    await textIs(page, '#markWord', 'Live');
}));

test('a click, keys and the wheel arrive from Firefox', () => viewing(async page => {
    const box = await (await page.$('#picture')).boundingBox();
    await page.mouse.click(box.x + 120, box.y + 80);
    await page.keyboard.type('aB');
    await page.keyboard.press('Enter');
    await page.mouse.move(box.x + 120, box.y + 80);
    await page.mouse.wheel({deltaY: 100});
    await heard(m => m.k === 'wheel' && m.dy > 0);
    const down = sent.find(m => m.t === 'mouse' && m.k === 'down');
    assert.deepEqual([down.x, down.y, down.button, down.buttons, down.n, down.w, down.h], [120, 80, 'left', 1, 1, 400, 300]);
    assert.deepEqual(sent.filter(m => m.t === 'key' && m.k === 'down' && m.text).map(m => [m.text, m.vk]), [['a', 65], ['B', 66], ['\r', 13]]);
}));

test('a dialog, a list and a colour are answered from Firefox', () => viewing(async page => {
    say({t: 'dialog', id: 4, kind: 'confirm', text: 'Pay?', value: '', url: 'https://shop.example.com/'});
    await textIs(page, '#dialogHead', 'shop.example.com asks:');
    await page.click('#dialogYes');
    assert.deepEqual(await heard(m => m.t === 'dialog'), {t: 'dialog', id: 4, accept: true, text: ''});
    say({t: 'dialogClosed', id: 4, by: 'you'});
    await page.waitForSelector('#dialog', {hidden: true});
    say({t: 'select', id: 5, x: 10, y: 10, w: 90, h: 20, chosen: [0], multiple: false,
        options: ['Austria', 'Belgium'].map(text => ({text, group: '', disabled: false}))});
    await page.waitForSelector('[role=listbox]');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.deepEqual(await heard(m => m.t === 'select'), {t: 'select', id: 5, chosen: [1]});
    say({t: 'field', id: 6, x: 10, y: 10, w: 90, h: 20, kind: 'color', value: '#ff8800', min: '', max: '', step: ''});
    await page.waitForSelector('#pop input[type=color]');
    await page.click('#pop button.primary');
    assert.deepEqual(await heard(m => m.t === 'field'), {t: 'field', id: 6, value: '#ff8800'});
}));

test('control is given back by Escape in Firefox', () => viewing(async page => {
    await page.keyboard.press('Escape');
    await heard(m => m.t === 'control' && m.take === false);
    await textIs(page, '#badgeWord', 'Watching only');
}));

test('a lost connection is made again, and the end is the last word in Firefox', () => viewing(async page => {
    socket.terminate();
    await heard(m => m.t === 'view'); // of the next connection
    await until(() => page.$eval('#veilText', e => /^Last picture \d\d:\d\d:\d\d\.$/.test(e.textContent)), 'the dated picture');
    const at = new Date();
    say({t: 'state', state: 'ended', reason: 'Terminated', at: at.getTime()});
    await textIs(page, '#veilHead', `Session ended ${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`);
    await textIs(page, '#markWord', 'Ended');
}));
