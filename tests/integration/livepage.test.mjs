// The live view page in Chromium, with the service played by the test.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {chromium} from 'playwright-core';

import {fileAt, files, greeting, livePath, paintJpeg, pictureMessage, policy} from './liveservice.mjs';

const origin = 'http://localhost:4711'; // nothing listens there: every request is answered by the test
let browser;

before(async () => {
    browser = await chromium.launch({executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox']});
});
after(() => browser.close());

async function until(condition, what) {
    const deadline = Date.now() + 10000;
    for (;;) {
        const found = await condition();
        if (found)
            return found;
        assert.ok(Date.now() < deadline, `waited in vain for ${what}`);
        await new Promise(resolve => setTimeout(resolve, 20));
    }
}

// One viewer: the page, what it sent, and the service's side of its socket.
class Viewer {
    sent = [];
    sockets = [];
    faults = [];
    status = 200;
    answersSocket = true;
    asked = 0; // how often the page itself was asked for

    static async open({size = {width: 1000, height: 700}, host = origin, hash = '', clock = false, touch = false, ...greet} = {}) {
        const viewer = new Viewer();
        viewer.context = await browser.newContext({viewport: size, hasTouch: touch});
        if (host === origin)
            await viewer.context.grantPermissions(['clipboard-read', 'clipboard-write'], {origin});
        viewer.page = await viewer.context.newPage();
        const {page} = viewer;
        if (clock)
            await page.clock.install({time: new Date('2026-11-25T14:02:09')});
        page.on('pageerror', error => viewer.faults.push(String(error)));
        page.on('console', message => {
            if (/Content.Security.Policy|Refused to/i.test(message.text()))
                viewer.faults.push(message.text());
        });
        await page.route('**/*', route => viewer.answer(route, new URL(host).host));
        await page.routeWebSocket(() => true, socket => viewer.accept(socket, greet));
        await page.goto(host + livePath + hash);
        await until(() => viewer.sent.some(m => m.t === 'view'), 'the first view');
        return viewer;
    }

    answer(route, host) {
        this.asked += Number(new URL(route.request().url()).pathname === livePath);
        const file = this.status === 200 && fileAt(new URL(route.request().url()).pathname);
        if (!file)
            return route.fulfill({status: 404, body: 'Not found'});
        return route.fulfill({contentType: file.type, body: file.body, headers: {'content-security-policy': policy(host)}});
    }

    accept(socket, greet) {
        this.sockets.push(socket);
        this.address = socket.url();
        if (!this.answersSocket)
            return socket.close({code: 1011});
        socket.onMessage(text => this.sent.push(JSON.parse(text)));
        for (const message of greeting(greet))
            socket.send(JSON.stringify(message));
    }

    async stopClock() {
        await this.page.clock.pauseAt(await this.page.evaluate(() => Date.now()) + 1000);
    }

    say(message) {
        this.sockets.at(-1).send(JSON.stringify(message));
    }

    async jpeg(w, h, left = '#ff0000', right = '#0000ff') {
        return Buffer.from(await this.page.evaluate(paintJpeg, {w, h, left, right}), 'base64');
    }

    // Shows a picture and waits for its acknowledgement.
    async show({jpegW, jpegH, left, right, ...head} = {}) {
        const about = {seq: 1, tab: 1, w: 400, h: 300, ...head};
        const jpeg = await this.jpeg(jpegW ?? about.w, jpegH ?? about.h, left, right);
        this.sockets.at(-1).send(pictureMessage(jpeg, about));
        await until(() => this.sent.some(m => m.t === 'ack' && m.seq === about.seq), `ack ${about.seq}`);
    }

    async control() {
        await this.page.click('#take');
        await this.heard(m => m.t === 'control' && m.take);
        this.say({t: 'viewers', watching: 2, inControl: 1, you: true});
        await this.page.waitForSelector('body.control');
        this.sent.length = 0;
    }

    heard(matches) {
        return until(() => this.sent.find(matches), `${matches} among ${JSON.stringify(this.sent)}`);
    }

    of(t, k) {
        return this.sent.filter(m => m.t === t && (!k || m.k === k));
    }

    async textIs(selector, text) {
        await until(async () => {
            const now = await this.page.locator(selector).innerText();
            return text instanceof RegExp ? text.test(now) : now === text;
        }, `${selector} to say ${text}`);
    }

    box() {
        return this.page.locator('#picture').boundingBox();
    }

    async close() {
        await this.context.close();
        assert.deepEqual(this.faults, [], 'the page broke its policy or threw');
    }
}

// A test with a viewer that is closed behind it.
function viewing(name, options, body) {
    test(name, async () => {
        const viewer = await Viewer.open(options);
        try {
            await body(viewer, viewer.page);
        } catch (error) {
            await viewer.context.close();
            throw error;
        }
        await viewer.close();
    });
}

const shown = {role: 'control'};

test('the three files are no more than 60 kB', () => {
    const size = files.html.length + files.css.length + files.js.length;
    assert.ok(size <= 60000, `${size} bytes`);
});

viewing('the socket is at the path of the page', {}, async viewer => {
    assert.equal(viewer.address, `ws://localhost:4711${livePath}`);
});

viewing('a picture is drawn as it is and acknowledged', {}, async (viewer, page) => {
    await viewer.show({seq: 7});
    const {x, y, width, height} = await viewer.box();
    assert.deepEqual([width, height], [400, 300]);
    assert.ok(Math.abs(x + width / 2 - 500) <= 1, 'centred');
    const pixels = await page.evaluate(() => [100, 300].map(at =>
        [...document.getElementById('picture').getContext('2d').getImageData(at, 150, 1, 1).data]));
    assert.ok(pixels[0][0] > 240 && pixels[0][2] < 20 && pixels[1][0] < 20 && pixels[1][2] > 240, JSON.stringify(pixels));
    assert.ok(y > 44);
    await viewer.textIs('#markWord', 'Live');
});

viewing('a picture is never shown larger than the page is, nor wider than there is room', {}, async (viewer, page) => {
    await viewer.show({w: 1600, h: 900, jpegW: 800, jpegH: 450});
    const fitted = await viewer.box();
    assert.ok(fitted.width <= 1000 && fitted.width > 900, `${fitted.width}`);
    await viewer.heard(m => m.t === 'view' && m.w === Math.round(fitted.width));
    await page.click('#actual');
    const whole = await viewer.box();
    assert.deepEqual([whole.width, whole.height], [1600, 900]);
    await viewer.heard(m => m.t === 'view' && m.w === 1600);
    await viewer.textIs('#size', 'Picture 1600 × 900, shown at 100 %');
});

viewing('the newest of several pictures wins', {}, async (viewer, page) => {
    await viewer.show({seq: 1});
    const colours = ['#00ff00', '#ffff00', '#ff00ff'];
    const jpegs = [];
    for (const colour of colours)
        jpegs.push(await viewer.jpeg(400, 300, colour, colour));
    jpegs.forEach((jpeg, i) => viewer.sockets.at(-1).send(pictureMessage(jpeg, {seq: i + 2})));
    await viewer.heard(m => m.t === 'ack' && m.seq === 4);
    const [red, green, blue] = await page.evaluate(() =>
        [...document.getElementById('picture').getContext('2d').getImageData(100, 100, 1, 1).data]);
    assert.ok(red > 240 && green < 20 && blue > 240, `${red} ${green} ${blue}`);
});

viewing('what is not a picture is acknowledged and changes nothing', {}, async viewer => {
    await viewer.show({seq: 1});
    viewer.sockets.at(-1).send(pictureMessage(Buffer.from('no picture'), {seq: 2}));
    await viewer.heard(m => m.t === 'ack' && m.seq === 2);
    await viewer.textIs('#markWord', 'Live');
});

viewing('a click is mapped to the page, however the picture is scaled', shown, async (viewer, page) => {
    await viewer.show({w: 2000, h: 1000, jpegW: 1000, jpegH: 500});
    await viewer.control();
    const box = await viewer.box();
    assert.ok(box.width < 1000);
    await page.mouse.dblclick(box.x + box.width * 0.25, box.y + box.height * 0.5);
    await viewer.heard(m => m.k === 'up' && m.n === 2);
    const [down, up] = [viewer.of('mouse', 'down')[0], viewer.of('mouse', 'up')[0]];
    assert.ok(Math.abs(down.x - 500) < 3 && Math.abs(down.y - 500) < 3, JSON.stringify(down));
    assert.deepEqual([down.button, down.buttons, down.n, down.mods, down.w, down.h], ['left', 1, 1, 0, 2000, 1000]);
    assert.deepEqual([up.button, up.buttons, up.n], ['left', 0, 1]);
    assert.deepEqual(viewer.of('mouse', 'down').map(m => m.n), [1, 2]);
});

viewing('a click is mapped to the page at 100 %, scrolled', shown, async (viewer, page) => {
    await viewer.show({w: 2000, h: 1500, jpegW: 500, jpegH: 375});
    await viewer.control();
    await page.click('#actual');
    await page.evaluate(() => document.getElementById('scroller').scrollTo(600, 400));
    const box = await viewer.box();
    await page.keyboard.down('Shift');
    await page.mouse.click(400, 300, {button: 'right'});
    await page.keyboard.up('Shift');
    const down = await viewer.heard(m => m.k === 'down' && m.t === 'mouse');
    assert.ok(Math.abs(down.x - (400 - box.x)) < 1 && Math.abs(down.y - (300 - box.y)) < 1, JSON.stringify(down));
    assert.deepEqual([down.button, down.buttons, down.mods], ['right', 2, 8]);
});

viewing('moves are coalesced, and the last goes before a press', shown, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    await page.evaluate(() => {
        const canvas = document.getElementById('picture'), box = canvas.getBoundingClientRect();
        const at = (kind, x, more) => canvas.dispatchEvent(new MouseEvent(kind,
            {clientX: box.left + x, clientY: box.top + 50, bubbles: true, cancelable: true, ...more}));
        for (let x = 1; x <= 200; ++x)
            at('mousemove', x);
        at('mousedown', 200, {button: 0, buttons: 1, detail: 1});
    });
    await viewer.heard(m => m.k === 'down');
    const kinds = viewer.of('mouse');
    assert.ok(kinds.length <= 60, `${kinds.length} messages of 200 moves`);
    const last = kinds.findIndex(m => m.k === 'down') - 1;
    assert.ok(Math.abs(kinds[last].x - 200) < 1, JSON.stringify(kinds[last]));
});

viewing('a drag goes on outside the picture and its end arrives', shown, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    const box = await viewer.box();
    await page.mouse.move(box.x + 50, box.y + 50);
    await page.mouse.down();
    await page.mouse.move(box.x + 150, box.y + 50, {steps: 4});
    await page.mouse.move(box.x + 700, box.y + 50);
    await page.mouse.up();
    const up = await viewer.heard(m => m.k === 'up');
    assert.equal(up.x, 399);
    assert.ok(viewer.of('mouse', 'move').some(m => m.buttons === 1 && m.button === 'left'));
});

