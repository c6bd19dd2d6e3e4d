import type { PanelView } from "#rubric/views.ts";
import { ButtonLink } from "./button.tsx";
import { EmptyState } from "./empty-state.tsx";
import { PageTitle } from "./page-title.tsx";
import { Stack } from "./stack.tsx";

/** The scoring page of someone who has nothing to score in this round. */
export function NoSheet({ panel }: { panel: Pick<PanelView, "panelId" | "round" | "scores"> }) {
  const isWaiting = panel.round === null && panel.scores;
  return (
    <Stack gap="section">
      <PageTitle>Score</PageTitle>
      <EmptyState
        title={isWaiting ? "Round 1 has not opened yet" : "You do not score in this round"}
        action={
          <ButtonLink to={`/panels/${panel.panelId}`} look="primary">
            To the overview
          </ButtonLink>
        }
      >
        {isWaiting
          ? "You score here as soon as the facilitator opens the round. The policies and criteria are on the overview."
          : "Reviewers of this round score here. The board shows what you may see of their scores."}
      </EmptyState>
    </Stack>
  );
}
