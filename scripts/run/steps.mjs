/** The steps before something runs: one line each, and all that was said only when one fails. */
import { must } from "./processes.mjs";

/** `what … 12 s`. `work` is given a `must` that says nothing unless it fails. */
export async function step(what, work) {
  const began = Date.now();
  process.stdout.write(`${what} … `);
  const seconds = () => `${Math.round((Date.now() - began) / 1_000)} s`;
  const said = [];
  try {
    await work((program, args, options = {}) =>
      must(program, args, { ...options, onOutput: (text) => said.push(text) }),
    );
  } catch (error) {
    process.stdout.write(`failed after ${seconds()}.\n`);
    process.stderr.write(said.join("").replace(/\n*$/, "\n"));
    throw error;
  }
  process.stdout.write(`${seconds()}\n`);
}