viewing('the wheel turns', shown, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    const box = await viewer.box();
    await page.mouse.move(box.x + 50, box.y + 60);
    await page.mouse.wheel(0, 120);
    const wheel = await viewer.heard(m => m.k === 'wheel');
    assert.deepEqual([wheel.x, wheel.y, wheel.dx, wheel.dy], [50, 60, 0, 120]);
});

viewing('fingers arrive as touches, and as nothing else', {...shown, touch: true}, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    const box = await viewer.box();
    await page.touchscreen.tap(box.x + 40, box.y + 30);
    await viewer.heard(m => m.t === 'touch' && m.k === 'end');
    assert.deepEqual(viewer.of('touch', 'start')[0].points, [{id: 0, x: 40, y: 30}]);
    assert.deepEqual(viewer.of('touch', 'end')[0].points, []);
    assert.equal(viewer.of('mouse').length, 0);
});

viewing('a finger that is down when a dialog comes up is not left there', {...shown, touch: true}, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    const box = await viewer.box(), cdp = await viewer.context.newCDPSession(page);
    await cdp.send('Input.dispatchTouchEvent', {type: 'touchStart', touchPoints: [{x: box.x + 40, y: box.y + 30}]});
    await viewer.heard(m => m.k === 'start');
    viewer.say({t: 'state', state: 'dialog', reason: '', at: Date.now()});
    await viewer.textIs('#markWord', 'Dialog');
    await cdp.send('Input.dispatchTouchEvent', {type: 'touchEnd', touchPoints: []});
    await viewer.heard(m => m.k === 'end' || m.k === 'cancel');
});

