// watchinbrowser.mjs BROWSER PROGRAM PROFILE LINK: a person opens a live view link in chrome or
// firefox, takes control, fills in the form, gives control back, and watches until the session has
// ended. Prints what was done and the last words.
import puppeteer from 'puppeteer-core';

const [kind, executablePath, userDataDir, link] = process.argv.slice(2);
const browser = await puppeteer.launch({
    browser: kind,
    executablePath,
    userDataDir,
    headless: true,
    args: kind === 'chrome' ? ['--no-sandbox'] : [],
    defaultViewport: {width: 1500, height: 1000},
});
const page = await browser.newPage();
page.setDefaultTimeout(60000);
page.on('console', message => message.type() === 'error' && console.log(message.text()));

const text = selector => page.$eval(selector, element => element.textContent);
const says = (selector, words) => page.waitForFunction(
    (one, wanted) => document.querySelector(one)?.textContent.includes(wanted), {}, selector, words);
const shown = selector => page.waitForSelector(selector, {visible: true});

await page.goto(link);
const picture = await shown('#picture');
await (await shown('#take')).click();
await shown('#address');
const at = async (x, y) => {
    const box = await picture.boundingBox();
    await page.mouse.click(box.x + x, box.y + y);
};
await at(100, 35);
await page.keyboard.type('Ada');
await at(100, 85);
await shown('[role=option]');
for (const option of await page.$$('[role=option]')) {
    if ((await option.evaluate(element => element.textContent)).trim() === 'two') {
        await option.click();
        break;
    }
}
await at(100, 335);
await says('#dialogText', 'Sure?');
// An answer that was given before one could read the question is not taken.
await page.waitForFunction(() => {
    document.querySelector('#dialogYes').click();
    return document.querySelector('#title').textContent.includes('confirm true');
}, {polling: 200});
await page.keyboard.press('Escape');
await shown('#take');
console.log('acted');
await page.waitForFunction(() => /ended/i.test(document.querySelector('#veilHead')?.textContent));
console.log(await text('#veilHead'));
await browser.close();
