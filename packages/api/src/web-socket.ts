/** The platform's own. The package for other people's tools puts one in its place where Node has none. */
export const { WebSocket } = globalThis;
