/** Names a device by its user agent. Pure. */

/** The first match wins: many browsers claim to be others besides. @type {[RegExp, string][]} */
const BROWSERS = [
  [/\bEdg(A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|HeadlessChrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];

/** @type {[RegExp, string][]} */
const MACHINES = [
  [/\biPhone\b/, 'an iPhone'],
  [/\biPad\b/, 'an iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'a Chromebook'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac(intosh| OS X)\b/, 'a Mac'],
  [/\bLinux\b/, 'Linux'],
];

/**
 * @param {string} userAgent as the browser sent it
 * @returns {string} such as `Chrome on Windows`
 */
export function deviceName(userAgent) {
  const browser = BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1];
  const machine = MACHINES.find(([pattern]) => pattern.test(userAgent))?.[1];
  if (browser && machine) return `${browser} on ${machine}`;
  return browser ?? (machine ? `a browser on ${machine}` : 'another device');
}
