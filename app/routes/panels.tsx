import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ButtonLink } from "#app/components/button.tsx";
import { EmptyState } from "#app/components/empty-state.tsx";
import { owedFirst } from "#app/components/next-action.ts";
import { PageTitle, titleOf } from "#app/components/page-title.tsx";
import { PanelTable } from "#app/components/panel-table.tsx";
import { Shell } from "#app/components/shell.tsx";
import { Stack } from "#app/components/stack.tsx";
import { answerRead, appOf, requireUser } from "#app/request.server.ts";
import { readPanels } from "#server/queries/read-panels.ts";

export function loader({ context, request }: LoaderFunctionArgs) {
  return answerRead(context, async () => {
    const user = requireUser(context, request);
    const { panels } = await readPanels(appOf(context), user);
    return { who: user.name, isAdministrator: user.isAdministrator, panels: owedFirst(panels) };
  });
}

export function meta() {
  return titleOf("Your panels");
}

export default function Panels() {
  const { who, isAdministrator, panels } = useLoaderData<typeof loader>();
  const newPanel = (
    <ButtonLink to="/panels/new" look="primary">
      New panel
    </ButtonLink>
  );
  return (
    <Shell who={who} isAdministrator={isAdministrator}>
      <Stack gap="section">
        <PageTitle actions={panels.length === 0 ? null : newPanel}>Your panels</PageTitle>
        {panels.length === 0 ? (
          <EmptyState title="No panel yet" action={newPanel}>
            A panel is a question, the policies that might answer it, and the people who judge them. Set one up, or open
            the invitation that was sent to you.
          </EmptyState>
        ) : (
          <PanelTable panels={panels} />
        )}
      </Stack>
    </Shell>
  );
}
