import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { DownloadLink } from "#app/components/button.tsx";
import { contentWords, tableWords } from "#app/components/export-words.ts";
import { PageTitle, titleOf } from "#app/components/page-title.tsx";
import { PanelShell } from "#app/components/panel-shell.tsx";
import { ProofSection } from "#app/components/proof-section.tsx";
import { Section } from "#app/components/section.tsx";
import { Stack } from "#app/components/stack.tsx";
import { answerRead, appOf, requireMember } from "#app/request.server.ts";
import { readAudit } from "#server/queries/read-audit.ts";
import { readPanel } from "#server/queries/read-panel.ts";

export function loader({ context, request, params }: LoaderFunctionArgs) {
  return answerRead(context, async () => {
    const member = await requireMember(context, request, params.panelId);
    const app = appOf(context);
    const [panel, { checkpoints }] = await Promise.all([readPanel(app, member), readAudit(app, member)]);
    return { panel, checkpoints };
  });
}

export function meta() {
  return titleOf("Report");
}

export default function Report() {
  const { panel, checkpoints } = useLoaderData<typeof loader>();
  const path = `/api/v1/panels/${panel.panelId}/export`;
  return (
    <PanelShell panel={panel} current="report">
      <Stack gap="section" narrow>
        <PageTitle lead={contentWords(panel)}>Take it with you</PageTitle>
        <Section title="Everything in one file">
          <p>The bundle and the table below, with a guide and a program that checks the record without this server.</p>
          <div>
            <DownloadLink href={`${path}?format=zip`} look="primary">
              Download everything (ZIP)
            </DownloadLink>
          </div>
        </Section>
        <Section title="Verifiable bundle">
          <p>
            All of the panel as you may see it, with hashes: set-up, members, revealed rounds, snapshots and the audit
            chain.
          </p>
          <div>
            <DownloadLink href={`${path}?format=json`}>Download the bundle (JSON)</DownloadLink>
          </div>
        </Section>
        <Section title="Tidy table">
          <p>{tableWords(panel)}</p>
          <div>
            <DownloadLink href={`${path}?format=csv`}>Download the table (CSV)</DownloadLink>
          </div>
        </Section>
        <ProofSection panel={panel} checkpoints={checkpoints} />
      </Stack>
    </PanelShell>
  );
}
