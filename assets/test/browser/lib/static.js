import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder `assets`, which is served. */
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** @type {Record<string, string>} */
const MEDIA_TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/**
 * Serves the folder `assets` on a free local port, with the museum's content security policy.
 *
 * @returns {Promise<{url: string, close: () => Promise<void>}>} `url` has a trailing slash
 */
export async function serveAssets() {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    try {
      const body = await readFile(join(ROOT, normalize(path)));
      response.setHeader('Content-Type', MEDIA_TYPES[extname(path)] ?? 'application/octet-stream');
      response.setHeader('Content-Security-Policy', policy(path, body));
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${address.port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * @param {string} path
 * @param {Buffer} body
 * @returns {string} the policy, which allows the inline import map by its hash
 */
function policy(path, body) {
  const map = path.endsWith('.html') ? /<script type="importmap">([^]*?)<\/script>/.exec(body.toString()) : null;
  const hash = map ? ` 'sha256-${createHash('sha256').update(map[1]).digest('base64')}'` : '';
  return [
    "default-src 'none'",
    `script-src 'self'${hash}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
