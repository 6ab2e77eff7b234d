const KEY = "vado.token";

interface Launched {
  token?: string;
}

declare global {
  interface Window {
    __VADO__?: Launched;
  }
}

/**
 * The key of this launch: the window hands it over in a variable, a browser gets it once in the
 * address, from where it is taken away so that it is neither copied nor kept in the history.
 */
export function takeToken(): string | null {
  const handed = window.__VADO__?.token;
  if (handed) return handed;
  const written = /^#token=([\w-]+)$/.exec(window.location.hash)?.[1];
  if (written) {
    sessionStorage.setItem(KEY, written);
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
    return written;
  }
  return sessionStorage.getItem(KEY);
}
