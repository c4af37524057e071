import { FactorsSection } from "@/entities/session/factors/factors-section.tsx";

export default function SecurityTab() {
  return <FactorsSection />;
}
