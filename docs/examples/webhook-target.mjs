// Takes a study's events and prints them, each once: node webhook-target.mjs SECRET_FILE PORT
// What stands here by hand, the libraries of Standard Webhooks do in most languages.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [secretFile, port] = process.argv.slice(2);
const secrets = readFileSync(secretFile, 'utf8').trim().split('\n');
const seen = new Set(); // Yours belongs in a database.

function isOurs({ id, timestamp, signatures }, body) {
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) return false;
  return secrets.some((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    const wanted = Buffer.from(
      `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`,
    );
    return signatures.split(' ').some((one) => {
      const given = Buffer.from(one);
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    });
  });
}

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks); // The very bytes: JSON read and written again may differ.
  const header = (name) => String(request.headers[name] ?? '');
  const id = header('webhook-id');
  if (!isOurs({ id, timestamp: header('webhook-timestamp'), signatures: header('webhook-signature') }, body)) {
    response.writeHead(401).end();
    return;
  }
  if (!seen.has(id)) console.log(body.toString());
  seen.add(id);
  response.writeHead(204).end();
});
server.listen(Number(port), '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