viewing('keys arrive with code, key code, text and modifiers', shown, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    await page.keyboard.press('A');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('F2');
    await viewer.heard(m => m.key === 'F2' && m.k === 'up');
    const find = key => viewer.of('key', 'down').find(m => m.key === key);
    assert.deepEqual(find('A'), {t: 'key', k: 'down', key: 'A', code: 'KeyA', vk: 65, text: 'A', repeat: false, location: 0, mods: 0});
    assert.equal(find('Enter').text, '\r');
    assert.deepEqual([find('a').text, find('a').mods, find('F2').text], ['', 2, '']);
    assert.equal(viewer.of('key', 'up').length, viewer.of('key', 'down').length);
});

viewing('shortcuts of the viewer\'s browser stay there', shown, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    const taken = await page.evaluate(() => ['t', 'w', 'n', '+', '-', '0', 'Tab', 'F11', 'F12'].filter(key => {
        const event = new KeyboardEvent('keydown', {key, code: `Key${key.toUpperCase()}`, ctrlKey: !key.startsWith('F'), cancelable: true, bubbles: true});
        document.getElementById('keys').dispatchEvent(event);
        return event.defaultPrevented;
    }));
    assert.deepEqual(taken, []);
    await page.keyboard.press('x');
    await viewer.heard(m => m.key === 'x');
    assert.deepEqual(viewer.of('key', 'down').map(m => m.key), ['x']);
});

viewing('an input method composes and commits', shown, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    const cdp = await viewer.context.newCDPSession(page);
    await cdp.send('Input.imeSetComposition', {text: 'にほ', selectionStart: 2, selectionEnd: 2});
    await viewer.heard(m => m.t === 'compose' && m.text === 'にほ' && m.start === 2);
    await cdp.send('Input.insertText', {text: '日本語'});
    await viewer.heard(m => m.t === 'text');
    await cdp.send('Input.insertText', {text: '🙂'});
    await viewer.heard(m => m.text === '🙂');
    assert.deepEqual(viewer.of('text').map(m => m.text), ['日本語', '🙂']);
});

viewing('what is pasted arrives as text', shown, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    await page.evaluate(() => navigator.clipboard.writeText('grün\n日本'));
    await page.keyboard.press('Control+v');
    assert.equal((await viewer.heard(m => m.t === 'text')).text, 'grün\n日本');
    assert.ok(!viewer.of('key').some(m => m.key === 'v'));
});

viewing('what is copied reaches the clipboard', shown, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    await page.keyboard.press('Control+x');
    await viewer.heard(m => m.t === 'copy' && m.cut === true);
    await page.keyboard.press('Control+c');
    await viewer.heard(m => m.t === 'copy' && m.cut === false);
    viewer.say({t: 'selection', text: 'order 4711'});
    await until(() => page.evaluate(async () => await navigator.clipboard.readText() === 'order 4711'), 'the clipboard');
});

