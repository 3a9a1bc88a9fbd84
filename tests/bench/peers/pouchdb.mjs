// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// PouchDB over LevelDB on both laptops, its own server (express-pouchdb) over LevelDB. It does not sync the disk when
// it writes.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Seen, answer, folder, memory, now, records, role, run, sleep, timed } from './harness.mjs';

const require = createRequire(import.meta.url);
const batch = 1000;
const database = port => `http://127.0.0.1:${port}/db/crm`;

function serve() {
  const PouchDB = require('pouchdb').defaults({ prefix: folder + '/' });
  const express = require('express');
  const web = express();
  web.use('/db', require('express-pouchdb')(PouchDB, {
    mode: 'minimumForPouchDB', logPath: join(folder, 'log'), configPath: join(folder, 'config.json'),
  }));
  answer({
    start: () => new Promise(done => {
      new PouchDB('crm');
      const listener = web.listen(0, '127.0.0.1', () => done({ port: listener.address().port }));
    }),
    memory,
  });
}

function beLaptop() {
  const PouchDB = require('pouchdb');
  const local = new PouchDB(join(folder, 'local'), { auto_compaction: true });
  const seen = new Seen();
  answer({
    create: async () => {
      const documents = records().map(({ id, ...fields }) => ({ _id: id, ...fields }));
      return timed(async () => {
        for (let i = 0; i < documents.length; i += batch) await local.bulkDocs(documents.slice(i, i + batch));
      });
    },
    push: port => timed(() => local.replicate.to(database(port), { batch_size: batch })),
    copy: async port => {
      const taken = await timed(() => local.replicate.from(database(port), { batch_size: batch }));
      const { doc_count: count } = await local.info();
      if (count !== records().length) throw new Error(`only ${count} records came`);
      return taken;
    },
    live: async port => {
      const direction = role === 'a' ? local.replicate.to : local.replicate.from;
      direction(database(port), { live: true, retry: true });
      if (role === 'b')
        local.changes({ since: 'now', live: true, include_docs: true })
          .on('change', ({ id, doc }) => seen.note(id, doc.short_name));
      await sleep(1500);
    },
    edit: async wanted => {
      const from = now();
      for (const [id, value] of wanted) {
        const document = await local.get(id);
        document.short_name = value;
        await local.put(document);
      }
      return { from };
    },
    await: wanted => seen.until(wanted),
  });
}

if (role === 'server') serve();
else if (role) beLaptop();
else run(fileURLToPath(import.meta.url));
