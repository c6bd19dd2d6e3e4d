import type { ConsensusView, PanelView } from "#rubric/views.ts";
import { AdjustedSection } from "./adjusted-section.tsx";
import { LooksSection } from "./looks-section.tsx";
import { OrderSection } from "./order-section.tsx";
import { PendingFigures } from "./pending-figures.tsx";
import { WeightsSection } from "./weights-section.tsx";

interface AnalysisSectionsProps {
  readonly panel: PanelView;
  readonly consensus: ConsensusView & { visible: true };
}

/** Everything that takes more than one cell: weights, the order and what could change it, adjusted means, second looks. */
export function AnalysisSections({ panel, consensus }: AnalysisSectionsProps) {
  const { robustness, pending, secondLooks, cells } = consensus;
  if (pending !== null) return <PendingFigures pending={pending} />;
  if (robustness === null) return null;
  return (
    <>
      <WeightsSection panel={panel} weights={robustness.weights} />
      {robustness.order === null ? null : (
        <OrderSection panel={panel} order={robustness.order} camps={robustness.camps} />
      )}
      <AdjustedSection panel={panel} adjusted={robustness.cells} cells={cells} />
      {secondLooks.length === 0 ? null : <LooksSection panel={panel} looks={secondLooks} />}
    </>
  );
}
