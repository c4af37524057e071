import { useState } from "react";
import { formatDate } from "@/lib/locale.ts";
import { platform } from "@/platform/platform.ts";
import type { ServerCheck, ShownCertificate } from "@/platform/servers.ts";
import { Button } from "@/ui/controls/button.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { certificateWords, shownFingerprint } from "./certificate-words.ts";

type Props = {
  found: ServerCheck;
  /** The person trusts what the server showed: it can be asked again. */
  onTrusted: () => void;
};

/** Why there is no going on with a server: what it is, and what to do. */
export default function ServerProblem({ found, onTrusted }: Props) {
  if (found.kind === "ok") return null;
  if (found.kind === "certificate") {
    return <CertificateProblem certificate={found.certificate} onTrusted={onTrusted} />;
  }
  return <ErrorNotice title={found.title}>{found.detail}</ErrorNotice>;
}

type CertificateProps = { certificate: ShownCertificate; onTrusted: () => void };

function CertificateProblem({ certificate, onTrusted }: CertificateProps) {
  const { title, what, todo, mayTrust } = certificateWords(certificate);
  const [isAsking, setAsking] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function trust() {
    const { host, fingerprint } = certificate;
    try {
      await platform.servers?.trustCertificate({ host, fingerprint });
      onTrusted();
    } catch (refusal) {
      setError(refusal instanceof Error ? refusal.message : String(refusal));
    }
  }

  return (
    <div className="grid gap-3">
      <ErrorNotice title={title}>
        <p>{what}</p>
        <p className="mt-1.5">{todo}</p>
      </ErrorNotice>
      {mayTrust && !isAsking && (
        <div>
          <Button size="small" onClick={() => setAsking(true)}>
            Compare the certificate…
          </Button>
        </div>
      )}
      {isAsking && (
        <section
          aria-label="Certificate"
          className="grid gap-2.5 rounded-panel border bg-raised p-3 text-12"
        >
          <p>
            Ask whoever runs <strong>{certificate.host}</strong> for the fingerprint of its
            certificate, by another way than this network. Trust it only if every character is the
            same.
          </p>
          <p className="break-all rounded-control border bg-surface p-2 font-mono text-12 leading-5">
            {shownFingerprint(certificate.fingerprint)}
          </p>
          <p className="text-muted">
            SHA-256 · issued to {certificate.subject || "nobody"} by{" "}
            {certificate.issuer || "nobody"}, until{" "}
            {formatDate(new Date(certificate.validTo), { dateStyle: "long" })}
          </p>
          {error && (
            <p role="alert" className="text-danger-ink">
              {error}
            </p>
          )}
          <div className="flex flex-wrap gap-2">
            <Button size="small" variant="danger" onClick={trust}>
              The fingerprints match: trust it
            </Button>
            <Button size="small" onClick={() => setAsking(false)}>
              Don't trust it
            </Button>
          </div>
          <p className="text-muted">
            Only this certificate, only for {certificate.host}, only in this app. You can stop
            trusting it under Settings, Servers.
          </p>
        </section>
      )}
    </div>
  );
}
