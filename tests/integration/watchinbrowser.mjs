// watchinbrowser.mjs LINK: a person opens a live view link in Chromium, takes control, fills in the
// form, gives control back, and watches until the session has ended. Prints the last words.
import {chromium} from 'playwright-core';

const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
});
const page = await browser.newPage({viewport: {width: 1500, height: 1000}});
const problems = [];
page.on('console', message => message.type() === 'error' && problems.push(message.text()));
await page.goto(process.argv[2]);
const picture = page.locator('#picture');
await picture.waitFor();
await page.locator('#take').click();
await page.locator('#address').waitFor();
const box = await picture.boundingBox();
const at = (x, y) => page.mouse.click(box.x + x, box.y + y);
await at(100, 35);
await page.keyboard.type('Ada');
await at(100, 85);
await page.getByRole('option', {name: 'two'}).click();
await at(100, 335);
await page.locator('#dialogText').getByText('Sure?').waitFor();
await page.waitForTimeout(600); // it takes no answer that was typed before one could read it
await page.locator('#dialogYes').click();
await page.locator('#title').getByText('confirm true').waitFor();
await page.locator('#keys').press('Escape');
await page.locator('#take').waitFor();
console.log('acted');
await page.locator('#veilHead').getByText(/ended/i).waitFor({timeout: 60000});
console.log(await page.locator('#veilHead').textContent());
if (problems.length > 0)
    console.log(problems.join('\n'));
await browser.close();
