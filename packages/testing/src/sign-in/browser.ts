/** For tests: as much of a browser as redirects and cookies take. */

export type TestBrowser = {
  /** Opens an address and follows where it is sent; `until`: stops before such an address. */
  open(url: string, until?: (url: URL) => boolean): Promise<Landed>;
  post(
    url: string,
    body: string | URLSearchParams,
    headers?: Record<string, string>,
  ): Promise<Response>;
  /** Takes the line of a `set-cookie`. */
  keep(url: string, line: string): void;
  /** Of a host, as it would send them. */
  cookies(url: string): string;
};

export type Landed = { url: URL; status: number; text: string };

export function openBrowser(): TestBrowser {
  /** By host with its port: more than browsers tell apart, as tests have all servers on one. */
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (url: string) => {
    const { host } = new URL(url);
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    return jar;
  };
  const cookies = (url: string) =>
    [...jarOf(url)].map(([name, value]) => `${name}=${value}`).join("; ");

  function keep(url: string, line: string) {
    const [pair = ""] = line.split(";");
    const [name = "", value = ""] = pair.split(/=(.*)/s);
    const isGone = /;\s*(max-age=0|expires=thu, 01 jan 1970)/i.test(line) || value === "";
    if (isGone) jarOf(url).delete(name);
    else jarOf(url).set(name, value);
  }

  async function ask(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("cookie", cookies(url));
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) keep(url, line);
    return response;
  }

  return {
    cookies,
    keep,
    post: (url, body, headers = {}) => ask(url, { method: "POST", body, headers }),
    async open(start, until = () => false) {
      let url = new URL(start);
      for (let step = 0; step < 20; step++) {
        if (until(url)) return { url, status: 0, text: "" };
        const response = await ask(url.href);
        const location = response.headers.get("location");
        if (!location) return { url, status: response.status, text: await response.text() };
        await response.body?.cancel();
        url = new URL(location, url);
      }
      throw new Error(`It is sent on and on, at last to ${url.href}`);
    },
  };
}
