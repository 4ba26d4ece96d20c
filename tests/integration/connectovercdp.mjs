// connectovercdp.mjs CDP_URL PAGE_URL: opens the page in a running session and prints its title.
import { chromium } from 'playwright-core';

const [cdpUrl, pageUrl] = process.argv.slice(2);
const browser = await chromium.connectOverCDP(cdpUrl);
const page = await browser.contexts()[0].newPage();
await page.goto(pageUrl);
console.log(await page.title());
await browser.close();