viewing('where the clipboard is refused there is a field to copy from', {...shown, host: 'http://live.example'}, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    viewer.say({t: 'selection', text: 'order 4711'});
    const field = page.getByRole('textbox', {name: 'Text that was copied'});
    assert.equal(await field.inputValue(), 'order 4711');
    assert.ok(await field.evaluate(element => element === document.activeElement && element.selectionEnd === 10));
});

viewing('Escape gives control back; with Shift it goes to the page', shown, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    await viewer.textIs('#badgeWord', 'In control');
    await page.keyboard.press('Shift+Escape');
    await viewer.heard(m => m.key === 'Escape' && m.k === 'up');
    await page.click('#escape');
    await until(() => viewer.of('key', 'down').filter(m => m.key === 'Escape').length === 2, 'Escape by its button');
    await page.keyboard.down('b');
    await page.keyboard.press('Escape');
    await viewer.heard(m => m.t === 'control' && m.take === false);
    assert.deepEqual(viewer.sent.at(-2), {...viewer.sent.at(-2), t: 'key', k: 'up', key: 'b'});
    await viewer.textIs('#badgeWord', 'Watching only');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'take');
    // The answer that was on its way does not take it again.
    viewer.say({t: 'viewers', watching: 3, inControl: 1, you: true});
    await viewer.textIs('#viewers', '3 watching, 1 in control');
    await viewer.textIs('#badgeWord', 'Watching only');
});

viewing('who loses control to another is told', shown, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    viewer.say({t: 'viewers', watching: 2, inControl: 1, you: false});
    await viewer.textIs('#toast', 'Somebody else took control.');
    await page.keyboard.press('x');
    assert.equal(viewer.of('key').length, 0);
});

viewing('a link that only watches sends nothing that acts, whatever is clicked', {}, async (viewer, page) => {
    await viewer.show();
    viewer.say({t: 'tabs', tabs: [{tab: 1, title: 'One', url: 'https://a.example/'}, {tab: 2, title: 'Two', url: 'https://b.example/'}], watching: 1, follow: true});
    viewer.say({t: 'dialog', id: 1, kind: 'confirm', text: 'Pay?', value: '', url: 'https://a.example/'});
    viewer.say({t: 'viewers', watching: 2, inControl: 1, you: true});
    viewer.say({t: 'select', id: 1, x: 1, y: 1, w: 9, h: 9, options: [{text: 'One'}], chosen: [], multiple: false});
    viewer.say({t: 'chooser', id: 2, multiple: false});
    await viewer.textIs('#dialogHint', 'The page waits until somebody in control answers.');
    assert.equal(await page.locator('#pop').isVisible(), false);
    const box = await viewer.box();
    await page.mouse.click(box.x + 20, box.y + 20);
    await viewer.textIs('#toast', /^This link only watches/);
    await page.mouse.wheel(0, 100);
    await page.keyboard.type('abc');
    for (const element of await page.locator('button, input, textarea, canvas').all())
        await element.evaluate(e => { e.disabled = false; e.click(); });
    await page.keyboard.type('xyz');
    await page.keyboard.press('Escape');
    viewer.say({t: 'refused', reason: 'done'});
    await viewer.textIs('#toast', 'Not done: done');
    assert.deepEqual([...new Set(viewer.sent.map(m => m.t))].filter(t => !['view', 'ack', 'watch', 'control'].includes(t)), []);
    assert.equal(viewer.of('control').length, 0);
});

viewing('a viewer not in control acts on nothing until it takes it', shown, async (viewer, page) => {
    await viewer.show();
    const box = await viewer.box();
    await page.mouse.click(box.x + 20, box.y + 20);
    await viewer.textIs('#toast', 'You are watching. Take control to click and type.');
    assert.equal(await page.locator('#address').evaluate(e => e.readOnly), true);
    assert.deepEqual(viewer.sent.filter(m => !['view', 'ack'].includes(m.t)), []);
});

viewing('addresses: http, https and about:blank only', shown, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    for (const bad of ['javascript:alert(1)', 'file:///etc/passwd', 'chrome://crash']) {
        await page.fill('#address', bad);
        await page.press('#address', 'Enter');
        await viewer.textIs('#toast', 'Only http, https and about:blank can be opened.');
    }
    for (const good of ['shop.example.com/cart', 'localhost:8080/', 'about:blank', 'http://a.example/']) {
        await page.fill('#address', good);
        await page.press('#address', 'Enter');
    }
    await until(() => viewer.of('nav').length === 4, 'four addresses');
    assert.deepEqual(viewer.of('nav').map(m => m.url),
        ['https://shop.example.com/cart', 'http://localhost:8080/', 'about:blank', 'http://a.example/']);
});

