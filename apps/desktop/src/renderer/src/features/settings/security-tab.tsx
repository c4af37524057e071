import { FactorsSection } from "@/entities/session/factors/factors-section.tsx";
import ProvidersSection from "@/entities/session/providers/providers-section.tsx";

export default function SecurityTab() {
  return (
    <>
      <FactorsSection />
      <ProvidersSection />
    </>
  );
}
