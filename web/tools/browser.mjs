// Debian's Chromium, for the tests and the pictures: found, started without a window, kept from every address but ours.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const browserPath = () => process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place));

/** @returns {Promise<import('playwright-core').Browser>} */
export function launch() {
  const executablePath = browserPath();
  if (!executablePath) throw new Error('no Chromium: sh tools/packages.sh web-test installs it');
  return chromium.launch({
    executablePath,
    // Inside containers the sandbox of Chromium has no user namespaces to use; the pages opened here are our own.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--force-color-profile=srgb'],
  });
}

export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 1 };
export const DESKTOP = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 };
