import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ConsensusPage } from "#app/components/consensus-page.tsx";
import { titleOf } from "#app/components/page-title.tsx";
import { answerRead, appOf, requireMember } from "#app/request.server.ts";
import { readConsensus } from "#server/queries/read-consensus.ts";
import { readPanel } from "#server/queries/read-panel.ts";
import { readSnapshots } from "#server/queries/read-snapshots.ts";

export function loader({ context, request, params }: LoaderFunctionArgs) {
  return answerRead(context, async () => {
    const member = await requireMember(context, request, params.panelId);
    const app = appOf(context);
    const [panel, consensus, { snapshots }] = await Promise.all([
      readPanel(app, member),
      readConsensus(app, member),
      readSnapshots(app, member),
    ]);
    return { panel, consensus, snapshots };
  });
}

export function meta() {
  return titleOf("Consensus");
}

export default function Consensus() {
  return <ConsensusPage {...useLoaderData<typeof loader>()} />;
}
