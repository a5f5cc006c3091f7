/** A site in front of the museum, as schools have them: under a path, and with simulated updates. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request } from 'node:http';

/** @typedef {import('./server.js').Server} Server */

/**
 * @typedef {object} Site
 * @property {string} url address of the museum's page, with a trailing slash
 * @property {(version: string) => void} update changes the museum's version, with the same files
 * @property {() => void} close
 */

/**
 * @param {Server} server
 * @param {string} [prefix] with a slash at both ends
 * @returns {Promise<Site>}
 */
export async function openSite(server, prefix = '/') {
  let version = '';
  const site = createServer((incoming, outgoing) => {
    if (!incoming.url?.startsWith(prefix)) {
      outgoing.writeHead(404).end();
      return;
    }
    const path = incoming.url.slice(prefix.length - 1);
    const { hostname, port } = new URL(server.url);
    const headers = {
      ...incoming.headers,
      ...(namesVersion(path) && { 'accept-encoding': 'identity', 'if-none-match': '' }),
    };
    const passed = request({ hostname, port, path, method: incoming.method, headers }, async (answer) => {
      if (version === '' || !namesVersion(path)) {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
        return;
      }
      const text = (await answer.toArray())
        .join('')
        .replaceAll(/static\/[0-9a-f]{12}\//g, `static/${version}/`)
        .replace(/"version":"[0-9a-f]{12}/, `"version":"${version}`);
      const { 'content-length': _length, etag: _etag, ...kept } = answer.headers;
      outgoing.writeHead(answer.statusCode ?? 502, {
        ...kept,
        'content-security-policy': policy(`${kept['content-security-policy']}`, text),
      });
      outgoing.end(text);
    });
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (site.address());
  return {
    url: `http://127.0.0.1:${address.port}${prefix}`,
    update: (to) => {
      version = to;
    },
    close() {
      site.closeAllConnections();
      site.close();
    },
  };
}

/** @param {string} path */
function namesVersion(path) {
  return path === '/' || path === '/sw.js';
}

/**
 * Updates the policy's hash of the import map, which has changed.
 *
 * @param {string} before
 * @param {string} page
 */
function policy(before, page) {
  const map = /<script type="importmap">([^]*?)<\/script>/.exec(page)?.[1] ?? '';
  return before.replace(/'sha256-[^']+'/, `'sha256-${createHash('sha256').update(map).digest('base64')}'`);
}
