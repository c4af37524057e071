/**
 * Exports over plain HTTP, as a browser saves them:
 *
 *   GET /files/exports/<workspaceId>[?projectId=…|documentId=…]   a zip of Markdown and files
 *   GET /files/exports/<workspaceId>?documentId=…&as=html         one document as a page
 *   GET /files/exports/<workspaceId>?documentId=…&as=markdown     one document, without its files
 *
 * What the person may not see is not in it, and is not spoken of.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { z } from "zod";
import { recordAudit } from "../audit/record-audit.ts";
import { loadDocument, loadProject, loadWorkspace } from "../core/access.ts";
import type { Context } from "../core/context.ts";
import { invariant, notFound, signInFirst } from "../core/errors.ts";
import { asLongAs, sendStream } from "../core/outgoing/send-stream.ts";
import { noteUser } from "../core/request-scope.ts";
import { refuseExport } from "../core/rights/may-export.ts";
import { contentDisposition } from "../files/file-name.ts";
import { filesOfDocuments, openContent } from "../files/open-file.ts";
import { documentEntries } from "./document-entries.ts";
import { htmlPage } from "./html-page.ts";
import { type ExportPlan, fileNameOf, planExport, safeName } from "./plan-export.ts";
import { readExported, readTexts, type Wanted } from "./read-export.ts";
import { openRenderer, type Renderer } from "./renderer.ts";
import { streamZip, type ZipEntry } from "./stream-zip.ts";

export const EXPORTS = "/files/exports/";

const asked = z.object({
  workspaceId: z.uuid(),
  projectId: z.uuid().optional(),
  documentId: z.uuid().optional(),
  as: z.enum(["zip", "markdown", "html"]).default("zip"),
});

export async function answerExport(ctx: Context, req: IncomingMessage, res: ServerResponse) {
  const { pathname, searchParams } = new URL(req.url ?? "/", "http://here");
  const workspaceId = pathname.slice(EXPORTS.length);
  const input = asked.safeParse({ ...Object.fromEntries(searchParams), workspaceId });
  if (!input.success || req.method !== "GET") throw notFound("export");
  const actor = await ctx.findActor();
  if (!actor) throw signInFirst();
  noteUser(actor.user.id);
  const { as, ...wanted } = input.data;
  const exporting = new Exporting(ctx, actor.user.id, wanted);
  const name = await exporting.authorise();
  const { projectId, documentId = projectId } = wanted;
  const by = { actor, client: ctx.client };
  await recordAudit(ctx.services.db, by, {
    ...{ action: "documents.exported", workspaceId: wanted.workspaceId },
    subject: { id: documentId ?? null, name },
    after: { format: as },
  });
  res.setHeader("cache-control", "no-store");
  res.setHeader("content-security-policy", "default-src 'none'; sandbox");
  if (as === "zip") await exporting.sendZip(res, name);
  else await exporting.sendOne(res, as);
}

/** Larger pictures stay on the server; a page shows them from there. */
const MOST_INLINE = 5 * 1024 * 1024;

class Exporting {
  readonly ctx: Context;
  readonly userId: string;
  readonly wanted: Wanted;

  constructor(ctx: Context, userId: string, wanted: Wanted) {
    this.ctx = ctx;
    this.userId = userId;
    this.wanted = wanted;
  }

  get db() {
    return this.ctx.services.db;
  }

  /** The name of what is exported, when this person may see it. */
  async authorise(): Promise<string> {
    const { workspaceId, projectId, documentId } = this.wanted;
    const workspace = await loadWorkspace(this.db, this.userId, workspaceId, "guest");
    if (documentId) {
      const document = await loadDocument(this.db, this.userId, documentId, "viewer");
      if (document.workspaceId !== workspaceId) throw notFound("document");
      await refuseExport(this.db, document, document.role);
      return document.kind === "folder"
        ? document.title
        : fileNameOf(document).replace(/\.\w+$/, "");
    }
    if (!projectId) {
      await refuseExport(this.db, { workspaceId }, workspace.role);
      return workspace.name;
    }
    const project = await loadProject(this.db, this.userId, projectId, "viewer");
    if (project.workspaceId !== workspaceId) throw notFound("project");
    await refuseExport(this.db, { workspaceId, projectId }, project.role);
    return project.name;
  }

  get pages() {
    return `${this.ctx.services.config.publicUrl}/w/${this.wanted.workspaceId}`;
  }

  async sendZip(res: ServerResponse, name: string) {
    const documents = await readExported(this.db, this.userId, this.wanted);
    const files = await filesOfDocuments(
      this.db,
      documents.map(({ id }) => id),
    );
    const plan = planExport(
      name,
      documents,
      files.map((file) => ({ ...file, documentId: invariant(file.documentId, "asked for") })),
    );
    const weight = files.reduce((sum, { size }) => sum + size, 0);
    res.writeHead(200, {
      "content-type": "application/zip",
      "content-disposition": contentDisposition(
        "attachment",
        `${safeName(name) || "Documents"}.zip`,
      ),
      // About so many bytes are coming, for a bar on the page; nobody knows before they are made.
      "x-guildhall-about": String(weight + documents.length * 2_500),
    });
    const renderer = openRenderer({ paths: plan.paths, pages: this.pages });
    try {
      await sendStream(
        Readable.from(streamZip(this.entries(plan, renderer))),
        res,
        asLongAs(this.ctx, () => this.authorise()),
      );
    } finally {
      await renderer.close();
    }
  }

  *entries(plan: ExportPlan, renderer: Renderer): Generator<ZipEntry> {
    const { documents, files } = plan;
    yield* documentEntries(this.db, documents, renderer);
    for (const { file, path } of files) {
      const content = async () =>
        invariant(await openContent(this.ctx.services, file), `the bytes of file ${file.id}`);
      yield { path, content };
    }
  }

  async sendOne(res: ServerResponse, as: "markdown" | "html") {
    const { documentId } = this.wanted;
    if (!documentId) throw notFound("document");
    const document = await loadDocument(this.db, this.userId, documentId, "viewer");
    const texts = await readTexts(this.db, [documentId]);
    const { title, frontMatter } = document;
    const text = { title, frontMatter, update: texts.get(documentId) ?? null };
    const renderer = openRenderer({ paths: new Map(), pages: this.pages });
    try {
      const path = fileNameOf(document);
      const sources = as === "html" ? await this.inlined(documentId) : new Map<string, string>();
      const body =
        as === "html"
          ? htmlPage(title, await renderer.render({ as, text, sources }))
          : await renderer.render({ as, text, path });
      const name = as === "html" ? path.replace(/\.\w+$/, ".html") : path;
      res.writeHead(200, {
        "content-type": `text/${as}; charset=utf-8`,
        "content-disposition": contentDisposition("attachment", name),
      });
      res.end(body);
    } finally {
      await renderer.close();
    }
  }

  /** The document's own pictures, within the page: it is to be read anywhere. */
  async inlined(documentId: string): Promise<Map<string, string>> {
    const sources = new Map<string, string>();
    for (const file of await filesOfDocuments(this.db, [documentId])) {
      if (!/^image\/(png|jpeg|gif|webp|avif)$/.test(file.type) || file.size > MOST_INLINE) continue;
      const content = await openContent(this.ctx.services, file);
      if (!content) continue;
      const bytes = await buffer(content);
      sources.set(file.id, `data:${file.type};base64,${bytes.toString("base64")}`);
    }
    return sources;
  }
}
