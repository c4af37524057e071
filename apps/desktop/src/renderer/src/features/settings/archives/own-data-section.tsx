import { Section } from "@/ui/layout/section.tsx";
import { SaveArchive } from "./save-archive.tsx";

export default function OwnDataSection() {
  return (
    <Section
      title="Your data"
      lead="A ZIP file with your profile, sessions and settings, what you wrote, and the documents and tasks you made, as far as you have access to them now. Files you uploaded are listed in it."
    >
      <SaveArchive
        label="Export your data"
        progress="Collecting your data"
        fileName="Guildhall data.zip"
        ask={({ exports }) => exports.askForOwnData.mutate({})}
      />
    </Section>
  );
}
