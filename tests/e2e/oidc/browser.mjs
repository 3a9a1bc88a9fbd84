// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
// browser.mjs NAME FILE URL: what a person does in a browser: opens the page, signs in as NAME ("-": changes their mind),
// agrees, and is sent back to the program; what that shows at last is written into FILE.
import { writeFileSync } from 'node:fs';

const [name, file, start] = process.argv.slice(2);
const provider = new URL(start).origin;
const cookies = new Map();

async function open(url, form) {
    const answer = await fetch(url, {
        redirect: 'manual',
        method: form ? 'POST' : 'GET',
        body: form,
        headers: { cookie: [...cookies].map(([key, value]) => `${key}=${value}`).join('; ') },
    });
    for (const line of answer.headers.getSetCookie()) {
        const [, key, value] = /^([^=]+)=([^;]*)/.exec(line);
        cookies.set(key, value);
    }
    return answer;
}

let url = new URL(start);
let answer = await open(url);
for (let steps = 0; steps < 20; ++steps) {
    if (answer.status >= 300 && answer.status < 400) {
        url = new URL(answer.headers.get('location'), url);
        answer = url.origin === provider ? await open(url) : await fetch(url);
        continue;
    }
    const page = await answer.text();
    if (url.origin !== provider || answer.status !== 200) {
        writeFileSync(file, page);
        break;
    }
    if (name === '-') {
        url = new URL(/href="([^"]*\/abort)"/.exec(page)[1], url);
        answer = await open(url);
        continue;
    }
    const prompt = /name="prompt" value="([a-z]+)"/.exec(page)[1];
    url = new URL(/<form[^>]* action="([^"]+)"/.exec(page)[1], url);
    answer = await open(url, new URLSearchParams(prompt === 'login' ? { prompt, login: name, password: 'any' } : { prompt }));
}
