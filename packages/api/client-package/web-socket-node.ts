/** For Node before 22, which has no WebSocket of its own. */
import { WebSocket as OfWs } from "ws";

export const WebSocket = globalThis.WebSocket ?? OfWs;
