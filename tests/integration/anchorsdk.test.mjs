// The official Anchor SDK on our own service: ANCHORBROWSER_BASE_URL is the service, KEY the key
// that it asks for, SITE a web site, PICTURES a folder for screenshots, which somebody else looks
// at.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';

import Anchorbrowser from 'anchorbrowser';
import { chromium } from 'playwright-core';

const { KEY, PICTURES, SITE } = process.env;
const client = new Anchorbrowser({ apiKey: KEY });
const { sessions } = client;

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

async function create(path, tags = []) {
  const { data } = await sessions.create({
    session: { initial_url: SITE + path, tags, timeout: { max_duration: 10, idle_timeout: 5 } },
    browser: { profile: { name: 'sdk', persist: true }, headless: { active: false } },
  });
  return data;
}

async function takePicture(id, name) {
  const response = await sessions.retrieveScreenshot(id);
  assert.equal(response.headers.get('content-type'), 'image/png');
  const picture = Buffer.from(await response.arrayBuffer());
  assert.deepEqual(picture.subarray(0, 8), pngSignature);
  await writeFile(`${PICTURES}/${name}.png`, picture);
}

async function statusOf(id) {
  const { data } = await sessions.all.status();
  assert.equal(data.count, data.items.length);
  return data.items.find((item) => item.session_id === id)?.status;
}

test('a session from its creation to its end', async () => {
  const { id, cdp_url: cdpUrl, live_view_url: liveViewUrl } = await create('/page/first', ['nightly']);
  assert.match(cdpUrl, /^ws:\/\/127\.0\.0\.1:\d+\/\?sessionId=/);
  assert.ok(!cdpUrl.includes(KEY));
  assert.equal((await fetch(liveViewUrl)).status, 200);
  assert.equal(await statusOf(id), 'running');

  const { data } = await sessions.retrieve(id);
  assert.equal(data.session_id, id);
  assert.equal(data.status, 'running');
  assert.deepEqual(data.tags, ['nightly']);
  assert.deepEqual(data.configuration.browser.profile, { name: 'sdk', persist: true });
  assert.deepEqual(data.configuration.session.timeout, { max_duration: 10, idle_timeout: 5 });
  assert.ok(Date.now() - Date.parse(data.created_at) < 60_000);

  assert.equal((await sessions.goto(id, { url: `${SITE}/set/kept` })).status, 'success');
  await sessions.goto(id, { url: `${SITE}/color/3366cc` });
  await takePicture(id, 'plain');
  await sessions.goto(id, { url: `${SITE}/cards` });
  await takePicture(id, 'cards');

  assert.equal((await sessions.delete(id)).data.status, 'success');
  assert.equal(await statusOf(id), undefined);
  assert.equal((await sessions.retrieve(id)).data.status, 'completed');
  await assert.rejects(sessions.delete(id), Anchorbrowser.NotFoundError);
});

test('the profile is there again, seen over the SDK’s own CDP address', async () => {
  assert.deepEqual((await client.profiles.list()).data.items.map(({ name }) => name), ['sdk']);
  const { id } = await create('/cookies');
  const browser = await client.browser.connect(id);
  const [page] = browser.contexts()[0].pages();
  await page.waitForURL(`${SITE}/cookies`);
  assert.match(await page.title(), /lasting=kept/);

  // The session ends, and the client hears it.
  const gone = new Promise((resolve) => browser.once('disconnected', resolve));
  await sessions.delete(id);
  await gone;
});

test('playwright-core drives a session by its cdp_url, and the session outlives it', async () => {
  const { id, cdp_url: cdpUrl } = await create('/page/first');
  // The address that create answers holds no key.
  const browser = await chromium.connectOverCDP(`${cdpUrl}&apiKey=${KEY}`);
  const page = await browser.contexts()[0].newPage();
  await page.goto(`${SITE}/page/driven`);
  assert.equal(await page.title(), 'driven');
  const long = 'x'.repeat(1024 * 1024);
  assert.equal((await page.evaluate((text) => text + text, long)).length, 2 * long.length);
  await browser.close();
  assert.equal(await statusOf(id), 'running');
  await sessions.delete(id);
});

test('a browser that nobody ends is left, and all.delete ends it', async () => {
  const browser = await client.browser.create({ sessionOptions: { session: { tags: ['left'] } } });
  await browser.close();
  await create('/page/other');
  assert.equal((await sessions.all.status()).data.count, 2);
  assert.equal((await sessions.all.delete()).data.status, 'success');
  assert.equal((await sessions.all.status()).data.count, 0);
});

test('errors have the classes that they have with Anchor', async () => {
  const stranger = new Anchorbrowser({ apiKey: 'sk-wrong' });
  await assert.rejects(stranger.sessions.create(), Anchorbrowser.AuthenticationError);
  await assert.rejects(stranger.browser.connect('x'), /401/);
  await assert.rejects(sessions.retrieve('unknown'), Anchorbrowser.NotFoundError);
  await assert.rejects(sessions.goto('unknown', { url: SITE }), Anchorbrowser.NotFoundError);
  const wrong = { session: { timeout: { max_duration: 0 } } };
  await assert.rejects(sessions.create(wrong), (error) => {
    assert.ok(error instanceof Anchorbrowser.BadRequestError);
    assert.match(error.message, /max_duration/);
    return true;
  });
});
