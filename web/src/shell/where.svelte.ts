// Where the reader is: the address behind "#", as state. One listener for the page's life.
import { address, route, type Route, type ScreenName } from './routes';

let here = $state<Route>(route(location.hash));

addEventListener('hashchange', () => {
  here = route(location.hash);
});

export const where = (): Route => here;

export function go(screen: ScreenName, item = ''): void {
  location.hash = address(screen, item);
}

/** Without leaving a step in the browser's history: for places that only lead on. */
export function goInstead(screen: ScreenName, item = ''): void {
  history.replaceState(null, '', address(screen, item));
  here = route(location.hash);
}
