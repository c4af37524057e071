import { testFault } from "../test-fault.ts";
import { silentRedis } from "./silent-redis-run.ts";

testFault(silentRedis);