viewing('back, reload, stop and forward', shown, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    await page.click('#back');
    await page.click('#reload');
    assert.equal(await page.locator('#forward').isDisabled(), true);
    viewer.say({t: 'page', tab: 1, title: 'x', url: 'https://a.example/', loading: true, back: false, forward: true});
    await page.getByRole('button', {name: 'Stop'}).click();
    await page.click('#forward');
    await until(() => viewer.of('nav').length === 4, 'all four');
    assert.deepEqual(viewer.of('nav').map(m => m.op), ['back', 'reload', 'stop', 'forward']);
});

viewing('tabs: watchers choose what they watch', {hash: '#tab=2', tabs: [
    {tab: 2, title: 'Second', url: 'https://b.example/'}, {tab: 1, title: 'First', url: 'https://a.example/'}], watching: 2}, async (viewer, page) => {
    await viewer.heard(m => m.t === 'watch' && m.tab === 2);
    await viewer.show({tab: 2});
    await page.getByRole('button', {name: 'First'}).click();
    await viewer.heard(m => m.t === 'watch' && m.tab === 1);
    viewer.say({...greeting()[1], tabs: [{tab: 2, title: 'Second', url: ''}, {tab: 1, title: 'First', url: ''}], watching: 1, follow: false});
    await page.locator('#picture').waitFor({state: 'hidden'});
    await viewer.show({tab: 1, seq: 2});
    await page.locator('#picture').waitFor({state: 'visible'});
    // The next connection shows the same tab again.
    viewer.sent.length = 0;
    await viewer.sockets.at(-1).close();
    await viewer.heard(m => m.t === 'watch' && m.tab === 1);
    viewer.say({...greeting()[1], tabs: [{tab: 2, title: 'Second', url: ''}, {tab: 1, title: 'First', url: ''}], watching: 1, follow: false});
    await page.locator('#follow[aria-pressed=false]').waitFor();
    await page.getByRole('button', {name: 'Follow the one in front'}).click();
    await viewer.heard(m => m.t === 'watch' && m.tab === 0);
    await page.locator('#follow[aria-pressed=true]').waitFor();
    assert.equal(await page.getByRole('button', {name: 'Close tab First'}).count(), 0);
});

viewing('tabs: who is in control turns to them, closes and opens them', {...shown, tabs: [
    {tab: 1, title: 'First', url: 'https://a.example/'}, {tab: 2, title: 'Second', url: 'https://b.example/'}]}, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    await page.getByRole('button', {name: 'Second', exact: true}).click();
    await page.getByRole('button', {name: 'Close tab Second'}).click();
    await page.getByRole('button', {name: 'New tab'}).click();
    await until(() => viewer.of('tab').length === 3, 'three messages');
    assert.deepEqual(viewer.of('tab').map(m => [m.op, m.tab]), [['activate', 2], ['close', 2], ['new', 0]]);
});

for (const [kind, name, accept] of [['alert', 'OK', true], ['confirm', 'Cancel', false], ['prompt', 'OK', true], ['beforeunload', 'Leave', true]])
    viewing(`a dialog is answered: ${kind}`, shown, async (viewer, page) => {
        await viewer.show();
        await viewer.control();
        viewer.say({t: 'dialog', id: 5, kind, text: '<b>Sure?</b>\u202E', value: 'old', url: 'https://shop.example.com/'});
        viewer.say({t: 'state', state: 'dialog', reason: '', at: Date.now()});
        await viewer.textIs('#markWord', 'Dialog');
        await viewer.textIs('#dialogText', '<b>Sure?</b>[U+202E]');
        if (kind === 'prompt')
            await page.getByRole('textbox', {name: 'Answer'}).fill('new');
        await page.getByRole('alertdialog').getByRole('button', {name}).click();
        const answer = await viewer.heard(m => m.t === 'dialog');
        assert.deepEqual(answer, {t: 'dialog', id: 5, accept, text: kind === 'prompt' ? 'new' : ''});
        viewer.say({t: 'dialogClosed', id: 5, by: 'you'});
        await page.getByRole('alertdialog').waitFor({state: 'hidden'});
    });

viewing('what was being typed when a dialog came up does not answer it', {...shown, clock: true}, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    await viewer.stopClock();
    viewer.say({t: 'dialog', id: 5, kind: 'confirm', text: 'Delete everything?', value: '', url: ''});
    await page.locator('#dialogYes:focus').waitFor();
    await page.keyboard.press('Enter');
    assert.equal(viewer.of('dialog').length, 0);
    await page.clock.runFor(600);
    await page.keyboard.press('Enter');
    await viewer.heard(m => m.t === 'dialog' && m.accept);
});

viewing('who answered a dialog is said', {}, async (viewer, page) => {
    await viewer.show();
    viewer.say({t: 'dialog', id: 5, kind: 'alert', text: 'Saved', value: '', url: 'https://a.example/'});
    assert.equal(await page.getByRole('alertdialog').getByRole('button').count(), 0);
    viewer.say({t: 'dialogClosed', id: 5, by: 'viewer'});
    await viewer.textIs('#toast', 'Another viewer answered the dialog.');
    await viewer.textIs('#said', 'Another viewer answered the dialog.');
});

const countries = {t: 'select', id: 9, x: 100, y: 100, w: 120, h: 24, chosen: [1], multiple: false, options: [
    {text: 'Austria', group: 'Europe', disabled: false}, {text: 'Belgium', group: 'Europe', disabled: false},
    {text: 'Brazil', group: 'America', disabled: true}, {text: 'Canada', group: 'America', disabled: false}]};

