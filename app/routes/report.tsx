import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PageTitle, titleOf } from "#app/components/page-title.tsx";
import { PanelShell } from "#app/components/panel-shell.tsx";
import { Stack } from "#app/components/stack.tsx";
import { answerRead, appOf, requireMember } from "#app/request.server.ts";
import { readPanel } from "#server/queries/read-panel.ts";

export function loader({ context, request, params }: LoaderFunctionArgs) {
  return answerRead(context, async () => {
    const member = await requireMember(context, request, params.panelId);
    return { panel: await readPanel(appOf(context), member) };
  });
}

export function meta() {
  return titleOf("Report");
}

export default function Report() {
  const { panel } = useLoaderData<typeof loader>();
  const revealed = panel.rounds.filter((round) => round.revealedAt !== null).length;
  const path = `/api/v1/panels/${panel.panelId}/export`;
  return (
    <PanelShell panel={panel} current="report">
      <Stack gap="section" narrow>
        <PageTitle
          lead={
            revealed === 0
              ? "Nothing is revealed yet, so the files hold the set-up and your own sheet."
              : wordsFor(revealed)
          }
        >
          Take it with you
        </PageTitle>
        <section>
          <h2>Verifiable bundle</h2>
          <p>
            All of the panel as you may see it, with hashes: set-up, members, revealed rounds, snapshots and the audit
            chain.
          </p>
          <p>
            <a href={`${path}?format=json`} download>
              Download the bundle (JSON)
            </a>
          </p>
          <p>
            Anyone can check it, without this server and without trusting it, in a checkout of Concord:
            <br />
            <code>npm run --silent concord -- verify FILE</code>
          </p>
        </section>
        <section>
          <h2>Tidy table</h2>
          <p>
            One row for each reviewer, cell and round; in an anonymous panel one row for each cell and level. Opens in
            any spreadsheet.
          </p>
          <p>
            <a href={`${path}?format=csv`} download>
              Download the table (CSV)
            </a>
          </p>
        </section>
      </Stack>
    </PanelShell>
  );
}

function wordsFor(revealed: number): string {
  return revealed === 1
    ? "The files hold what was revealed in round 1."
    : `The files hold what was revealed in ${revealed} rounds.`;
}
