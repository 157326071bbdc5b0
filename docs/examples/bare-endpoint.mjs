// The least that an endpoint must do, in one file without dependencies: node bare-endpoint.mjs STUDY.json FOLDER [PORT]
// It keeps each submission as a file and answers with a receipt. It judges nothing, and knows nothing of contacts kept
// apart, limits or audit: for a trial, `steady serve` does.
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';

const [studyFile, folder, port = '8787'] = process.argv.slice(2);
const publicStudy = readFileSync(studyFile);
const { id: study } = JSON.parse(publicStudy);
mkdirSync(folder, { recursive: true, mode: 0o700 });

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const isId = (text) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);

createServer(async (request, response) => {
  const answer = (status, type, body) => response.writeHead(status, { 'Content-Type': type }).end(body);
  const refuse = (status, title) => answer(status, 'application/problem+json', JSON.stringify({ title, status }));
  try {
    if (request.method === 'GET' && request.url === `/studies/${study}`) {
      return answer(200, 'application/json', publicStudy);
    }
    if (request.method !== 'POST' || request.url !== `/studies/${study}/submissions`) return refuse(404, 'Not here');
    const id = request.headers['idempotency-key'] ?? '';
    if (!isId(id)) return refuse(400, 'The Idempotency-Key is not an id');
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    // The kit sends the canonical form (RFC 8785), so the digest of the bytes is the submission's.
    if (keep(`${folder}/${id}.json`, body).equals(body)) {
      const receipt = { id, receivedAt: new Date().toISOString(), digest: sha256(body) };
      return answer(200, 'application/json', JSON.stringify(receipt));
    }
    return refuse(422, 'This id was used for another content');
  } catch (error) {
    console.error(error);
    return refuse(500, 'Try again later');
  }
}).listen(Number(port), '127.0.0.1', function () {
  console.log(`listening on http://127.0.0.1:${this.address().port}`);
});

/** On disk before it is acknowledged, whole or not at all; what was there first stays. Returns what is there. */
function keep(file, body) {
  const draft = `${file}.${process.pid}`;
  const open = openSync(draft, 'w', 0o600);
  writeSync(open, body);
  fsyncSync(open);
  closeSync(open);
  try {
    linkSync(draft, file);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  unlinkSync(draft);
  return readFileSync(file);
}