viewing('a list opens at its place and is used by keyboard', shown, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    viewer.say(countries);
    const list = page.getByRole('listbox');
    await list.waitFor();
    const [box, at] = [await viewer.box(), await page.locator('#pop').boundingBox()];
    assert.ok(Math.abs(at.x - box.x - 100) <= 1 && Math.abs(at.y - box.y - 126) <= 1, JSON.stringify([box, at]));
    assert.equal(await page.getByRole('option', {selected: true}).innerText(), 'Belgium');
    await page.keyboard.press('ArrowDown'); // past the one that cannot be chosen
    await page.keyboard.press('Enter');
    assert.deepEqual(await viewer.heard(m => m.t === 'select'), {t: 'select', id: 9, chosen: [3]});
    assert.equal(await page.evaluate(() => document.activeElement.id), 'keys');
});

viewing('a list is found in by typing, and dismissed by Escape', shown, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    viewer.say(countries);
    await page.getByRole('listbox').waitFor();
    await page.keyboard.type('au');
    await page.keyboard.press('Enter');
    assert.deepEqual((await viewer.heard(m => m.t === 'select')).chosen, [0]);
    viewer.sent.length = 0;
    viewer.say({...countries, id: 10});
    await page.getByRole('listbox').waitFor();
    await page.keyboard.press('Escape');
    assert.deepEqual(await viewer.heard(m => m.t === 'select'), {t: 'select', id: 10});
    await viewer.textIs('#badgeWord', 'In control');
});

viewing('a list of several choices', shown, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    viewer.say({...countries, multiple: true});
    await page.getByRole('option', {name: 'Canada'}).click();
    await page.getByRole('option', {name: 'Brazil'}).click({force: true});
    await page.getByRole('button', {name: 'Done'}).click();
    assert.deepEqual((await viewer.heard(m => m.t === 'select')).chosen, [1, 3]);
});

viewing('a click beside a list dismisses it and does no more', shown, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    viewer.say(countries);
    await page.getByRole('listbox').waitFor();
    const box = await viewer.box();
    await page.mouse.click(box.x + 10, box.y + 10);
    assert.deepEqual(await viewer.heard(m => m.t === 'select'), {t: 'select', id: 9});
    assert.equal(viewer.of('mouse', 'down').length, 0);
});

viewing('a date and a colour are set', shown, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    const field = {t: 'field', id: 3, x: 10, y: 10, w: 100, h: 20, min: '2026-01-01', max: '', step: ''};
    viewer.say({...field, kind: 'date', value: '2026-11-25'});
    assert.equal(await page.getByLabel('Date').last().inputValue(), '2026-11-25');
    await page.getByLabel('Date').last().fill('2026-12-24');
    await page.getByRole('button', {name: 'Set'}).click();
    assert.deepEqual(await viewer.heard(m => m.t === 'field'), {t: 'field', id: 3, value: '2026-12-24'});
    viewer.sent.length = 0;
    viewer.say({...field, id: 4, kind: 'color', value: '#ff8800', min: ''});
    assert.equal(await page.getByLabel('Colour').last().inputValue(), '#ff8800');
    await page.getByRole('button', {name: 'Cancel'}).click();
    assert.deepEqual(await viewer.heard(m => m.t === 'field'), {t: 'field', id: 4});
});

viewing('files are sent, but not too many bytes', shown, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    viewer.say({t: 'chooser', id: 6, multiple: true});
    await page.getByLabel('Files', {exact: true}).evaluate(input => {
        const chosen = new DataTransfer();
        chosen.items.add(new File([new Uint8Array(17 * 1024 * 1024)], 'big.bin'));
        input.files = chosen.files;
        input.dispatchEvent(new Event('change'));
    });
    await page.getByText('Together 17.0 MiB: more than the 16.0 MiB that can be sent.').waitFor();
    assert.equal(await page.getByRole('button', {name: 'Send', exact: true}).isDisabled(), true);
    await page.getByLabel('Files', {exact: true}).setInputFiles([{name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('hello')},
        {name: 'empty', mimeType: 'text/plain', buffer: Buffer.alloc(0)}]);
    await page.getByRole('button', {name: 'Send', exact: true}).click();
    assert.deepEqual(await viewer.heard(m => m.t === 'chooser'),
        {t: 'chooser', id: 6, files: [{name: 'a.txt', data: 'aGVsbG8='}, {name: 'empty', data: ''}]});
    viewer.sent.length = 0;
    viewer.say({t: 'chooser', id: 7, multiple: false});
    await page.getByRole('button', {name: 'Cancel'}).click();
    assert.deepEqual(await viewer.heard(m => m.t === 'chooser'), {t: 'chooser', id: 7});
});

viewing('a download is a line with its percentage', {}, async (viewer, page) => {
    const download = {t: 'download', id: 'a', name: 'report.pdf', total: 2000};
    viewer.say({...download, received: 840, state: 'inProgress'});
    await viewer.textIs('#downloads li span', 'report.pdf: 42 %');
    viewer.say({...download, received: 2000, state: 'completed'});
    await viewer.textIs('#downloads li span', 'report.pdf: saved in the session');
    await page.getByRole('button', {name: 'Dismiss'}).click();
    assert.equal(await page.locator('#downloads li').count(), 0);
});

