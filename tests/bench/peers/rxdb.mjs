// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors

// RxDB with its own WebSocket replication. Everything is in memory, on the laptops and on the server, because its free
// storage for SQLite ends at some hundred documents: it pays for no disk at all, and what is open is lost with the
// process.
import { fileURLToPath } from 'node:url';
import { createRxDatabase } from 'rxdb/plugins/core';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { replicateWithWebsocketServer, startWebsocketServer } from 'rxdb/plugins/replication-websocket';
import { Seen, answer, memory, now, records, role, run, timed } from './harness.mjs';

const batch = 1000;
const text = { type: 'string' }, number = { type: 'number' };
const numbers = ['revenue', 'employees', 'founded'];
const names = ['name', 'short_name', 'industry', 'country', 'phone', 'email', 'website', 'level', 'description'];
const schema = {
  version: 0, type: 'object', primaryKey: 'id', required: ['id'],
  properties: {
    id: { type: 'string', maxLength: 40 },
    ...Object.fromEntries(names.map(name => [name, text])),
    ...Object.fromEntries(numbers.map(name => [name, number])),
  },
};

async function open() {
  const database = await createRxDatabase({ name: `crm${role}`, storage: getRxStorageMemory(), multiInstance: false });
  await database.addCollections({ customers: { schema } });
  return database;
}

function serve() {
  answer({
    start: async () => {
      const { server } = await startWebsocketServer({ database: await open(), port: 0, maxPayload: 2 ** 30 });
      if (!server.address()) await new Promise(done => server.once('listening', done));
      return { port: server.address().port };
    },
    memory,
  });
}

async function beLaptop() {
  const { customers } = await open();
  const seen = new Seen();
  // Live from the first moment on, as its replication is.
  const replicate = port => replicateWithWebsocketServer({
    replicationIdentifier: 'crm', collection: customers, url: `ws://127.0.0.1:${port}`, batchSize: batch, live: true,
  });
  answer({
    create: async () => {
      const documents = records();
      return timed(async () => {
        for (let i = 0; i < documents.length; i += batch) await customers.bulkInsert(documents.slice(i, i + batch));
      });
    },
    push: port => timed(async () => (await replicate(port)).awaitInSync()),
    copy: async port => {
      const taken = await timed(async () => {
        const replication = await replicate(port);
        await replication.awaitInitialReplication();
        await replication.awaitInSync();
      });
      const count = await customers.count().exec();
      if (count !== records().length) throw new Error(`only ${count} records came`);
      return taken;
    },
    live: async () => {
      if (role === 'b')
        customers.$.subscribe(({ documentId, documentData }) => seen.note(documentId, documentData.short_name));
    },
    edit: async wanted => {
      const from = now();
      for (const [id, value] of wanted)
        await (await customers.findOne(id).exec()).incrementalPatch({ short_name: value });
      return { from };
    },
    await: wanted => seen.until(wanted),
  });
}

if (role === 'server') serve();
else if (role) await beLaptop();
else run(fileURLToPath(import.meta.url));
