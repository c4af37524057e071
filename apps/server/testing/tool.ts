/**
 * What somebody else's script may do with the client, for the test that installs it: queries, mutations
 * and the feed, with what they are of said by type. `node tool.js <address> <token> <workspace id>`
 */
import {
  createClient,
  type FeedEvent,
  type RouterInputs,
  type RouterOutputs,
  type WorkspaceRole,
} from "@guildhall/api/client";
import { TRPCClientError } from "@trpc/client";

const [url = "", token = "", workspaceId = ""] = process.argv.slice(2);
const guildhall = createClient({ url, token });

const told = new Promise<FeedEvent>((resolve, reject) => {
  guildhall.changes.onChange.subscribe(
    { workspaceId, lastEventId: 0 },
    {
      onData({ id, data: event }) {
        const isNumbered: boolean = id === String(event.seq);
        if (event.entity === "task" && event.row && isNumbered) resolve(event);
      },
      onError: (error) => reject(new Error(error.data?.reason)),
    },
  );
});

const [workspace] = await guildhall.workspaces.list.query();
const role: WorkspaceRole | undefined = workspace?.role;
const project = await guildhall.projects.create.mutate({ workspaceId, name: "App", key: "APP" });
const input: RouterInputs["tasks"]["create"] = {
  projectId: project.id,
  title: "Oil the hinges",
  dueDate: "2030-01-31",
};
const task: RouterOutputs["tasks"]["create"] = await guildhall.tasks.create.mutate(input);
const createdAt: Date = task.createdAt;
const { items } = await guildhall.tasks.list.query({ projectId: project.id });
const dueDate: string | null | undefined = items[0]?.dueDate;
const event = await told;

const refusal = await guildhall.tasks.get.query({ id: workspaceId }).then(
  () => null,
  (error) => (error instanceof TRPCClientError ? error.data.reason : null),
);
await guildhall.close();
console.log(
  JSON.stringify({
    role,
    dueDate,
    age: Date.now() - createdAt.getTime(),
    event: event.entity,
    refusal,
  }),
);