viewing('a lost connection veils the picture, says of when it is, and is made again', {clock: true}, async (viewer, page) => {
    await viewer.show({age: 0});
    await viewer.stopClock();
    viewer.answersSocket = false;
    await viewer.sockets.at(-1).close();
    await viewer.textIs('#veil', /^Connection lost\.\s+Last picture 14:\d\d:\d\d\. Trying again$/);
    await viewer.textIs('#markWord', 'Lost');
    for (const [count, wait] of [[2, 500], [3, 1000], [4, 2000], [5, 4000], [6, 8000], [7, 8000]]) {
        await page.clock.runFor(wait - 50);
        assert.equal(viewer.sockets.length, count - 1, `not before ${wait} ms`);
        await page.clock.runFor(50);
        await until(() => viewer.sockets.length === count, `try ${count}`);
        await until(() => viewer.asked === count, 'the page to ask whether it is gone, as its socket closed');
    }
    viewer.answersSocket = true;
    await page.clock.runFor(8000);
    await until(() => viewer.sockets.length === 8, 'the last try');
    await viewer.textIs('#markWord', 'Waiting');
    await viewer.show({seq: 1, age: 0});
    await until(() => page.locator('#veil').isHidden(), 'the veil to go');
});

viewing('a live view that is gone says so and is left alone', {clock: true}, async (viewer, page) => {
    await viewer.show();
    viewer.answersSocket = false;
    viewer.status = 404;
    await viewer.sockets.at(-1).close();
    await viewer.textIs('#veilHead', 'Connection lost.');
    await page.clock.runFor(600);
    await viewer.textIs('#veilHead', 'This live view is no longer there');
    const tries = viewer.sockets.length;
    await page.clock.runFor(60000);
    assert.equal(viewer.sockets.length, tries);
});

viewing('12 s without a word are a lost connection', {clock: true}, async (viewer, page) => {
    await viewer.show();
    await viewer.stopClock();
    viewer.say({t: 'viewers', watching: 5, inControl: 0, you: false});
    await viewer.textIs('#viewers', '5 watching');
    await page.clock.runFor(11900);
    await viewer.textIs('#markWord', 'Live');
    viewer.say({t: 'state', state: 'quiet', reason: '', at: Date.now()});
    await viewer.textIs('#markWord', 'Still');
    await viewer.textIs('#last', 'Still: the page is not changing');
    viewer.answersSocket = false;
    await page.clock.runFor(12000);
    await viewer.textIs('#veilHead', 'Connection lost.');
});

viewing('the end is the last word', {clock: true, ...shown}, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    viewer.say({t: 'state', state: 'ended', reason: 'Terminated by <b>Alice</b>', at: new Date('2026-11-25T14:02:00').getTime()});
    await viewer.textIs('#veilHead', 'Session ended 14:02');
    await viewer.textIs('#veilText', /^Terminated by <b>Alice<\/b>\nLast picture 14:\d\d:\d\d\.$/);
    await page.clock.runFor(60000);
    assert.equal(viewer.sockets.length, 1);
    assert.equal(await page.locator('#take').isDisabled(), true);
    await viewer.textIs('#badgeWord', 'Watching only');
});

viewing('a crashed page is reloaded by who is in control only', shown, async (viewer, page) => {
    await viewer.show();
    viewer.say({t: 'state', state: 'crashed', reason: '', at: Date.now()});
    await viewer.textIs('#veilHead', 'The page crashed');
    assert.equal(await page.locator('#veilReload').isVisible(), false);
    await viewer.control();
    await page.click('#veilReload');
    assert.equal((await viewer.heard(m => m.t === 'nav')).op, 'reload');
});

for (const [state, word, head] of [['stuck', 'No answer', 'The page does not answer'], ['connecting', 'Connecting', 'Connecting']])
    viewing(`a picture does not look live: ${state}`, shown, async (viewer, page) => {
        await viewer.show();
        await viewer.control();
        viewer.say({t: 'state', state, reason: '', at: Date.now()});
        await viewer.textIs('#markWord', word);
        await viewer.textIs('#veilHead', head);
        await page.keyboard.press('x');
        assert.equal(viewer.of('key').length, 0);
    });

viewing('a picture of a page behind another does not look live before the service says so', {}, async viewer => {
    await viewer.show({age: 61000, flags: 3});
    await viewer.textIs('#markWord', 'Behind');
    viewer.say({t: 'state', state: 'live', reason: '', at: Date.now()}); // said again: it is in front
    await viewer.textIs('#markWord', 'Live');
});

viewing('a page that crashes takes its dialog along', shown, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    viewer.say({t: 'dialog', id: 5, kind: 'alert', text: 'Saved', value: '', url: ''});
    await page.getByRole('alertdialog').waitFor();
    viewer.say({t: 'state', state: 'crashed', reason: '', at: Date.now()});
    await page.getByRole('alertdialog').waitFor({state: 'hidden'});
});

