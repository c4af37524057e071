import { atStart, isReady } from "./state.ts";

type Scheme = { scheme: string; privileges?: Record<string, boolean> };
type Handler = (request: Request) => Response | Promise<Response>;

let privileged: Scheme[] = [];
atStart(() => {
  privileged = [];
});

export function declareSchemes(schemes: Scheme[]) {
  if (isReady()) {
    throw new Error("protocol.registerSchemesAsPrivileged should be called before app is ready");
  }
  privileged = schemes;
}

/** Of a test: with which privileges a scheme was declared. */
export const privilegesOf = (scheme: string) =>
  privileged.find((each) => each.scheme === scheme)?.privileges ?? null;

/** One for each session: what one has is not there in another. */
export class Protocol {
  private readonly handlers = new Map<string, Handler>();

  handle(scheme: string, handler: Handler) {
    if (this.handlers.has(scheme)) {
      throw new Error(`Failed to register protocol: ${scheme}`);
    }
    this.handlers.set(scheme, handler);
  }
  unhandle(scheme: string) {
    if (!this.handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
  }
  isProtocolHandled = (scheme: string) => this.handlers.has(scheme);

  /** Of a test: what a page of this session gets at an address. */
  async request(url: string, init?: RequestInit) {
    const scheme = new URL(url).protocol.slice(0, -1);
    const handler = this.handlers.get(scheme);
    if (!handler) throw new Error("net::ERR_UNKNOWN_URL_SCHEME");
    // A Request of Node takes addresses of any scheme.
    return handler(new Request(url, init));
  }
}
