// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// What the scripts of all peers share. A peer is three processes on loopback, as ours are: a server and the laptops A
// and B. The main process starts them, tells them what to do and prints one line of JSON:
//   create       seconds in which A makes all records, without the network
//   push         seconds until the server has them
//   copy         seconds of B's first copy of everything
//   edit_median  milliseconds from one edit on A to the moment at which B sees it, and edit_p99
//   at_once      edits a second: all made on A without waiting, until B has seen the last
//   disk         MiB of B's copy; 0: only in memory
//   memory       MiB of the server's process in the end
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// The very records of ours: a JSON object with "id" and twelve fields in each line.
export const records = () =>
  readFileSync(process.env.RECORDS, 'utf8').trimEnd().split('\n').map(line => JSON.parse(line));
const edits = Number(process.env.EDITS), singles = Number(process.env.SINGLES);
const pauseMs = 60;

// Milliseconds of the clock that all processes of this machine share.
export const now = () => Number(process.hrtime.bigint()) / 1e6;
export const sleep = ms => new Promise(done => setTimeout(done, ms));
export const role = process.argv[2];
export const folder = process.argv[3];
export const memory = () => ({ mib: process.memoryUsage().rss / 1048576 });
export async function timed(work) {
  const begin = now();
  await work();
  return { seconds: (now() - begin) / 1000 };
}

// In a server or laptop: answers what the main process asks for.
export function answer(tasks) {
  process.on('disconnect', () => process.exit(0));
  process.on('message', async ({ number, task, argument }) => {
    try {
      process.send({ number, result: (await tasks[task](argument)) ?? {} });
    } catch (fault) {
      process.send({ number, fault: String(fault?.stack ?? fault) });
    }
  });
}

// On B: who waits until it has seen values of records.
export class Seen {
  constructor() { this.values = new Map(); this.waiting = []; }
  note(id, value) {
    this.values.set(id, value);
    this.waiting = this.waiting.filter(one => !this.#settle(one));
  }
  until(wanted) {
    return new Promise(done => {
      const one = { wanted: new Map(wanted), done };
      for (const [id, value] of wanted) if (this.values.get(id) === value) one.wanted.delete(id);
      if (!this.#settle(one)) this.waiting.push(one);
    });
  }
  #settle(one) {
    for (const [id, value] of one.wanted) {
      if (this.values.get(id) !== value) return false;
      one.wanted.delete(id);
    }
    one.done({ at: now() });
    return true;
  }
}

class Process {
  constructor(script, role, folder) {
    this.child = fork(script, [role, folder], { execArgv: ['--max-old-space-size=4096'] });
    this.open = new Map();
    this.next = 0;
    this.child.on('message', ({ number, result, fault }) => {
      const { done, failed } = this.open.get(number);
      this.open.delete(number);
      fault ? failed(new Error(`${role}: ${fault}`)) : done(result);
    });
    this.child.on('exit', code => this.open.forEach(({ failed }) => failed(new Error(`${role} ended: ${code}`))));
  }
  ask(task, argument) {
    return new Promise((done, failed) => {
      this.open.set(++this.next, { done, failed });
      this.child.send({ number: this.next, task, argument });
    });
  }
}

const share = (values, part) => values.sort((a, b) => a - b)[Math.max(0, Math.ceil(part * values.length) - 1)];
function mib(path) {
  if (!statSync(path).isDirectory()) return statSync(path).size / 1048576;
  return readdirSync(path).reduce((sum, name) => sum + mib(join(path, name)), 0);
}

// The workload. The server's tasks: start -> {port}, memory; the laptops': create, push, copy, live, edit, await.
export async function run(script) {
  const place = mkdtempSync(join(tmpdir(), 'tongzhou-peer-'));
  const [server, a, b] = ['server', 'a', 'b'].map(name => {
    mkdirSync(join(place, name));
    return new Process(script, name, join(place, name));
  });
  const ids = records().slice(0, edits).map(record => record.id);
  const { port } = await server.ask('start');
  const figures = {};
  figures.create = (await a.ask('create')).seconds;
  figures.push = (await a.ask('push', port)).seconds;
  figures.copy = (await b.ask('copy', port)).seconds;
  figures.disk = mib(join(place, 'b'));
  await a.ask('live', port);
  await b.ask('live', port);
  const times = [];
  for (let k = 0; k < singles; ++k) {
    await sleep(pauseMs);
    const edit = [ids[k % ids.length], `Edit ${k}`];
    const seen = b.ask('await', [edit]);
    const { from } = await a.ask('edit', [edit]);
    times.push((await seen).at - from);
  }
  figures.edit_median = share(times, 0.5);
  figures.edit_p99 = share(times, 0.99);
  const all = ids.map(id => [id, 'All at once']);
  const seen = b.ask('await', all);
  const { from } = await a.ask('edit', all);
  figures.at_once = edits / (((await seen).at - from) / 1000);
  figures.memory = (await server.ask('memory')).mib;
  for (const one of [a, b, server]) one.child.removeAllListeners('exit').kill('SIGKILL');
  rmSync(place, { recursive: true, force: true });
  console.log(JSON.stringify(figures));
  process.exit(0);
}
