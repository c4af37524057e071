import { testFault } from "../test-fault.ts";
import { cutClients } from "./cut-clients-run.ts";

testFault(cutClients);
