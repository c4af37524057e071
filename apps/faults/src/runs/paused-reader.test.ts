import { testFault } from "../test-fault.ts";
import { pausedReader } from "./paused-reader-run.ts";

testFault(pausedReader);
