import { readFileSync } from 'node:fs';
import pg from 'pg';
import { randomBytes, randomUUID } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { applyMigrations } from './plugin/dist/platform/migrations.js';
import { readConfig } from './plugin/dist/platform/config.js';
import { startEngine } from './plugin/dist/engine.js';
import { SmtpService } from './plugin/dist/intake/smtp.service.js';
const base = readFileSync('/tmp/dburl', 'utf8').trim();
const a = new pg.Client({ connectionString: base }); await a.connect();
await a.query('DROP DATABASE IF EXISTS intaketry WITH (FORCE)'); await a.query('CREATE DATABASE intaketry'); await a.end();
const url = base.replace(/\/[^/]*$/, '/intaketry');
await applyMigrations(url, '/work/main/plugin/prisma/migrations');
const e = await startEngine(readConfig({ DATABASE_URL: url, PORT: '0', SMTP_PORT: '0', MAIL_MAX_BYTES: process.argv[2] ?? '25000000' }));
const db = new pg.Client({ connectionString: url }); await db.connect();
await db.query("INSERT INTO queues (id,name,department,priority,strategy,relaxation,level_delay_seconds,sticky_seconds,offer_timeout_seconds) VALUES ($1,'Q','D',50,'LONGEST_IDLE','[]','{}',0,20)", [randomUUID()]);
await db.query("INSERT INTO entry_points (id,channel,address,queue_id,skills) SELECT gen_random_uuid(),'EMAIL','q@x.cz',id,'[]' FROM queues");
const t = createTransport({ host: '127.0.0.1', port: e.app.get(SmtpService).port });
let lag = 0, last = performance.now(); setInterval(() => { const n = performance.now(); lag = Math.max(lag, n - last - 20); last = n; }, 20).unref();
for (const mb of [0.01, 5, Number(process.argv[3] ?? 17)]) {
  const t0 = performance.now(); lag = 0;
  const r = await t.sendMail({ from: 'a@b.cz', to: 'q@x.cz', subject: 'big', text: 'x', attachments: [{ filename: 'a.bin', content: randomBytes(mb * 1e6) }] }).catch((x) => x.message);
  console.log(mb, 'MB', Math.round(performance.now() - t0), 'ms', 'lag', Math.round(lag), r.response ?? r, Math.round(process.memoryUsage().rss / 1e6), 'MB rss');
}
const t1 = performance.now(); const many = await Promise.all(Array.from({ length: 200 }, (_, i) => t.sendMail({ from: `a${i}@b.cz`, to: 'q@x.cz', subject: 's' + i, text: 'x' }).then(() => 1, () => 0)));
console.log('200 mails', many.reduce((x, y) => x + y), Math.round(performance.now() - t1), 'ms');
console.log((await db.query('select count(*), max(size_bytes) from attachments')).rows, (await db.query('select count(*) from messages')).rows);
await db.end(); const t2 = performance.now(); await e.stop(); console.log('stop', Math.round(performance.now() - t2));