viewing('a page behind another tab is dated', {}, async viewer => {
    await viewer.show({age: 61000, flags: 3});
    viewer.say({t: 'state', state: 'hidden', reason: '', at: Date.now()});
    await viewer.textIs('#markWord', 'Behind');
    const then = new Date(Date.now() - 61000), two = n => String(n).padStart(2, '0');
    await viewer.textIs('#note p', new RegExp(`^Another tab is in front. This picture is of ${two(then.getHours())}:${two(then.getMinutes())}`));
});

viewing('a viewer that looks away asks for no pictures', {}, async (viewer, page) => {
    await viewer.show();
    const look = hidden => page.evaluate(value => {
        Object.defineProperty(document, 'hidden', {value, configurable: true});
        document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
    await look(true);
    await viewer.heard(m => m.t === 'view' && !m.visible);
    viewer.sent.length = 0;
    await look(false);
    await viewer.heard(m => m.t === 'view' && m.visible);
    await viewer.textIs('#markWord', 'Waiting');
    await viewer.show({seq: 2});
    await viewer.textIs('#markWord', 'Live');
});

viewing('hostile text is shown as text', {tabs: [
    {tab: 1, title: '<img src=x onerror=alert(1)>\u202Egpj.exe\u0000', url: 'https://a.example/\u2066x'}, {tab: 2, title: '<script>', url: ''}]}, async (viewer, page) => {
    await viewer.show();
    await viewer.textIs('#title', '<img src=x onerror=alert(1)>[U+202E]gpj.exe\u2400');
    await viewer.textIs('#url', 'a.example/[U+2066]x');
    assert.equal(await page.title(), 'Live: <img src=x onerror=alert(1)>[U+202E]gpj.exe\u2400');
    viewer.say({t: 'refused', reason: '<img src=x onerror=alert(1)>'});
    viewer.say({t: '__proto__', polluted: 1});
    viewer.say({t: 'constructor'});
    viewer.sockets.at(-1).send('{');
    await viewer.textIs('#said', 'Not done: <img src=x onerror=alert(1)>');
    assert.equal(await page.locator('img, body script').count(), 0);
});

viewing('everything that can be used has a name', {...shown, tabs: [
    {tab: 1, title: 'First', url: ''}, {tab: 2, title: 'Second', url: ''}]}, async (viewer, page) => {
    await viewer.show();
    await viewer.control();
    viewer.say({t: 'download', id: 1, name: 'a', received: 1, total: 2, state: 'inProgress'});
    viewer.say({t: 'dialog', id: 5, kind: 'prompt', text: 'Name?', value: '', url: ''});
    await page.getByRole('alertdialog').waitFor();
    const cdp = await viewer.context.newCDPSession(page);
    const {nodes} = await cdp.send('Accessibility.getFullAXTree');
    const roles = ['button', 'textbox', 'img', 'image', 'canvas', 'progressbar', 'alertdialog', 'navigation', 'list'];
    const used = nodes.filter(node => !node.ignored && roles.includes(node.role?.value));
    assert.ok(used.length > 15, `${used.length} found`);
    assert.deepEqual(used.filter(node => !node.name?.value && node.role.value !== 'list').map(node => node.role.value), []);
});

viewing('on a phone nothing is wider than it is, and all can be touched', {...shown, size: {width: 360, height: 640}, touch: true, tabs: [
    {tab: 1, title: 'A rather long title of the first page', url: 'https://a.example/'}, {tab: 2, title: 'Second', url: ''}]}, async (viewer, page) => {
    await viewer.show({w: 1280, h: 800});
    await viewer.control();
    viewer.say({t: 'dialog', id: 5, kind: 'confirm', text: 'x'.repeat(300), value: '', url: ''});
    await page.getByRole('alertdialog').waitFor();
    const wide = await page.evaluate(() => [...document.querySelectorAll('body, body *')].filter(e => !e.closest('#tabList, .said, .symbols')
        && (e.scrollWidth > 360 && e.tagName !== 'SPAN' && e.tagName !== 'H1' && e.tagName !== 'INPUT' || e.getBoundingClientRect().right > 361)).map(e => e.id || e.className || e.tagName));
    assert.deepEqual(wide, []);
    const small = await page.evaluate(() => [...document.querySelectorAll('button')].filter(e => e.offsetParent)
        .filter(e => e.offsetHeight < 44 || e.offsetWidth < 44).map(e => e.id || e.className));
    assert.deepEqual(small, []);
});

viewing('full screen is entered and left', {}, async (viewer, page) => {
    await page.getByRole('button', {name: 'Full screen'}).click();
    await until(() => page.evaluate(() => document.fullscreenElement !== null), 'full screen');
    await page.locator('#full[aria-pressed=true]').click();
    await until(() => page.evaluate(() => document.fullscreenElement === null), 'the window again');
});

viewing('its colours follow the desktop', {}, async (viewer, page) => {
    for (const [colorScheme, colour] of [['light', 'rgb(243, 244, 246)'], ['dark', 'rgb(22, 24, 28)']]) {
        await page.emulateMedia({colorScheme});
        assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), colour);
    }
});
