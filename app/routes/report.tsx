import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { DownloadLink } from "#app/components/button.tsx";
import { contentWords, tableWords } from "#app/components/export-words.ts";
import { PageTitle, titleOf } from "#app/components/page-title.tsx";
import { PanelShell } from "#app/components/panel-shell.tsx";
import { Section } from "#app/components/section.tsx";
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
  const path = `/api/v1/panels/${panel.panelId}/export`;
  return (
    <PanelShell panel={panel} current="report">
      <Stack gap="section" narrow>
        <PageTitle lead={contentWords(panel)}>Take it with you</PageTitle>
        <Section title="Verifiable bundle">
          <p>
            All of the panel as you may see it, with hashes: set-up, members, revealed rounds, snapshots and the audit
            chain.
          </p>
          <div>
            <DownloadLink href={`${path}?format=json`} look="primary">
              Download the bundle (JSON)
            </DownloadLink>
          </div>
          <p>
            Anyone can check it without this server, and without trusting it. In a checkout of Concord, with the name of
            the file:
          </p>
          <pre>npm run --silent concord -- verify FILE</pre>
        </Section>
        <Section title="Tidy table">
          <p>{tableWords(panel)}</p>
          <div>
            <DownloadLink href={`${path}?format=csv`}>Download the table (CSV)</DownloadLink>
          </div>
        </Section>
      </Stack>
    </PanelShell>
  );
}
