/** The client's half of `encoding: "msgpack"`: it asks in JSON and is answered in either. */
import { unpack } from "msgpackr/unpack";

export const msgpackEncoder = {
  encode: (message: unknown) => JSON.stringify(message),
  decode: (data: string | ArrayBuffer | Uint8Array): unknown =>
    typeof data === "string" ? JSON.parse(data) : unpack(new Uint8Array(data)),
};
